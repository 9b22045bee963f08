"""Files of strangers meet the drivers that are meant, and no other: a library that learns a new one fails here first."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.house.guards import CHECKOUT

PROGRAM = """
import json, os
from mineaction.sources.gdal_records import geopackage_records
from mineaction.sources.given_rows import Stated
from mineaction.terms.problem import ProblemError
try:
    list(geopackage_records(b"", "a.gpkg", Stated()))
except ProblemError:
    import pyogrio
    print(json.dumps(sorted(pyogrio.list_drivers())))
"""


def test_only_the_drivers_that_are_meant_are_there(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT / "src")}
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["ESRI Shapefile", "GPKG", "MEM", "OpenFileGDB"]
