"""Make the invented country: write its files, and record them in a store by the ordinary import, each on the day it came.

The same seed gives the same bytes of every file and the same chain of the store. A folder that is there with the same country is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mineaction.ledger.sqlite_file import make_store
from mineaction.programme.demo.country import Country, country
from mineaction.programme.demo.deliveries import Delivery, deliveries
from mineaction.programme.demo.files import content_of
from mineaction.programme.demo.ground import COUNTRY
from mineaction.programme.demo.truth import BESIDE
from mineaction.programme.files import write_text
from mineaction.programme.recording import history, import_records, reverse
from mineaction.programme.stores import open_store
from mineaction.terms.problem import ProblemError, problem

STORE, TOLD, TRUTH = "demo.gpkg", "demo.json", "invented_truth.json"
NOTE = "Everything here is invented: the country, its ground, which lies in the open sea, its places, organisations and figures."
DEFAULT_SEED = 1
_SITES, _SITES_SMALL = 300, 56
_YEARS_SMALL = 5
_PRINCIPAL = "invented records office"
_TAKEN_BACK_AFTER = dt.timedelta(days=40)


def demo(*, seed: int = DEFAULT_SEED, out: str = "invented-country", small: bool = False) -> dict[str, Any]:
    """The files and the store of the invented country in the folder `out`. What is there of the same country is kept; of an older program
    it is made anew, unless somebody recorded more in its store. Raises `ProblemError` where something else is there."""
    told = _told_in(out)
    is_same = told is not None and (told["seed"], told["small"]) == (seed, small)
    head = _head(out) if is_same else ""
    if told and head and (head != told["head"] or told["made_by"] == _made_by()):
        return _answer(told, out, is_new=False, is_as_made=head == told["head"])
    if os.path.isdir(out) and not set(os.listdir(out)) <= (_own_files(told) if told and is_same else set()):
        raise ProblemError([problem("store_exists", out, out)])
    unfinished = f"{out.rstrip('/')}.{os.getpid()}.part"
    try:
        os.makedirs(unfinished)
        told = _made(seed, unfinished, small=small)
        if os.path.isdir(out):
            shutil.rmtree(out)
        os.rename(unfinished, out)
    except OSError as error:
        raise ProblemError([problem("output_not_written", out, out, reason=error.strerror or "unknown")]) from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return _answer(told, out, is_new=True, is_as_made=True)


def _made(seed: int, folder: str, *, small: bool) -> dict[str, Any]:
    """Write the files of a country and record them; what is told of it."""
    made = country(seed, site_count(small=small))
    store = os.path.join(folder, STORE)
    make_store(store, hashlib.sha256(f"{COUNTRY} {seed} {small}".encode()).hexdigest()[:32])
    files = [_recorded(one, folder, store) for one in deliveries(made.records, _YEARS_SMALL if small else 1)]
    told = {
        "country": COUNTRY,
        "seed": seed,
        "small": small,
        "rows": sum(one["rows"] for one in files),
        "facts": sum(one["facts"] for one in files),
        "with_problems": sum(one["with_problems"] for one in files),
        "files": files,
        "head": _head(folder),
        "note": NOTE,
    }
    write_text(os.path.join(folder, TRUTH), json.dumps(_truth(made), ensure_ascii=False, indent=1) + "\n")
    write_text(os.path.join(folder, TOLD), json.dumps({**told, "made_by": _made_by()}, ensure_ascii=False, indent=1) + "\n")
    return told


def _answer(told: Mapping[str, Any], out: str, *, is_new: bool, is_as_made: bool) -> dict[str, Any]:
    store = os.path.join(out, STORE)
    with open_store(store) as held:
        identity = held.identity()
    kept = {name: value for name, value in told.items() if name != "made_by"}
    return {**kept, "folder": out, "store": store, "is_new": is_new, "is_as_made": is_as_made, "books": [identity]}


def site_count(*, small: bool) -> int:
    """How many sites the country has."""
    return _SITES_SMALL if small else _SITES


def _told_in(folder: str) -> dict[str, Any] | None:
    """What was told of the country in this folder when it was made; None where there is none."""
    try:
        told: dict[str, Any] = json.loads(Path(folder, TOLD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) and told.get("country") == COUNTRY else None


def _head(folder: str) -> str:
    """The last link of the store in this folder; empty where there is none that can be read."""
    try:
        with open_store(os.path.join(folder, STORE)) as held:
            return held.identity()["digest"]
    except ProblemError:
        return ""


def _own_files(told: Mapping[str, Any]) -> set[str]:
    """The names of what was made with the country."""
    return {STORE, TOLD, TRUTH, *(str(one["file"]) for one in told["files"])}


def _recorded(delivery: Delivery, out: str, store: str) -> dict[str, Any]:
    """Write a file and import it; a form that has to be taken back is."""
    path = os.path.join(out, delivery.name)
    rows = []
    for one in delivery.records:
        corrected = {"supersedes": _fact_id(one.corrects.subject, store)} if one.corrects else {}
        rows.append({**one.fields, **corrected})
    stem, _, extension = delivery.name.rpartition(".")
    content = content_of(extension, stem, rows, [one.outline for one in delivery.records], [one.text for one in delivery.records])
    Path(path).write_bytes(content)
    kind = None if delivery.mapping else delivery.kind
    told = import_records(path, kind=kind, mapping=delivery.mapping, store=store, principal=_PRINCIPAL, at=delivery.recorded_at)
    if delivery.form == "donor_report":
        reverse(str(told["batch"]), store=store, principal=_PRINCIPAL, at=delivery.recorded_at + _TAKEN_BACK_AFTER)
    codes: dict[str, int] = {}
    for one in told["problems"]:
        codes[one["code"]] = codes.get(one["code"], 0) + 1
    return {
        "file": delivery.name,
        "kind": delivery.kind,
        "mapping": delivery.mapping,
        "recorded_on": delivery.recorded_at.date().isoformat(),
        "batch": told["batch"],
        "is_reversed": delivery.form == "donor_report",
        "rows": told["rows"],
        "facts": told["facts"],
        "with_problems": told["with_problems"],
        "codes": dict(sorted(codes.items())),
    }


def _fact_id(subject: str, store: str) -> str:
    (told,) = [one for one in history(subject, store=store)["told"] if one["stands"]]
    return str(told["fact_id"])


def _truth(made: Country) -> dict[str, Any]:
    """What is true, for whoever compares: square metres by year, what stands beside them, and the mistakes by code."""
    mistakes = [{"code": code, "kind": one.kind, "told": "at import"} for one in made.records for code in one.codes]
    mistakes += [
        {"code": code, "kind": one.kind, "id": one.fields["local_id"], "told": "in the account"}
        for one in made.records
        for code in one.told_later
    ]
    return {
        "note": NOTE,
        "by_year": [
            {"year": year, **{f"{term}_m2": round(m2, 4) for term, m2 in terms.items()}} for year, terms in made.truth.by_year.items()
        ],
        "remaining_m2": round(made.truth.remaining_m2, 4),
        "beside": {f"{name}_m2": round(made.truth.beside[name], 4) for name in BESIDE},
        "mistakes": mistakes,
    }


def _made_by() -> str:
    """A digest of the program: another one may read, count or write otherwise."""
    package = Path(__file__).parents[2]
    found = hashlib.sha256()
    for path in sorted([*package.rglob("*.py"), *package.glob("data/mappings/*")]):
        found.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
