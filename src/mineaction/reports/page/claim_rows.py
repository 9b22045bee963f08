"""What was found about each claim? One row per claim, which opens to what both its verdicts rest on.

A row is a `details` element: it opens with mouse, keyboard and search in the page, without a script, and always in print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mineaction.reports.fact_check_words import claimed_words, is_nothing, plain_word
from mineaction.reports.page.answers import answer_list, value_shown
from mineaction.reports.page.markup import Child, Markup, day, element, joined, with_links
from mineaction.reports.page.statement_text import mark_id, row_id
from mineaction.reports.page.verdicts import badge, when_words

_SHOWN_BY_NAME = frozenset({"id", "quote", "start", "end", "kind", "topic", "claimed", "as_of", "on", "note"})


def claim_rows(claims: Sequence[Mapping[str, Any]], section: str) -> Markup:
    """All rows, in the order of the statement."""
    return joined(*(_row(claim, section, number) for number, claim in enumerate(claims)))


def quoted(text: str) -> Markup:
    """Words of the statement, kept apart from ours by their type and by marks, and from what their direction marks may do."""
    return element("q", text, dir="auto", class_="quote")


def is_changed(claim: Mapping[str, Any]) -> bool:
    """Whether the two days have different verdicts."""
    return bool(claim["as_of"]["verdict"] != claim["on"]["verdict"])


def _row(claim: Mapping[str, Any], section: str, number: int) -> Markup:
    was, now = claim["as_of"], claim["on"]
    summary = element(
        "summary",
        element("span", claim["id"], class_="id"),
        quoted(claim["quote"]),
        _verdict(was, is_quiet=False),
        _verdict(now, is_quiet=not is_changed(claim)),
    )
    opened = element("div", _claimed(claim, section, number), _answers(was, now), _note(claim), class_="opened", id=row_id(section, number))
    return element("details", summary, opened, class_="claim")


def _verdict(answer: Mapping[str, Any], *, is_quiet: bool) -> Markup:
    """A verdict with its day, which is heard everywhere and seen where no column head says it."""
    when = element("span", f"{when_words(answer)}: ", class_="when")
    return element("span", when, badge(answer["verdict"], is_quiet=is_quiet), class_="cell")


def _claimed(claim: Mapping[str, Any], section: str, number: int) -> Markup:
    """What is claimed, of which kind, and where in the text."""
    facts: list[tuple[str, Child]] = [("kind", plain_word(str(claim.get("kind") or "not named")))]
    if claim.get("topic"):
        facts.append(("topic", plain_word(str(claim["topic"]))))
    if claim.get("claimed"):
        facts.append(("claimed", with_links(claimed_words(claim["claimed"]))))
    place = element("a", "show in the text", href=f"#{mark_id(section, number)}")
    facts.append(("characters", joined(f"{claim['start']:,} to {claim['end']:,}, ", place)))
    return element("dl", *(element("div", element("dt", name), element("dd", what)) for name, what in facts), class_="pairs claimed")


def _answers(was: Mapping[str, Any], now: Mapping[str, Any]) -> Markup:
    if {**was, "date": None} == {**now, "date": None}:
        days: Child = joined(_on_day(was), " and ", _on_day(now)) if was.get("date") != now.get("date") else _on_day(was)
        return element("div", _answer(joined("On ", days), was, None), class_="answers one")
    first = joined("On its own date, ", _on_day(was)) if was.get("date") else joined("On its own date")
    return element("div", _answer(first, was, None), _answer(joined("On ", _on_day(now)), now, was), class_="answers")


def _on_day(answer: Mapping[str, Any]) -> Markup:
    return day(answer["date"]) if answer.get("date") else joined("its own date, which is not known")


def _answer(title: Markup, answer: Mapping[str, Any], same_as: Mapping[str, Any] | None) -> Markup:
    head = element("div", element("h4", title), badge(answer["verdict"]), class_="answer-head")
    return element("div", head, answer_list(answer, same_as), class_="answer-box")


def _note(claim: Mapping[str, Any]) -> Markup:
    note = element("div", element("b", "Note. "), with_links(str(claim["note"])), class_="note") if claim.get("note") else joined()
    rest = [
        element("div", element("b", f"{plain_word(name).capitalize()}. "), value_shown(value), class_="note")
        for name, value in claim.items()
        if name not in _SHOWN_BY_NAME and not is_nothing(value)
    ]
    return joined(note, *rest)
