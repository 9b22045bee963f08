"""docs/POLICIES.md tells the truth: its tables are those of the program, every row of the facts is accounted for, and encoded as told."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.clause import FORCES, MODALITIES, TEXT_ONLY
from mineaction.policies.policy_shape import SHAPES
from mineaction.policies.quotes import folded, is_quoted
from mineaction.policies.walk import verdict_of
from mineaction.programme.compiled_law import held_text, packaged_law
from mineaction.programme.decisions import decide
from mineaction.terms.fact import RecordedFact
from mineaction.terms.vocabulary import ACTS, ACTS_OF_ASSISTANCE
from tests.policies.packaged_variants import written_clauses

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "POLICIES.md").read_text(encoding="utf-8")
# The heading of each table of differences, the copy that is quoted and the copy that differs.
COPIES = (
    ("Where the two copies of the Convention differ", "sources/apmbc_1997_en_ca-schedule.txt", "sources/apmbc_1997_en_nl-treaty-bank.md"),
    (
        "Where the two copies of the Convention on Cluster Munitions differ",
        "sources/ccm_2008_en_ca-schedule.txt",
        "sources/ccm_2008_en_nl-treaty-bank.md",
    ),
)
# Treaties that are encoded whole: the table of each, article by article.
WHOLE = {"ccm": "How the Convention on Cluster Munitions is encoded", "ccw_apii": "How Amended Protocol II is encoded"}
# What is encoded so far; a row more or less is a line of the page and a number here.
NOT_ENCODED_YET = {"treaty_rule": 0, "policy_step": 0}
LAW = packaged_law()
CLAUSES = {clause["id"]: clause for version_id in LAW.version_ids() for clause in written_clauses(version_id)}


def tables(heading: str) -> list[list[str]]:
    """The rows of the tables below a heading, cell by cell, without their heads."""
    _, _, section = PAGE.partition(f"\n## {heading}")
    assert section, heading
    lines = [line for line in section.partition("\n## ")[0].splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = {position - 1 for position, row in enumerate(rows) if set("".join(row)) <= set("-: ")}
    return [row for position, row in enumerate(rows) if position not in heads and position - 1 not in heads]


def named(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_every_file_and_page_that_is_named_is_there() -> None:
    for path in re.findall(r"`((?:src|tests|docs)/[\w./-]+)`", PAGE):
        assert (CHECKOUT / path).exists(), path


def test_the_kinds_of_clause_are_those_of_the_program() -> None:
    told = [name for row in tables("The format") for name in named(row[0])]
    assert sorted(told) == sorted((*MODALITIES, *TEXT_ONLY, "continues_where"))
    section = PAGE.partition("\n## The format")[2].partition("\n## ")[0]
    assert set(FORCES) <= set(named(section))
    assert set(SHAPES["version"]) - {"instrument"} <= set(named(section)) | {"version"}


def test_the_table_of_the_semantics_is_the_one_of_the_program() -> None:
    rows = [row for row in tables("The semantics") if len(row) == len(MODALITIES)]
    kinds = ("forbid", "permit", "oblige", "unsettled")
    told: dict[frozenset[str], set[str]] = {}
    for row in rows:
        choices = [{"x": (True,), "-": (False,), "any": (True, False)}[cell] for cell in row[:-1]]
        for marks in itertools.product(*choices):
            told.setdefault(frozenset(kind for kind, mark in zip(kinds, marks, strict=True) if mark), set()).add(named(row[-1])[0])
    assert told == {live: {verdict_of(set(live))} for live in told}
    assert len(told) == 2 ** len(kinds), "every combination of the kinds is told"


def test_the_shares_of_texts_held_are_those_of_the_files() -> None:
    told = {named(row[0])[0]: [int(cell) for cell in row[1:]] for row in tables("How the texts are held")}
    found = {}
    for version_id in LAW.version_ids():
        texts = [one["text"] if isinstance(one["text"], dict) else one["text"][0] for one in written_clauses(version_id)]
        kinds = [text["kind"] for text in texts]
        found[version_id] = [len(kinds), *(kinds.count(kind) for kind in ("quote", "excerpt", "paraphrase"))]
    assert told == found


@pytest.mark.parametrize(("heading", "quoted", "other_copy"), COPIES)
def test_the_differences_of_the_two_copies_are_all_of_them(heading: str, quoted: str, other_copy: str) -> None:
    canadian, dutch = (folded((held_text(file) or ("", ""))[0]) for file in (quoted, other_copy))
    differing = set()
    for clause_id, clause in CLAUSES.items():
        texts = clause["text"] if isinstance(clause["text"], list) else [clause["text"]]
        if any(text.get("file") == quoted and not is_quoted(text["says"], dutch) for text in texts):
            differing.add(clause_id)
    rows = tables(heading)
    assert {name for row in rows for name in named(row[0])} == differing
    for clauses, one, other in rows:
        assert is_quoted(one, canadian) and not is_quoted(one, dutch), clauses
        assert is_quoted(other, dutch) and not is_quoted(other, canadian), clauses


@pytest.mark.parametrize(("kind", "heading", "count"), [("treaty_rule", "How the 47", 47), ("policy_step", "How the 84", 84)])
def test_every_row_is_told_once_with_its_clauses_or_why_it_has_none(kind: str, heading: str, count: int) -> None:
    rows = tables(heading)
    facts = packaged_book().facts(kind)
    assert len(rows) == len(facts) == count
    assert [named(row[0])[0] for row in rows] == [told["rule_id"] for told in facts]
    for row, told in zip(rows, facts, strict=True):
        assert told["activity"] in row and (row[2] if kind == "treaty_rule" else row[3]) in told["modality"]
        encoded = row[-1]
        clauses = [name for name in named(encoded) if "/" not in name]
        assert all(name in CLAUSES for name in clauses), row
        if encoded.startswith(("not encoded yet: ", "no clause: ")):
            assert not clauses and len(encoded.split(": ", 1)[1]) > 3
        else:
            assert clauses, row
        for path in (name for name in named(encoded) if "/" in name):
            assert (CHECKOUT / "src" / "mineaction" / path).exists(), path
    assert sum(row[-1].startswith("not encoded yet") for row in rows) == NOT_ENCODED_YET[kind]


def test_every_clause_stands_in_a_row_or_says_itself_where_it_comes_from() -> None:
    told = {name for heading in ("How the 47", "How the 84") for row in tables(heading) for name in named(row[-1])}
    # The alignment sentences, the aims to ban mines and to curtail their use, what was announced in 1997 or left open in June 2014 and the
    # page that ended the policy of 2014 are no rules of the history.
    beside = {f"us_apl_policy.{one}" for one in ("2014b.alignment", "2022.alignment", "2022.curtail", "1996.ban", "1997.treaty")}
    beside |= {f"us_apl_policy.{one}" for one in ("1998.announced", "2014a.others", "2020.rescinds")}
    # Nor does it speak of improvised devices, or of what the texts since 2022 leave unsaid.
    beside |= {f"us_apl_policy.1996.improvised.{one}" for one in ("korea", "self_destructing")}
    beside |= {f"us_apl_policy.2004.improvised.{one}" for one in ("develop", "use", "use_korea", "stockpile")}
    beside |= {"us_apl_policy.2020.improvised", "us_apl_policy.2025.improvised", "us_apl_policy.2022.vehicles"}
    # Nor does it speak of munitions that work both ways.
    beside |= {f"us_apl_policy.{year}.both" for year in ("1996", "1997", "1998", "2004", "2014a", "2014b", "2020", "2022", "2025")}
    beside |= {"us_apl_policy.1997.cap.both", "us_apl_policy.2004.non_detectable.both"}
    # It has persistent mines in Korea until 2010 (US2004-R5) and no row on such mines elsewhere: the words "only" for Korea say it.
    beside |= {"us_apl_policy.2004.use_elsewhere"}
    # The moratorium's definition, policy and periods; what the regulation means and when it began; of what the decision does not say.
    beside |= {f"us_export_moratorium.1365.{one}" for one in ("b.1", "d.1", "d.2", "d.3", "d.both", "d.other")}
    beside |= {"us_export_moratorium.1992.period", "us_export_moratorium.1993.period"}
    beside |= {f"us_export_moratorium.1996.{one}" for one in ("both", "command", "definition")}
    extended = (1996, 1997, 2000, 2003, 2008)
    beside |= {f"us_export_moratorium.{year}.{one}" for year in extended for one in ("period", "extension")}
    beside |= {"us_export_regulation.1992.meaning", "us_decisions.2024.both"}
    # No table of rules is held for the Acts of Canada and the Cook Islands: their clauses are told by section.
    beside |= {one for one in CLAUSES if one.startswith(("canada_apmc_act.", "cook_islands_apm_act."))}
    # Contested points that change no verdict are notes of our own.
    beside |= {"apmbc.4.foreign_stocks", "apmbc.5.1.occupied_territory"}
    whole = {name for heading in WHOLE.values() for row in tables(heading) for cell in row for name in named(cell)}
    assert set(CLAUSES) - told - whole == beside


@pytest.mark.parametrize(("instrument", "heading"), WHOLE.items())
def test_a_treaty_that_is_encoded_whole_is_told_clause_by_clause(instrument: str, heading: str) -> None:
    rows = tables(heading)
    told = {position: {name for row in rows for name in named(row[position])} for position in (1, 2)}
    own = {one: clause for one, clause in CLAUSES.items() if one.startswith(f"{instrument}.")}
    assert told[1] == {one for one, clause in own.items() if set(MODALITIES) & clause.keys()}
    assert told[2] == {one for one, clause in own.items() if set(TEXT_ONLY) & clause.keys()}


# --- each encoded row, asked as the history tells it

WORDS = {"sale": "sell", "destroy_stockpile": "destroy", "clear_mined_areas": "clear", "penal_sanctions": "legislate"}
WORDS |= {"identify_mined_areas": "identify", "mark_fence_monitor": "mark", "report_initial": "report", "report_annual": "report"}
ITEMS = {"all_APL": "apl", "nonpersistent": "apl-non-persistent", "persistent": "apl-persistent", "persistent_APL": "apl-persistent"}
ITEMS |= {"non_self_destructing": "apl-persistent", "self_destructing": "apl-non-persistent", "persistent_APL_and_AV": "apl-persistent"}
ITEMS |= {"persistent_AV": "anti-vehicle-mine", "non_detectable": "apl"}
FACTS_OF_SCOPES = {"persistent_AV": {"persistence": "persistent"}, "non_detectable": {"is_detectable": "no"}}
# Rows that hold only from a later day than that of their act, as their deadline says, or from the first day that is certain.
FIRST_DAYS = {"US1998-R2": "2003-01-01", "US2004-R4": "2011-01-01", "US2004-R9": "2005-02-28"}
FIRST_DAYS |= dict.fromkeys(("US2016-R1", "US2016-R2", "US2016-R3"), "2016-02-01")
# A row whose place is what a stock is for.
FACTS_OF_ROWS = {"US2004-R7": {"purpose": "defence", "context": "korean_peninsula"}}
PLACES = {"global": ("UKR", "KOR"), "outside_korean_peninsula": ("UKR",), "korean_peninsula": ("KOR",)}
PLAIN = ("prohibited", "permitted", "obliged")
# The exception of each row is asked in `cases/`; here a purpose is chosen that none of them names.
OUTSIDE_EXCEPTIONS = {"purpose": "other", "context": "other"}


def encoded_rows(kind: str, heading: str, modalities: tuple[str, ...]) -> list[RecordedFact]:
    encoded = {named(row[0])[0] for row in tables(heading) if named(row[-1]) and not row[-1].startswith("no clause")}
    return [told for told in packaged_book().facts(kind) if told["rule_id"] in encoded and told["modality"] in modalities]


def asked(act: str, item: str, actor: str, day: str, **facts: Any) -> dict[str, Any]:
    below = {"act": "use", "item": item} if act == "assist" else None
    return decide(act=act, item=item, actor=actor, on=day, underlying=below, **{**OUTSIDE_EXCEPTIONS, **facts})


# The two rows of 1999 are Amended Protocol II itself, asked in `cases/ccw_apii_who_is_bound.yaml` and here.
PROTOCOL_ROWS = {
    "US1999-R1": {"is_detectable": "no", "delivery": "manual", "persistence": "self_destructing_and_deactivating"},
    "US1999-R2": {"is_detectable": "yes", "delivery": "manual", "persistence": "persistent", "is_marked_and_monitored": "no"},
}
ENCODED_STEPS = [one for one in encoded_rows("policy_step", "How the 84", (*PLAIN, "unknown")) if one["rule_id"] not in PROTOCOL_ROWS]
POLICY_ROWS = [one for one in ENCODED_STEPS if WORDS.get(one["activity"], one["activity"]) in ACTS]


def _first_certain_day(first: str) -> str:
    """The day itself; the first day after a month of which no day is known."""
    if len(first) == len("1992-11-01"):
        return first
    year, month = (int(part) for part in first.split("-"))
    return f"{year + month // 12}-{month % 12 + 1:02}-01"


@pytest.mark.parametrize("told", POLICY_ROWS, ids=lambda told: told["rule_id"])
def test_a_row_of_the_policy_history_is_answered_as_it_is_told(told: RecordedFact) -> None:
    clauses = next(named(row[-1]) for row in tables("How the 84") if named(row[0]) == [told["rule_id"]])
    instrument = LAW.instruments[clauses[0].split(".")[0]]
    day = FIRST_DAYS.get(told["rule_id"], max(_first_certain_day(told["in_force_from"]), instrument.encoded_from))
    expected = "undetermined" if told["modality"] == "unknown" else told["modality"]
    for place in PLACES[told["location_scope"]]:
        facts: dict[str, Any] = {"delivery": "manual"} if told["step_id"] == "US2025" else {}
        if instrument.binds_counterparties:
            facts["counterparty"] = instrument.binds_counterparties[0]
        facts |= FACTS_OF_SCOPES.get(told["mine_scope"], {}) | FACTS_OF_ROWS.get(told["rule_id"], {})
        answer = asked(WORDS.get(told["activity"], told["activity"]), ITEMS[told["mine_scope"]], "USA", day, place=place, **facts)
        (finding,) = [one for one in answer["findings"] if one["instrument"] == instrument.id]
        assert finding["verdict"] == expected, (place, finding["verdict"])


@pytest.mark.parametrize(("rule_id", "facts"), PROTOCOL_ROWS.items())
def test_a_row_of_1999_is_answered_by_the_protocol_from_the_day_it_bound_the_united_states(rule_id: str, facts: dict[str, str]) -> None:
    told = next(one for one in packaged_book().facts("policy_step") if one["rule_id"] == rule_id)
    for place in PLACES[told["location_scope"]]:
        answer = asked(told["activity"], "apl", "USA", told["in_force_from"], place=place, situation="armed_conflict", **facts)
        (finding,) = [one for one in answer["findings"] if one["instrument"] == "ccw_apii"]
        assert finding["verdict"] == told["modality"] == "prohibited"


def test_rows_of_which_no_act_of_the_vocabulary_speaks_are_encoded_as_text_only() -> None:
    assert len(POLICY_ROWS) >= 50
    rows = {named(row[0])[0]: named(row[-1])[0] for row in tables("How the 84") if named(row[-1])}
    for told in ENCODED_STEPS:
        assert told in POLICY_ROWS or set(TEXT_ONLY) & CLAUSES[rows[told["rule_id"]]].keys(), told["rule_id"]


TREATY_ROWS = encoded_rows("treaty_rule", "How the 47", PLAIN)
# Rows that no act of the vocabulary asks for, and the permissions, which have their purpose.
PURPOSES = {"APMBC-3.1-1": "training", "APMBC-3.1-2": "training", "APMBC-3.2-1": "destruction"}
TEXT_ONLY_ROWS = {"APMBC-5.3-1", "APMBC-5.6-1", "APMBC-8.1-1", "APMBC-8.2-1", "APMBC-19.-1"}
TEXT_ONLY_ROWS |= {f"APMBC-6.{paragraph}-1" for paragraph in range(2, 9)}


@pytest.mark.parametrize("told", [one for one in TREATY_ROWS if one["rule_id"] not in TEXT_ONLY_ROWS], ids=lambda told: told["rule_id"])
def test_a_rule_of_the_convention_is_answered_as_it_is_told(told: RecordedFact) -> None:
    is_assistance = told["activity"] == "assist_encourage_induce"
    for act in ACTS_OF_ASSISTANCE if is_assistance else (WORDS.get(told["activity"], told["activity"]),):
        below = {"act": "use", "item": "apl"} if is_assistance else None
        purpose = PURPOSES.get(told["rule_id"], "other")
        answer = decide(act=act, item="apl", purpose=purpose, actor="FRA", on="2022-06-21", underlying=below)
        (finding,) = [one for one in answer["findings"] if one["instrument"] == "apmbc"]
        assert finding["verdict"] == told["modality"], act


def test_a_row_that_is_text_only_is_encoded_as_text_only() -> None:
    rows = {named(row[0])[0]: named(row[-1])[0] for row in tables("How the 47") if named(row[-1])}
    for rule_id in TEXT_ONLY_ROWS:
        assert set(TEXT_ONLY) & CLAUSES[rows[rule_id]].keys(), rule_id
