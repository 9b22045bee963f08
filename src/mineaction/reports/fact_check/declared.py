"""What does the YAML beside a statement declare: issuer, date, and claims a reader adds or corrects?

A declared claim quotes the statement; its quote must stand there. It takes the place of a found claim of the same kind and topic
whose place it overlaps, or is added. Refuses unknown keys and kinds, with the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mineaction.policies.rule_claims import RuleClaim
from mineaction.reports.fact_check.claims import place_of
from mineaction.reports.fact_check.evidence import KINDS_OF_CLAIM, Check, Claim
from mineaction.reports.fact_check.quantities import BOUND_WORDS, Quantity, printed_step
from mineaction.reports.fact_check.statement import Statement, written_mapping, yaml_reason
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.vocabulary import ACTS, FIELDS, hint, nearest

_KEYS = ("issuer", "date", "basis", "reason", "claims")
_CLAIM_KEYS = ("quote", "kind", "topic", "check", "actor", "claimed", "note")
_BASES = ("declared", "assumed")
# What a check needs to be told: keys of `claimed`.
_NEEDED: dict[str, tuple[str, ...]] = {
    "aim": ("aim",),
    "aim_denied": ("aim",),
    "annual_report": ("publisher",),
    "casualty_trend": ("direction",),
    "established": ("programme", "year"),
    "fund_countries": ("value",),
    "fund_manager": ("manager",),
    "fund_people": ("value",),
    "funding": ("value",),
    "funding_recipients": ("value",),
    "group_parties": ("how",),
    "majority": ("share",),
    "membership": ("subject", "claim"),
    "mine_free": ("value",),
    "office_holder": ("office",),
    "parties_count": ("value",),
    "rule": ("acts",),
    "statement_date": ("date",),
    "treaty_rule": ("acts",),
}


def read_sidecar(raw: bytes | None, name: str) -> Mapping[str, object]:
    """The mapping in the YAML; empty without one. Raises `ProblemError` when it is not such a mapping."""
    if not raw:
        return {}
    found, wrong = written_mapping(raw, name)
    if wrong:
        raise ProblemError([_as_broken(one) for one in wrong])
    problems = [problem("yaml_key_unknown", name, key, nearest=", ".join(nearest(str(key), _KEYS))) for key in found if key not in _KEYS]
    if found.get("basis", "declared") not in _BASES:
        problems.append(
            problem("yaml_value_wrong", f"{name}: basis", found["basis"], field="basis", expected=f"Use one of: {', '.join(_BASES)}.")
        )
    if not isinstance(found.get("claims", []), list):
        problems.append(
            problem(
                "yaml_value_wrong",
                f"{name}: claims",
                found["claims"],
                field="claims",
                expected="Write a list, each entry with quote, kind and topic.",
            )
        )
    if problems:
        raise ProblemError(problems)
    return found


def _as_broken(found: Problem) -> Problem:
    """What a policy file may not hold, told of a file beside a statement."""
    if not found.code.startswith("yaml_") or found.code == "yaml_broken":
        return found
    return problem("yaml_broken", found.place, reason=yaml_reason(found))


def with_declared(
    claims: Sequence[Claim],
    statement: Statement,
    sidecar: Mapping[str, object],
    name: str,
    checks: Mapping[str, Check],
    by_topic: Mapping[str, str],
) -> list[Claim]:
    """The found claims with the declared ones: added, or in place of what they correct. `by_topic` names the check of each topic."""
    declared = sidecar.get("claims") or []
    assert isinstance(declared, list), "read_sidecar checked it"
    made, problems = list(claims), []
    for number, given in enumerate(declared, start=1):
        place = f"{name}: claims[{number}]"
        if not isinstance(given, dict):
            problems.append(problem("yaml_value_wrong", place, given, field="a claim", expected="Write quote, kind and topic."))
            continue
        entry = _with_number(given)
        wrong = _problems_of(entry, place, checks, by_topic)
        found = None if wrong else place_of(statement.text, str(entry["quote"]))
        if not wrong and found is None:
            wrong = [problem("claim_quote_not_found", place, entry["quote"])]
        problems += wrong
        if wrong or found is None:
            continue
        claim = _claim(entry, found, made, statement, by_topic)
        lacking = [problem("yaml_key_missing", f"{place}: claimed", key) for key in _NEEDED.get(claim.check, ()) if not _has(claim, key)]
        problems += lacking
        if lacking:
            continue
        made = [one for one in made if not (one.topic == claim.topic and one.start < claim.end and claim.start < one.end)]
        made.append(claim)
    if problems:
        raise ProblemError(problems)
    return sorted(made, key=lambda one: (one.start, one.end))


def _with_number(entry: Mapping[str, object]) -> Mapping[str, object]:
    """The entry with its value as a number: the guarded YAML keeps every number as the text it is."""
    claimed = entry.get("claimed")
    if not isinstance(claimed, dict) or not re.fullmatch(r"\d+", str(claimed.get("value"))):
        return entry
    return {**entry, "claimed": {**claimed, "value": int(claimed["value"])}}


def _has(claim: Claim, key: str) -> bool:
    if key == "value":
        return claim.quantity is not None
    return claim.rule is not None if key == "acts" else bool(claim.words.get(key))


def _problems_of(entry: Mapping[str, object], place: str, checks: Mapping[str, Check], by_topic: Mapping[str, str]) -> list[Problem]:
    found = [
        problem("yaml_key_unknown", place, key, nearest=", ".join(nearest(str(key), _CLAIM_KEYS)))
        for key in entry
        if key not in _CLAIM_KEYS
    ]
    found += [problem("yaml_key_missing", place, key) for key in ("quote", "kind", "topic") if not entry.get(key)]
    if found:
        return found
    if entry["kind"] not in KINDS_OF_CLAIM:
        found.append(problem("unknown_word", place, entry["kind"], field="kind", nearest=hint(str(entry["kind"]), KINDS_OF_CLAIM)))
    if "check" in entry and entry["check"] not in checks:
        found.append(problem("unknown_word", place, entry["check"], field="check", nearest=hint(str(entry["check"]), checks)))
    if "check" not in entry and entry["topic"] not in by_topic:
        found.append(problem("unknown_word", place, entry["topic"], field="topic", nearest=hint(str(entry["topic"]), by_topic)))
    claimed = entry.get("claimed", {})
    if not isinstance(claimed, dict):
        return [*found, problem("yaml_value_wrong", place, claimed, field="claimed", expected="Write 'key: value' lines.")]
    bound = claimed.get("bound", "exact")
    if bound not in BOUND_WORDS:
        found.append(problem("unknown_word", place, bound, field="bound", nearest=hint(str(bound), BOUND_WORDS)))
    if "value" in claimed and (isinstance(claimed["value"], bool) or not isinstance(claimed["value"], int)):
        found.append(problem("yaml_value_wrong", place, claimed["value"], field="value", expected="Write a whole number."))
    return found + _problems_of_rule(claimed, place)


def _problems_of_rule(claimed: Mapping[str, object], place: str) -> list[Problem]:
    found = []
    acts = claimed.get("acts", [])
    for act in acts if isinstance(acts, list) else [acts]:
        if act not in ACTS:
            found.append(problem("unknown_word", place, act, field="act", nearest=hint(str(act), ACTS)))
    if claimed.get("modality", "forbid") not in ("forbid", "permit", "oblige"):
        found.append(problem("unknown_word", place, claimed["modality"], field="modality", nearest="Use one of: forbid, permit, oblige"))
    exceptions = claimed.get("exceptions", [])
    for limit in (claimed.get("where", {}), *(exceptions if isinstance(exceptions, list) else [exceptions])):
        if not isinstance(limit, dict):
            found.append(problem("yaml_value_wrong", place, limit, field="where or exceptions", expected="Write 'field: [values]'."))
            continue
        for name, values in limit.items():
            known = FIELDS[name].values if name in FIELDS else ()
            if not known:
                found.append(problem("unknown_word", place, name, field="a field", nearest=hint(str(name), FIELDS)))
            for value in values if isinstance(values, list) else [values]:
                if known and value not in known:
                    found.append(problem("unknown_word", place, value, field=str(name), nearest=hint(str(value), known)))
    return found


def _claim(
    entry: Mapping[str, object], place: tuple[int, int], claims: Sequence[Claim], statement: Statement, by_topic: Mapping[str, str]
) -> Claim:
    """The declared claim; what it does not say is taken from the found claim it corrects."""
    topic, kind = str(entry["topic"]), str(entry["kind"])
    before = next((one for one in claims if one.topic == topic and one.start < place[1] and place[0] < one.end), None)
    given = entry.get("claimed", {})
    assert isinstance(given, dict)
    words = {
        **(before.words if before else {}),
        **{str(name): str(value) for name, value in given.items() if not isinstance(value, (dict, list))},
    }
    sentence = next((number for number, one in enumerate(statement.sentences) if one.start < place[1] and place[0] < one.end), -1)
    words.setdefault("sentence", statement.sentences[sentence].text if sentence >= 0 else "")
    rule = before.rule if before else None
    if "acts" in given:
        rule = RuleClaim(
            tuple(_list(given["acts"])),
            str(given.get("modality", "forbid")),
            {name: tuple(_list(values)) for name, values in dict(given.get("where", {})).items()},
            tuple({name: tuple(_list(values)) for name, values in one.items()} for one in given.get("exceptions", [])),
            str(given.get("force", "duty")),
        )
        words.pop("unreadable", None)
    amount = before.quantity if before else None
    if "value" in given:
        amount = Quantity(int(given["value"]) * printed_step(1), str(given.get("bound", "exact")), printed_step(int(given["value"])))
    claimed = {**(before.claimed if before else {}), **given}
    note = "; ".join(filter(None, ("declared beside the statement", str(entry.get("note") or ""))))
    actor = str(entry.get("actor") or (before.actor if before else ""))
    check = str(entry.get("check") or by_topic[topic])
    return Claim(kind, topic, check, *place, claimed, actor, amount, rule, words, note, sentence)


def _list(values: object) -> list[str]:
    return [str(one) for one in values] if isinstance(values, list) else [str(values)]
