"""Every `--json` answer fits docs/cli.schema.json, and the keys that other programs rely on are required there."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mineaction.cli import main, parser
from mineaction.policies.clause import FORCES, INSTRUMENT_KINDS, KINDS_OF_FINDING, MODALITIES, TEXT_ONLY
from mineaction.reports.fact_check.evidence import KINDS_OF_CLAIM
from mineaction.reports.fact_check.evidence import VERDICTS as CHECKED
from mineaction.reports.roadmap import STATUSES
from mineaction.terms.verdict import CELL_VERDICTS, VERDICTS
from mineaction.terms.vocabulary import FIELDS
from tests.cli.json_schema import errors
from tests.house.guards import CHECKOUT

SCHEMA: dict[str, Any] = json.loads((CHECKOUT / "docs" / "cli.schema.json").read_text(encoding="utf-8"))
BOW_TIE = "3 2, 3.01 2.01, 3.01 2, 3 2.01, 3 2"
WHITE_HOUSE, STATE = "002_f35273cdee6493af.txt", "000_c60e18c4d0212a59.txt"

# The keys promised to other programs, command by command; a list stands for "in each of its rows".
PROMISED: dict[str, Any] = {
    "status": {
        "instrument": 0, "on": 0, "count": 0, "parties": 0, "beyond_data": 0, "books": 0,
        "completeness": {"listed": 0, "published": 0, "published_on": 0, "complete_until": 0},
        "disputed": [{"state": 0, "claim": 0, "claimant": 0, "reading": 0, "source": 0}],
    },
    "status_of_group": {"group": 0, "members": 0, "members_party": 0, "members_not_party": 0, "members_unknown": 0},
    "status_of_state": {"state": 0, "status": 0, "events": 0},
    "treaty_act": {"kind": 0, "date": 0, "source": 0},
    "deadlines": {"deadlines": 0},
    "deadline": {"article": 0, "due": 0, "basis": 0, "status": 0, "binds": 0, "source": 0},
    "decide": {"activity": 0, "findings": 0, "summary": 0, "books": 0, "disclaimer": 0},
    "finding": {
        "instrument": 0, "version": 0, "verdict": 0, "reason": 0, "clauses": 0, "duties": 0, "provisos": 0, "statements": 0, "readings": 0,
        "possible": 0, "missing": 0, "missing_law": [{"clause": 0, "why": 0, "source": 0}],
    },
    "clause_quoted": {"id": 0, "text": 0, "text_held": 0, "source": 0},
    "duty": {"id": 0, "do": 0, "deadline": 0, "quote": 0},
    "compare": {"articles": [{"article": 0, "cells": 0, "covered": 0, "attributes": 0, "gaps": 0}], "stricter": 0},
    "timeline": {"activity": 0, "instruments": [{"instrument": 0, "periods": 0}], "books": 0, "disclaimer": 0},
    "period": {
        "from": 0, "to": 0, "version": 0, "verdict": 0, "reason": 0, "clauses": 0, "missing": 0, "missing_law": 0, "changed": 0,
        "as_last_known": 0, "beyond_text_data": 0, "because": [{"kind": 0, "what": 0, "source": 0}],
    },
    "diff": {
        "verdicts": [{"a": 0, "b": 0, "cells": 0, "examples": [{"activity": 0, "clauses": 0, "cells": 0}]}],
        "clauses": [{"id": 0, "change": 0, "effect": 0, "attributes": [{"attribute": 0, "a": 0, "b": 0}]}],
    },
    "gap": {"activity": 0, "policy": 0, "treaty": 0, "clauses": 0},
    "screen": {
        "rows": 0, "screened": 0, "with_problems": 0, "problems": [{"code": 0, "place": 0}], "counts": 0, "books": 0, "disclaimer": 0,
    },
    "factcheck": {
        "issuer": 0, "not_checked": 0,
        "claims": [{"id": 0, "quote": 0, "start": 0, "end": 0, "kind": 0, "claimed": 0, "as_of": 0, "on": 0, "note": 0}],
    },
    "checked": {"date": 0, "verdict": 0, "value": 0, "evidence": 0, "known_to": 0},
    "factcheck_compare": {"differences": [{"topic": 0, "a": 0, "b": 0, "effect": 0}]},
    "import": {
        "batch": 0, "already_recorded": 0, "rows": 0, "facts": 0, "seconds": 0,
        "problems": [{"code": 0, "place": 0, "value": 0, "message": 0, "remedy": 0}],
    },
    "verify": {"is_whole": 0, "batches": 0, "facts": 0, "head": 0, "findings": [{"code": 0, "place": 0}]},
    "quality": {"records": 0, "checks": [{"code": 0, "records": 0, "share": 0}], "worst": [{"record": 0, "codes": 0, "told": 0}]},
    "overlaps": {"count": 0, "pairs": [{"relation": 0, "area_m2": 0, "first": 0, "second": 0}]},
    "repair": {"accepted": 0, "batch": 0, "proposals": [{"before_m2": 0, "after_m2": 0, "doubtful_m2": 0, "before": 0, "after": 0}]},
    "history": {"told": [{"fact_id": 0, "stands": 0, "batches": 0, "principal": 0}]},
    "problem": {"code": 0, "place": 0, "message": 0, "remedy": 0},
}  # fmt: skip

# Definition of the schema -> commands whose answers must fit it.
ANSWERS: list[tuple[str, str]] = [
    ("status", "status APMBC --on 2022-06-21"),
    ("status", "status APMBC --on 1997-12-03"),
    ("status", "status APMBC --on 2027-01-01"),
    ("status", "status CCW_APII --on 2022-06-21"),
    ("status", "status CCM --on 2022-06-21 --known-at 2010-01-01"),
    ("status", "status CCW_PV --on 2022-06-21 --group nato"),
    ("status_of_group", "status APMBC --on 2026-02-20 --group nato"),
    ("status_of_group", "status APMBC --on 2011-08-01 --group un"),
    ("status_of_group", "status APMBC --on 2022-06-21 --group korean_peninsula"),
    ("status_of_state", "status APMBC --on 2026-03-01 --state POL"),
    ("status_of_state", "status APMBC --on 2026-01-01 --state UKR"),
    ("status_of_state", "status APMBC --on 2022-06-21 --state USA"),
    ("status_of_state", "status CCW_APII --on 2022-06-21 --state PRK --group nato"),
    ("deadlines", "deadlines APMBC --state UKR --on 2026-01-01"),
    ("deadlines", "deadlines APMBC --state AFG --on 2024-01-01 --known-at 2020-01-01"),
    ("deadlines", "deadlines APMBC --state POL --on 2026-03-01"),
    ("deadlines", "deadlines APMBC --state USA --on 2026-03-01"),
    ("decide", "decide"),
    ("decide", "decide --act use --item apl --actor FRA --on 2022-06-21"),
    ("decide", "decide --act use --item apl --actor USA --at 124.39,40.11 --on 2022-06-21 --known-at 2022-07-01"),
    (
        "decide",
        "decide --act transfer --item apl --actor USA --counterparty UKR --from-place --place UKR --on 2024-11-20 --reading state_text",
    ),
    ("decide", "decide --act assist --actor UKR --underlying transfer --underlying-item apl --on 2026-01-01"),
    ("decide", "decide --act stockpile --item apl --actor USA --on unknown"),
    ("decide", "decide --act destroy --item apl --actor USA --purpose other --on 2022-06-21 --reading state_text"),
    ("decide", "decide --act use --item apl --actor USA --on 2010-01-01"),
    ("decide", "decide --act use --item apl --actor USA --on 1980-01-01"),
    ("decide", "decide --act produce --item apl --actor USA --on 2026-01-01"),
    ("explain", "explain apmbc.3.1"),
    ("explain", "explain us_apl_policy.2020.use"),
    ("explain", "explain us_apl_policy.2022.korea"),
    ("explain", "explain us_apl_policy.2022.2.techniques"),
    ("policies", "policies"),
    ("policies", "policies --policy {policy}"),
    ("policies_show", "policies --show apmbc"),
    ("policies_show", "policies --show us_apl_policy@2022-06-21"),
    ("policies_show", "policies --show my_policy --policy {policy}"),
    ("compare", "compare us_apl_policy@2022-06-21 apmbc"),
    ("compare", "compare us_apl_policy@2022-06-21 apmbc --reading state_text"),
    ("compare", "compare us_apl_policy@2025-12-02 us_apl_policy@2022-06-21"),
    ("compare", "compare my_policy apmbc --policy {policy}"),
    ("check_policies", "check-policies"),
    ("check_policies", "check-policies apmbc us_apl_policy@2022-06-21"),
    ("check_policies", "check-policies --policy {policy}"),
    ("what_if", "what-if us_apl_policy@2022-06-21 --without us_apl_policy.2022.5.reserve --treaty apmbc"),
    ("what_if", "what-if apmbc --without apmbc.4.period apmbc.3.1"),
    ("what_if", "what-if my_policy --policy {policy} --with {change} --treaty apmbc --reading strict"),
    ("what_if", "what-if apmbc --without apmbc.1.1.a --file {table} --out {screened} --problems {problems} --on 2022-06-21"),
    ("what_if", "what-if apmbc --without apmbc.1.1.a --file {table} --known-at 2022-07-01"),
    ("roadmap", "roadmap us_apl_policy --on 2022-06-21"),
    ("roadmap", "roadmap us_apl_policy --on 2026-06-01 --treaty apmbc"),
    ("roadmap", "roadmap us_apl_policy@2022-06-21 --on 2030-01-01 --reading state_text --state Finland"),
    ("roadmap", "roadmap my_policy --policy {policy} --on 2026-06-01 --reading strict"),
    ("timeline", "timeline --act use --item apl-persistent --actor USA --place KOR"),
    ("timeline", "timeline --act stockpile --item apl --actor UKR --from 2005-01-01 --to 2026-01-01 --known-at 2025-07-01"),
    ("timeline", "timeline --act transfer --item apl --actor USA --counterparty UKR --reading state_text --instrument us_apl_policy apmbc"),
    ("timeline", "timeline --act assist --actor CHE --underlying use --policy {policy} --from 2025-01-01"),
    ("diff", "diff us_apl_policy@2020-01-31 us_apl_policy@2022-06-21"),
    ("diff", "diff us_apl_policy@2022-06-21 us_apl_policy@2022-06-21:state_text"),
    ("diff", "diff apmbc apmbc"),
    ("diff", "diff my_policy apmbc --policy {policy}"),
    ("screen", "screen {table} {screened}"),
    ("screen", "screen {table} {screened} --instrument apmbc --on unknown --known-at 2022-07-01 --problems {problems}"),
    ("screen_mapping", "screen {table} --write-mapping"),
    ("factcheck", f"factcheck {WHITE_HOUSE} --on 2026-01-01"),
    ("factcheck", f"factcheck {STATE} --on 2022-06-21 --known-at 2022-06-21"),
    ("factcheck", "factcheck {statement} --on 2022-06-21"),
    ("factcheck_compare", f"factcheck --compare {WHITE_HOUSE} {STATE}"),
    ("demo", "demo --small --seed 3 --out {folder}/country"),
    ("init", "init {folder}/new.gpkg"),
    ("import", "import {releases} --store {store} --kind land_release --as tester --problems {folder}/releases.problems.csv"),
    ("import", "import {areas} --store {store} --kind hazardous_area"),
    ("import", "import {releases} --store {store} --kind land_release --dry-run"),
    ("import", "import {broken} --store {repairable} --kind hazardous_area --propose-repairs {folder}/new_repairs.geojson"),
    ("repair", "repair {repairs}"),
    ("repair", "repair {repairs} --accept --as tester --reason seen --store {repairable}"),
    ("quality", "quality --store {repairable}"),
    ("overlaps", "overlaps --store {repairable}"),
    ("overlaps", "overlaps --kind hazardous_area --min-m2 0.5 --store {store}"),
    ("template", "template --kind hazardous_area"),
    ("template", "template --kind admin_area --out {folder}/new.csv"),
    ("export", "export --kind hazardous_area --tier T3 --out {folder}/areas.geojson --store {store}"),
    ("export", "export --kind land_release --tier t1 --out {folder}/releases.T1.csv --store {store}"),
    ("history", "history hazardous_area/org/ha-1 --store {store}"),
    ("history", "history hazardous_area/org/none --store {store}"),
    ("area", "area --store {store}"),
    ("area", "area --by year --store {store} --from 2020-01-01 --to 2024-12-31 --known-at 2200-01-01"),
    ("area", "area --by district --store {store}"),
    ("area", "area --by status --store {store}"),
    ("areas", "areas --store {store}"),
    ("areas", "areas --store {store} --near 3.5,1.5 --within 100000 --on 2030-01-01 --known-at 2200-01-01"),
    ("why", "why HA-1 --store {store}"),
    ("why", "why org/ha-1 --store {store} --on 2019-01-01"),
    ("area", "area --by contamination --store {store} --basis reported"),
    ("checkpoint", "checkpoint {folder}/new.checkpoint.json --key {folder}/new.pem --store {store}"),
    ("backup", "backup {folder}/backup.gpkg --store {store}"),
    ("restore", "restore {store} --store {folder}/restored.gpkg"),
    ("reverse", "reverse 1 --store {reversible}"),
    ("verify", "verify --store {store}"),
    ("rebuild", "rebuild --store {store}"),
    ("verify", "verify --store {store} --checkpoint {checkpoint} --public-key {key}.pub"),
    ("problems", "verify --store {folder}/none.gpkg"),
    ("first_light", "first-light --html {html} --on 2026-01-01"),
    ("new_policy", "new-policy"),
    ("new_policy_schema", "new-policy --schema"),
    ("problems", "status Atlantis"),
    ("problems", "decide --act fly --actor YUG"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    from mineaction.programme.policies import new_policy
    from mineaction.programme.recording import import_records
    from mineaction.programme.store_checks import checkpoint
    from mineaction.programme.stores import init

    folder: Path = tmp_path_factory.mktemp("given")
    (folder / "policy.yaml").write_text(new_policy(), encoding="utf-8")
    (folder / "statement.txt").write_text("More than 100 states are parties. We like peace.\n", encoding="utf-8")
    (folder / "table.csv").write_text("act,item,actor,remark\nuse,apl,FRA,\nfly,apl,FRA,\n", encoding="utf-8")
    areas = 'local_id,organisation,type,identified_on,wkt\nHA-1,Org,SHA,2020,"POLYGON ((3 1, 4 1, 4 2, 3 1))"\nHA-2,Org,X,2020,\n'
    (folder / "areas.csv").write_text(areas, encoding="utf-8")
    releases = "local_id,organisation,release_class,method,released_on\nLR-1,Org,cleared,CLEARANCE,2021\nLR-2,Org,cleared,,2021\n"
    (folder / "releases.csv").write_text(releases, encoding="utf-8")
    for name in ("store", "reversible"):
        init(str(folder / f"{name}.gpkg"))
        import_records(str(folder / "areas.csv"), kind="hazardous_area", store=str(folder / f"{name}.gpkg"))
    rows = "".join(
        f'HA-{at},Org,SHA,2020,"POLYGON (({ring}))"\n' for at, ring in enumerate(("3 1, 4 1, 4 2, 3 1", "3 1, 4 1, 4 2, 3 1", BOW_TIE))
    )
    (folder / "broken.csv").write_text(f"local_id,organisation,type,identified_on,wkt\n{rows}", encoding="utf-8")
    init(str(folder / "repairable.gpkg"))
    broken = str(folder / "broken.csv")
    import_records(broken, kind="hazardous_area", store=str(folder / "repairable.gpkg"), propose_repairs=str(folder / "repairs.geojson"))
    checkpoint(str(folder / "cp.json"), key=str(folder / "key.pem"), store=str(folder / "store.gpkg"))
    stores = {"store": "store.gpkg", "reversible": "reversible.gpkg", "checkpoint": "cp.json", "key": "key.pem"}
    made = stores | {
        "areas": "areas.csv",
        "releases": "releases.csv",
        "broken": "broken.csv",
        "repairs": "repairs.geojson",
        "repairable": "repairable.gpkg",
        "table": "table.csv",
        "screened": "screened.parquet",
        "problems": "problems.csv",
    }
    change = "clauses:\n- {id: my_policy.1, text: {kind: paraphrase, says: x, citation: y}, oblige: {do: [destroy], deadline: soon}}\n"
    (folder / "change.yaml").write_text(change, encoding="utf-8")
    return {name: str(folder / file) for name, file in made.items()} | {
        "folder": str(folder),
        "change": str(folder / "change.yaml"),
        "policy": str(folder / "policy.yaml"),
        "statement": str(folder / "statement.txt"),
        "html": str(folder / "page.html"),
    }


def definition(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def answer(words: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> Any:
    main([word.format_map(files) for word in words.split()] + ["--json"])
    shown = capsys.readouterr()
    assert shown.err == ""
    return json.loads(shown.out)


@pytest.mark.parametrize(("name", "words"), ANSWERS, ids=[words for _, words in ANSWERS])
def test_an_answer_fits_the_schema(name: str, words: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(words, files, capsys)
    assert list(errors(told, definition(name), SCHEMA)) == []
    if name.startswith("status_of"):
        assert list(errors(told, definition("status"), SCHEMA)) == []


def missing_keys(promised: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    if isinstance(promised, list):
        yield from missing_keys(promised[0], schema.get("items", {}), f"{place}[]")
    elif isinstance(promised, dict):
        target = SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")] if "$ref" in schema else schema
        for name, deeper in promised.items():
            if name not in target.get("required", ()):
                yield f"{place}.{name}"
            elif deeper:
                yield from missing_keys(deeper, target["properties"][name], f"{place}.{name}")


@pytest.mark.parametrize("name", PROMISED)
def test_every_promised_key_is_required(name: str) -> None:
    assert list(missing_keys(PROMISED[name], definition(name), name)) == []


def test_the_words_of_the_schema_are_those_of_the_program() -> None:
    held = SCHEMA["$defs"]
    assert held["verdict"]["enum"] == list(VERDICTS) and held["cell_verdict"]["enum"] == list(CELL_VERDICTS)
    assert held["checked"]["properties"]["verdict"]["enum"] == list(CHECKED)
    assert held["factcheck"]["properties"]["claims"]["items"]["properties"]["kind"]["enum"] == list(KINDS_OF_CLAIM)
    assert held["clause"]["properties"]["kind"]["enum"] == [*MODALITIES, *TEXT_ONLY]
    assert held["roadmap_step"]["properties"]["status"]["enum"] == list(STATUSES)
    assert held["policy_finding"]["properties"]["finding"]["enum"] == list(KINDS_OF_FINDING)
    assert held["clause"]["properties"]["force"]["enum"] == list(FORCES)
    assert held["policies"]["properties"]["instruments"]["items"]["properties"]["kind"]["enum"] == list(INSTRUMENT_KINDS)
    assert {name for name in FIELDS if name != "underlying"} <= set(held["facts"]["required"])


@cache
def commands() -> tuple[str, ...]:
    """The commands that the parser knows."""
    found: list[str] = []

    class Names:
        """Stands where the parser collects its commands."""

        def add_parser(self, name: str, **_: Any) -> argparse.ArgumentParser:
            found.append(name)
            return argparse.ArgumentParser()

    for module in parser.MODULES:
        module.add_commands(Names())
    return tuple(found)


def test_every_command_has_its_definition_and_an_answer_that_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    asked = {words.split()[0] for _, words in ANSWERS}
    for name in commands():
        assert name in shown and name in asked, name
        assert name.replace("-", "_") in SCHEMA["$defs"]
    assert {name for name, _ in ANSWERS} <= set(SCHEMA["$defs"])
    listed = [one["$ref"].removeprefix("#/$defs/") for one in SCHEMA["anyOf"]]
    assert set(listed) == {name for name, _ in ANSWERS} - {"status_of_group", "status_of_state"}


def test_every_definition_is_used() -> None:
    text = json.dumps(SCHEMA)
    asked = {name for name, _ in ANSWERS}
    assert [name for name in SCHEMA["$defs"] if f'"#/$defs/{name}"' not in text and name not in asked] == []


def test_an_answer_that_does_not_fit_is_seen(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    told = answer("decide --act use --item apl --actor FRA --on 2022-06-21", files, capsys)
    changes: list[tuple[str, Any]] = [("verdict", "lawful"), ("missing", [[]]), ("clauses", [{"id": "x"}]), ("more", 1)]
    for key, value in changes:
        changed = json.loads(json.dumps(told))
        changed["findings"][0][key] = value
        assert list(errors(changed, definition("decide"), SCHEMA)), key
    del told["summary"]
    assert list(errors(told, definition("decide"), SCHEMA)) == ["$: the key summary is missing"]
