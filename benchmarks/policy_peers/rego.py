"""Rego, the language of OPA, through regorus (opa-eval): one evaluation a record, the record as JSON text."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import opa_eval

from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER, Column, Records

PACKAGE = "opa-eval"
HEAD = "package policy\nimport rego.v1\n"


def among(words: Iterable[str]) -> str:
    return "{" + ", ".join(f'"{word}"' for word in words) + "}"


def setup(records: Records) -> Any:
    """The policy as a module."""
    return compiled(f"""
either_way if {{ input.item == "anti_personnel_mine"; input.initiation == "both" }}
meant if input.item == "victim_activated_improvised_device"
meant if {{ input.item == "anti_personnel_mine"; input.initiation in {among(("victim", "both"))} }}
in_force if {{ input.day >= {records.first}; input.day < {records.end} }}
silent if {{ input.act == "sell"; input.counterparty == "none" }}
silent if {{ input.act == "destroy"; input.purpose == "defence"; input.context == "korean_peninsula" }}
assisted := "prohibited" if {{ input.context == "other"; input.underlying == "prohibited" }}
else := "not_addressed"
moved := "permitted" if input.purpose in {among(EXCEPTED)}
else := "prohibited"
used := "permitted" if {{ input.place == "korean_peninsula"; input.persistence == "self_destructing_and_deactivating" }}
else := "prohibited"
verdict := "not_in_force" if not in_force
else := assisted if input.act in {among(ASSIST)}
else := "not_addressed" if not input.act in {among((*MAKE, *TRANSFER, "use", "destroy"))}
else := "not_addressed" if not meant
else := "not_addressed" if silent
else := "undetermined" if either_way
else := "prohibited" if input.act in {among(MAKE)}
else := moved if input.act in {among(TRANSFER)}
else := used if input.act == "use"
else := "obliged"
""")


def compiled(rules: str) -> Any:
    """The module is read from a file, which is not needed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "policy.rego")
        path.write_text(HEAD + rules, encoding="utf-8")
        return opa_eval.OpaEval(str(path), query="data.policy.verdict")


def prepared(engine: Any, records: Records) -> tuple[Records, list[str]]:
    """A JSON text a record."""
    return records, [json.dumps(row) for row in records.rows()]


def verdicts(engine: Any, given: tuple[Records, list[str]]) -> Column:
    records, rows = given
    return records.as_codes(map(engine.evaluate_parsed, rows), len(rows))


def when_place_is_missing() -> dict[str, str]:
    """Three spellings of the same rule."""
    permitted, asked = 'default verdict := "permitted"\n', 'input.act == "use"'
    forms = {
        'else-chain, place == "korea"': f'verdict := "permitted" if input.place == "korea"\nelse := "prohibited" if {asked}',
        'not place == "korea"': f'{permitted}verdict := "prohibited" if {{ {asked}; not input.place == "korea" }}',
        'place != "korea"': f'{permitted}verdict := "prohibited" if {{ {asked}; input.place != "korea" }}',
    }
    return {form: str(compiled(rules).evaluate_parsed('{"act": "use"}')) for form, rules in forms.items()}
