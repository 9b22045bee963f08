"""Runs the benchmarks named on the command line, or all, and prints one table. A goal that is missed is shown and fails nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

from benchmarks import law, start_up
from benchmarks.table import Row, as_text

BENCHMARKS: dict[str, Callable[[], Iterable[Row]]] = {"start-up": start_up.rows, "law": law.rows}


def main() -> None:
    """`--list` names them."""
    parser = argparse.ArgumentParser(prog="./bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of: {', '.join(BENCHMARKS)} (all when none is given)")
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in BENCHMARKS]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    if asked.list:
        print("\n".join(BENCHMARKS))
        return
    print(as_text(row for name in asked.names or BENCHMARKS for row in BENCHMARKS[name]()))


if __name__ == "__main__":
    main()
