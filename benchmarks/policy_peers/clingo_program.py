"""clingo: the policy as an answer set program, the records as facts; grounded and solved at once."""

from __future__ import annotations

from collections.abc import Iterable

import clingo
import numpy as np

from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER, Column, Records

PACKAGE = "clingo"


def listed(words: Iterable[str]) -> str:
    return ";".join(words)


def setup(records: Records) -> str:
    """The program; record(I, act, item, initiation, persistence, counterparty, place, purpose, context, underlying, day)."""
    return f"""
make({listed(MAKE)}). move({listed(TRANSFER)}). assist({listed(ASSIST)}). excepted({listed(EXCEPTED)}).
in_force(I) :- record(I,_,_,_,_,_,_,_,_,_,T), {records.first} <= T, T < {records.end}.
verdict(I,not_in_force) :- record(I,_,_,_,_,_,_,_,_,_,_), not in_force(I).
mine(I) :- in_force(I), record(I,_,anti_personnel_mine,victim,_,_,_,_,_,_,_).
mine(I) :- in_force(I), record(I,_,victim_activated_improvised_device,_,_,_,_,_,_,_,_).
either(I) :- in_force(I), record(I,_,anti_personnel_mine,both,_,_,_,_,_,_,_).
meant(I) :- mine(I). meant(I) :- either(I).
found(I,prohibited) :- meant(I), record(I,A,_,_,_,_,_,_,_,_,_), make(A).
moved(I,P) :- meant(I), record(I,A,_,_,_,C,_,P,_,_,_), move(A), not to_nobody(A,C).
to_nobody(sell,none).
found(I,permitted) :- moved(I,P), excepted(P).
found(I,prohibited) :- moved(I,P), not excepted(P).
found(I,permitted) :- meant(I), record(I,use,_,_,self_destructing_and_deactivating,_,korean_peninsula,_,_,_,_).
found(I,prohibited) :- meant(I), record(I,use,_,_,_,_,_,_,_,_,_), not found(I,permitted).
found(I,obliged) :- meant(I), record(I,destroy,_,_,_,_,_,P,C,_,_), not reserve(P,C).
reserve(defence,korean_peninsula).
verdict(I,V) :- mine(I), found(I,V).
verdict(I,undetermined) :- either(I), found(I,_).
verdict(I,prohibited) :- in_force(I), record(I,A,_,_,_,_,_,_,other,prohibited,_), assist(A).
verdict(I,not_addressed) :- in_force(I), not decided(I).
decided(I) :- mine(I), found(I,_). decided(I) :- either(I), found(I,_).
decided(I) :- in_force(I), record(I,A,_,_,_,_,_,_,other,prohibited,_), assist(A).
#show verdict/2.
"""


def prepared(engine: str, records: Records) -> tuple[Records, str]:
    """A fact a record."""
    rows = (",".join(map(str, row.values())) for row in records.rows())
    return records, "\n".join(f"record({number},{row})." for number, row in enumerate(rows))


def verdicts(engine: str, given: tuple[Records, str]) -> Column:
    records, facts = given
    control = clingo.Control(["--warn=none"])
    control.add("base", [], engine + facts)
    control.ground([("base", [])])
    code = {word: number for number, word in enumerate(records.verdicts)}
    found = np.full(len(records), 255, np.uint8)
    with control.solve(yield_=True) as models:
        for model in models:
            for atom in model.symbols(shown=True):
                record, verdict = atom.arguments
                found[record.number] = code[verdict.name]
    return found


def when_place_is_missing() -> dict[str, str]:
    """What is not stated is false."""
    rules = "verdict(prohibited) :- act(use), not place(korea). verdict(permitted) :- act(use), place(korea). #show verdict/1. act(use)."
    control = clingo.Control(["--warn=none"])
    control.add("base", [], rules)
    control.ground([("base", [])])
    with control.solve(yield_=True) as models:
        names = [str(atom.arguments[0]) for model in models for atom in model.symbols(shown=True)]
    return {"not place(korea)": ", ".join(names)}
