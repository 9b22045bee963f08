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
_DOES_NOT_APPLY = ("not_bound", "not_in_force")


def show_decision(told: Answer) -> str:
    """The findings, one block an instrument, then what the answer rests on."""
    lines = [facts_in_words(told["activity"]), "", *wrapped(told["summary"])]
    aside = [one for one in told["findings"] if one["verdict"] in _DOES_NOT_APPLY]
    for finding in told["findings"]:
        if finding["verdict"] not in _DOES_NOT_APPLY:
            lines += ["", *_finding(finding)]
    return ended([*lines, *[""][: len(aside)], *(line for one in aside for line in _aside(one))], told)


def _aside(finding: Answer) -> Iterator[str]:
    """What does not bind the actor, or is not in force, on a line or two; its words are in the JSON answer."""
    reason = finding["reason"].replace("_", " ") if finding["verdict"] == "not_bound" else finding["reason"]
    if finding.get("if_bound") and finding["reason"] != "another_issuer":
        reason += f"; if it bound the actor: {finding['if_bound'].replace('_', ' ')}"
    yield from wrapped(f"{finding['version'] or finding['instrument']}: {reason}", f"{finding['verdict'].replace('_', ' ').upper()}  ")
    if finding["reason"] == "another_issuer":
        return  # what another state says for itself is in the JSON answer
    for line in of_who_is_bound(finding["provisos"]):
        yield from wrapped(line, "  proviso: ")
    yield from _open_questions(finding)


def of_who_is_bound(provisos: Iterable[str]) -> list[str]:
    """The provisos that concern whoever is not bound: the duty of a signatory, not a judgement that a clause leaves to a party."""
    return [one for one in provisos if not one.startswith("needs_judgement")]


def _finding(finding: Answer) -> Iterator[str]:
    version = finding["version"] or finding["instrument"]
    reading = f" ({finding['reading']})" if finding["reading"] else ""
    yield f"{finding['verdict'].replace('_', ' ').upper()}  {version}{reading}"
    yield from wrapped(finding["reason"], "  because: ")
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
    one, other = sides(told)
    lines = [f"{told['policy']} ({told['reading']['policy']}) against {told['treaty']} ({told['reading']['treaty']})"]
    lines += [*wrapped(f"{_who(told['actor_kinds'])}."), ""]
    for article in told["articles"]:
        lines.append(f"{article_in_words(article['article'])}: {_coverage(article)}")
        for gap in article["gaps"]:
            lines += wrapped(f"{act_in_words(gap['activity'])}. {_capital(one)}: {gap['policy']}; {other}: {gap['treaty']}.", "  gap: ")
        for held in article["attributes"]:
            lines += wrapped(f'{other} "{held["treaty"]}"; {one} "{held["policy"]}"', f"  {held['attribute']}: ")
    lines += ["", f"Stricter than {'the treaty' if other == 'treaty' else other}:"]
    for example in told["stricter"]:
        verdicts = f"{_capital(one)}: {example['policy']}; {other}: {example['treaty']}"
        lines += wrapped(f"{act_in_words(example['activity'])}. {verdicts}.", "  ")
    lines += ["", f"Readings of {'the policy' if one == 'policy' else one}, against the default:"]
    for reading in told["readings"]:
        lines += wrapped(f"{reading['cells']} acts change. {reading['says']}", f"  {reading['reading']}: ")
    return ended(lines, told)


def sides(told: Answer) -> tuple[str, str]:
    """What the two texts compared are called: policy and treaty where they are that, else by their names."""
    kinds = told["kinds"]
    return ("policy", "treaty") if kinds["treaty"] == "treaty" != kinds["policy"] else (told["policy"], told["treaty"])


def _capital(side: str) -> str:
    return "Policy" if side == "policy" else side  # a name stays as it is written


def article_in_words(article: str) -> str:
    """`Article 4`; what is no article of a treaty has its own word (undertaking 3, s. 6)."""
    return f"Article {article}" if article[:1].isdigit() else article or "without a number"


def _who(kinds: list[str]) -> str:
    if not kinds:
        return "The two bind no kind of actor in common: no act is counted"
    return f"Counted are acts of actors whom both can bind ({', '.join(one.replace('_', ' ') for one in kinds)})"


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
    return "\n".join(wrapped(act_in_words(_known(activity)), "Asked: "))


def _known(activity: Answer) -> Answer:
    said = {name: _known(value) if isinstance(value, dict) else value for name, value in activity.items()}
    return {name: value for name, value in said.items() if value not in ("unknown", None) and not name.endswith(("_source", "_note"))}


def wrapped(text: str, label: str = "") -> list[str]:
    """Lines no wider than the terminal, the label before the first and blanks of the label's indent before the rest."""
    indent = " " * (len(label) - len(label.lstrip()) + 4) if label else ""
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    return textwrap.wrap(harmless(text), width, initial_indent=label, subsequent_indent=indent, break_on_hyphens=False) or [label.rstrip()]


def counted(count: int, word: str) -> str:
    """A count with its word, in the plural where it is not one."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def ended(lines: Iterable[str], told: Answer) -> str:
    """The answer with what it rests on, and that it is no legal advice."""
    books = ", ".join(f"{book['name']} {book['version']} {book['digest'][:12]}" for book in told["books"])
    return "\n".join([*lines, "", f"Book: {books}", *wrapped(told["disclaimer"])])
