"""Does a reported release count, and as what?

IMAS 07.11 leaves approval to the national authority or its delegate. What a country asks for are dated facts (`country_rules`). By default
every reported release counts, and those without approval are marked, so that their square metres can be shown beside. Set aside, with the
reason, is a release that was rejected; one that lacks the approval its country asks for on that day; one outside the operator's
accreditation, where the country says so; and the removal of single items (EOD spot task), which searches no land. What is set aside is not
lost: its ground stays hazardous in the account, and it is told.

A date known in part takes the stricter rule of its days. A decision counts if the authority or a delegate in force on its day took it.
Where no authority is named, any other organisation than the one that reports is taken at its word - but an approval that is asked for needs
one that is named. The latest decision holds; of one day, the rejection.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from mineaction.registers.accreditation import Accreditations, Answer, accreditations
from mineaction.registers.country_rules import CountryRules, country_rules
from mineaction.registers.hazard_records import record_name
from mineaction.terms.dates import Moment, moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key
from mineaction.terms.limits import DAY_FIRST, DAY_LAST
from mineaction.terms.problem import Problem, problem

Approval = Literal["approved", "rejected", "unapproved"]
CLASS_OF_METHOD = {"NTS": "cancelled", "TS": "reduced", "CLEARANCE": "cleared"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A release that counts: the class it counts as, whether it is approved (`unapproved` ones are shown beside), by whom it was done."""

    fact: Fact
    release_class: str
    approval: Approval
    accreditation: Answer
    evidence: tuple[str, ...]  # ids of the decision, the certificate and the rules


@dataclass(frozen=True, slots=True)
class SetAside:
    """A release that does not count. The code of `reason` says why: rejected, not approved, not accredited, single items."""

    fact: Fact
    reason: Problem
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountedReleases:
    """Every release is in one of the two; `problems` are about decisions and rules, and about releases that count all the same."""

    counted: tuple[Counted, ...]
    set_aside: tuple[SetAside, ...]
    problems: tuple[Problem, ...]


class Decision(NamedTuple):
    """Who decided what about one record; sorted by day, and of one day the rejection last."""

    day: dt.date
    is_rejection: bool
    fact_id: str
    by: str  # key of an organisation


def counted_releases(
    releases: Iterable[Fact], approvals: Iterable[Fact], rules: Iterable[Fact], accreditation_facts: Iterable[Fact]
) -> CountedReleases:
    """Each release as counted or set aside, in the order given. All four are facts that stand (`land_release`, `approval`,
    `country_rule`, `accreditation`)."""
    told = list(releases)
    law, problems = country_rules(rules)
    certificates = accreditations(accreditation_facts)
    subjects = {fact.subject for fact in told}
    decisions, unfit = decisions_on(approvals, "land_release", subjects)
    counted: list[Counted] = []
    aside: list[SetAside] = []
    found = [*problems, *unfit]
    for fact in told:
        one = _judged(fact, decisions.get(fact.subject, ()), law, certificates)
        if isinstance(one, Counted):
            counted.append(one)
            found += _about(one)
        else:
            aside.append(one)
    return CountedReleases(tuple(counted), tuple(aside), tuple(found))


def decisions_on(approvals: Iterable[Fact], kind: str, subjects: set[str]) -> tuple[Mapping[str, Sequence[Decision]], list[Problem]]:
    """The decisions on records of a kind by subject, and those on a record that is not there."""
    found: dict[str, list[Decision]] = defaultdict(list)
    problems = []
    for fact in approvals:
        told = fact.payload
        if told["of_kind"] != kind:
            continue
        subject = "/".join((kind, given_key(told["organisation"]), given_key(told["local_id"])))
        if subject not in subjects:
            problems.append(problem("approval_without_record", f"approval of {subject}", subject, by=told["decided_by"]))
        day = moment(told["decided_on"])
        assert day is not None, "the kind asks for the day"
        found[subject].append(Decision(day.last, told["decision"] == "rejected", fact.fact_id, given_key(told["decided_by"])))
    return found, problems


