"""Other engines on one task: the policy of the United States of 21 June 2022, written by hand for each, over the same records.

Every engine is one file with the same four names: `PACKAGE` (whose version is printed; "" for plain Python), `setup(records)` (what is
done once), `prepared(engine, records)` (the records in the form the engine likes best, made before the clock starts), and
`verdicts(engine, input)` (one code a record). `when_place_is_missing()` says what the engine answers about a fact that was not given. The
files named `packed_table` are the package's own look-up; the others import nothing of the package: each runs in the environment of its
group and never sees the expected answers.
"""
