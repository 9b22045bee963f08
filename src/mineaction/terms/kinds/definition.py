"""What a kind of fact is made of: fields with type, code list, unit, range and sensitivity, and the key of the real thing it tells of.

Refuses to say which kinds there are: see the files beside this one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal, NamedTuple

# `codes` is several words of a list, separated by semicolons; `decimal` a number with a point and perhaps a sign.
FieldType = Literal[
    "text", "iso3", "country_name", "day", "moment", "as_of", "year", "integer", "usd", "percent", "area_m2", "decimal", "code", "codes"
]  # fmt: skip

# T1 may be published, T2 is for those who do the work, T3 is sealed. Everything about people, uncleared ground and stock sites is T3.
Sensitivity = Literal["T1", "T2", "T3"]
TIERS: tuple[Sensitivity, ...] = ("T1", "T2", "T3")

# The envelope of a packaged row: not told by the source, so outside the fact and its id.
ENVELOPE = ("known_from", "known_from_basis")
KNOWN_FROM_BASES = ("act", "publication", "assumed")
# The ground on which a fact of a programme's own store is known: the store recorded it.
RECORDED = "recorded"


class Field(NamedTuple):
    """One column: `codes` are the words it may hold (beside its type), `least` and `most` its range, `required_when` (field, word)."""

    name: str
    type: FieldType = "text"
    required: bool = False
    codes: tuple[str, ...] = ()
    unit: str = ""
    sensitivity: Sensitivity = "T1"
    label: str = ""
    least: str = ""
    most: str = ""
    pattern: str = ""
    required_when: tuple[str, str] = ("", "")
    may_be_future: bool = False  # a day that is planned


class Kind(NamedTuple):
    """One kind of fact. `subject` names the fields whose values make the key after the kind; `a|b` takes the first that is given,
    and an empty field leaves its part out.

    `valid` names the fields with the first day of validity and the first day after it; `periods` the pairs of fields that must not
    be reversed. Where `claims_compete`, several rows may tell differently of one subject; elsewhere a subject has one row.
    `geometry` is what lies in the fact beside its fields: nothing, or the canonical outline of `terms/outline.py`. Where
    `is_key_given`, the key is made of words people gave (organisation, local id), compared after trim and case folding. `told_by` is the
    field that says who tells it, where a row names no other source.
    """

    name: str
    label: str
    standard: str
    fields: tuple[Field, ...]
    subject: tuple[str, ...]
    prefix: tuple[str, ...] = ()
    valid: tuple[str, str] = ("", "")
    periods: tuple[tuple[str, str], ...] = ()
    claims_compete: bool = False
    geometry: Literal["", "outline"] = ""
    geometry_tier: Sensitivity = "T3"  # where ground lies is sealed, unless its kind says otherwise
    is_key_given: bool = False
    told_by: str = "organisation"

    def field_names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def columns(self) -> tuple[str, ...]:
        """The header of its file: the payload, then the envelope and the source, and the note last."""
        return (*(name for name in self.field_names() if name != "note"), *ENVELOPE, "source", "note")

    def subject_of(self, payload: Mapping[str, str]) -> str:
        """The stable key of the real thing this record tells of, such as `treaty_event/APMBC/POL/withdrawal_notified`."""
        parts = [self.name, *self.prefix]
        for names in self.subject:
            given = payload.get(names, "") or next((payload[name] for name in names.split("|") if payload.get(name)), "")
            if given:
                parts.append(given_key(given) if self.is_key_given else key_word(given))
        return "/".join(parts)


_NOT_OF_A_KEY = re.compile(r"[^A-Za-z0-9.()+-]+")
_NOT_OF_A_GIVEN_KEY = re.compile(r"[^\w.()+-]")
# Nothing of it changes but the case.
_PLAIN_KEY = re.compile(r"[\w.()+-]+", re.ASCII)
# `18MSP (Nov 2020)`: the bracket says when, may be made more exact one day, and must not change the key.
_DATE_IN_BRACKETS = re.compile(r" \([^()]*\d{4}\)$")


def key_word(text: str) -> str:
    """The text as one part of a key: letters, digits and `.()+-` stay, anything else becomes one underscore."""
    if text.isalnum() and text.isascii():
        return text
    return _NOT_OF_A_KEY.sub("_", _DATE_IN_BRACKETS.sub("", text)).strip("_")


def given_key(text: str) -> str:
    """Words people gave as one part of a key: trimmed, case folded, equal letters equal; two different ids never share a key."""
    if _PLAIN_KEY.fullmatch(text):
        return text.lower()
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", " ".join(text.split())).casefold())
    return _NOT_OF_A_GIVEN_KEY.sub(lambda one: "".join(f"%{byte:02x}" for byte in one[0].encode()), folded)


NOTE = Field("note", label="Note")
# What a mapping finds no field for is kept beside, so that nothing given is lost.
EXTRAS = Field("extras", sensitivity="T3", label="What the file said beside, by column, as JSON")
LINKS = Field("links", sensitivity="T2", label="Ids of records it is linked with; several with semicolons")
ISO3 = Field("iso3", "iso3", label="State or area")
NAME = Field("name", "country_name", label="Name")
ISO3_REQUIRED = ISO3._replace(required=True)
NAME_REQUIRED = NAME._replace(required=True)
BOUNDS = ("exact", "about", "almost", "more_than", "unknown")
LIST_STATUSES = ("complete", "partial")
# The first State Parties were bound by the APMBC from this day (Article 17(1)); no clock of Articles 4 and 5 ran before.
APMBC_IN_FORCE = "1999-03-01"
