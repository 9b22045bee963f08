"""ZEN: one decision table, first hit, evaluated in a loop of the engine's own over a batch of records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import zen

from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER, Column, Records

PACKAGE = "zen-engine"
BATCH = 10_000  # records of one call


def among(*words: str) -> str:
    return ", ".join(f'"{word}"' for word in words)


def lines(records: Records) -> Iterable[dict[str, str]]:
    """The rows of the decision table, the first that fits counts."""
    assist, move = among(*ASSIST), among(*TRANSFER)
    yield {"verdict": "not_in_force", "day": f"< {records.first}"}
    yield {"verdict": "not_in_force", "day": f">= {records.end}"}
    yield {"verdict": "prohibited", "act": assist, "context": among("other"), "underlying": among("prohibited")}
    yield {"verdict": "not_addressed", "act": assist}
    yield {"verdict": "not_addressed", "item": among("anti_vehicle_mine", "booby_trap", "cluster_munition", "other")}
    yield {"verdict": "not_addressed", "item": among("anti_personnel_mine"), "initiation": among("command")}
    yield {"verdict": "not_addressed", "act": among("sell"), "counterparty": among("none")}
    yield {"verdict": "not_addressed", "act": among("destroy"), "purpose": among("defence"), "context": among("korean_peninsula")}
    spoken_of = (*MAKE, *TRANSFER, "use", "destroy")
    unspoken = [word for word in records.words["act"] if word not in spoken_of]
    yield {"verdict": "not_addressed", "act": among(*unspoken)}
    yield {"verdict": "undetermined", "item": among("anti_personnel_mine"), "initiation": among("both")}
    yield {"verdict": "prohibited", "act": among(*MAKE)}
    yield {"verdict": "permitted", "act": move, "purpose": among(*EXCEPTED)}
    yield {"verdict": "prohibited", "act": move}
    tame = {"place": among("korean_peninsula"), "persistence": among("self_destructing_and_deactivating")}
    yield {"verdict": "permitted", "act": among("use"), **tame}
    yield {"verdict": "prohibited", "act": among("use")}
    yield {"verdict": "obliged", "act": among("destroy")}


def setup(records: Records) -> Any:
    """The engine with the table as its one decision."""
    facts = [*records.words, "day"]
    written = [
        {"_id": f"line{number}", **{fact: line.get(fact, "") for fact in facts}, "verdict": f'"{line["verdict"]}"'}
        for number, line in enumerate(lines(records))
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": fact, "name": fact, "type": "expression", "field": fact} for fact in facts],
        "outputs": [{"id": "verdict", "name": "verdict", "type": "expression", "field": "verdict"}],
        "rules": written,
        "executionMode": "loop",
        "inputField": "records",
        "outputPath": "found",
    }
    place = {"x": 0, "y": 0}
    decision = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {"id": "table", "type": "decisionTableNode", "name": "table", "position": place, "content": table},
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "first", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "second", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }
    return zen.ZenEngine({"loader": {"type": "static", "content": {"policy": decision}}})


def prepared(engine: Any, records: Records) -> tuple[Records, list[dict[str, Any]]]:
    """A mapping a record."""
    return records, records.rows()


def verdicts(engine: Any, given: tuple[Records, list[dict[str, Any]]]) -> Column:
    records, rows = given
    batches = (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
    answers = (one["verdict"] for batch in batches for one in engine.evaluate("policy", {"records": batch})["result"]["found"])
    return records.as_codes(answers, len(rows))


def when_place_is_missing() -> dict[str, str]:
    """Two spellings as an expression."""
    forms = {
        'place == "korea" ? permitted : prohibited': 'place == "korea" ? "permitted" : "prohibited"',
        'place != "korea" ? prohibited : permitted': 'place != "korea" ? "prohibited" : "permitted"',
    }
    return {form: str(zen.evaluate_expression(text, {"act": "use"})) for form, text in forms.items()}
