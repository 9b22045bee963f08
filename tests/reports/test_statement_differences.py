"""Two statements of the same act: every difference of substance a careful reader listed is found, with what it changes."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from mineaction.ledger.packaged import packaged_book
from mineaction.programme.fact_check import evidence_of
from mineaction.reports.fact_check import compare_statements
from tests.reports.statements_at_hand import STATE, WHITE_HOUSE, changed, packaged

with (Path(__file__).parents[1] / "data" / "statement_differences.csv").open(encoding="utf-8", newline="") as file:
    LISTED = [row["topic"] for row in csv.DictReader(file)]

# The reader's topic -> (the program's topic, words of the State text, words of the White House text, words of the effect).
EXPECTED = {
    "transfer exception": (
        "rule_transfer: exception",
        "destruction or removal",
        "detection or removal",
        "verdict: transfer for detection prohibited | permitted",
    ),
    "transfer exception, joining word": ("rule_transfer: joining word", "and ", ", and ", "cumulative_exception"),
    "destroy verb": ("rule_destroy: force", "seek to destroy", "ndertake to destroy", "force: best_effort | duty"),
    "destroy object": (
        "rule_destroy: object",
        "anti-personnel landmines and their stockpiles",
        "all APL stockpiles",
        "mines and stockpiles | all stockpiles",
    ),
    "destroy carve-out": ("rule_destroy: reserve", "Korean Peninsula", "Republic of Korea", "KOR, PRK | KOR"),
    "assist": ("rule_assist: words", "", "any", "none"),
    "accession aim": (
        "aim_accede: accession aim",
        "would allow the United States to accede",
        "becoming compliant with and ultimately acceding",
        "none",
    ),
    "reservation on aim": ("aim_accede: reservation on aim", "alliance commitments", "respond to contingencies", "none"),
    "scope word": ("aim_curtail_use: scope word", "landmines", "APL", "wider than the policy"),
    "party count and NATO": ("parties_count", "", "more than 160 parties", "claim only in b (true)"),
    "17 countries": ("mine_free_states", "", "17 countries", "claim only in b (partly_supported)"),
    "Leahy fund": ("fund_people", "", "250,000 people", "claim only in b (stale)"),
    "Russia in Ukraine": ("reported_use", "Russian forces", "", "claim only in a (not_verifiable)"),
    "funding attribution": (
        "funding_total: funding attribution",
        "through our conventional weapons destruction programs",
        "for conventional weapons destruction programs",
        "none",
    ),
    "funding purpose": ("funding_total: funding purpose", "promote international peace and security", "in aid", "none"),
    "spelling": ("spelling", "materiel", "material", "none"),
    "repetition": ("repetition", "President Joe Biden has committed", "", "none"),
    "assist, place phrase": (
        "rule_assist: place phrase",
        "anyone outside the context",
        "anyone, outside of the context of the Korean Peninsula, to",
        "context_is_person, context_is_place",
    ),
    "scope sentence before the list": (
        "scope sentence before the list",
        "outside of the Korean Peninsula",
        "This means that United States will:",
        "wide_korea",
    ),
    "accession effort verb": ("aim_accede: accession effort verb", "continue to", "undertake diligent efforts to", "none"),
    "leadership claim": (
        "largest_supporter",
        "lead the world in conventional weapons destruction",
        "single largest financial supporter",
        "claim only in b (unknown)",
    ),
    "comparison with other states": ("majority_of_states", "", "vast majority of countries", "claim only in b (supported)"),
}


def compare(a: str, b: str, name_a: str = "a.txt", name_b: str = "b.txt", sidecar_a: str = "", sidecar_b: str = "") -> dict[str, Any]:
    sides = [
        (name, text.encode("utf-8"), sidecar.encode("utf-8") or None)
        for name, text, sidecar in ((name_a, a, sidecar_a), (name_b, b, sidecar_b))
    ]
    return compare_statements(sides[0], sides[1], evidence=evidence_of(packaged_book()))


def packaged_pair() -> dict[str, Any]:
    sidecar = packaged_book().sidecar(f"statements/{STATE}")
    return compare(packaged(STATE), packaged(WHITE_HOUSE), STATE, WHITE_HOUSE, sidecar)


def test_every_listed_difference_is_expected_here() -> None:
    assert sorted(EXPECTED) == sorted(LISTED)
    assert len(LISTED) == 22


@pytest.mark.parametrize("listed", LISTED)
def test_a_difference_a_careful_reader_listed_is_found_with_its_words_and_effect(listed: str) -> None:
    topic, state, white_house, effect = EXPECTED[listed]
    row = next(one for one in packaged_pair()["differences"] if one["topic"] == topic)
    assert state in row["a"] if state else row["a"] == ""
    assert white_house in row["b"] if white_house else row["b"] == ""
    assert effect in row["effect"]


def test_an_answer_names_both_statements() -> None:
    answer = packaged_pair()
    assert set(answer) == {"differences", "a", "b", "books", "disclaimer"}
    assert all(set(one) == {"topic", "a", "b", "effect"} for one in answer["differences"])
    assert (answer["a"]["issuer"], answer["a"]["dated"], answer["b"]["dated"]) == ("USA", "2022-06-21", "2022-06-21")


def test_a_statement_does_not_differ_from_itself() -> None:
    for name in (STATE, WHITE_HOUSE):
        assert compare(packaged(name), packaged(name))["differences"] == []


def test_the_other_order_finds_the_same_topics_with_the_words_exchanged() -> None:
    sidecar = packaged_book().sidecar(f"statements/{STATE}")
    there = {(one["topic"], one["a"], one["b"]) for one in packaged_pair()["differences"]}
    back = {
        (one["topic"], one["b"], one["a"])
        for one in compare(packaged(WHITE_HOUSE), packaged(STATE), WHITE_HOUSE, STATE, "", sidecar)["differences"]
    }
    assert there == back


@pytest.mark.parametrize(
    ("old", "new", "topic", "effect"),
    [
        ("more than 160 parties", "more than 170 parties", "parties_count", "verdict: true | false"),
        ("more than 160 parties", "more than 150 parties", "parties_count", "value: 160 | 150; verdict true in both"),
        ("all of our NATO Allies", "most of our NATO Allies", "group_parties", "how: all | most"),
        ("Not use APL outside of the", "Not use APL inside of the", "rule_use: rule", "verdict: holds | fails"),
        ("Not use APL outside of the", "Use APL outside of the", "rule_use: rule", "verdict: holds | fails"),
        ("$4.2 billion", "$5.2 billion", "funding_total", "verdict: supported | false"),
        ("Helped 17 countries", "Helped 18 countries", "mine_free_states", "verdict: partly_supported | false"),
        ("established in 1993", "established in 1989", "programme_established", "verdict: supported | false"),
        ("Undertake to destroy", "Seek to destroy", "rule_destroy: force", "force: duty | best_effort"),
    ],
)
def test_one_changed_word_is_one_difference_with_its_effect(old: str, new: str, topic: str, effect: str) -> None:
    rows = compare(packaged(WHITE_HOUSE), changed(packaged(WHITE_HOUSE), {old: new}))["differences"]
    row = next(one for one in rows if one["topic"] == topic)
    assert effect in row["effect"]
    # A changed year also stands in the sentence about the sum that follows from it.
    assert {one["topic"].partition(":")[0] for one in rows} <= {topic.partition(":")[0], "funding_total"}
