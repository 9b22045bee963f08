"""What every book promises to a reader. A store inherits the class, gives its book, and passes the same sentences."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter

import pytest

from mineaction.ledger.book import FactBook
from mineaction.terms.fact import RecordedFact
from mineaction.terms.kinds import KINDS, KNOWN_FROM_BASES, RECORDED
from mineaction.terms.problem import ProblemError


def everything(book: FactBook) -> list[RecordedFact]:
    return [told for kind in book.kinds() for told in book.facts(kind)]


class ReadingContract:
    """Inherit and override the fixture `book` with a book that holds at least one fact and one text."""

    @pytest.fixture
    def book(self) -> FactBook:
        raise NotImplementedError("give the book under test")

    def test_it_holds_facts_of_defined_kinds_only(self, book: FactBook) -> None:
        assert set(book.kinds()) <= set(KINDS)
        assert {told.fact.kind for told in everything(book)} <= set(book.kinds())
        assert everything(book)

    def test_facts_of_a_kind_are_of_that_kind(self, book: FactBook) -> None:
        for kind in book.kinds():
            assert {told.fact.kind for told in book.facts(kind)} <= {kind}

    def test_the_same_question_gives_the_same_facts(self, book: FactBook) -> None:
        for kind in book.kinds():
            assert book.facts(kind) is book.facts(kind)

    def test_a_kind_that_is_not_defined_is_a_programmers_error(self, book: FactBook) -> None:
        with pytest.raises(KeyError):
            book.facts("weather")

    def test_a_fact_holds_no_field_that_is_not_of_its_kind(self, book: FactBook) -> None:
        for told in everything(book):
            assert set(told.fact.payload) <= set(KINDS[told.fact.kind].field_names()), told.position

    def test_every_fact_names_its_source(self, book: FactBook) -> None:
        assert [told.position for told in everything(book) if not told.fact.source] == []

    def test_the_subject_is_the_key_of_its_kind(self, book: FactBook) -> None:
        for told in everything(book):
            assert told.fact.subject == KINDS[told.fact.kind].subject_of(told.fact.payload), told.position

    def test_no_two_facts_share_a_position_or_an_id(self, book: FactBook) -> None:
        positions = Counter(told.position for told in everything(book))
        ids = Counter(told.fact.fact_id for told in everything(book))
        assert [one for one, times in positions.items() if times > 1] == []
        assert [one for one, times in ids.items() if times > 1] == []

    def test_who_knows_since_when_knows_on_what_ground(self, book: FactBook) -> None:
        for told in everything(book):
            assert (told.known_from is None) == (told.known_from_basis == ""), told.position
            assert told.known_from_basis in ("", RECORDED, *KNOWN_FROM_BASES), told.position

    def test_a_fact_that_was_read_cannot_be_changed(self, book: FactBook) -> None:
        told = everything(book)[0]
        with pytest.raises(TypeError):
            told.fact.payload["note"] = "changed"  # type: ignore[index]
        with pytest.raises(AttributeError):
            told.known_from = None  # type: ignore[misc]

    def test_the_history_of_a_subject_is_everything_told_of_it_in_order(self, book: FactBook) -> None:
        expected: dict[str, tuple[RecordedFact, ...]] = {}
        for told in everything(book):
            expected[told.fact.subject] = (*expected.get(told.fact.subject, ()), told)
        assert {subject: book.history(subject) for subject in expected} == expected

    @pytest.mark.parametrize("subject", ["", "weather/Oslo", "country", "country/", "country/XXX", "treaty_event/APMBC/POL/"])
    def test_nothing_told_is_an_empty_history(self, book: FactBook, subject: str) -> None:
        assert book.history(subject) == ()

    def test_a_set_nobody_described_has_no_known_end(self, book: FactBook) -> None:
        assert book.complete_until("weather") is None
        assert book.completeness("weather") == {}
        assert book.complete_until("treaty_event", "no such treaty") is None

    def test_the_end_of_a_set_is_the_day_it_says(self, book: FactBook) -> None:
        for kind in book.kinds():
            for key in ("", "APMBC", "CCM", "CCW_APII", "CCW_PV", "nato", "un"):
                said = book.completeness(kind, key).get("complete_until", "")
                assert book.complete_until(kind, key) == (dt.date.fromisoformat(said) if said else None)

    def test_a_book_has_a_name_a_version_and_a_digest_that_stay(self, book: FactBook) -> None:
        identity = book.identity()
        assert set(identity) == {"name", "version", "digest"}
        assert identity["name"]
        assert identity["version"]
        assert len(bytes.fromhex(identity["digest"])) == hashlib.sha256().digest_size
        assert book.identity() == identity

    def test_every_text_is_given_as_it_was_fetched(self, book: FactBook) -> None:
        assert book.manifest()
        for file_name, row in book.manifest().items():
            assert row["file"] == file_name
            assert hashlib.sha256(book.text(file_name).encode("utf-8")).hexdigest() == row["sha256"], file_name

    @pytest.mark.parametrize("name", ["", "sources", "sources/no_such_text.txt", "manifest.csv", "../facts/country.csv"])
    def test_a_text_outside_the_manifest_is_a_problem(self, book: FactBook, name: str) -> None:
        with pytest.raises(ProblemError) as raised:
            book.text(name)
        assert [(one.code, one.value) for one in raised.value.problems] == [("text_missing", name)]
