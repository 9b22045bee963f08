"""A mapping to begin with, made from a table's own columns and texts: what is recognised is filled in, the rest is left blank.

A blank has the nearest words beside it as a comment; a row with a text that is left blank is a problem, never a guess. Which words are
recognised is handed over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mineaction.sources.mapping import ACTOR, DAY, MAPPED, UNDERLYING, default_mapping, plain_name
from mineaction.terms.vocabulary import FIELDS

# How people usually name the columns of such tables.
_USUAL = {
    "activity": "act", "action": "act", "event_type": "act", "what": "act",
    "weapon": "item", "munition": "item", "device": "item", "ordnance": "item", "mine_type": "item",
    "country": ACTOR, "state": ACTOR, "party": ACTOR, "user": ACTOR, "perpetrator": ACTOR, "who": ACTOR,
    "actor_type": "actor_kind", "type_of_actor": "actor_kind",
    "date": DAY, "day": DAY, "event_date": DAY, "when": DAY, "reported_on": DAY, "on_day": DAY, "datum": DAY, "dates": DAY,
    "fecha": DAY, "dated": DAY, "incident_date": DAY, "date_of_event": DAY, "date_of_incident": DAY, "timestamp": DAY,
    "location": "place", "destination": "place", "where": "place", "origin": "from_place", "recipient": "counterparty",
    "reason": "purpose", "aim": "purpose", "why": "purpose",
    "assisted_activity": "underlying.act", "assisted_act": "underlying.act", "underlying": "underlying.act",
}  # fmt: skip
# Fields whose words are telling enough to know a column by them; yes and no are not.
_TELLING = tuple(name for name, one in FIELDS.items() if name != "underlying" and set(one.values) != {"yes", "no"})


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """One column of the table: its different texts in the order met, how many more there are, and whether it holds days."""

    name: str
    texts: tuple[str, ...]
    more: int = 0
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means in a field: a word, or (with `word` empty) what it may have meant."""

    word: str
    hint: str = ""


Read = Callable[[str, str], Reading]


def proposed_mapping(table: str, columns: Sequence[ColumnSeen], read: Read) -> str:
    """The YAML text of a mapping of these columns."""
    fields = _fields(columns, read)
    used = {one.name for one in fields.values()}
    lines = [
        f"# Which column of {_quoted(table)} says which fact. Check every line; fill in what is blank, or list it under unknown.",
        "# A text that stays blank makes its row a problem; an empty cell is unknown. Words of the vocabulary: docs/SCREENING.md.",
        "fields:" if fields else "fields: {}",
    ]
    for name in (one for one in MAPPED if one in fields):
        lines += _field(name, fields[name], read)
    if others := [one.name for one in columns if one.name not in used]:
        lines.append(f"# Columns not used: {', '.join(map(_quoted, others))}")
    lines.append(
        f"# Facts that no column gives, unknown in every row: {', '.join(one for one in (DAY, ACTOR, *_TELLING) if one not in fields)}"
    )
    if DAY not in fields:
        lines.append("# Without a column for the day, --on DAY is the day of every row; today when it is left out.")
    return "\n".join(lines) + "\n"


def _fields(columns: Sequence[ColumnSeen], read: Read) -> dict[str, ColumnSeen]:
    """The column for each fact: by its own name, by a usual name, by the days it holds, by its words; the first one counts."""
    by_name = {one.name: one for one in columns}
    found = {one.field: by_name[one.column] for one in default_mapping(list(by_name))}
    free = [one for one in columns if one not in found.values()]
    for guess in (_by_usual_name, _by_days, lambda one: _by_words(one, read)):
        for one in list(free):
            field = guess(one)
            if field and field not in found:
                found[field] = one
                free.remove(one)
    return found


def is_called_a_day(column: str) -> bool:
    """Whether a column has a name that people give to days."""
    return _usual(column) == DAY


def _usual(column: str) -> str:
    return _USUAL.get(plain_name(column), "")


def _by_usual_name(one: ColumnSeen) -> str:
    return _usual(one.name)


def _by_days(one: ColumnSeen) -> str:
    return DAY if one.is_day else ""


def _by_words(one: ColumnSeen, read: Read) -> str:
    for field in _TELLING:
        known = sum(bool(read(field, text).word) for text in one.texts)
        if known and 2 * known >= len(one.texts):
            return field
    return ""


def _field(name: str, column: ColumnSeen, read: Read) -> Iterator[str]:
    yield f"  {name}:  # {'On which day?' if name == DAY else _question(name)}"
    yield f"    column: {_quoted(column.name)}"
    if name == DAY or not column.texts:
        return
    by_word: dict[str, list[str]] = {}
    blank: list[tuple[str, str]] = []
    for text in column.texts:
        said = read(name, text)
        if said.word:
            by_word.setdefault(said.word, []).append(text)
        else:
            blank.append((text, said.hint))
    yield "    values:"
    yield from (f"      {_quoted(given[0])}: {word}" for word, given in by_word.items() if len(given) == 1)
    yield from (f"      {_quoted(text)}:{f'  # {_one_line(hint)}' if hint else ''}" for text, hint in blank)
    if several := {word: given for word, given in by_word.items() if len(given) > 1}:
        yield "    several:  # texts that mean the same"
        yield from (f"      {word}: [{', '.join(map(_quoted, given))}]" for word, given in several.items())
    yield "    unknown: []  # texts that say it is not known"
    if column.more:
        yield f"    # and {column.more} more texts, which are read as words of the vocabulary unless they are listed here"


def _question(name: str) -> str:
    if name == ACTOR:
        return "Which state acts?"
    assisted = "The act that is assisted: " if name.startswith(UNDERLYING) else ""
    return f"{assisted}{FIELDS[name.removeprefix(UNDERLYING)].question}"


def _quoted(text: str) -> str:
    """The text between double quotes as YAML writes it; what would steer a terminal or is not for YAML stands as its number."""
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in json.dumps(text, ensure_ascii=False))


def _one_line(text: str) -> str:
    return " ".join(text.split())
