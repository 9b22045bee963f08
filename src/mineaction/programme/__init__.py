"""The one composer and the public Python API: carries the paper from desk to desk and decides nothing itself."""
