"""Runs the benchmarks named on the command line, or all, and prints one table. A goal that is missed is shown and fails nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from types import ModuleType

from benchmarks import land, land_large, land_million, large_file, law, missing_fact, page, policy, policy_files, start_up, store
from benchmarks.table import Row, as_text

MODULES: dict[str, ModuleType] = {
    "start-up": start_up, "law": law, "policy": policy, "policy-files": policy_files,
    "missing-fact": missing_fact, "land": land, "store": store,
    "large-file": large_file, "land-large": land_large, "land-million": land_million,
}  # fmt: skip
BENCHMARKS: dict[str, Callable[[], Iterable[Row]]] = {name: module.rows for name, module in MODULES.items()}
# Takes minutes, or gigabytes of disk: only when it is named, or with --full or --write.
ON_DEMAND = ("large-file", "land-large", "land-million")


def main() -> None:
    """`--list` names them, `--full` leaves none out, `--write` runs all of them and writes the page."""
    parser = argparse.ArgumentParser(prog="./bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"any of: {', '.join(BENCHMARKS)}; all but {', '.join(ON_DEMAND)} when none is given"
    )
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    parser.add_argument("--full", action="store_true", help=f"run {', '.join(ON_DEMAND)} too, which takes minutes, and gigabytes of disk")
    parser.add_argument("--write", action="store_true", help=f"run all, {', '.join(ON_DEMAND)} too, and write docs/{page.PAGE.name}")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in BENCHMARKS]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    if asked.write and asked.names:
        parser.error("--write writes the whole page: leave the names out")
    if asked.list:
        print("\n".join(BENCHMARKS))
        return
    names = asked.names or [name for name in BENCHMARKS if asked.full or asked.write or name not in ON_DEMAND]
    measured: dict[str, list[Row]] = {}
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        measured[name] = list(BENCHMARKS[name]())
    print(as_text(row for rows in measured.values() for row in rows))
    if asked.write:
        page.write({name: (MODULES[name].__doc__ or "", rows) for name, rows in measured.items()})


if __name__ == "__main__":
    main()
