"""How the making of the invented country looks on a terminal."""

from __future__ import annotations

from collections import Counter
from typing import Any

from mineaction.cli.law_text import wrapped

Answer = dict[str, Any]


def show_demo(told: Answer) -> str:
    """What was made, what its files were told to be wrong, and what to ask it."""
    made = "Made" if told["is_new"] else "Kept"
    lines = wrapped(f"{made} {told['country']}, seed {told['seed']}, in {told['folder']}.")
    lines += wrapped(told["note"])
    lines += wrapped(
        f"{len(told['files'])} files, {told['rows']} rows: {told['facts']} facts, {told['with_problems']} with problems. "
        f"Recorded in {told['store']}, each on the day it came."
    )
    if not told["is_as_made"]:
        lines += wrapped("More was recorded in it since; it is kept as it is.")
    codes: Counter[str] = Counter()
    for one in told["files"]:
        codes.update(one["codes"])
    lines += wrapped(", ".join(f"{code} {count}" for code, count in sorted(codes.items())), "told at import: ")
    lines += ["", "Ask it:", f"  mineaction area --by year --store {told['store']}"]
    return "\n".join([*lines, f"  mineaction area --by province --known-at 2010-12-31 --store {told['store']}"])
