"""Writes docs/BENCHMARKS.md: every table of one run, on which machine, when and how. No figure on it is typed by hand."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.table import Row, as_markdown

PAGE = Path(__file__).resolve().parents[1] / "docs" / "BENCHMARKS.md"
HEAD = """# Benchmarks

What the system costs, and what others cost at the same task, each table measured in one run and written by `./bench`; no figure is typed by
hand. Machines are shared and noisy: read the ratios, which were measured side by side, before any figure in seconds. A goal that is
missed says NO. `./bench NAME` runs one of the tables below; the engines measured beside the package are installed from
`requirements/bench-*.lock` into `.bench/`, each group in an environment of its own. An engine that could not be run says why.

"""


def write(tables: Mapping[str, tuple[str, Sequence[Row]]]) -> None:
    """The page, one section for each benchmark: what it asks, then its table."""
    text = HEAD + "".join(f"- {name}: {said}\n" for name, said in circumstances().items())
    for name, (asks, rows) in tables.items():
        text += f"\n## {name}\n\n{asks.strip()}\n\n{as_markdown(rows)}\n"
    PAGE.write_text(text, encoding="utf-8")


def circumstances() -> dict[str, str]:
    """When and on what; never where."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "machine": f"{processor()}, {os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "load average at the end": ", ".join(f"{one:.1f}" for one in os.getloadavg()) + " (1, 5 and 15 minutes)",
    }


def processor() -> str:
    """The name the processor gives itself."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor() or "unnamed")
