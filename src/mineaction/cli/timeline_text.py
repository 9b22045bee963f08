"""How a timeline and a difference of texts look on a terminal: the days, the verdict, what changed it. The JSON answer holds every key."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from typing import Any

from mineaction.cli.law_text import WIDEST, act_in_words, ended, facts_in_words, of_who_is_bound, wrapped
from mineaction.cli.terminal_cells import GAP, cell_lines, table_lines

Answer = dict[str, Any]
# "1999-03-01 - 2026-04-09", and the longest verdict.
_DAYS, _VERDICT = 23, 13
# Narrower than this, a column of clauses is unreadable and stands below instead.
_NARROWEST = 24
_NAMES = {"if_bound": "what it would say if it bound", "beside": "a decision beside it", "as_last_known": "known no further"}
_NAMES |= {"beyond_text_data": "known no further", "other_readings": "readings", "missing": "what is missing"}


def show_timeline(told: Answer) -> str:
    """The periods of each instrument in a table, under each change the acts behind it, their sources numbered at the end."""
    lines = [facts_in_words(told["activity"])]
    lines += wrapped(f"From {told['since']} to {told['until']}, both included. A period ends the day before its second date.")
    sources: dict[str, int] = {}
    for instrument in told["instruments"]:
        lines += ["", *wrapped(instrument["title"], f"{instrument['instrument']}: "), *_periods(instrument, sources)]
    for one in told["bound_but_not_encoded"]:
        days = f"from {one['from']} to {one['to']}" if one["to"] else f"from {one['from']} on"
        lines += ["", *wrapped(f"{one['treaty']} binds the actor {days}; its rules are not encoded, so no line speaks for it.")]
    for source, number in sources.items():
        lines += ["", "Sources:"] if number == 1 else []
        lines += wrapped(source, f"  [{number}] ")
    return ended(lines, told)


def _periods(instrument: Answer, sources: dict[str, int]) -> Iterator[str]:
    periods = instrument["periods"]
    if line := _never_binds(periods):
        yield from wrapped(line, "  ")
        return
    told_before: list[str] = []
    for one in periods:
        yield from _row(f"{one['from']} - {one['to'] or ''}".rstrip(), one["verdict"].replace("_", " "), "; ".join(_what(one)))
        for cause in one["because"]:
            if cause["source"].partition("@")[0] == instrument["instrument"]:
                yield from wrapped(cause["what"], "    because: ")  # the text itself, which the row names
                continue
            number = sources.setdefault(cause["source"], len(sources) + 1)
            yield from wrapped(f"{cause['what']} [{number}]", "    because: ")
        # That the text is another one stands in the row already.
        if one["changed"] not in ([], ["version"]) and "verdict" not in one["changed"]:
            names = dict.fromkeys(_NAMES.get(name, name.replace("_", " ")) for name in one["changed"])
            yield from wrapped(f"{', '.join(names)}; the verdict stays", "    changed: ")
        provisos = of_who_is_bound(one["provisos"]) if one["verdict"] == "not_bound" else one["provisos"]
        for proviso in provisos:
            if proviso not in told_before:
                yield from wrapped(proviso, "    proviso: ")
        told_before = provisos


def _never_binds(periods: list[Answer]) -> str:
    """One line for an instrument that never binds the actor, for one reason that nobody disputes; empty for any other."""
    held = [one for one in periods if one["verdict"] != "not_in_force"]
    reasons = {one["reason"] for one in held}
    if reasons == {"another_issuer"}:
        return "binds its issuer, not this actor: its texts are in the JSON answer"
    is_open = any(one["disputes"] or one["other_readings"] or of_who_is_bound(one["provisos"]) for one in held)
    if is_open or len(reasons) != 1 or any(one["verdict"] != "not_bound" for one in held):
        return ""
    would = " or ".join(dict.fromkeys(one["if_bound"].replace("_", " ") for one in held))
    last = held[-1]
    known = "; AS LAST KNOWN" if last["as_last_known"] or last["beyond_text_data"] else ""
    return f"never binds the actor in this time: {last['reason'].replace('_', ' ')}; if it bound: {would}{known}"


def _row(days: str, verdict: str, what: str) -> Iterator[str]:
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    rest = width - 2 - _DAYS - _VERDICT - 2 * len(GAP)
    if rest < _NARROWEST:
        yield f"  {days}  {verdict}"
        yield from wrapped(what, "    ")
        return
    for line in table_lines([[days], [verdict], cell_lines(what, rest)], [_DAYS, _VERDICT, rest]):
        yield f"  {line}"


def _what(period: Answer) -> Iterator[str]:
    """What a reader needs beside the verdict: the text, the clauses, why, and what is open."""
    if period["version"]:
        reading = f" ({period['reading']})" if period["reading"] else ""
        yield f"{period['version']}{reading}"
    if period["verdict"] in ("not_bound", "not_in_force") or not period["clauses"]:
        yield period["reason"].replace("_", " ") if period["verdict"] == "not_bound" else period["reason"].rstrip(".")
    else:
        yield ", ".join(period["clauses"])
    if period["missing"]:
        yield f"would settle it: {' or '.join(' and '.join(names) for names in period['missing'])}"
    if period["missing_law"]:
        yield f"missing law: {', '.join(period['missing_law'])}"
    if period["other_readings"]:
        yield f"other readings: {', '.join(f'{name}: {verdict}' for name, verdict in period['other_readings'].items())}"
    if period["disputes"]:
        yield f"disputed: {', '.join(period['disputes'])}"
    if period["beside"]:
        yield f"{len(period['beside'])} decision{'s' if len(period['beside']) > 1 else ''} beside it"
    if period["as_last_known"] or period["beyond_text_data"]:
        yield "AS LAST KNOWN"


def show_diff(told: Answer) -> str:
    """The verdicts that change with the smallest acts that show it, then the clauses that differ."""
    lines = [_side("A", told["a"]), _side("B", told["b"]), ""]
    if told["effect"] == "none" and not told["clauses"]:
        return ended([*lines, "Nothing differs."], told)
    lines += wrapped(f"{told['changed']} of {told['acts']} possible acts change their verdict.")
    for group in told["verdicts"]:
        lines += ["", f"{group['a']} -> {group['b']}: {group['cells']} acts".replace("_", " ")]
        for one in group["examples"]:
            clauses = f"{', '.join(one['clauses']['a']) or 'no clause'} -> {', '.join(one['clauses']['b']) or 'no clause'}"
            lines += wrapped(f"{act_in_words(one['activity'])}: {clauses} ({one['cells']})", "  ")
    lines += [line for name, heading in _EFFECTS.items() for line in _clauses(told["clauses"], name, heading)]
    return ended(lines, told)


_EFFECTS = {
    "verdict": "Clauses that differ and change verdicts:",
    "attribute": "Clauses that differ and change a duty, a deadline, a proviso or a force, but no verdict:",
    "clauses": "Clauses that differ and change which clause decides, with the same verdict:",
    "none": "Clauses that differ and change nothing (effect: none):",
}


def _side(name: str, side: Answer) -> str:
    reading = f" ({side['reading']})" if side["reading"] else ""
    return "\n".join(wrapped(f"{side['version']}{reading}: {side['title']}", f"{name}  "))


def _clauses(clauses: Iterable[Answer], effect: str, heading: str) -> Iterator[str]:
    chosen = [one for one in clauses if one["effect"] == effect]
    if chosen:
        yield ""
        yield from wrapped(heading)
    for one in chosen:
        yield from wrapped(f"{one['id']}, {one['change'].replace('_', ' ')}", "  ")
        for attribute in one["attributes"]:
            for side, other in ("ab", "ba"):
                for line in _values(attribute[side], attribute[other]):
                    yield from wrapped(line, f"    {attribute['attribute']}, {side.upper()}: ")


def _values(value: str | list[Answer], other: str | list[Answer]) -> list[str]:
    """The words of one side; of its conditions those that the other side has not."""
    if isinstance(value, str):
        return [value] if value else []
    kept = [one for one in value if isinstance(other, str) or one not in other]
    return ["; ".join(f"{name} in {', '.join(values)}" for name, values in one.items()) or "always" for one in kept]
