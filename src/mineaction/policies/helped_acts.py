"""Which acts can be helped, as texts that refer to other law see them? One for each way in which that law judges the act that is helped.

Derived from the law referred to, over every act that can be helped, as if its doer were a State Party (`decision.underlying_answer`
decides one act the same way). No act is made up: each way has an act that shows it. An act of assistance is not assisted in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mineaction.policies.assisted_act import AS_A_STATE_PARTY
from mineaction.policies.clause import Variant
from mineaction.policies.pair import TableOf
from mineaction.policies.smallest_act import Act, needed_fields
from mineaction.policies.table import Table, fixed, of_act, widened
from mineaction.terms.verdict import CELL_VERDICTS, PROHIBITED, UNDETERMINED
from mineaction.terms.vocabulary import ACTS, ACTS_OF_ASSISTANCE, FIELDS

# What a law says of the act that is helped; it is open where the law itself does not say.
HELPED_IS = ("prohibited", "not_prohibited", "open")
_PROHIBITED, _FREE, _OPEN = range(len(HELPED_IS))
_OF_VERDICT = np.array([{PROHIBITED: _PROHIBITED, UNDETERMINED: _OPEN}.get(one, _FREE) for one in CELL_VERDICTS], np.uint8)
# What is used comes first: an example that speaks of use is the easiest to read.
_CAN_BE_HELPED = ("use", *(one for one in ACTS if one not in ("use", *ACTS_OF_ASSISTANCE)))
_Codes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class HelpedAct:
    """An act as `decide` takes it, and what each text hears of it: one of `HELPED_IS`, not_prohibited where it refers to no law."""

    activity: Act
    heard: tuple[str, ...]


def helped_acts(laws: Sequence[Variant | None], table_of: TableOf) -> tuple[HelpedAct, ...]:
    """One act for each way in which these laws, one for each text, judge what is helped. None: the text refers to no law.

    Where one law judges for all, acts on which it is open itself are left aside: no text differs there from another but as it does for
    an act that is prohibited or for one that is not.
    """
    is_one_law = len({(one.version_id, one.reading) for one in laws if one}) == 1
    tables = [table_of(one) if one else None for one in laws]
    found: dict[tuple[int, ...], HelpedAct] = {}
    for act in _CAN_BE_HELPED:
        parts = [_as_a_state_party(of_act(table, law, act)) if table and law else _SILENT for table, law in zip(tables, laws, strict=True)]
        fields = tuple(name for name in FIELDS if any(name in one.fields for one in parts))
        shape = tuple(len(FIELDS[name].values) for name in fields)  # numpy gives a single cell an axis of its own
        codes = [_OF_VERDICT[widened(one, fields).verdicts.reshape(shape)] for one in parts]
        ways = np.stack([one.reshape(-1) for one in codes], axis=1)
        for way in np.unique(ways, axis=0).tolist():
            if tuple(way) not in found and not (is_one_law and _OPEN in way):
                alike = np.asarray((ways == way).all(axis=1)).reshape(shape)
                found[tuple(way)] = HelpedAct({"act": act} | _smallest(fields, codes, alike), tuple(HELPED_IS[one] for one in way))
    return tuple(found[way] for way in sorted(found))


_SILENT = Table((), np.array(CELL_VERDICTS.index("not_addressed"), np.uint8), np.array(0, np.uint16), ((),))


def _as_a_state_party(table: Table) -> Table:
    for name, value in AS_A_STATE_PARTY.items():
        table = fixed(table, name, value)
    return table


def _smallest(fields: tuple[str, ...], codes: list[_Codes], alike: npt.NDArray[np.bool_]) -> Act:
    """The facts that make the act one of these: with the first thing of the list, or with the last, another one, if nobody prohibits it."""
    places = np.argwhere(alike)
    is_free = all((one[alike] == _FREE).all() for one in codes)
    cell = tuple(int(one) for one in places[-1 if is_free else 0])
    needed = needed_fields(fields, codes, cell)
    return {name: FIELDS[name].values[place] for name, place in zip(fields, cell, strict=True) if name in needed}
