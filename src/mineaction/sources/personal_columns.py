"""Which columns of a file would tell of a person? Told by their names, in several languages, from `personal_columns.csv`.

A name is compared without case, accents, digits and separators, and word by word in any order: `Victim_1.Name` is `victim name`. Until such
fields can be sealed they are refused, or left out where that is asked for, and then kept nowhere. What stands in free text under another
name is not found: nobody can tell it by the name of its column. The list is one of usual words; correct it there. Its column `match` says
how: `whole` is the whole name, `words` are words of it, `part` are words of it or letters within a name without separators.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from itertools import compress
from typing import NamedTuple

from mineaction.sources.given_rows import GivenRow
from mineaction.terms.problem import Problem, ProblemError, problem

CODE = "personal_field_not_yet_supported"
# Kinds of record that are about people, whatever their columns.
_PEOPLE = frozenset({"victim", "survivor", "casualty", "casualtie", "person", "people", "beneficiary", "beneficiarie", "patient"})
# So many letters together are those words, not a part of others: `accvictimname`.
_LETTERS_OF_A_COMPOUND = 8


class Personal(NamedTuple):
    """One entry of the list: its words, and those words in one."""

    words: frozenset[str]
    joined: str
    match: str
    holds: str

    def is_in(self, words: list[str], joined: str) -> bool:
        """Whether a name with these words is one of this entry."""
        if self.match == "whole" or self.joined == joined:
            return self.joined == joined
        is_compound = self.match == "part" and len(self.joined) >= _LETTERS_OF_A_COMPOUND and self.joined in joined
        return is_compound or self.words.issubset(words)


def refuse_people(kind: str) -> None:
    """A kind of record about people is a problem."""
    if _PEOPLE.intersection(_words(kind)):
        raise ProblemError([problem(CODE, "kind", kind, holds="people")])


def personal_columns(names: Iterable[str], fields: Iterable[str] = ()) -> dict[str, str]:
    """Those of these names that would tell of a person, with what they hold; `fields` are names that have another meaning here."""
    known = frozenset(fields)
    return {name: held for name in names if name not in known and (held := _held(name))}


def personal_problems(found: dict[str, str], path: str, part: str) -> list[Problem]:
    """One problem a column, with its name and without a value of it."""
    return [problem(CODE, f"{path}, {part} {name}", name, holds=held) for name, held in found.items()]


def without_columns(rows: Sequence[GivenRow], names: Iterable[str]) -> tuple[list[GivenRow], list[Problem]]:
    """The rows without these columns, and a problem by number for each row that had something there."""
    left_out = frozenset(names)
    if not left_out:
        return list(rows), []
    kept: list[GivenRow] = []
    problems = []
    for row in rows:
        # What is wrong with such a cell may quote it, and is of no matter once it is left out.
        places = {row.place_of(name).casefold(): name for name in left_out}
        wrong = {places[place] for one in row.problems if (place := one.place.casefold()) in places}
        filled = sorted(name for name in left_out if row.cells.get(name, "").strip() or name in wrong)
        if filled:
            problems.append(problem("personal_cells_left_out", row.place, columns=", ".join(filled)))
        cells = {name: cell for name, cell in row.cells.items() if name not in left_out}
        stays = [column.strip().casefold() not in left_out for column in row.header]
        # The cells of a row that does not fit the header stand under no name: none of them is kept.
        given = tuple(compress(row.given, stays)) if len(row.given) == len(stays) else ()
        stated = tuple(one for one in row.problems if one.place.casefold() not in places)
        kept.append(row._replace(cells=cells, problems=stated, header=tuple(compress(row.header, stays)), given=given))
    return kept, problems


def _held(name: str) -> str:
    words = _words(name)
    joined = "".join(words)
    return next((one.holds for one in _list() if one.is_in(words, joined)), "")


@cache
def _list() -> tuple[Personal, ...]:
    text = resources.files(__package__).joinpath("personal_columns.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    split = ((_words(row["words"]), row) for row in rows)
    return tuple(Personal(frozenset(words), "".join(words), row["match"], row["holds"]) for words, row in split)


def _words(name: str) -> list[str]:
    """The words of a name as they are compared; the plural of a long one is the word."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(letter))
    letters = re.sub(r"['’ʼ`]", "", plain).casefold()
    words = re.findall(r"[^\W\d_]+", letters)
    return [word[:-1] if len(word) > 4 and word.endswith("s") else word for word in words]
