"""How an export and an empty table look on a terminal."""

from __future__ import annotations

from typing import Any

from mineaction.cli.law_text import wrapped

Answer = dict[str, Any]


def show_template(told: Answer) -> str:
    """The header alone, so that it can be written into a file; or where it was written, and which columns must be filled in."""
    if not told["out"]:
        return str(told["header"])
    needed = ", ".join(one["name"] for one in told["columns"] if one["is_required"])
    lines = wrapped(f"Wrote {told['out']}: {told['label']}. Each row must have: {needed}.")
    return "\n".join([*lines, *wrapped("docs/KINDS.md says what each column may hold; so does mineaction template with --json.")])


def show_export(told: Answer) -> str:
    """How many records, what was left out, and what the file may be used for."""
    lines = wrapped(
        f"Wrote {told['records']} records of {told['kind']} at {told['tier']} into {told['out']}: {told['with_outline']} with outline."
    )
    if told["outlines_held_back"]:
        lines += wrapped(f"Without outline, since some of its ground may still be hazardous: {told['outlines_held_back']}.")
    if told["left_out_columns"]:
        lines += wrapped(f"Left out: {', '.join(told['left_out_columns'])}.")
    lines += wrapped(f"{told['about']} says which store it is from, as of {told['day']}.")
    return "\n".join([*lines, *wrapped(told["note"])])
