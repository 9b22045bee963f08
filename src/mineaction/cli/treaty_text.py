"""How answers about treaty status and deadlines look on a terminal. Nothing is decided or left out that a reader must know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mineaction.cli.law_text import wrapped

Answer = dict[str, Any]


def show_status(told: Answer) -> str:
    """The count and the parties, then the group or the state asked about, then what disputes or limits the answer."""
    lines = [f"{told['instrument']} on {told['on']}: {told['count']} states bound{_as_last_known(told)}"]
    for other in told["count_by_reading"]:
        lines.append(f"  {other['count']} if the claim '{other['reading']}' about {other['state']} were right")
    if "state" in told:
        lines += _state(told)
    if "group" in told:
        lines += _group(told)
    if "state" not in told and "group" not in told:
        lines += wrapped(" ".join(told["parties"]) or "none", "  ")
    if told["unknown"]:
        lines += wrapped(" ".join(told["unknown"]), "  unknown: ")
    if told["others"] == "unknown":
        lines += wrapped("unknown: the list of consents held is partial", "  every state not named: ")
    for dispute in told["disputed"]:
        lines += wrapped(
            f"{dispute['claim']} ({dispute['claimant']}); counted here as: {dispute['reading']}", f"  disputed, {dispute['state']}: "
        )
    return "\n".join([*lines, *_completeness(told), _books(told)])


def show_deadlines(told: Answer) -> str:
    """One line a deadline with where it comes from."""
    lines = [f"{told['instrument']}, {told['state']} on {told['on']}: {told['status'].replace('_', ' ')}{_as_last_known(told)}"]
    if not told["deadlines"]:
        lines.append(f"  no deadline runs: {told['reason'].replace('_', ' ') or 'the treaty does not bind'}")
    for one in told["deadlines"]:
        stands = f"{one['status'].replace('_', ' '):<20} {one['basis']}, binds: {one['binds']}{_reading(one)}"
        lines.append(f"  Article {one['article']:<4} {one['due'] or 'day unknown':<12} {stands}")
        lines += wrapped(one["note"], "      ") if one["note"] else []
        lines += wrapped(one["source"], "      source: ")
    for one in told["assumes"]:
        lines += wrapped(one, "  assumes: ")
    return "\n".join([*lines, _books(told)])


def _reading(deadline: Answer) -> str:
    return "" if deadline["reading"] == "default" else f", under the claim '{deadline['reading']}'"


def _state(told: Answer) -> Iterator[str]:
    reason = told["reason"] if told["reason"] != told["status"] else ""
    yield f"  {told['state']}: {told['status'].replace('_', ' ')}{', ' + reason.replace('_', ' ') if reason else ''}"
    if told["bound_from"]:
        yield f"    bound from {told['bound_from']} to {told['bound_to'] or 'no end known'}"
    for event in told["events"]:
        yield from wrapped(f"{event['date'] or 'day unknown'}  {event['kind'].replace('_', ' ')}  ({event['source']})", "    ")
    for one in told["state_assumes"]:
        yield from wrapped(one, "    assumes: ")


def _group(told: Answer) -> Iterator[str]:
    yield f"  {told['group']}: {len(told['members'])} members that day"
    for name in ("members_party", "members_not_party", "members_unknown"):
        yield from wrapped(" ".join(told[name]) or "none", f"    {name.removeprefix('members_').replace('_', ' ')} ({len(told[name])}): ")
    if told["group_beyond_data"]:
        yield f"    as last known: the membership held ends on {told['group_complete_until']}"


def _completeness(told: Answer) -> Iterator[str]:
    known = told["completeness"]
    until = f"complete until {known['complete_until']}" if known["complete_until"] else f"list {known['list_status']}"
    published = "no published count known"
    if known["published"] is not None:
        published = f"{known['published']} published{' on ' + known['published_on'] if known['published_on'] else ', day not known'}"
    yield f"  data: {known['listed']} deposits listed, {published}; {until}"


def _as_last_known(told: Answer) -> str:
    return ", as last known" if told["as_last_known"] else ""


def _books(told: Answer) -> str:
    return "Book: " + ", ".join(f"{book['name']} {book['version']} {book['digest'][:12]}" for book in told["books"])
