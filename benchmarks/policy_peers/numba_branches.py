"""numba: conditions in a compiled loop over the raw columns, one thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER, Column, Days, Records

PACKAGE = "numba"
Engine = tuple[Callable[..., None], Column, int]


def setup(records: Records, threads: int = 1) -> Engine:
    """The loop, compiled by a first call, the array the answers are written to, touched once, and the number of threads.

    Also for one thread the loop is compiled as a parallel one: numba then makes vector instructions of it, five times as fast.
    """
    loop = numba.njit(policy(records), parallel=True, nogil=True)
    out = np.zeros(len(records), np.uint8)
    loop(*(column[:1] for column in columns(records)), out[:1])
    return loop, out, threads


def policy(records: Records) -> Callable[..., None]:
    """The policy over codes; words become numbers here, before anything is compiled."""
    first, end = records.first, records.end
    not_in_force, not_addressed, prohibited, permitted, obliged, undetermined = (
        records.verdict(word) for word in ("not_in_force", "not_addressed", "prohibited", "permitted", "obliged", "undetermined")
    )
    # The words of these groups stand together in the vocabulary, so that a range tests them: the fastest form.
    make_low, make_high = ends(records.codes("act", MAKE))
    move_low, move_high = ends(records.codes("act", TRANSFER))
    assist_low, assist_high = ends(records.codes("act", ASSIST))
    excepted_low, excepted_high = ends(records.codes("purpose", EXCEPTED))
    sell, use, destroy = records.codes("act", ("sell", "use", "destroy"))
    mine, improvised = records.codes("item", ("anti_personnel_mine", "victim_activated_improvised_device"))
    victim, both = records.codes("initiation", ("victim", "both"))
    lasting = records.code("persistence", "persistent")
    nobody, elsewhere = records.code("counterparty", "none"), records.code("place", "elsewhere")
    defence = records.code("purpose", "defence")
    korea, named = records.code("context", "korean_peninsula"), records.code("underlying", "prohibited")

    def loop(
        act: Column, item: Column, initiation: Column, persistence: Column, counterparty: Column,
        place: Column, purpose: Column, context: Column, underlying: Column, day: Days, out: Column,
    ) -> None:  # fmt: skip
        for i in numba.prange(out.size):
            asked = act[i]
            if day[i] < first or day[i] >= end:
                out[i] = not_in_force
                continue
            if assist_low <= asked <= assist_high:
                out[i] = prohibited if context[i] != korea and underlying[i] == named else not_addressed
                continue
            is_open = item[i] == mine and initiation[i] == both
            if not is_open and item[i] != improvised and (item[i] != mine or initiation[i] != victim):
                out[i] = not_addressed
                continue
            found = not_addressed
            if make_low <= asked <= make_high:
                found = prohibited
            elif move_low <= asked <= move_high:
                if asked != sell or counterparty[i] != nobody:
                    found = permitted if excepted_low <= purpose[i] <= excepted_high else prohibited
            elif asked == use:
                found = prohibited if place[i] == elsewhere or persistence[i] == lasting else permitted
            elif asked == destroy and (purpose[i] != defence or context[i] != korea):
                found = obliged
            out[i] = undetermined if is_open and found != not_addressed else found

    return loop


def ends(codes: tuple[int, ...]) -> tuple[int, int]:
    """First and last of codes that stand together."""
    low, high = min(codes), max(codes)
    assert sorted(codes) == list(range(low, high + 1))
    return low, high


def columns(records: Records) -> list[Any]:
    return [*records.columns.values(), records.day]


def prepared(engine: Engine, records: Records) -> list[Any]:
    """The columns as they are."""
    return columns(records)


def verdicts(engine: Engine, given: list[Any]) -> Column:
    loop, out, threads = engine
    numba.set_num_threads(threads)
    loop(*given, out)
    return out
