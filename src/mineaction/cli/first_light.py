"""The first command of a fresh machine: both packaged statements checked, an invented country made, tables on the terminal, one page."""

from __future__ import annotations

import sys
from typing import Any

from mineaction.cli.demo_text import show_demo
from mineaction.cli.fact_check_text import show_check
from mineaction.cli.land_text import show_area

Answer = dict[str, Any]
# The two public statements of 21 June 2022 that come with the package.
STATEMENTS = ("002_f35273cdee6493af.txt", "000_c60e18c4d0212a59.txt")


def first_light(html: str, on: str | None, demo_folder: str | None = None, *, progress: bool) -> Answer:
    """Both statements checked as of their own date and on `on`: `{"checks": [...], "demo": ..., "html": file}`. With a folder for it, the
    invented country is made there, or kept, and shown too."""
    from mineaction.programme.fact_check import factcheck
    from mineaction.programme.fact_check_page import write_page

    checks = {}
    for position, name in enumerate(STATEMENTS, start=1):
        if progress:
            sys.stderr.write(f"[{position}/{len(STATEMENTS)}] checking {name} as of its own date and on {on or 'today'}\n")
        checks[name] = factcheck(name, on=on)
    made, country = _country(demo_folder, progress=progress) if demo_folder else (None, None)
    if progress:
        sys.stderr.write(f"writing {html}\n")
    write_page(checks, html, country)
    return {"checks": list(checks.values()), "demo": made, "area": country["by_year"] if country else None, "html": html}


def _country(folder: str, *, progress: bool) -> tuple[Answer, Answer]:
    # The land is loaded where a country is asked for.
    from mineaction.programme.demo.demonstration import demo
    from mineaction.programme.demo.shown import shown_country

    if progress:
        sys.stderr.write(f"an invented country in {folder} (kept if it is there)\n")
    made = demo(out=folder)
    return made, shown_country(made)


def show_first_light(told: Answer) -> str:
    """The two tables, and where the page is."""
    tables = [show_check(one) for one in told["checks"]]
    if told["demo"]:
        tables += [f"{show_demo(told['demo'])}\n\n{show_area(told['area'])}"]
    return "\n\n".join([*tables, f"Every verdict opens to its evidence in {told['html']}: open it in a browser."])
