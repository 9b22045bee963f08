"""A table of land written as files that a programme could send, and recorded in a store.

The table is that of `tests/registers/land_book.py`; behind a line any other field may stand as `field=value` (`_` for a blank).
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from mineaction.programme.recording import import_records
from mineaction.programme.stores import init
from tests.registers.land_book import ground

Rows = dict[str, list[dict[str, str]]]
AT = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
_METHODS = {"cancelled": "NTS", "reduced": "TS", "cleared": "CLEARANCE"}
_KINDS = {"hazard": "hazardous_area", "release": "land_release", "reversal": "release_reversal"}


def table(text: str) -> Rows:
    """The rows of a table by kind of fact."""
    found: Rows = {"hazardous_area": [], "hazard_change": [], "land_release": [], "release_reversal": []}
    for line in filter(None, map(str.strip, text.splitlines())):
        what, name, of_class, day, *rest = line.split()
        more = {key: value.replace("_", " ") for key, _, value in (word.partition("=") for word in rest if "=" in word)}
        place = [float(word) for word in rest if "=" not in word and word != "-"]
        row = {"local_id": name, "organisation": more.pop("by", "Org"), "wkt": ground(*place).wkt if place else ""}
        if "reported" in more:
            row["reported_area_m2"] = more.pop("reported")
        when = "unknown" if day == "-" else day
        if what == "hazard":
            row |= {"type": of_class, "identified_on": when}
        elif what == "release":
            row |= {"release_class": of_class, "method": _METHODS[of_class], "released_on": when}
        elif what == "reversal":
            row = {"local_id": name, "organisation": row["organisation"], "reversed_on": when}
        else:
            row |= {"change": what, "changed_on": when, "type": of_class.replace("-", "")}
        found[_KINDS.get(what, "hazard_change")].append(row | {key: value.replace("~", "_") for key, value in more.items()})
    return found


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Rows as a CSV file."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def record(folder: Path, rows: Rows, store: str, at: dt.datetime = AT) -> list[dict[str, Any]]:
    """Import each kind from a file of its own."""
    answers = []
    for kind, told in rows.items():
        if told:
            path = folder / f"{kind}.csv"
            write(path, told)
            answers.append(import_records(str(path), kind=kind, store=store, at=at))
            assert answers[-1]["with_problems"] == 0, answers[-1]["problems"]
    return answers


def store_of(folder: Path, text: str, name: str = "programme.gpkg") -> str:
    """A new store that was told this table."""
    store = str(folder / name)
    init(store)
    record(folder, table(text), store)
    return store
