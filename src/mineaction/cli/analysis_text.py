"""How findings about policies look on a terminal: plain lines, the most important first. Nothing is decided or left out here."""

from __future__ import annotations

from collections.abc import Iterator

from mineaction.cli.command import Answer
from mineaction.cli.law_text import act_in_words, article_in_words, ended, wrapped
from mineaction.cli.screen_text import how_read

_ROWS_SHOWN = 10
_WITH_THE_SAME_VERDICT = {
    "changed_clauses_only": "other clauses",
    "changed_details_only": "other duties, missing facts, provisos or possible verdicts",
}


def show_checks(told: Answer) -> str:
    """The findings, version by version, and how many of them are defects."""
    lines: list[str] = []
    for version in told["checked"]:
        defects = sum(one["severity"] == "defect" for one in version["findings"])
        others = len(version["findings"]) - defects
        result = f"{_counted(defects, 'defect')}" + (f", {_counted(others, 'finding')} of the text" if others else "")
        lines.append(f"{version['version']}  {result}  ({_counted(version['readings'], 'reading')}, {version['cells']} acts)")
        for finding in version["findings"]:
            lines += _finding(finding)
        if version["silent_acts"]:
            lines += wrapped(", ".join(version["silent_acts"]), "  decides nothing about: ")
        lines.append("")
    lines.append(f"{_counted(told['defects'], 'defect')}; {_counted(told['of_the_text'], 'finding')} of the text.")
    return ended(lines, told)


def _finding(finding: Answer) -> Iterator[str]:
    kind = finding["finding"].replace("_", " ")
    label = f"  {kind.upper()}: " if finding["severity"] == "defect" else f"  {kind}, of the text: "
    yield from wrapped(finding["says"], label)
    if finding["activity"]:
        yield from wrapped(f"{act_in_words(finding['activity'])} ({finding['cells']} acts)", "    for example: ")
    if finding["readings"]:
        yield from wrapped(", ".join(finding["readings"]), "    under: ")
    if finding["reason"]:
        yield from wrapped(finding["reason"], "    reason: ")


def _counted(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"


def show_consequence(told: Answer) -> str:
    """What changes, verdict by verdict, then the readings, other versions, and the gaps towards a treaty."""
    lines = [f"{told['version']} ({told['reading']})"]
    for name in ("removed", "replaced", "added"):
        if told[name]:
            lines += wrapped(", ".join(told[name]), f"  {name}: ")
    lines += ["", f"{told['changed']} of {told['cells']} acts change their verdict."]
    if told["changed_clauses_only"]:
        lines.append(f"{told['changed_clauses_only']} more keep it and rest on other clauses.")
    for change in told["changes"]:
        words = f"{change['before']} -> {change['after']}".replace("_", " ")
        lines += ["", f"{words}: {change['cells']} acts"]
        for one in change["examples"]:
            lines += wrapped(f"{act_in_words(one['activity'])} ({one['cells']} acts)", "  for example: ")
            for name in ("before", "after"):
                lines += wrapped(", ".join(one[f"clauses_{name}"]) or "no clause", f"    {name}: ")
    for one in told["attributes"]:
        lines += wrapped(f'{one["clause"]} {one["attribute"]}: "{one["before"] or "none"}" -> "{one["after"] or "none"}"', "  attribute: ")
    if len(told["readings"]) > 1:
        counts = ", ".join(f"{one['reading']} {one['changed']}" for one in told["readings"])
        lines += ["", *wrapped(counts, "Acts that change under each reading: ")]
    for one in told["also_affects"]:
        lines += wrapped(f"{one['version']} ({one['how'].replace('_', ' ')})", "also affected: ")
    if told["alignment"]:
        lines += ["", *_alignment(told["alignment"])]
    if told["records"]:
        lines += ["", *_records(told["records"])]
    return ended(lines, told)


def _records(told: Answer) -> Iterator[str]:
    """The rows of a file: how many change, from what to what, the first of them, and how the file was read."""
    counted = f"{told['rows']} rows, {told['screened']} screened, {told['with_problems']} with problems"
    yield from wrapped(f"{told['file']} under {told['instrument']}: {counted}.")
    yield f"{_counted(told['changed'], 'row')} {_of_one(told['changed'])} verdict."
    for name, others in _WITH_THE_SAME_VERDICT.items():
        if told[name]:
            yield from wrapped(f"{_counted(told[name], 'row')}.", f"With the same verdict, but {others}: ")
    for one in told["counts"]:
        if one["before"] != one["after"]:
            yield f"  {one['before']} -> {one['after']}: {_counted(one['rows'], 'row')}".replace("_", " ")
    for one in told["first_changed"][:_ROWS_SHOWN]:
        yield from wrapped(f"{one['before']} -> {one['after']}".replace("_", " "), f"  row {one['row']}: ")
        for name in ("before", "after"):
            yield from wrapped(", ".join(one[f"clauses_{name}"]) or "no clause", f"    {name}: ")
    if told["changed"] > _ROWS_SHOWN:
        yield from wrapped(f"... and {told['changed'] - _ROWS_SHOWN} more, in {told['out'] or 'a file, with --out OUT'}")
    elif told["out"]:
        yield from wrapped(f"Written to {told['out']}")
    yield from how_read(told)


def _of_one(count: int) -> str:
    return "changes its" if count == 1 else "change their"


def _alignment(told: Answer) -> Iterator[str]:
    closed, opened = (_counted(len(told[name]), "gap") for name in ("closed", "opened"))
    yield f"Towards {told['treaty']}: {closed} closed, {opened} opened."
    for name in ("closed", "opened"):
        for gap in told[name]:
            before, after, theirs = (gap[name].replace("_", " ") for name in ("before", "after", "treaty"))
            verdicts = f"{before} -> {after}; {told['treaty']}: {theirs}"
            yield from wrapped(f"{article_in_words(gap['article'])}: {act_in_words(gap['activity'])}. {verdicts}.", f"  {name}: ")
        for one in told[f"attributes_{name}"]:
            line = f'{article_in_words(one["article"])}, {one["attribute"]}: "{one["treaty"]}"; policy "{one["policy"]}"'
            yield from wrapped(line, f"  {name}: ")
