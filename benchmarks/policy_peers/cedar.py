"""Cedar (cedarpy): a batch of requests. Cedar allows or denies, so every verdict is a permit policy and the reasons name which applied."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import cedarpy

from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER, Column, Records

PACKAGE = "cedarpy"
NOBODY = {"principal": {"type": "Actor", "id": "a"}, "action": {"type": "Action", "id": "do"}, "resource": {"type": "Item", "id": "i"}}


def among(fact: str, *words: str) -> str:
    if len(words) == 1:
        return f'context.{fact} == "{words[0]}"'
    return "[" + ", ".join(f'"{word}"' for word in words) + f"].contains(context.{fact})"


def rules(records: Records) -> Iterable[tuple[str, str]]:
    """A verdict and when it applies; exactly one applies to a record."""
    in_force = f"context.day >= {records.first} && context.day < {records.end}"
    mine = f"({among('item', 'anti_personnel_mine')} && {among('initiation', 'victim')})"
    certain = f"({among('item', 'victim_activated_improvised_device')} || {mine})"
    either_way = f"({among('item', 'anti_personnel_mine')} && {among('initiation', 'both')})"
    assist, make, move = among("act", *ASSIST), among("act", *MAKE), among("act", *TRANSFER)
    use, destroy = among("act", "use"), among("act", "destroy")
    helped = f"({among('context', 'other')} && {among('underlying', 'prohibited')})"
    reserve = f"({among('purpose', 'defence')} && {among('context', 'korean_peninsula')})"
    to_nobody = f"({among('act', 'sell')} && {among('counterparty', 'none')})"
    excepted = among("purpose", *EXCEPTED)
    tame = f"({among('place', 'korean_peninsula')} && {among('persistence', 'self_destructing_and_deactivating')})"
    spoken_of = f"(({make}) || (({move}) && !{to_nobody}) || ({use}) || (({destroy}) && !{reserve}))"
    yield "not_in_force", f"!({in_force})"
    yield "prohibited", f"{in_force} && {assist} && {helped}"
    yield "not_addressed", f"{in_force} && {assist} && !{helped}"
    yield "not_addressed", f"{in_force} && !({assist}) && (!{spoken_of} || !({certain} || {either_way}))"
    yield "undetermined", f"{in_force} && {spoken_of} && {either_way}"
    live = f"{in_force} && {certain}"
    yield "prohibited", f"{live} && {make}"
    yield "permitted", f"{live} && {move} && !{to_nobody} && {excepted}"
    yield "prohibited", f"{live} && {move} && !{to_nobody} && !({excepted})"
    yield "permitted", f"{live} && {use} && {tame}"
    yield "prohibited", f"{live} && {use} && !{tame}"
    yield "obliged", f"{live} && {destroy} && !{reserve}"


def setup(records: Records) -> tuple[Any, Any, dict[str, str]]:
    """Policies, entities, and which verdict a policy stands for; unnamed policies are called by their position."""
    written = list(rules(records))
    source = "\n".join(f"permit(principal, action, resource) when {{ {when} }};" for _, when in written)
    meaning = {f"policy{number}": verdict for number, (verdict, _) in enumerate(written)}
    return cedarpy.PolicySet.from_str(source), cedarpy.Entities.from_json_str("[]"), meaning


def prepared(engine: tuple[Any, Any, dict[str, str]], records: Records) -> tuple[Records, list[dict[str, Any]]]:
    """A request a record, its context as JSON text already."""
    return records, [{**NOBODY, "context": json.dumps(row)} for row in records.rows()]


def verdicts(engine: tuple[Any, Any, dict[str, str]], given: tuple[Records, list[dict[str, Any]]]) -> Column:
    policies, entities, meaning = engine
    records, requests = given
    answers = cedarpy.is_authorized_batch(requests, policies, entities)
    return records.as_codes((meaning[one.diagnostics.reasons[0]] for one in answers), len(requests))


def when_place_is_missing() -> dict[str, str]:
    """A policy that fails is left out of account, and the one that permits everything is left."""
    policies = cedarpy.PolicySet.from_str(
        'forbid(principal, action, resource) when { context.act == "use" } unless { context.place == "korea" };'
        "permit(principal, action, resource);"
    )
    answer = cedarpy.is_authorized({**NOBODY, "context": json.dumps({"act": "use"})}, policies, cedarpy.Entities.from_json_str("[]"))
    errors = len(answer.diagnostics.errors)
    return {'forbid ... unless place == "korea"': f"{str(answer.decision).removeprefix('Decision.')} ({errors} error in the diagnostics)"}
