"""What is true of the invented country, cell by cell: what was identified and released each year, once, and what is left?

Nothing here knows polygons, overlays or files: a cell lies in open hazardous areas or in none. Of the land account it shares the rules
(docs/LAND_ACCOUNT.md) and not one line, so that a test can hold one against the other.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, NamedTuple

from mineaction.programme.demo.ground import Cell

What = Literal["hazard", "extended", "voided", "release", "reversal"]
# Of one day, areas open first, then they change, then ground is released.
_RANK: dict[What, int] = {"hazard": 0, "extended": 1, "voided": 2, "reversal": 3, "release": 4}
TERMS = ("identified", "extended", "adjusted", "cancelled", "reduced", "cleared")
BESIDE = ("reclassified", "rework", "outside_hazard", "not_for_mines")


class GroundEvent(NamedTuple):
    """What happened on a day to cells of a site. `name` is the area, or the release; `word` the class of either."""

    site: int
    day: dt.date
    what: What
    name: str
    cells: frozenset[Cell]
    word: str = ""
    may_hold_mines: bool = True


class Truth(NamedTuple):
    """Square metres by year and term, and of all years beside them."""

    by_year: dict[int, dict[str, float]]
    beside: dict[str, float]

    @property
    def remaining_m2(self) -> float:
        """What is left in the end."""
        return sum(self.change_of(year) for year in self.by_year)

    def change_of(self, year: int) -> float:
        """By how much more is left at the end of a year than at its beginning."""
        terms = self.by_year[year]
        return terms["identified"] + terms["extended"] + terms["adjusted"] - terms["cancelled"] - terms["reduced"] - terms["cleared"]


def truth(events: Iterable[GroundEvent], measure: Callable[[Sequence[tuple[int, Cell]]], Sequence[float]]) -> Truth:
    """The account of these events; `measure` gives the square metres of cells."""
    by_site: dict[int, list[GroundEvent]] = defaultdict(list)
    for event in events:
        by_site[event.site].append(event)
    posted: list[tuple[int, Cell, int, str, int]] = []
    for site, own in sorted(by_site.items()):
        for cell in sorted({cell for event in own for cell in event.cells}):
            told = sorted((one for one in own if cell in one.cells), key=lambda one: (one.day, _RANK[one.what], one.name))
            posted += [(site, cell, year, term, sign) for year, term, sign in _history(told)]
    measured = measure([(site, cell) for site, cell, *_ in posted])
    by_year: dict[int, dict[str, float]] = {}
    beside = dict.fromkeys(BESIDE, 0.0)
    for (_, _, year, term, sign), m2 in zip(posted, measured, strict=True):
        if term in beside:
            beside[term] += m2
        else:
            by_year.setdefault(year, dict.fromkeys(TERMS, 0.0))[term] += sign * m2
    return Truth(dict(sorted(by_year.items())), beside)


def _history(told: list[GroundEvent]) -> Iterable[tuple[int, str, int]]:
    """What the events of one cell post, in their order."""
    open_areas: dict[str, GroundEvent] = {}
    taken: dict[str, dict[str, GroundEvent]] = {}
    was_released = False
    for event in told:
        year = event.day.year
        match event.what:
            case "hazard" | "extended":
                is_new = not open_areas
                was_suspected = not is_new and all(one.word == "SHA" for one in open_areas.values())
                if event.what == "extended" and event.name in open_areas:
                    continue
                open_areas[event.name] = event
                if is_new:
                    yield year, "identified" if event.what == "hazard" else "extended", 1
                elif was_suspected and event.word == "CHA":
                    yield year, "reclassified", 1
            case "voided":
                if open_areas.pop(event.name, None) and not open_areas:
                    yield year, "adjusted", -1
            case "release" if open_areas and event.word == "battle_area" and any(one.may_hold_mines for one in open_areas.values()):
                yield year, "not_for_mines", 1
            case "release" if open_areas:
                yield year, event.word, 1
                taken[event.name], open_areas, was_released = open_areas, {}, True
            case "release":
                yield year, "rework" if was_released else "outside_hazard", 1
            case "reversal":
                if back := taken.pop(event.name, None):
                    if not open_areas:
                        yield year, "adjusted", 1
                    open_areas |= back


def cell_measure(measure_shapes: Callable[[list[Any]], Any], shape_of: Callable[[int, Cell], Any]) -> Callable[[Any], list[float]]:
    """Measures each cell once."""

    def of(cells: Sequence[tuple[int, Cell]]) -> list[float]:
        own = sorted(set(cells))
        found = dict(zip(own, measure_shapes([shape_of(*one) for one in own]), strict=True))
        return [float(found[one]) for one in cells]

    return of
