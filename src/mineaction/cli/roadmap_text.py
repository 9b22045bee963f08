"""How a roadmap looks on a terminal: a checklist, then the path of the state. `explain` shows the words of a clause."""

from __future__ import annotations

from collections.abc import Iterator

from mineaction.cli.command import Answer
from mineaction.cli.law_text import act_in_words, article_in_words, ended, sides, wrapped

# Nothing is ticked but what the policy covers; a judgement is nobody's but the reader's.
_MARKS = {"covered": "[x]", "needs_judgement": "[?]", "unsettled": "[?]", "gap": "[ ]", "no_counterpart": "[ ]"}


def show_roadmap(told: Answer) -> str:
    """The steps, what is to be settled besides, and the standing of the state under the treaty."""
    readings = told["reading"]
    title = f"{told['policy']} ({readings['policy']}) towards {told['treaty']} ({readings['treaty']}), {told['state']}, {told['on']}"
    lines = wrapped(title)
    if told["beyond_text_data"]:
        lines += wrapped(f"As last known: the texts of this policy are known until {told['text_known_until']}.")
    lines += wrapped(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in told["counts"].items() if count), "Steps: ")
    for step in told["steps"]:
        lines += ["", *_step(step, sides(told))]
    if told["to_settle"]:
        lines += ["", "To settle besides:"]
        for one in told["to_settle"]:
            lines += wrapped(f"{one['says']} ({one['clause']})", "  - ")
    if not told["evidence_listed"]:
        lines += ["", "Which evidence is wanted is not listed for this treaty."]
    lines += ["", *_accession(told)]
    return ended(lines, told)


def _step(step: Answer, names: tuple[str, str]) -> Iterator[str]:
    yield f"{_MARKS[step['status']]} {article_in_words(step['article'])}  {step['status'].replace('_', ' ')}  ({step['clause']})"
    for gap in step["gaps"]:
        others = [*gap["acts"][1:], *gap["items"][1:]]
        also = f"; also {', '.join(others)}" if others else ""
        said = (gap[side].replace("_", " ") for side in ("policy", "treaty"))
        verdicts = ", ".join(f"{name} {verdict}" for name, verdict in zip(names, said, strict=True))
        yield from wrapped(f"{act_in_words(gap['activity'])}{also}: {verdicts}.", "    gap: ")
        yield from wrapped(gap["closes"], "    closes it: ")
    for one in step["missing"]:
        yield from wrapped(one["closes"], "    missing: ")
    if step["judgement"]:
        yield from wrapped(step["judgement"].removeprefix("needs_judgement: "), "    needs judgement: ")
    for one in step["evidence"]:
        yield from wrapped(f"{one['wanted']} ({one['citation']})", "    evidence: ")


def _accession(told: Answer) -> Iterator[str]:
    standing = told["accession"]
    reason = f" ({standing['reason'].replace('_', ' ')})" if standing["reason"] else ""
    yield f"{told['state']} under {told['treaty']} on {told['on']}: {standing['status'].replace('_', ' ')}{reason}"
    if standing["source"]:
        yield from wrapped(standing["source"], "  source: ")
    if standing["as_last_known"]:
        yield "  as last known: the data do not reach this day"
    for name in ("signed_on", "bound_from"):
        if standing[name]:
            yield f"  {name.replace('_', ' ')}: {standing[name]}"
    if standing["proviso"]:
        yield from wrapped(standing["proviso"], "  until then: ")
    for one in standing["acts"]:
        yield from wrapped(f"{one['step']} ({one['citation']})", "  [ ] ")
    if supposed := standing["supposed"]:
        yield from wrapped(
            f"If the instrument were deposited on {supposed['deposit']}: bound from {supposed['entry_into_force']} ({supposed['source']})",
            "  ",
        )
        yield from _deadlines(supposed["deadlines"])
    yield from _deadlines(standing["deadlines"])
    if not standing["clocks_encoded"]:
        yield "  the deadlines of this treaty are not encoded"


def _deadlines(deadlines: list[Answer]) -> Iterator[str]:
    for one in deadlines:
        note = f"; {one['note']}" if one["note"] else ""
        yield from wrapped(f"{one['due'] or 'day not known'} ({one['source']}{note})", f"    Article {one['article']} by ")
