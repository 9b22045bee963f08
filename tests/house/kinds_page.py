"""Writes docs/KINDS.md from the kinds of record: `python -m tests.house.kinds_page`. A test compares the two."""

from __future__ import annotations

from mineaction.programme.templates import columns_of
from mineaction.terms.kinds import RECORDED_KINDS, Kind
from tests.house.guards import CHECKOUT

PAGE = CHECKOUT / "docs" / "KINDS.md"
HEAD = """# Kinds of record

What a programme can tell its store (`mineaction import --kind KIND`), field by field. `mineaction template --kind KIND` prints the empty
table of a kind; with `--json` it says the same as this page.

- **`*`** must be filled in. A field without it may be left out, and says nothing then: unknown is never a default.
- A **day** is written `2020-05-01`; a **moment** may be a day, a month (`2020-05`) or a year (`2020`). What lies in the future is a
  problem, unless the table says *may be planned*. An **area** is in square metres, kept to 0.01. Several words stand behind each other
  with semicolons.
- **Tier**: T1 may be published, T2 is for those who do the work, T3 is sealed. `mineaction export --tier` gives no field above its tier.
- Every row may say `source` (who or what says so) and `supersedes` (the id of the fact that it corrects).
- Nothing here is about a person. A column that would be is refused ([personal_field_not_yet_supported](PROBLEMS.md)).

This page is written by `python -m tests.house.kinds_page` from `src/mineaction/terms/kinds/`.
"""
_TYPES = {
    "text": "text",
    "day": "day",
    "moment": "moment",
    "integer": "whole number",
    "decimal": "number",
    "area_m2": "area",
    "code": "one of",
    "codes": "several of",
}


def page() -> str:
    """The whole page, one table a kind."""
    listed = "".join(f"- [`{kind.name}`](#{kind.name}): {kind.label}\n" for kind in RECORDED_KINDS.values())
    return HEAD + "\n" + listed + "".join(_section(kind) for kind in RECORDED_KINDS.values())


def _section(kind: Kind) -> str:
    key = ", ".join(f"`{name}`" for name in kind.subject)
    outline = f"a column `wkt` or a geometry, tier {kind.geometry_tier}" if kind.geometry else "none: it is never a layer of a map"
    head = f"\n## {kind.name}\n\n{kind.label}. {kind.standard}.\n\nOne real thing: {key}. Outline: {outline}.\n\n"
    fields = {field.name: field for field in kind.fields}
    rows = ""
    for column in columns_of(kind):
        if field := fields.get(column["name"]):
            star = " *" if column["is_required"] else ""
            planned = "; may be planned" if field.may_be_future else ""
            rows += f"| `{column['name']}`{star} | {_label(column)} | {_holds(column)}{planned} | {column['tier']} |\n"
    return f"{head}| field | what it holds | how it is written | tier |\n|---|---|---|---|\n{rows}"


def _label(column: dict[str, object]) -> str:
    when = f" (must be filled in where {column['required_when']})" if column["required_when"] else ""
    return str(column["label"]).replace("|", "\\|") + when


def _holds(column: dict[str, object]) -> str:
    kind, codes = str(column["type"]), column["codes"]
    words = ", ".join(f"`{code}`" for code in codes) if isinstance(codes, list) else ""
    text = _TYPES[kind]
    if words:
        text += f" {words}" if kind.startswith("code") else f", or {words}"
    if column["unit"]:
        text += f", in {column['unit']}"
    if column["most"]:
        text += f", {column['least']} to {column['most']}"
    elif column["least"]:
        text += f", at least {column['least']}"
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
