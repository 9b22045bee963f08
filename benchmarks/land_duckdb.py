"""What remains of each hazardous area after union and difference by DuckDB's spatial extension: a second engine, beside shapely.

Run by the interpreter of an environment that holds DuckDB; the extension comes from DuckDB's own server, unless it is there already. Reads
a Parquet file of areas and one of releases (day, WKB), writes one of what remains (WKB, in the order of the areas), prints CPU seconds.
"""

from __future__ import annotations

import json
import sys
import time

# The join asks for nothing but ground: with the days in it DuckDB would compare every area with every release.
STEPS = (
    "create temp table area as select position, day, ST_GeomFromWKB(outline) ground from read_parquet('{areas}')",
    "create temp table release as select day, ST_GeomFromWKB(outline) ground from read_parquet('{releases}')",
    """create temp table pair as select area.position, area.day identified, release.day released, release.ground
       from area join release on ST_Intersects(area.ground, release.ground)""",
    "create temp table taken as select position, ST_Union_Agg(ground) ground from pair where released >= identified group by 1",
    """copy (select ST_AsWKB(case when taken.ground is null then area.ground
                             else ST_Difference(area.ground, taken.ground) end)::blob outline
       from area left join taken using (position) order by position) to '{remaining}' (format parquet)""",
)


def main(areas: str, releases: str, remaining: str) -> None:
    """One run on one thread, for CPU seconds that compare."""
    import duckdb

    asked = duckdb.connect(config={"threads": 1})
    asked.execute("install spatial")
    asked.execute("load spatial")
    before = time.process_time()
    for step in STEPS:
        asked.execute(step.format(areas=areas, releases=releases, remaining=remaining))
    print(json.dumps({"cpu_s": time.process_time() - before, "version": duckdb.__version__}))


if __name__ == "__main__":
    main(*sys.argv[1:])
