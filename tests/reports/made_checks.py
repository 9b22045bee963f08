"""Answers of the fact check made by hand, for tests of how an answer is shown: one ordinary, one whose every text tries to act."""

from __future__ import annotations

from typing import Any

PAYLOADS = (
    "<script>window.acted = 1</script>",
    "<img src=x onerror='window.acted = 1'>",
    "</style></title><svg onload=window.acted=1>",
    '" autofocus onfocus="window.acted = 1" x=\'',
    "<a href='javascript:window.acted=1'>claim</a>",
    "--><iframe srcdoc='<script>parent.acted=1</script>'></iframe><!--",
    "&lt;script&gt;window.acted=1&lt;/script&gt; \u202eright to left",
)
TEXT = """---
date: '2022-06-21'
title: "Changes & additions"
---
The Convention has more than 160 parties, including all of our NATO
Allies.

This means that we will:

-   Not use mines outside of the Korean Peninsula; and
-   Not <b>assist</b> "anyone" & everyone.

We helped 17 countries. It is a proud day.
"""


def answer(day: str | None, verdict: str, **more: Any) -> dict[str, Any]:
    """One answer with every key of the contract."""
    empty = {"value": None, "why": "", "evidence": [], "known_to": None, "fragile": None, "missing": [], "assumes": []}
    return {"date": day, "verdict": verdict, **empty, **more}


def fact_row(says: str, source: str = "https://example.org/list", **more: Any) -> dict[str, Any]:
    """A fact as evidence."""
    row = {"says": says, "value": None, "source": source, "subject": "treaty_event/APMBC/POL/withdrawal_notified"}
    return {**row, "known_from": "2025-08-20", "known_from_basis": "act", **more}


def clause_row(text: str) -> dict[str, Any]:
    """A clause as evidence."""
    row = {"says": text, "value": "full", "source": "statements/made.txt", "subject": "us_apl_policy.use", "known_from": None}
    return {**row, "known_from_basis": "", "version": "us_apl_policy@2022-06-21"}


def claim(text: str, number: int, quote: str, was: dict[str, Any], now: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A claim at the first place of its quote."""
    start = text.index(quote)
    place = {"id": f"c{number:02}", "quote": quote, "start": start, "end": start + len(quote)}
    return {**place, "kind": "quantity", "topic": "parties_count", "claimed": {}, "as_of": was, "on": now, "note": "", **more}


def made_check(text: str = TEXT) -> dict[str, Any]:
    """Five claims, of which one lies in another and two overlap; one verdict changes."""
    then, asked = "2022-06-21", "2026-11-22"
    parties = [fact_row("164 states are parties"), fact_row("Poland notified its withdrawal", value="2025-08-20")]
    many = [fact_row(f"row {number}", f"https://example.org/{number}") for number in range(30)]
    claims = [
        claim(text, 1, "2022-06-21", answer(then, "true"), answer(asked, "true"), kind="date"),
        claim(
            text, 2, "has more than 160 parties, including all of our NATO\nAllies",
            answer(then, "true", value=164, why="164 is more than 160.", evidence=parties),
            answer(asked, "false", value=161, evidence=parties, known_to="2026-04-08", fragile=2, missing=["later acts"]),
            claimed={"bound": "more_than", "value": 160}, note="A suspension is disputed.",
        ),
        claim(text, 3, "all of our NATO\nAllies", answer(then, "supported", value={"members": 29}), answer(asked, "supported")),
        claim(
            text, 4, "Not use mines outside of the Korean Peninsula",
            answer(then, "true", evidence=[clause_row("Not use APL outside of the Korean Peninsula;")], readings={"state": "holds"}),
            answer(asked, "superseded", value="permitted", evidence=many, later_act="us_apl_policy@2025-12-02"),
            kind="rule", claimed={"acts": ["use"], "where": {"place": ["elsewhere"]}},
        ),
        claim(text, 5, "Peninsula; and\n-   Not <b>assist</b> \"anyone\"", answer(then, "unknown"), answer(asked, "unknown")),
    ]  # fmt: skip
    left = "It is a proud day."
    return {
        "file": "made.txt", "title": "Changes & additions",
        "issuer": "USA", "issuer_basis": "declared", "dated": then, "dated_basis": "front matter",
        "on": asked, "known_at": None, "claims": claims,
        "not_checked": [{"quote": left, "start": text.index(left), "end": text.index(left) + len(left), "reason": "no claim recognised"}],
        "summary": {when: _counts(claims, when) for when in ("as_of", "on")},
        "books": [{"name": "packaged", "version": "2026.1", "digest": "0123456789abcdef" * 4}],
        "disclaimer": "Not legal advice.",
    }  # fmt: skip


def hostile_check() -> tuple[dict[str, Any], str]:
    """A check in which every text that is given tries to become markup, and the text of its statement."""
    text = "\n\n".join(PAYLOADS)
    whole = " ".join(PAYLOADS)
    rows = [fact_row(one, f"javascript:alert(1) data:text/html,{one} https://example.org/?a={one}", subject=one) for one in PAYLOADS]
    hostile = answer(
        whole, "true", value={whole: whole}, why=whole, evidence=[*rows, clause_row(whole)], missing=[whole], assumes=[whole, whole]
    )
    claims = [
        claim(text, number, one, hostile, {**hostile, "verdict": one}, kind=one, topic=one, note=one) for number, one in enumerate(PAYLOADS)
    ]
    for one, payload in zip(claims, PAYLOADS, strict=True):
        one |= {"id": payload, "claimed": {payload: payload}, payload: payload}
    names = ("title", "issuer", "issuer_basis", "dated", "dated_basis", "on", "known_at", "disclaimer")
    check = made_check() | dict.fromkeys(names, whole)
    check |= {"file": whole, "claims": claims, "books": [{"name": whole, "version": whole, "digest": whole}]}
    check |= {"not_checked": [{"quote": whole, "start": 0, "end": 1, "reason": whole}], "summary": {"as_of": {whole: 1}, "on": {whole: 1}}}
    return check, text


def _counts(claims: list[dict[str, Any]], when: str) -> dict[str, int]:
    verdicts = [one[when]["verdict"] for one in claims]
    return {verdict: verdicts.count(verdict) for verdict in dict.fromkeys(verdicts)}
