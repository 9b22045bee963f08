"""Do the texts that a policy file rests on stand where it says? A quote is looked for in the file it names, word for word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mineaction.policies.clause import KINDS_OF_TEXT
from mineaction.policies.quotes import folded, is_quoted
from mineaction.terms.problem import Problem, problem

Raw = dict[str, Any]
# file name -> (its text, "quote" for a verified copy or "excerpt" for one carried over by hand); None if it is not held.
HeldText = Callable[[str], tuple[str, str] | None]


def text_problems(raw: Raw, place: str, held_text: HeldText) -> Iterator[Problem]:
    """What is wrong with the texts of a checked version: files that are not held, quotes that do not stand in theirs."""
    files: Mapping[str, str] = raw.get("texts") or {}
    held: dict[str, tuple[str, str]] = {}
    for name, file in files.items():
        if found := held_text(file):
            held[name] = folded(found[0]), found[1]
        else:
            yield problem("text_missing", f"{place}: texts.{name}", file)
    for clause, text in _texts(raw["clauses"]):
        yield from _quote_problems(text, files, held, f"{place}: clause {clause['id']}: text")


def _quote_problems(text: Raw, files: Mapping[str, str], held: Mapping[str, tuple[str, str]], where: str) -> Iterator[Problem]:
    kind, name = text["kind"], text.get("file")
    if kind not in KINDS_OF_TEXT:
        yield problem("unknown_word", f"{where}: kind", kind, field="the kind of a text", nearest=f"Use one of: {', '.join(KINDS_OF_TEXT)}")
    elif name is not None and name not in files:
        yield problem("text_missing", f"{where}: file", name)
    elif kind == "paraphrase":
        if not text.get("citation"):
            yield problem("yaml_key_missing", where, "citation")
    elif name is None:
        yield problem("yaml_key_missing", where, "file")
    elif name in held:
        words, needed = held[name]
        if kind != needed:
            yield problem("text_kind_wrong", where, text["says"], kind=kind, needed=needed)
        if not is_quoted(text["says"], words):
            yield problem("quote_not_found", where, text["says"], file=files[name])


def _texts(clauses: Iterable[Raw]) -> Iterator[tuple[Raw, Raw]]:
    for clause in clauses:
        for body in (clause, *clause.get("readings", {}).values()):
            texts = body.get("text", [])
            for text in texts if isinstance(texts, list) else [texts]:
                yield clause, text


def with_file_names(raw: Raw) -> Raw:
    """The same version with the full file name in every text, so that a compiled clause needs nothing beside it."""
    files: Mapping[str, str] = raw.get("texts") or {}
    for _, text in _texts(raw["clauses"]):
        if text.get("file"):
            text["file"] = files[text["file"]]
    for reading in raw["readings"].values():
        if reading.get("prefers"):
            reading["prefers"] = files[reading["prefers"]]
    return raw
