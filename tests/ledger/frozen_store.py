"""A store as this version makes it, kept for every later one: `python -m tests.ledger.frozen_store` writes it and what it answers.

Run once for a format, when the format is there; a file that is there is never written again.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path
from typing import Any

from mineaction.ledger.geopackage import LAYER
from mineaction.ledger.schema import FORMAT
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import make_store
from mineaction.programme.recording import history
from mineaction.programme.store_checks import verify
from tests.ledger.store_contract import area, record, take_back

FROZEN = Path(__file__).with_name("frozen")


def answers(path: str) -> dict[str, Any]:
    """What every later version must answer of this store."""
    told = history(area("HA-1").subject, store=path)
    told.pop("store")
    checked = {name: value for name, value in verify(path).items() if name not in ("store", "seconds")}
    with SqliteStore(path) as store:
        facts = {one.fact.fact_id: [one.position, str(one.known_from)] for one in store.facts(LAYER)}
        return {"history": told, "verify": checked, "facts": facts, "standing": [one.fact_id for one in store.standing(LAYER)]}


def thaw(format_name: str, folder: Path) -> str:
    """The frozen store of a format, as a file of its own."""
    path = folder / "frozen.gpkg"
    path.write_bytes(gzip.decompress((FROZEN / f"format_{format_name}.gpkg.gz").read_bytes()))
    return str(path)


def main() -> None:
    """Writes the store of today's format."""
    FROZEN.mkdir(exist_ok=True)
    target = FROZEN / f"format_{FORMAT}.gpkg.gz"
    assert not target.exists(), f"{target.name} is kept as it is"
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/frozen.gpkg"
        make_store(path, "f" * 32)
        with SqliteStore(path) as store:
            first = area("HA-1", note='with "quotes", \\ and ÄÖ')
            record(store, first, area("HA-2", with_outline=False), area("HA-3"))
            record(store, area("HA-1", type="CHA", supersedes=first.fact_id), area("HA-3"))
            record(store, area("HA-4"))
            take_back(store, 3)
        target.write_bytes(gzip.compress(Path(path).read_bytes(), mtime=0))
        told = json.dumps(answers(path), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        (FROZEN / f"format_{FORMAT}.json").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
