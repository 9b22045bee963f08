"""What does this file say: facts or problems, row by row? Reads, maps and writes tables of records; stores and decides nothing."""
