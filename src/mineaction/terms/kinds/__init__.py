"""Which kinds of fact there are: each is defined once, in this folder, and everything that reads or checks facts derives from it.

A new field is one line in one file. Refuses to say what a fact means for a state or an act: that is for the registers and the policies.
"""

from __future__ import annotations

from mineaction.terms.kinds.accidents import ACCIDENT_KINDS
from mineaction.terms.kinds.admin_areas import ADMIN_KINDS
from mineaction.terms.kinds.assurance import ASSURANCE_KINDS
from mineaction.terms.kinds.definition import ENVELOPE, KNOWN_FROM_BASES, RECORDED, TIERS, Field, Kind, Sensitivity, given_key, key_word
from mineaction.terms.kinds.land import LAND_KINDS
from mineaction.terms.kinds.programmes import PROGRAMME_KINDS
from mineaction.terms.kinds.states import STATE_KINDS
from mineaction.terms.kinds.treaties import TREATIES, TREATY_KINDS
from mineaction.terms.kinds.work import WORK_KINDS

# What comes with the program, and what a programme tells its own store.
PACKAGED_KINDS: dict[str, Kind] = {kind.name: kind for kind in (*TREATY_KINDS, *STATE_KINDS, *PROGRAMME_KINDS)}
RECORDED_KINDS: dict[str, Kind] = {kind.name: kind for kind in (*LAND_KINDS, *ADMIN_KINDS, *ACCIDENT_KINDS, *WORK_KINDS, *ASSURANCE_KINDS)}
KINDS: dict[str, Kind] = PACKAGED_KINDS | RECORDED_KINDS

__all__ = [
    "ENVELOPE",
    "KINDS",
    "KNOWN_FROM_BASES",
    "PACKAGED_KINDS",
    "RECORDED",
    "RECORDED_KINDS",
    "TIERS",
    "TREATIES",
    "Field",
    "Kind",
    "Sensitivity",
    "given_key",
    "key_word",
]
