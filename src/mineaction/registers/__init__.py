"""What is true as of a date, as known on a date: pure folds over facts. No stores, no rules."""
