"""What can be wrong with something a user gave, and how to mend it.

A problem is a value: a stable code, the place, what is wrong, the value as given, how to fix it.
Parsers return problems beside their result. At the edge of the programme a question that cannot be answered
raises `ProblemError`, which carries them; the doors print them and exit with 3. Nothing else is raised for user errors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mineaction.terms.limits import DETAIL_SHOWN_CHARACTERS_MAX, REASON_SHOWN_CHARACTERS_MAX, VALUE_SHOWN_CHARACTERS_MAX
from mineaction.terms.passwords import without_passwords
from mineaction.terms.problem_catalogue import CATALOGUE, WARNINGS


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was given. `place` names file, row, field or option, the most exact one known."""

    code: str
    place: str
    value: str
    message: str
    remedy: str

    @property
    def is_warning(self) -> bool:
        """Whether it is told and stops nothing."""
        return self.code in WARNINGS

    def as_dict(self) -> dict[str, str]:
        """The six keys, as every `--json` answer prints them."""
        severity = "warning" if self.is_warning else "error"
        told = {"code": self.code, "severity": severity, "place": self.place, "value": self.value}
        return told | {"message": self.message, "remedy": self.remedy}

    def __str__(self) -> str:
        return f"{_shown(self.place, DETAIL_SHOWN_CHARACTERS_MAX)}: {self.message} {self.remedy} [{self.code}]"


class ProblemError(Exception):
    """A question that cannot be answered as put. `problems` is never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        assert self.problems, "a ProblemError carries at least one problem"
        super().__init__("; ".join(str(one) for one in self.problems))


def problem(code: str, place: str, value: object = "", **details: object) -> Problem:
    """A problem of the catalogue, its sentences filled in. A code outside the catalogue is a programmer's error.

    `value` is kept whole but for the password of an address; the sentences repeat only the beginning of what is very long.
    """
    message, remedy = CATALOGUE[code]
    value = without_passwords(str(value))
    words = {name: _shown(without_passwords(str(detail)), DETAIL_SHOWN_CHARACTERS_MAX) for name, detail in details.items()}
    words["value"] = _shown(value, VALUE_SHOWN_CHARACTERS_MAX)
    return Problem(code, without_passwords(place), value, message.format(**words), remedy.format(**words))


def on_one_line(said: object) -> str:
    """What a library or another program says of an error, on one line and not too long, as the reason in a problem."""
    return " ".join(str(said).split())[:REASON_SHOWN_CHARACTERS_MAX]


def _shown(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}... ({len(text):,} characters)"