def approvers(change: Fact, decisions: Sequence[Decision], on: dt.date) -> dict[str, str]:
    """Who approved a change of an area up to a day: key of a person or office -> id of the fact that says so."""
    told = change.payload
    found = {given_key(told[name]): change.fact_id for name in ("approved_by", "second_approved_by") if told.get(name)}
    return found | {one.by: one.fact_id for one in decisions if not one.is_rejection and one.day <= on}


def _judged(fact: Fact, decisions: Sequence[Decision], law: CountryRules, certificates: Accreditations) -> Counted | SetAside:
    told, where = fact.payload, record_name(fact)
    days = moment(told["released_on"]) or Moment(DAY_FIRST, DAY_LAST)
    is_known = moment(told["released_on"]) is not None
    approval, decided, is_named = _approval(fact, decisions, law)
    work = (told["method"], "BAC") if told.get("ground") == "battle_area" else (told["method"],)
    certified = certificates.standing(fact.subject.split("/")[1], work, days.last if is_known else None)
    evidence = (*decided, *certified.fact_ids)
    if told.get("ground") == "eod_spot":
        return SetAside(fact, problem("release_of_single_items", where, where), ())
    if approval == "rejected":
        return SetAside(fact, problem("release_rejected", where, where), decided)
    if law.is_required("approval_required", days.first, days.last, told["release_class"]):
        if approval != "approved":
            return SetAside(fact, problem("release_unapproved", where, where), decided)
        if not is_named:
            return SetAside(fact, problem("release_approver_unknown", where, where), decided)
    if certified.answer != "accredited" and law.is_required("accreditation_required", days.first, days.last, told["release_class"]):
        return SetAside(fact, problem("release_not_accredited", where, where, method=told["method"]), certified.fact_ids)
    return Counted(fact, _class_of(told, law, days), approval, certified.answer, evidence)


def _approval(fact: Fact, decisions: Sequence[Decision], law: CountryRules) -> tuple[Approval, tuple[str, ...], bool]:
    """What was decided in the end, by which fact, and whether the one who decided is named by a rule of the country."""
    told = fact.payload
    reporter = given_key(told["organisation"])
    all_of_them = list(decisions)
    if told.get("approved_by"):
        on = moment(told.get("approved_on", "")) or moment(told["released_on"])
        all_of_them.append(Decision(on.last if on else DAY_FIRST, False, fact.fact_id, given_key(told["approved_by"])))
    for one in sorted(all_of_them, reverse=True):
        authorities = law.named("authority", one.day)
        is_named = one.by in authorities | law.named("delegate", one.day)
        if is_named or (not authorities and one.by != reporter):
            return ("rejected" if one.is_rejection else "approved"), (one.fact_id,), is_named
    return "unapproved", (), False


def _class_of(told: Mapping[str, str], law: CountryRules, days: Moment) -> str:
    """Lanes of a technical survey count as reduced, unless the country lets them count as cleared on every day of the date."""
    if told["method"] == "TS" and told["release_class"] == "cleared":
        words = {law.word("lanes_count_as", day, "cleared")[0] for day in (days.first, days.last)}
        return "cleared" if words == {"cleared"} else "reduced"
    return told["release_class"]


def _about(one: Counted) -> list[Problem]:
    told, where = one.fact.payload, record_name(one.fact)
    found = []
    if one.accreditation == "not_accredited":
        found.append(problem("release_outside_accreditation", where, where, method=told["method"], day=told["released_on"]))
    is_lane = (told["method"], told["release_class"]) == ("TS", "cleared")
    if told["release_class"] != CLASS_OF_METHOD[told["method"]] and not is_lane:
        usual = CLASS_OF_METHOD[told["method"]]
        found.append(problem("release_class_unusual", where, told["release_class"], method=told["method"], usual=usual))
    if is_lane and one.release_class == "reduced":
        found.append(problem("lanes_counted_as_reduced", where, where))
    return found
