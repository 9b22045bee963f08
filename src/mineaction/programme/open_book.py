"""A store at hand in Python: `book = ma.open("country.gpkg")`, and every question of the command line about it as a function."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from mineaction.programme.stores import open_store

Day = str | dt.date | None
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ProgrammeBook:
    """A programme's own store by its name. Each function opens it, answers as the command of its name does, and closes it."""

    path: str

    def import_file(self, path: str, *, kind: str | None = None, **options: Any) -> Answer:
        """Record what a file tells; options are those of `import_records` (mapping, principal, dry_run, problems ...)."""
        from mineaction.programme.recording import import_records

        return import_records(path, kind=kind, store=self.path, **options)

    def area(self, by: str = "class", *, since: Day = None, until: Day = None, known_at: Day = None, basis: str = "computed") -> Answer:
        """How much was identified, cancelled, reduced, cleared and is left, each square metre once."""
        from mineaction.programme.land_area import area

        return area(by, since=since, until=until, known_at=known_at, basis=basis, store=self.path)

    def areas(self, **options: Any) -> Answer:
        """The hazardous areas; options are those of `areas` (status, near, within, on, known_at)."""
        from mineaction.programme.land_areas import areas

        return areas(store=self.path, **options)

    def why(self, area: str, *, on: Day = None, known_at: Day = None) -> Answer:
        """Why the figures of one hazardous area are what they are."""
        from mineaction.programme.land_why import why

        return why(area, on=on, known_at=known_at, store=self.path)

    def history(self, subject: str) -> Answer:
        """Everything told of one subject."""
        from mineaction.programme.recording import history

        return history(subject, store=self.path)

    def verify(self, *, checkpoint_file: str | None = None, public_key: str | None = None) -> Answer:
        """Whether the store is as it was recorded."""
        from mineaction.programme.store_checks import verify

        return verify(self.path, checkpoint_file=checkpoint_file, public_key=public_key)

    def to_geopandas(self, kind: str = "hazardous_area", *, known_at: Day = None) -> Any:
        """The records of a kind that stand as a GeoDataFrame on WGS 84, one row a fact; needs the package geopandas.

        It holds every field, where uncleared ground lies included: keep it as you keep the store."""
        from mineaction.programme.geo_data_frame import geo_data_frame

        return geo_data_frame(self.path, kind, known_at)


def open(store: str | None = None) -> ProgrammeBook:
    """The store of this name; left out: MINEACTION_STORE, else programme.gpkg. One that is not there is a problem, and none is made."""
    with open_store(store) as held:
        return ProgrammeBook(held.path)
