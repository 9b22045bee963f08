"""A problem repeats no password of an address, whatever stands around it, and nothing else is changed."""

from __future__ import annotations

import pytest

from mineaction.terms.passwords import without_passwords
from mineaction.terms.problem import problem


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("postgresql://ana:secret@db.example/book", "postgresql://ana:***@db.example/book"),
        ("POSTGRES://ana:se/c:r@e t?@db.example:5432/book", "POSTGRES://ana:***@db.example:5432/book"),
        ("postgresql://ana@office:secret@db.example/book", "postgresql://ana@office:***@db.example/book"),
        ("postgresql:///book?user=ana&password=secret&port=1", "postgresql:///book?user=ana&password=***&port=1"),
        ("postgresql:///book?sslpassword=secret", "postgresql:///book?sslpassword=***"),
        ("host=db.example password=secret dbname=book", "host=db.example password=*** dbname=book"),
        ("see https://ana:secret@example.test/a and ftp://b:other@example.test", "see https://ana:***@example.test/a and ftp://b:***@example.test"),
        ("http://:secret@example.test", "http://:***@example.test"),
    ],
)  # fmt: skip
def test_a_password_of_an_address_is_masked_wherever_a_problem_would_repeat_it(given: str, shown: str) -> None:
    assert without_passwords(given) == shown
    told = problem("file_missing", given, given, reason=f"no such file: {given}").as_dict()
    assert (told["place"], told["value"]) == (shown, shown)
    assert "secret" not in str(told) and "se/c" not in str(told) and "other" not in str(told)


@pytest.mark.parametrize(
    "given",
    [
        "a.csv",
        "C:\\data\\areas.csv",
        "ana:secret@example",  # no address
        "https://example.test:8080/a@b?c=d:e@f",
        "postgresql://ana@db.example:5432/book",
        "POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1))",
        "the password is not told",
    ],
)
def test_what_is_no_password_is_repeated_as_it_was_given(given: str) -> None:
    assert without_passwords(given) == given


@pytest.mark.parametrize("part", ["://", "://:", "postgres://a:", "://a:b", "x", "password=", "@://"])
def test_a_huge_value_is_looked_through_once(part: str) -> None:
    huge = part * 100_000 + "://"
    assert "secret" not in without_passwords(f"{huge} postgresql://ana:secret@db")
    assert without_passwords(huge)
