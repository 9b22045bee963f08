"""What each treaty says about itself: its first day, when consent takes effect, when withdrawal takes effect, with the article for each.

Holds the four treaties whose acts are collected (APMBC, CCM, and the CCW's Amended Protocol II and Protocol V). Refuses any other name
with the nearest ones. What a state did under a treaty is a fact and stands in the data, never here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from mineaction.terms.dates import Moment, add_months, first_of_month
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import nearest


@dataclass(frozen=True, slots=True)
class Treaty:
    """The constants of one treaty. `settled_on` is the day of the last consent that general entry into force needed."""

    id: str
    title: str
    aliases: tuple[str, ...]
    first_day: dt.date
    first_day_source: str
    entry_into_force: dt.date
    settled_on: dt.date
    entry_day: Literal["first_of_month", "same_day"]
    entry_months: int
    entry_source: str
    withdrawal_months: int
    withdrawal_source: str
    conflict_assumption: str

    def entry_for(self, deposit: Moment) -> Moment:
        """When the treaty binds a state that deposited then: by its own rule, and never before general entry into force."""
        count = first_of_month if self.entry_day == "first_of_month" else add_months
        first, last = (max(_counted(count, day, self.entry_months), self.entry_into_force) for day in (deposit.first, deposit.last))
        return Moment(first, last)

    def withdrawal_for(self, receipt: Moment) -> Moment:
        """When a withdrawal received then takes effect, unless an armed conflict holds it back."""
        first, last = (_counted(add_months, day, self.withdrawal_months) for day in (receipt.first, receipt.last))
        return Moment(first, last)


def _counted(count: Callable[[dt.date, int], dt.date], day: dt.date, months: int) -> dt.date:
    """The day so many months later; a day that may be any stays at the end of the calendar."""
    return dt.date.max if day.year == dt.MAXYEAR else count(day, months)


_APMBC = Treaty(
    id="APMBC",
    title="Convention on the Prohibition of the Use, Stockpiling, Production and Transfer of Anti-Personnel Mines and on Their Destruction",
    aliases=(
        "ottawa",
        "ottawa convention",
        "ottawa treaty",
        "mine ban treaty",
        "mine ban convention",
        "anti-personnel mine ban convention",
    ),
    first_day=dt.date(1997, 12, 3),
    first_day_source="APMBC Art. 15: open for signature from 3 December 1997",
    entry_into_force=dt.date(1999, 3, 1),
    settled_on=dt.date(1998, 9, 16),
    entry_day="first_of_month",
    entry_months=6,
    entry_source="APMBC Art. 17: first day of the sixth month after the month of deposit, not before 1 March 1999",
    withdrawal_months=6,
    withdrawal_source="APMBC Art. 20(3): six months after receipt by the depositary",
    conflict_assumption="not engaged in armed conflict on {day} (APMBC Art. 20(3))",
)
_CCM = Treaty(
    id="CCM",
    title="Convention on Cluster Munitions",
    aliases=("cluster munitions", "oslo", "oslo convention", "cluster munition convention"),
    first_day=dt.date(2008, 12, 3),
    first_day_source="CCM Art. 15: open for signature from 3 December 2008",
    entry_into_force=dt.date(2010, 8, 1),
    settled_on=dt.date(2010, 2, 16),
    entry_day="first_of_month",
    entry_months=6,
    entry_source="CCM Art. 17: first day of the sixth month after the month of deposit, not before 1 August 2010",
    withdrawal_months=6,
    withdrawal_source="CCM Art. 20(3): six months after receipt by the depositary",
    conflict_assumption="not engaged in armed conflict on {day} (CCM Art. 20(3))",
)
_CCW_CONFLICT = "in no armed conflict or occupation on {day}, and nothing else of CCW Art. 9(2) holds the denunciation back"
_CCW_APII = Treaty(
    id="CCW_APII",
    title="Protocol on Prohibitions or Restrictions on the Use of Mines, Booby-Traps and Other Devices as amended on 3 May 1996",
    aliases=("ccw amended protocol ii", "amended protocol ii", "ccw ap ii", "ap ii", "apii", "ccw protocol ii as amended"),
    first_day=dt.date(1996, 5, 3),
    first_day_source="adopted on 3 May 1996",
    entry_into_force=dt.date(1998, 12, 3),
    settled_on=dt.date(1998, 6, 3),
    entry_day="same_day",
    entry_months=6,
    entry_source="CCW Art. 5(3) and 5(4): six months after notification of consent, not before 3 December 1998",
    withdrawal_months=12,
    withdrawal_source="CCW Art. 9(2): one year after receipt by the depositary",
    conflict_assumption=_CCW_CONFLICT,
)
_CCW_PV = Treaty(
    id="CCW_PV",
    title="Protocol on Explosive Remnants of War (Protocol V to the CCW)",
    aliases=("ccw protocol v", "protocol v", "ccw pv", "pv", "explosive remnants of war"),
    first_day=dt.date(2003, 11, 28),
    first_day_source="adopted on 28 November 2003",
    entry_into_force=dt.date(2006, 11, 12),
    settled_on=dt.date(2006, 5, 12),
    entry_day="same_day",
    entry_months=6,
    entry_source="CCW Art. 5(3) and 5(4): six months after notification of consent, not before 12 November 2006",
    withdrawal_months=12,
    withdrawal_source="CCW Art. 9(2): one year after receipt by the depositary",
    conflict_assumption=_CCW_CONFLICT,
)
TREATIES: dict[str, Treaty] = {treaty.id: treaty for treaty in (_APMBC, _CCM, _CCW_APII, _CCW_PV)}


def find_treaty(text: str) -> Treaty | Problem:
    """The treaty of that id, title or usual name, whatever its case and whatever joins its words."""
    names = {_folded(name): treaty for treaty in TREATIES.values() for name in (treaty.id, treaty.title, *treaty.aliases)}
    found = names.get(_folded(text))
    if found is not None:
        return found
    alike = dict.fromkeys(names[word].id for word in nearest(_folded(text), names))
    return problem("instrument_unknown", "instrument", text, nearest=", ".join(alike))


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
