"""The closed vocabulary of an activity: which facts about an act a policy may ask for, and which words they take.

Every condition of every clause is `field: [values]` over these fields, so that each policy is a finite table a lawyer can review.
A fact that is not given is unknown; no field has a default.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from mineaction.terms.everyday_words import everyday
from mineaction.terms.limits import NEAREST_WORDS_MAX


@dataclass(frozen=True, slots=True)
class Field:
    """One question about an act: its name, the values an answer may take, and the question in plain words."""

    name: str
    values: tuple[str, ...]
    question: str


ACTS = (
    "develop", "produce", "acquire", "stockpile", "retain", "export", "sell", "transfer", "use",
    "assist", "encourage", "induce", "destroy", "clear", "mark", "identify", "report", "legislate",
)  # fmt: skip
ACTS_OF_ASSISTANCE = ("assist", "encourage", "induce")
# Acts that have somebody on the other side by their very meaning; an export may be a movement of one's own mines.
ACTS_TOWARDS_ANOTHER = ("sell", "transfer")

_FIELDS = (
    Field("act", ACTS, "What is done?"),
    Field(
        "item",
        ("anti_personnel_mine", "anti_vehicle_mine", "victim_activated_improvised_device", "booby_trap", "cluster_munition", "other"),
        "With what?",
    ),
    Field("initiation", ("victim", "command", "both"), "Is it set off by the person or vehicle it meets, by command, or either way?"),
    Field(
        "persistence",
        ("persistent", "self_destructing_and_deactivating"),
        "Does it stay active until someone removes it, or does it self-destruct and self-deactivate?",
    ),
    Field("is_detectable", ("yes", "no"), "Can commonly available equipment detect it?"),
    Field("delivery", ("manual", "remote"), "Is it delivered by hand or remotely?"),
    Field("is_marked_and_monitored", ("yes", "no"), "Is the area marked, monitored and protected by fencing?"),
    Field("situation", ("armed_conflict", "peace"), "Is there an armed conflict?"),
    Field(
        "stock_origin",
        ("held_at_entry_into_force", "acquired_later"),
        "Was the stock held when the treaty entered into force for the state?",
    ),
    Field("is_within_article_4_period", ("yes", "no"), "Is the day within the actor's own Article 4 period?"),
    Field("actor_kind", ("state", "armed_group", "person_under_jurisdiction"), "Who acts?"),
    Field("counterparty", ("none", "elsewhere", "on_korean_peninsula"), "Who is on the other side? None: nobody, the mines only move."),
    # One question for each instrument: the same state may be a party to one treaty and not to another.
    Field(
        "counterparty_status",
        ("state_party", "other_state", "not_a_state"),
        "Is the other side a party to the treaty asked about, another state, or no state?",
    ),
    Field("place", ("elsewhere", "korean_peninsula"), "Where does it happen? For a transfer: where does it go?"),
    Field("from_place", ("elsewhere", "korean_peninsula"), "Where does a transfer start?"),
    Field(
        "purpose",
        ("defence", "detection", "removal", "destruction", "technique_training_or_development", "other_training", "other"),
        "What for?",
    ),
    Field("context", ("other", "korean_peninsula"), "What is it connected with?"),
    # The answer of the referred instrument about the act that is assisted; computed, never typed in.
    Field("underlying", ("prohibited", "not_prohibited"), "Is the act that is assisted prohibited to a State Party?"),
)
FIELDS: dict[str, Field] = {field.name: field for field in _FIELDS}

# Facts about the mine itself: an act of assistance passes them on to the act that is assisted unless told otherwise.
FIELDS_OF_THE_ITEM = ("item", "initiation", "persistence", "is_detectable", "delivery")

# Short forms: one word of the command line that states several facts at once; the answer spells them out.
SHORT_FORMS: dict[str, dict[str, dict[str, str]]] = {
    "item": {
        "apl": {"item": "anti_personnel_mine", "initiation": "victim"},
        "apl-persistent": {"item": "anti_personnel_mine", "initiation": "victim", "persistence": "persistent"},
        "apl-non-persistent": {"item": "anti_personnel_mine", "initiation": "victim", "persistence": "self_destructing_and_deactivating"},
        "command-detonated-munition": {"item": "anti_personnel_mine", "initiation": "command"},
        "anti-vehicle-mine": {"item": "anti_vehicle_mine"},
        # What its victim sets off is set off by its victim: the word says both.
        "victim-activated-improvised-device": {"item": "victim_activated_improvised_device", "initiation": "victim"},
    },
    "purpose": {
        "training": {"purpose": "technique_training_or_development"},
        "clearance": {"purpose": "removal"},
        "defense": {"purpose": "defence"},
    },
}


def nearest(word: str, words: Iterable[str]) -> list[str]:
    """The valid words most like `word`, best first; all of them when nothing is alike."""
    known = sorted(words)
    return alike(word, known) or known[: 4 * NEAREST_WORDS_MAX]


def alike(word: str, words: Iterable[str], cutoff: float = 0.5) -> list[str]:
    """The valid words that are like `word`, best first; none where none is."""
    by_fold = {one.casefold().replace("-", "_"): one for one in sorted(words)}
    close = difflib.get_close_matches(word.casefold().replace("-", "_"), by_fold, n=NEAREST_WORDS_MAX, cutoff=cutoff)
    return [by_fold[one] for one in close]


def hint(word: str, words: Iterable[str], field: str = "") -> str:
    """What to write instead of a word that is none: what an everyday word may mean, what is spelled like it, or else the whole list."""
    known = sorted(words)
    if meant := [one for one in everyday(field, word) if one in known]:
        return f"It may mean {' or '.join(meant)}"
    close = alike(word, known)
    return f"Nearest: {', '.join(close)}" if 0 < len(close) < len(known) else f"Use one of: {', '.join(known)}"
