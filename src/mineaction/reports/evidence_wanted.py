"""Which documents and facts would show that a clause of a treaty is complied with, and which acts lead to it? Read from one YAML file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line in our words, where the treaty asks for it, and its own words there; `statuses` limits a step to states of that status."""

    words: str
    citation: str
    says: str
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceWanted:
    """For one treaty: the text that is quoted, what is wanted clause by clause, and the steps of a state that is not a party."""

    text: str
    clauses: dict[str, tuple[Wanted, ...]]
    accession: tuple[Wanted, ...]


@cache
def evidence_wanted() -> dict[str, EvidenceWanted]:
    """By instrument; a treaty without an entry has no evidence listed, which the roadmap says."""
    raw = yaml.safe_load(resources.files(__package__).joinpath("evidence_wanted.yaml").read_text(encoding="utf-8"))
    return {
        instrument: EvidenceWanted(
            one["text"],
            {
                name: tuple(Wanted(line["wanted"], line["citation"], line["says"]) for line in lines)
                for name, lines in one["clauses"].items()
            },
            tuple(Wanted(line["step"], line["citation"], line["says"], tuple(line["for"])) for line in one["accession"]),
        )
        for instrument, one in raw.items()
    }
