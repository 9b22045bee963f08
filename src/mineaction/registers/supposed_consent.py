"""If a state deposited its instrument of consent on a day, from when would a treaty bind it, and by when would it have to do what?

The supposed act is folded like a recorded one, alone: whatever the state did before is left aside, and nothing is written down.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mineaction.registers.article_deadlines import Deadline
from mineaction.registers.clock_rules import CLOCKS_ENCODED
from mineaction.registers.treaties import Treaty
from mineaction.registers.treaty_clocks import clocks_of
from mineaction.registers.treaty_status import treaty_history
from mineaction.terms.dates import Moment
from mineaction.terms.fact import Fact, RecordedFact

SUPPOSED = "supposed, not recorded"


@dataclass(frozen=True, slots=True)
class SupposedConsent:
    """Entry into force for the state, by which rule, and the deadlines counted from it: none where those of the treaty are not encoded."""

    entry: dt.date
    entry_source: str
    deadlines: tuple[Deadline, ...]


def supposed_consent(treaty: Treaty, iso3: str, deposit: dt.date) -> SupposedConsent:
    """What would follow from a deposit on that day."""
    payload = {
        "treaty": treaty.id,
        "iso3": iso3,
        "name": iso3,
        "event": "consent",
        "kind": "accession",
        "date": deposit.isoformat(),
        "note": "",
    }
    act = RecordedFact(Fact("treaty_event", f"supposed/{treaty.id}/{iso3}", payload, SUPPOSED), deposit, "act", SUPPOSED)
    entry = treaty.entry_for(Moment(deposit, deposit)).first
    history = treaty_history(treaty, [act], [], [])
    deadlines = clocks_of(history, iso3, entry, ()).deadlines if treaty.id in CLOCKS_ENCODED else ()
    return SupposedConsent(entry, treaty.entry_source, deadlines)
