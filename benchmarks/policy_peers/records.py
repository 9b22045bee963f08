"""The records of the task as every engine finds them: a folder with a column of codes for each fact, and what the codes mean."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.uint8]
Days = npt.NDArray[np.int32]

# The groups of words the policy speaks of.
MAKE = ("develop", "produce", "acquire")
TRANSFER = ("export", "transfer", "sell")
ASSIST = ("assist", "encourage", "induce")
EXCEPTED = ("detection", "removal", "technique_training_or_development", "destruction")


@dataclass(frozen=True, slots=True)
class Records:
    """`columns` has a code a record for each fact, `day` days since 1970; the version governs from `first` up to, not including, `end`."""

    columns: dict[str, Column]
    day: Days
    keys: npt.NDArray[np.int32]
    table: Column
    words: dict[str, list[str]]
    verdicts: list[str]
    first: int
    end: int

    def __len__(self) -> int:
        return len(self.day)

    def code(self, field: str, word: str) -> int:
        """The code of a word of a fact."""
        return self.words[field].index(word)

    def codes(self, field: str, words: Iterable[str]) -> tuple[int, ...]:
        return tuple(self.code(field, word) for word in words)

    def verdict(self, word: str) -> int:
        """The code of a verdict."""
        return self.verdicts.index(word)

    def rows(self) -> list[dict[str, str | int]]:
        """One mapping a record, facts as words."""
        texts = [np.array(words, object)[self.columns[field]].tolist() for field, words in self.words.items()]
        names = (*self.words, "day")
        return [dict(zip(names, values, strict=True)) for values in zip(*texts, self.day.tolist(), strict=True)]

    def as_codes(self, verdicts: Iterable[str], count: int) -> Column:
        """Verdicts given as words, as codes."""
        code = {word: number for number, word in enumerate(self.verdicts)}
        return np.fromiter((code[one] for one in verdicts), np.uint8, count)


def stored(folder: Path, count: int) -> Records:
    """The first `count` records of the folder."""
    meaning = json.loads((folder / "meaning.json").read_text(encoding="utf-8"))
    columns = {field: np.load(folder / f"{field}.npy")[:count] for field in meaning["words"]}
    day, keys, table = (np.load(folder / f"{name}.npy") for name in ("day", "keys", "table"))
    bounds = meaning["first"], meaning["end"]
    return Records(columns, day[:count], keys[:count], table, meaning["words"], meaning["verdicts"], *bounds)
