"""How much was released as of a day, in a year, by an operator, by method - and does the balance of a period close?

All are sums over columns of the territory account; no polygon is touched again. `credits` gives one row for each owner and release, and
`sum_m2` adds them up by any of their columns. `balance` follows a period: opening + identified + extended + adjusted - cancelled -
reduced - cleared = remaining, asserted at every call to 0.01 m2. Reclassified ground (suspected to confirmed) is neutral and stands beside
it. A release counts on the last day that its date may mean, a hazardous area on the first. All figures are square metres on WGS84.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from mineaction.registers.land_release import LandAccount, Postings
from mineaction.registers.land_rows import HAZARD_CLASSES, METHODS, RELEASE_CLASSES, HazardClass
from mineaction.registers.territory import KIND
from mineaction.terms.limits import BALANCE_M2

Column = Literal["year", "organisation", "release_class", "method", "hazard_class"]
_EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Credits:
    """One row for each (owner, release) of the territory account. Codes are positions in `words` of the column's name."""

    hazard: Any
    release: Any
    day: Any  # numbers of days (datetime.date.toordinal)
    year: Any
    organisation: Any  # who released
    release_class: Any
    method: Any
    hazard_class: Any  # of the ground when it was released
    m2: Any
    words: dict[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Balance:
    """What happened to the territory from `first` to `last`, both days included, in square metres."""

    first: dt.date
    last: dt.date
    opening: float
    identified: float
    extended: float
    adjusted: float
    cancelled: float
    reduced: float
    cleared: float
    remaining: float
    reclassified_m2: float  # suspected to confirmed; beside the balance

    @property
    def is_closed(self) -> bool:
        """Whether the terms make up what remains, to 0.01 m2."""
        gained = self.opening + self.identified + self.extended + self.adjusted
        return abs(gained - self.cancelled - self.reduced - self.cleared - self.remaining) <= BALANCE_M2


def credits(account: LandAccount) -> Credits:
    """The credits of an account as columns, to be kept while questions are asked."""
    at = np.flatnonzero(np.isin(account.postings.kind, [KIND[one] for one in RELEASE_CLASSES]))
    release = account.postings.release[at]
    day = account.postings.day[at]
    rows = account.releases.rows
    told = [row.organisation.strip() for row in rows]
    names = sorted(set(told))
    code = {name: at for at, name in enumerate(names)}
    organisation = np.fromiter(map(code.__getitem__, told), dtype=np.int64, count=len(told))
    method = np.fromiter((METHODS.index(row.method) for row in rows), dtype=np.int8, count=len(rows))
    year = (day - _EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return Credits(
        hazard=account.postings.hazard[at],
        release=release,
        day=day,
        year=year,
        organisation=organisation[release],
        release_class=account.postings.kind[at] - KIND["cancelled"],
        method=method[release],
        hazard_class=account.postings.confirmed[at],
        m2=-account.postings.m2[at],
        words={
            "organisation": names,
            "release_class": RELEASE_CLASSES,
            "method": METHODS,
            "hazard_class": HAZARD_CLASSES,
        },
    )


def sum_m2(
    of: Credits, by: Sequence[Column] = (), *, first: dt.date | None = None, last: dt.date | None = None
) -> dict[tuple[Any, ...], float]:
    """Square metres released from `first` to `last`, both included, added up by columns: (2015, "cleared") -> m2; by none: () -> m2."""
    at = np.ones(len(of.m2), dtype=bool)
    if first is not None:
        at &= of.day >= first.toordinal()
    if last is not None:
        at &= of.day <= last.toordinal()
    m2 = of.m2[at]
    if not by:
        return {(): float(m2.sum())}
    if not len(m2):
        return {}
    codes = np.zeros(len(m2), dtype=np.int64)
    words: list[list[Any]] = []
    for name in by:
        column = getattr(of, name)[at]
        least = int(column.min())
        count = int(column.max()) - least + 1
        words.append([of.words[name][least + one] if name in of.words else least + one for one in range(count)])
        codes = codes * count + (column - least)
    size = math.prod(map(len, words))
    sums, rows = np.bincount(codes, m2, minlength=size), np.bincount(codes, minlength=size)
    found = {}
    for code in np.flatnonzero(rows).tolist():
        rest, key = code, []
        for column_words in reversed(words):
            rest, one = divmod(rest, len(column_words))
            key.append(column_words[one])
        found[tuple(reversed(key))] = float(sums[code])
    return found


def balance(account: LandAccount, first: dt.date, last: dt.date, hazard_class: HazardClass | None = None) -> Balance:
    """The balance of a period for all ground, or for that held as suspected or as confirmed (reclassified ground is then `adjusted`)."""
    return balance_of(account.postings, first, last, hazard_class)


def balance_of(postings: Postings, first: dt.date, last: dt.date, hazard_class: HazardClass | None = None) -> Balance:
    """The same of postings alone, as an account made in parts has them."""
    is_moved = postings.kind == KIND["reclassified"]
    if hazard_class is None:
        m2 = np.where(is_moved, 0.0, postings.m2)
    else:
        own = HAZARD_CLASSES.index(hazard_class)
        m2 = np.where(is_moved, postings.m2 * (1 if hazard_class == "CHA" else -1), np.where(postings.confirmed == own, postings.m2, 0.0))
    before, by_then = postings.day < first.toordinal(), postings.day <= last.toordinal()
    within = by_then & ~before
    terms = {name: float(m2[within & (postings.kind == code)].sum()) for name, code in KIND.items()}
    moved = float(postings.m2[within & is_moved].sum())
    found = Balance(
        first, last, opening=float(m2[before].sum()), identified=terms["identified"], extended=terms["extended"],
        adjusted=terms["adjusted"] + terms["reclassified"], cancelled=0.0 - terms["cancelled"], reduced=0.0 - terms["reduced"],
        cleared=0.0 - terms["cleared"], remaining=float(m2[by_then].sum()), reclassified_m2=moved,
    )  # fmt: skip
    assert found.is_closed, f"the balance does not close: {found}"
    return found


def yearly_balances(account: LandAccount, first: int, last: int) -> list[Balance]:
    """The balance of each calendar year; what remains at the end of one is the opening of the next."""
    return [balance(account, dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in range(first, last + 1)]
