"""What is asked about one act under one instrument, and what a finding is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, str]
# A quoted deadline, a proviso or a text is printed as it stands, so a finding is plain JSON data.
Finding = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """Known facts about the act (fields of the vocabulary), about the act it assists, the ISO day, the reading asked for, known-at."""

    facts: Facts
    underlying: Facts | None
    on: str
    reading: str = ""
    known_at: str = ""
