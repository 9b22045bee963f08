"""In which files do the records of the invented country arrive, and on which day is each recorded?

Files come once a year (in the small country once in five), each of one kind and in one of the formats people send. Rows of a file stand in
the order in which they were told.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mineaction.programme.demo.records import FIRST_YEAR, LAST_YEAR, Record

# In the order in which they are recorded; formats in the order of years.
_FORMATS: dict[str, tuple[str, ...]] = {
    "admin_area": ("geojson",),
    "organisation": ("csv",),
    "country_rule": ("csv",),
    "accreditation": ("xlsx",),
    "hazardous_area": ("csv", "kml", "zip", "gpkg", "geojson"),
    "hazard_change": ("csv", "geojson"),
    "task_order": ("csv",),
    "activity": ("csv",),
    "land_release": ("csv", "geojson", "xlsx", "gpkg", "geojson"),
    "activity_report": ("csv",),
    "device_found": ("csv",),
    "quality_visit": ("csv",),
    "handover": ("csv",),
    "approval": ("csv",),
    "release_reversal": ("csv",),
    "accident": ("xlsx",),
}
# Kinds of which a programme sends a file every year, and every how many years the papers of all others come.
_EVERY_YEAR = (
    "admin_area", "organisation", "country_rule", "accreditation", "hazardous_area", "hazard_change", "land_release", "release_reversal",
    "approval",
)  # fmt: skip
_YEARS_OF_PAPERS = 5
_MAPPINGS = {"ng_columns": "imsma_ng_confirmed_areas"}
_MONTH, _DAY, _HOUR = 2, 15, 9  # when the files of the years before are recorded


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file: its name, kind and rows, when it is recorded, and what its import has to say."""

    name: str
    kind: str
    recorded_at: dt.datetime
    records: tuple[Record, ...]
    mapping: str | None = None
    form: str = ""

    @property
    def facts(self) -> int:
        """How many rows are recorded."""
        return sum(one.is_fact for one in self.records)

    @property
    def codes(self) -> dict[str, int]:
        """What the import says of them: their mistakes, and what rows of one file have in common."""
        found = Counter(code for one in self.records for code in one.codes)
        facts = [one for one in self.records if one.is_fact]
        if not self.mapping:
            own = Counter(one.subject for one in facts if one.kind == "hazardous_area")
            found["id_with_several_contents"] += sum(count for count in own.values() if count > 1)
        outlines = Counter(one.outline.wkb for one in facts if one.outline is not None)
        found["outline_repeated"] += sum(count - 1 for count in outlines.values())
        return dict(sorted((code, count) for code, count in found.items() if count))


def deliveries(records: Iterable[Record], years: int) -> list[Delivery]:
    """The files in the order in which they are recorded, one for `years` years of what comes every year."""
    found: dict[tuple[int, int, str], list[Record]] = {}
    for one in records:
        own = years if one.kind in _EVERY_YEAR else max(years, _YEARS_OF_PAPERS)
        first = min(max(one.arrives.year, FIRST_YEAR), LAST_YEAR)
        last = min(FIRST_YEAR + (first - FIRST_YEAR) // own * own + own - 1, LAST_YEAR)
        found.setdefault((last, list(_FORMATS).index(one.kind), one.form), []).append(one)
    made = []
    for number, ((last, kind_at, form), rows) in enumerate(sorted(found.items())):
        kind = list(_FORMATS)[kind_at]
        at = dt.datetime(last + 1, _MONTH, _DAY, _HOUR, tzinfo=dt.UTC) + dt.timedelta(minutes=number)
        extension = "csv" if form else _format(kind, last)
        name = f"invented_{last}_{kind}{'_' * bool(form)}{form}.{extension}"
        rows.sort(key=lambda one: one.arrives)
        made.append(Delivery(name, kind, at, tuple(rows), _MAPPINGS.get(form), form))
    return made


def _format(kind: str, last_year: int) -> str:
    formats = _FORMATS[kind]
    return formats[(last_year - FIRST_YEAR) * len(formats) // (LAST_YEAR - FIRST_YEAR + 1)]
