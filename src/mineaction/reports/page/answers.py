"""What does one answer rest on? Verdict, reason, value, evidence with its sources, what is assumed and what is missing.

Shows every key an answer holds, those it does not know by their own name, so that nothing given is lost. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from mineaction.reports.fact_check_words import counted, is_nothing, plain_word, said
from mineaction.reports.page.markup import Child, Markup, day, element, joined, with_links

# More evidence than fits on a screen with its answer: the rest opens on request, and always in print.
ROWS_SHOWN = 8
_ROWS_SHOWN_WITH_REST = 5
_SHOWN_BY_NAME = frozenset({"date", "verdict", "why", "value", "evidence", "assumes", "missing", "known_to", "fragile", "readings"})
_ROW_BY_NAME = frozenset({"says", "value", "source", "subject", "known_from", "known_from_basis", "version"})
_TEXT_HELD = {"full": "full text held", "excerpt": "an excerpt of the text is held", "none": "told in other words: its text is not held"}


def answer_list(answer: Mapping[str, Any], same_as: Mapping[str, Any] | None = None) -> Markup:
    """The answer as a list of terms; evidence that `same_as` already shows is not shown twice."""
    return element("dl", *(_pair(name, content) for name, content in _terms(answer, same_as)), class_="answer")


def value_shown(value: object) -> Markup:
    """A value; lists and tables of values keep their shape."""
    if isinstance(value, Mapping):
        return element("dl", *(_pair(plain_word(str(name)), value_shown(one)) for name, one in value.items()), class_="pairs")
    if isinstance(value, Sequence) and not isinstance(value, str):
        if all(not isinstance(one, Mapping) for one in value):
            return with_links(said(value))
        return element("ul", *(element("li", value_shown(one)) for one in value), class_="plain")
    return with_links(said(value))


def _pair(name: str, content: Child) -> Markup:
    return element("div", element("dt", name), element("dd", content))


def _terms(answer: Mapping[str, Any], same_as: Mapping[str, Any] | None) -> Iterator[tuple[str, Child]]:
    if answer.get("why"):
        yield "Why", with_links(said(answer["why"]))
    if not is_nothing(answer.get("value")):
        yield "Value", value_shown(answer["value"])
    if not is_nothing(answer.get("readings")):
        yield "Readings", value_shown(answer["readings"])
    yield "Evidence", _evidence(answer.get("evidence") or [], same_as)
    if answer.get("assumes"):
        yield "Assumed", _items(answer["assumes"])
    if answer.get("missing"):
        yield "Missing", _items(answer["missing"])
    if answer.get("known_to"):
        yield "Known to", joined(day(answer["known_to"]), ". Later events are not held; the answer is as last known.")
    if not is_nothing(answer.get("fragile")):
        changes = counted(int(answer["fragile"]), "event that is not known here", "events that are not known here")
        yield "Fragile", f"{changes} would be enough to change the verdict." if answer["fragile"] else "Yes."
    for name, value in answer.items():
        if name not in _SHOWN_BY_NAME and not is_nothing(value):
            yield plain_word(name).capitalize(), value_shown(value)


def _items(texts: Sequence[object]) -> Markup:
    if len(texts) == 1:
        return value_shown(texts[0])
    return element("ul", *(element("li", value_shown(one)) for one in texts), class_="plain")


def _evidence(rows: Sequence[Mapping[str, Any]], same_as: Mapping[str, Any] | None) -> Child:
    """The rows; those that the other day's answer already shows are only named."""
    if not rows:
        return "none held"
    shown_there = (same_as or {}).get("evidence") or []
    again = [row for row in rows if row in shown_there]
    new = [row for row in rows if row not in shown_there]
    if not again or same_as is None:
        return _folded(new)
    named = [element("li", element("code", str(row.get("subject") or row.get("says")))) for row in again]
    as_there = joined("As on ", day(same_as["date"]) if same_as.get("date") else "its own date", f", {counted(len(again), 'row')}:")
    return joined(_folded(new) if new else "", element("div", element("p", as_there), element("ul", *named), class_="again"))


def _folded(rows: Sequence[Mapping[str, Any]]) -> Markup:
    if len(rows) <= ROWS_SHOWN:
        return _sourced(rows)
    rest = rows[_ROWS_SHOWN_WITH_REST:]
    more = element("details", element("summary", f"{len(rest)} more rows"), element("div", _sourced(rest)), class_="more")
    return joined(_sourced(rows[:_ROWS_SHOWN_WITH_REST]), more)


def _sourced(rows: Sequence[Mapping[str, Any]]) -> Markup:
    """Rows one after the other; neighbours that tell the same source share its line."""
    groups = [list(group) for _, group in groupby(rows, key=lambda row: str(row.get("source") or ""))]
    return element("ul", *(_group(group) for group in groups), class_="evidence")


def _group(rows: Sequence[Mapping[str, Any]]) -> Markup:
    source = str(rows[0].get("source") or "")
    named: Child = with_links(source) if source else "no source given"
    return element("li", *(_row(one) for one in rows), element("p", "Source: ", named, class_="source"))


def _row(row: Mapping[str, Any]) -> Markup:
    said_so, value = said(row.get("says") or ""), row.get("value")
    if not row.get("version"):
        words = element("p", with_links(said_so), class_="says")
        facts = [] if is_nothing(value) or said(value) in said_so else [said(value)]
    else:
        # Only words that the law itself has are set as a quotation.
        words = element("p", said_so, class_="says") if value == "none" else element("blockquote", element("p", said_so))
        facts = [said(row["version"]), _TEXT_HELD.get(str(value), said(value))]
    if row.get("known_from"):
        basis = f" ({said(row['known_from_basis'])})" if row.get("known_from_basis") else ""
        facts.append(f"known since {row['known_from']}{basis}")
    facts += [f"{plain_word(name)}: {said(value)}" for name, value in row.items() if name not in _ROW_BY_NAME and not is_nothing(value)]
    subject = element("code", str(row["subject"])) if row.get("subject") else ""
    return element("div", words, element("p", subject, *(element("span", with_links(one)) for one in facts), class_="about"), class_="row")
