"""The packaged policy files: every quote stands in its source, every clause matters somewhere, one version a day, no circle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mineaction.ledger.packaged import packaged_book
from mineaction.policies import law as law_module
from mineaction.policies.clause import INSTRUMENT_KINDS, Clause, Text, Version
from mineaction.policies.policy_file import read_version
from mineaction.policies.policy_shape import shape_problems
from mineaction.policies.policy_yaml import parse_yaml
from mineaction.policies.quotes import folded, is_quoted
from mineaction.policies.variants import going_on_twice
from mineaction.policies.version_parts import parts
from mineaction.programme.compiled_law import compiled, held_text, packaged_law
from mineaction.registers.countries import resolve_state
from mineaction.registers.treaties import TREATIES
from tests.policies.packaged_variants import table_of, variants, written_clauses

Raw = dict[str, Any]
FOLDER = Path(law_module.__file__).parent
FILES = sorted(FOLDER.glob("*/*.yaml"))
VERSION_FILES = [path for path in FILES if path.name != "instrument.yaml"]
VERSIONS = packaged_law().version_ids()


def parsed(path: Path) -> Raw:
    raw, problems = parse_yaml(path.read_bytes(), path.name)
    assert problems == []
    return raw


def texts() -> list[tuple[str, Text]]:
    return [(clause.id, text) for variant in variants() for clause in variant.clauses for text in clause.texts]


def test_the_files_have_no_problem_and_the_law_holds_every_one() -> None:
    assert [one["instrument"] for one in compiled()["instruments"]] == sorted({path.parent.name for path in FILES})
    assert sorted(VERSIONS) == sorted(part["version"] for path in VERSION_FILES for part in parts(parsed(path)))


@pytest.mark.parametrize("path", VERSION_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_version_file_is_named_after_its_instrument_and_first_day(path: Path) -> None:
    raw = parsed(path)
    assert raw["version"] == f"{path.parent.name}@{path.stem}"
    assert raw["in_force"]["from"] == path.stem


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "instrument.yaml"], ids=lambda path: path.parent.name)
def test_a_header_says_what_the_instrument_is_and_whom_it_binds(path: Path) -> None:
    raw = parsed(path)
    assert list(shape_problems(raw, "instrument", path.name)) == []
    assert raw["instrument"] == path.parent.name and raw["instrument_kind"] in INSTRUMENT_KINDS
    assert raw["binds"].get("parties_to", "APMBC") in TREATIES
    countries = packaged_book().facts("country")
    assert all(resolve_state(actor, countries) == actor for actor in raw["binds"].get("actors", ()))
    assert raw["existed_from"] <= raw["encoded_from"] == min(one.stem for one in path.parent.glob("[0-9]*.yaml"))


def test_every_quote_stands_in_the_file_it_names() -> None:
    found = texts()
    for clause_id, text in found:
        if text.kind == "paraphrase":
            assert text.citation and not text.file, clause_id
            continue
        held = held_text(text.file)
        assert held is not None, (clause_id, text.file)
        words, kind = held
        assert text.kind == kind, clause_id
        assert is_quoted(text.says, folded(words)), clause_id
    assert {text.kind for _, text in found} == {"quote", "excerpt", "paraphrase"}


def test_a_quote_with_one_word_changed_is_not_found() -> None:
    quoted = {(text.file, text.says) for _, text in texts() if text.file}
    for file, says in quoted:
        words = says.split(" ")
        held = held_text(file)
        assert held is not None
        changed = " ".join([*words[:-1], "not" + words[-1]])
        assert not is_quoted(changed, folded(held[0])), changed


def test_the_parts_of_a_quote_stand_in_their_order() -> None:
    text = folded("Each State Party undertakes: (a) to use; (b) to make.")
    assert is_quoted("undertakes: … (b) to make", text)
    assert not is_quoted("(b) to make … (a) to use", text)


def test_white_space_dashes_and_quotation_marks_do_not_matter_and_nothing_else_is_folded() -> None:
    text = folded("the “parties”,\n  States’ and others’ – all")
    assert is_quoted("the \"parties\", States' and others' - all", text)
    assert not is_quoted("The parties, states and others - all", text)


@pytest.mark.parametrize("version_id", VERSIONS)
def test_every_clause_that_can_change_a_verdict_decides_some_act_under_some_reading(version_id: str) -> None:
    law = packaged_law()
    used: set[str] = set()
    compiled_ids: set[str] = set()
    for reading in law.version(version_id).readings:
        table = table_of(version_id, reading.name)
        used |= {one for members in table.sets for one in members}
        # A duty that only comes along with another act (to deliver what one may not possess) decides none itself.
        clauses = law.variant(version_id, reading.name).clauses
        compiled_ids |= {one.id for one in clauses if one.is_compiled and one.kind != "except" and (one.when or not one.duty_when)}
    assert compiled_ids - used == set()


@pytest.mark.parametrize("version_id", VERSIONS)
def test_no_two_clauses_contradict_each_other_without_an_edge(version_id: str) -> None:
    for reading in packaged_law().version(version_id).readings:
        table = table_of(version_id, reading.name)
        kinds = {clause.id: clause.kind for clause in packaged_law().variant(version_id, reading.name).clauses}
        clashes = [members for members in table.sets if {"forbid", "permit"} <= {kinds[one] for one in members}]
        assert clashes == [], reading.name


@pytest.mark.parametrize("version_id", VERSIONS)
def test_a_reading_changes_a_verdict_or_an_attribute(version_id: str) -> None:
    law = packaged_law()
    version = law.version(version_id)
    default = law.variant(version_id)

    def attributes(clauses: tuple[Clause, ...]) -> list[tuple[str, ...]]:
        return [(one.id, one.proviso, one.force, one.deadline) for one in clauses]

    for reading in version.readings:
        variant = law.variant(version_id, reading.name)
        verdicts = [table_of(version_id, one).verdicts.tobytes() for one in (reading.name, version.default_reading)]
        is_same = verdicts[0] == verdicts[1] and attributes(variant.clauses) == attributes(default.clauses)
        assert is_same == reading.is_default, reading.name


def test_at_most_one_version_of_an_instrument_governs_a_day() -> None:
    for instrument in packaged_law().instruments.values():
        for one, after in zip(instrument.versions, instrument.versions[1:], strict=False):
            assert one.in_force_from < one.in_force_to <= after.in_force_from, one.id
            # What ends by its own words is ended by no later version; what is ended by one ends on its first day.
            assert one.ended_by in ("", after.id), one.id
            assert not one.ended_by or one.in_force_to == after.in_force_from, one.id


def test_references_lead_to_instruments_and_earlier_versions_and_in_no_circle() -> None:
    law = packaged_law()
    for version_id in VERSIONS:
        for clause in written_clauses(version_id):
            for body in (clause, *clause.get("readings", {}).values()):
                assert body.get("refers_to", {"instrument": "apmbc"})["instrument"] in law.instruments
                if continued := body.get("continues_where"):
                    earlier: Version = law.version(continued["version"])
                    assert earlier.in_force_from < law.version(version_id).in_force_from


def test_a_clause_id_is_a_citation_and_stands_in_one_version_only() -> None:
    seen: dict[str, Path] = {}
    for path in VERSION_FILES:
        for clause in parsed(path)["clauses"]:
            assert clause["id"].startswith(f"{path.parent.name}.")
            assert seen.setdefault(clause["id"], path) == path


def test_a_continued_clause_is_the_clause_of_the_earlier_version_and_holds_in_korea_only() -> None:
    law = packaged_law()
    before = {one.id: one for one in law.variant("us_apl_policy@2020-01-31").clauses}
    continued = [one for one in law.variant("us_apl_policy@2022-06-21").clauses if one.id in before]
    assert {one.id for one in continued} == {"us_apl_policy.2020.use", "us_apl_policy.2020.use_persistent", "us_apl_policy.2020.both"} | {
        "us_apl_policy.2020.improvised",
        "us_apl_policy.2020.non_detectable",
    }
    for clause in continued:
        assert (clause.texts, clause.kind, clause.proviso) == (before[clause.id].texts, before[clause.id].kind, before[clause.id].proviso)
        if clause.id == "us_apl_policy.2020.non_detectable":
            assert clause == before[clause.id], "of stocks neither text of 2022 speaks: what was unsettled stays so everywhere"
        else:
            assert all(one["place"] == {"korean_peninsula"} and one["act"] == {"use"} for one in clause.when)


@pytest.mark.parametrize("version_id", packaged_law().version_ids())
def test_no_clause_of_the_packaged_law_goes_on_in_two_ways(version_id: str) -> None:
    law = packaged_law()
    for reading in law.version(version_id).readings:
        assert going_on_twice(law.version(version_id), reading.name, law.version) == []


def test_a_file_with_a_problem_gives_no_version() -> None:
    raw = parsed(VERSION_FILES[0])
    raw["clauses"][0]["forbid"] = {"act": ["fly"]}
    version, problems = read_version(raw, "changed.yaml", held_text)
    assert version is None
    assert [one.code for one in problems] == ["unknown_word"]
