"""The first command of a fresh machine: both packaged statements checked, a table on the terminal, one page in a file."""

from __future__ import annotations

import sys
from typing import Any

from mineaction.cli.fact_check_text import show_check

Answer = dict[str, Any]
# The two public statements of 21 June 2022 that come with the package.
STATEMENTS = ("002_f35273cdee6493af.txt", "000_c60e18c4d0212a59.txt")


def first_light(html: str, on: str | None, *, progress: bool) -> Answer:
    """Both statements checked as of their own date and on `on`: `{"checks": [...], "html": file}`."""
    from mineaction.programme.fact_check import factcheck
    from mineaction.programme.fact_check_page import write_page

    checks = {}
    for position, name in enumerate(STATEMENTS, start=1):
        if progress:
            sys.stderr.write(f"[{position}/{len(STATEMENTS)}] checking {name} as of its own date and on {on or 'today'}\n")
        checks[name] = factcheck(name, on=on)
    if progress:
        sys.stderr.write(f"writing {html}\n")
    write_page(checks, html)
    return {"checks": list(checks.values()), "html": html}


def show_first_light(told: Answer) -> str:
    """The two tables, and where the page is."""
    tables = [show_check(one) for one in told["checks"]]
    return "\n\n".join([*tables, f"Every verdict opens to its evidence in {told['html']}: open it in a browser."])
