"""A country that does not exist, with 25 years of mine action in the files that people really send: for trying, showing and testing."""
