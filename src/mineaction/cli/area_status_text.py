"""How the status of a hazardous area looks on a terminal: what it is and what is found about it; then the steps that led to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mineaction.cli.law_text import wrapped

Answer = dict[str, Any]
# Where no record shows these, nothing asked for one: without a word in the list, nobody reads that it was there.
_NOT_ASKED = ("earlier_area", "accredited_operator", "after_task_issue")


def status_told(status: Answer | None) -> Iterator[str]:
    """The status, what the list says where it differs, and what is found."""
    if status is None:
        return
    words = f"{_words(status['status'])} since {status['since']}" if status["status"] else "none told by that day"
    if status["told_status"] and status["told_status"] != status["status"]:
        words += f"; the list says {_words(status['told_status'])}" + (f" ({status['told_on']})" if status["told_on"] else "")
    if status["found_again_as"]:
        words += f"; contamination was found again: {', '.join(status['found_again_as'])}"
    yield from wrapped(words, "status: ")
    for one in status["problems"]:
        yield from wrapped(f"{one['place']}: {one['message']} {one['remedy']} [{one['code']}]", "  found: ")


def steps_told(status: Answer | None, where: Answer) -> Iterator[str]:
    """Each step with its day, its record and where that was told, what shows it and what is missing."""
    if status is None or not status["steps"]:
        return
    yield ""
    yield "How it came to its status:"
    for step in status["steps"]:
        after = "" if step["before"] == step["after"] else f", now {_words(step['after'])}"
        yield from wrapped(f"{step['day']} {_words(step['transition'])}{after}: {step['record']} ({_places(step['fact_id'], where)})", "  ")
        shown = [
            _words(one["word"]) + (f" ({'; '.join(_places(fact_id, where) for fact_id in one['fact_ids'])})" if one["fact_ids"] else "")
            for one in step["evidence"]
            if one["fact_ids"] or one["word"] not in _NOT_ASKED
        ]
        if shown:
            yield from wrapped(", ".join(shown), "    shown by: ")
        if step["missing"]:
            yield from wrapped(", ".join(map(_words, step["missing"])), "    missing: ")


def _places(fact_id: str, where: Answer) -> str:
    return "; ".join(f"batch {one['batch']}, {one['file']}, {one['place']}" for one in where[fact_id])


def _words(code: str) -> str:
    return code.replace("_", " ")
