"""QGIS without a window opens a store, sees the one layer as it is, is refused every edit, and hinders no import."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from mineaction.programme.stores import init
from tests.house.guards import CHECKOUT
from tests.ledger.map_programs import EXTENT, MORE, REFUSED, count_standing, held, run, tell

pytestmark = pytest.mark.qgis


def test_qgis_sees_the_areas_and_changes_no_fact_and_an_import_goes_on_beside_it(tmp_path: Path) -> None:
    store = str(tmp_path / "book.gpkg")
    init(store)
    tell(store, tmp_path)
    before, count = held(store), count_standing(store)
    (tmp_path / "more.csv").write_text(MORE.replace("HA-9", "HA-10"), encoding="utf-8")
    # The command in an environment of its own: that of QGIS is the distribution's.
    imports = ["env", f"PYTHONPATH={CHECKOUT / 'src'}", sys.executable, "-m", "mineaction.cli", "import", str(tmp_path / "more.csv")]
    imports += ["--kind", "hazardous_area", "--store", store, "--dry-run"]
    python = os.environ.get("MINEACTION_QGIS_PYTHON") or "/usr/bin/python3"
    script = str(Path(__file__).with_name("qgis_session.py"))

    def session(*words: str) -> dict[str, object]:
        told = run(python, script, store, *words, folder=tmp_path, QT_QPA_PLATFORM="offscreen")
        assert told.returncode == 0, told.stderr
        answer: dict[str, object] = json.loads(told.stdout.splitlines()[-1])
        return answer

    answer = session(*imports)
    assert answer["look"] == {
        "opened": ["about_this_store", "hazardous_area"],
        "on_a_map": ["hazardous_area"],
        "crs": "EPSG:4326",
        "extent": pytest.approx(list(EXTENT), abs=1e-6),
        "count": count,
        "read": ["HA-001", "HA-002", "HA-003"],
        "geometry": "MultiPolygon",
    }
    assert answer["is_unchanged_by_looking"]
    edits = answer["edits"]
    assert isinstance(edits, dict) and list(edits) == ["change", "move", "delete", "add"]
    for said in edits.values():
        assert not said["is_saved"] and REFUSED in said["said"], said
    assert "Nothing was recorded (--dry-run)" in str(answer["import"])
    assert held(store) == before and before.is_whole
    answer = session(*imports[:-1])
    assert "1 fact, 0 with problems. Recorded as batch 6" in str(answer["import"])
    assert (answer["count_after_import"], count_standing(store)) == (count + 1, count + 1)
    assert held(store).is_whole
    assert not list(tmp_path.glob("book.gpkg-*")), "no journal stays beside the store"
