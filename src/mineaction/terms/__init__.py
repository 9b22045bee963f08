"""What the words mean: facts, problems, kinds, vocabulary, dates, limits. No I/O, standard library only."""
