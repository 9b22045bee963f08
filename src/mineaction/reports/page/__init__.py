"""The parts of a printed page: elements that escape what they hold, the style sheet, the pictures of verdicts."""
