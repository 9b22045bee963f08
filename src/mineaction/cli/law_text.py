"""How answers about law look on a terminal: plain lines, the most important first. Nothing is decided or left out here."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from mineaction.cli.terminal_cells import harmless

Answer = dict[str, Any]
# Wider lines are hard to read; narrower terminals are respected.
WIDEST = 110


def show_decision(told: Answer) -> str:
    """The findings, one block an instrument, then what the answer rests on."""
    lines = [facts_in_words(told["activity"]), "", *wrapped(told["summary"])]
    for finding in told["findings"]:
        lines += ["", *_finding(finding)]
    return ended(lines, told)


def _finding(finding: Answer) -> Iterator[str]:
    version = finding["version"] or finding["instrument"]
    reading = f" ({finding['reading']})" if finding["reading"] else ""
    yield f"{finding['verdict'].replace('_', ' ').upper()}  {version}{reading}"
    yield from wrapped(finding["reason"].replace("_", " ") if finding["verdict"] == "not_bound" else finding["reason"], "  because: ")
    if finding["reason"] == "another_issuer":
        return  # what another state says for itself is in the JSON answer
    if "if_bound" in finding:
        yield f"  if it bound the actor: {finding['if_bound'].replace('_', ' ')}"
    for clause in finding["clauses"]:
        held = {"full": "", "excerpt": " [excerpt, not verified]", "none": " [told in own words]"}[clause["text_held"]]
        yield from wrapped(f'"{clause["text"]}"{held}', f"  {clause['id']}: ")
        yield from wrapped(clause["source"], "    source: ")
    for duty in finding["duties"]:
        yield from wrapped(f"{', '.join(duty['do'])}; {duty['deadline'] or 'no deadline'} ({duty['id']})", "  duty: ")
    for name in ("provisos", "notes"):
        for line in finding[name]:
            yield from wrapped(line, f"  {name[:-1]}: ")
    for statement in finding["statements"]:
        yield from wrapped(f'"{statement["text"]}" ({statement["force"].replace("_", " ")}, {statement["id"]})', "  no duty, but stated: ")
    yield from _open_questions(finding)


def _open_questions(finding: Answer) -> Iterator[str]:
    if finding["possible"]:
        yield f"  possible: {', '.join(finding['possible'])}"
    for names in finding["missing"]:
        yield f"  would settle it: {' and '.join(names)}"
    for law in finding["missing_law"]:
        yield from wrapped(f"{law['why']} ({law['clause']}; {law['source']})", "  missing law: ")
    differing = [f"{name}: {verdict}" for name, verdict in finding["readings"].items() if verdict != finding["verdict"]]
    if differing:
        yield from wrapped("; ".join(differing), "  other readings: ")
    if finding.get("beyond_text_data"):
        yield f"  as last known: the sources on this text end on {finding['text_known_until']}"
    if finding.get("as_last_known"):
        yield "  as last known: who is bound is known up to the end of the treaty data"


def show_clause(told: Answer) -> str:
    """One clause with its words, condition and edges."""
    lines = [f"{told['id']}  ({told['kind']}, {told['article']})"]
    for text in told["texts"]:
        note = f" [{text['note']}]" if text["note"] else ""
        lines += [*wrapped(f'"{text["text"]}"{note}', "  "), *wrapped(text["source"], "    source: ")]
    for condition in told["when"]:
        lines += wrapped("; ".join(f"{name} in {', '.join(values)}" for name, values in condition.items()) or "always", "  holds when: ")
    for name in ("do", "defeats", "suspends", "proviso", "force", "deadline", "refers_to", "why", "only_in", "versions"):
        value = told[name]
        if value:
            lines += wrapped(", ".join(value) if isinstance(value, list) else value, f"  {name.replace('_', ' ')}: ")
    for name, keys in told["readings"].items():
        lines += wrapped(f"changes {', '.join(keys)}", f"  reading {name}: ")
    return ended(lines, told)


def show_policies(told: Answer) -> str:
    """The instruments held, or one version with its clauses."""
    if "clauses" in told:
        lines = [*_version(told), ""]
        for clause in told["clauses"]:
            lines += wrapped(f'"{clause["texts"][0]["text"]}"', f"  {clause['id']} ({clause['kind']}): ")
        shares = ", ".join(f"{count} {name}" for name, count in told["texts_held"].items())
        return ended([*lines, "", f"Texts held: {shares}."], told)
    lines = []
    for instrument in told["instruments"]:
        binds = instrument["binds"]
        lines.append(f"{instrument['id']}  {instrument['title']}")
        lines.append(f"  {instrument['kind'].replace('_', ' ')}; binds {binds if isinstance(binds, str) else ', '.join(binds)}")
        for version in instrument["versions"]:
            lines += [f"  {line}" for line in _version(version)]
        lines.append("")
    if told.get("checked"):
        lines += [f"{told['checked']}: no problem found", ""]
    return ended(lines[:-1], told)


def _version(version: Answer) -> Iterator[str]:
    yield f"{version['id']}  in force {version['in_force_from']} to {version['in_force_to'] or 'no end known'}"
    for reading in version["readings"]:
        yield from wrapped(reading["says"], f"  reading {reading['name']}{' (default)' if reading['default'] else ''}: ")


def show_comparison(told: Answer) -> str:
    """Each article of the treaty: covered or not, with the smallest act that shows a gap."""
    lines = [f"{told['policy']} ({told['reading']['policy']}) against {told['treaty']} ({told['reading']['treaty']})", ""]
    for article in told["articles"]:
        lines.append(f"Article {article['article']}: {_coverage(article)}")
        for gap in article["gaps"]:
            lines += wrapped(f"{act_in_words(gap['activity'])}. Policy: {gap['policy']}; treaty: {gap['treaty']}.", "  gap: ")
        for one in article["attributes"]:
            lines += wrapped(f'treaty "{one["treaty"]}"; policy "{one["policy"]}"', f"  {one['attribute']}: ")
    lines += ["", "Stricter than the treaty:"]
    lines += [
        line
        for one in told["stricter"]
        for line in wrapped(f"{act_in_words(one['activity'])}. Policy: {one['policy']}; treaty: {one['treaty']}.", "  ")
    ]
    lines += ["", "Readings of the policy, against the default:"]
    for reading in told["readings"]:
        lines += wrapped(f"{reading['cells']} acts change. {reading['says']}", f"  {reading['reading']}: ")
    return ended(lines, told)


def _coverage(article: Answer) -> str:
    if not article["cells"]:
        return "text only, no act turns on it"
    if not article["gaps"]:
        return "covered"
    return f"not covered for {article['cells'] - article['covered']} of {article['cells']} acts" if article["covered"] else "no counterpart"


def act_in_words(activity: Answer) -> str:
    """An activity on one line; the act that is assisted stands in its place."""
    return ", ".join(f"{name}: {act_in_words(value) if isinstance(value, dict) else value}" for name, value in activity.items())


def facts_in_words(activity: Answer) -> str:
    """What is known of the act that was asked about."""
    known = {name: value for name, value in activity.items() if value not in ("unknown", None) and not name.endswith(("_source", "_note"))}
    return "\n".join(wrapped(act_in_words(known), "Asked: "))


def wrapped(text: str, label: str = "") -> list[str]:
    """Lines no wider than the terminal, the label before the first and blanks of the label's indent before the rest."""
    indent = " " * (len(label) - len(label.lstrip()) + 4) if label else ""
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    return textwrap.wrap(harmless(text), width, initial_indent=label, subsequent_indent=indent, break_on_hyphens=False) or [label.rstrip()]


def ended(lines: Iterable[str], told: Answer) -> str:
    """The answer with what it rests on, and that it is no legal advice."""
    books = ", ".join(f"{book['name']} {book['version']} {book['digest'][:12]}" for book in told["books"])
    return "\n".join([*lines, "", f"Book: {books}", *wrapped(told["disclaimer"])])
