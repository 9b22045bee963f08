"""One file shows a fact check: nothing given is lost, nothing given becomes markup, and every claim is found in its place."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.ledger.packaged import packaged_book
from mineaction.programme.fact_check import factcheck
from mineaction.reports.fact_check.evidence import VERDICTS
from mineaction.reports.fact_check_page import page
from mineaction.reports.fact_check_words import VERDICT_WORDS
from mineaction.reports.page.statement_text import marked_text
from tests.reports.made_checks import PAYLOADS, TEXT, answer, hostile_check, made_check
from tests.reports.read_page import Node, read

# The elements a page is made of; whatever else appears came out of a text.
ELEMENTS = frozenset(
    "html head meta title style body svg defs symbol circle path rect use a header h1 h2 h3 h4 p span nav ul li main section div dl dt dd "
    "table caption thead tbody tr th td details summary q b mark pre code blockquote time button footer script".split()
)


def made_page(check: dict[str, object] | None = None, text: str = TEXT) -> Node:
    told = check or made_check()
    return read(page([told], texts={str(told["file"]): text}, made_on="2026-11-22"))


def test_every_claim_is_in_the_summary_in_the_text_and_in_a_row_of_its_own() -> None:
    root = made_page()
    for claim in made_check()["claims"]:
        for place in (root.one("table", class_="glance"), root.one(class_="sheet")):
            assert [one for one in place.all("span") if one.text().split()[:1] == [claim["id"]]], (
                f"{claim['id']} is not in {place.attributes}"
            )
        heads = [row.all("summary")[0].text() for row in root.all("details", class_="claim")]
        assert [head for head in heads if claim["id"] in head and claim["quote"] in head]


def test_the_statement_is_shown_character_for_character() -> None:
    assert made_page().one(class_="sheet").text(without="sign") == TEXT


@given(st.text(alphabet="ab .\n-", min_size=1, max_size=60), st.data())
def test_marks_cover_exactly_the_places_of_the_claims_however_they_overlap(text: str, data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda pair: pair[0] < pair[1])
    claims = [
        {
            "id": f"c{number}",
            "quote": text[start:end],
            "start": start,
            "end": end,
            "as_of": answer(None, "true"),
            "on": answer("2026-01-01", "false"),
        }
        for number, (start, end) in enumerate(data.draw(st.lists(places, max_size=6)))
    ]
    shown = read(f"<div>{marked_text(text, claims, 's1')}</div>")
    assert shown.text(without="sign") == text
    marked = _marked_places(shown)
    assert marked == {place for one in claims for place in range(int(one["start"]), int(one["end"]))}
    signs = [one.text().split()[0] for one in shown.all("span", class_="sign")]
    assert sorted(signs) == sorted(str(one["id"]) for one in claims), "each claim has one sign, at its end"


def _marked_places(node: Node) -> set[int]:
    places, here = set(), 0
    stack: list[tuple[Node | str, bool]] = [(node, False)]
    while stack:
        one, inside = stack.pop()
        if isinstance(one, str):
            places |= set(range(here, here + len(one))) if inside else set()
            here += len(one)
        elif "sign" not in one.attributes.get("class", ""):
            stack += [(child, inside or one.tag == "mark") for child in reversed(one.children)]
    return places


def test_a_piece_that_several_claims_share_leads_to_the_shortest_of_them() -> None:
    root = made_page()
    shared = next(one for one in root.one(class_="sheet").all("a") if one.text(without="sign") == "all of our NATO\nAllies")
    assert shared.attributes["href"] == "#s1-claim-3"
    outer = next(one for one in root.one(class_="sheet").all("a") if one.text(without="sign") == "has more than 160 parties, including ")
    assert outer.attributes["href"] == "#s1-claim-2"


def test_a_claim_whose_quote_is_not_at_its_place_is_refused() -> None:
    check = made_check()
    check["claims"][0]["start"] += 1
    with pytest.raises(AssertionError, match="c01"):
        made_page(check)


def test_no_text_becomes_markup() -> None:
    check, text = hostile_check()
    root = made_page(check, text)
    assert {one.tag for one in root.all()} <= ELEMENTS
    assert len(root.all("script")) == 1 and len(root.all("style")) == 1
    for one in root.all():
        assert not [name for name in one.attributes if name.startswith("on") or name in ("src", "srcdoc", "style", "autofocus")], one
        assert one.attributes.get("href", "#").startswith(("#", "https://example.org/")), one.attributes
    for payload in PAYLOADS:
        assert payload in root.one("body").text(), payload


def test_every_text_of_an_answer_is_on_the_page_whether_the_page_knows_its_name_or_not() -> None:
    shown = made_page().one("body").text()
    wanted = [
        "A suspension is disputed.",
        "later acts",
        "Poland notified its withdrawal",
        "row 29",
        "https://example.org/29",
        "us_apl_policy@2025-12-02",
    ]
    wanted += [
        "treaty_event/APMBC/POL/withdrawal_notified",
        "2025-08-20 (act)",
        "full text held",
        "It is a proud day.",
        "no claim recognised",
    ]
    wanted += ["0123456789abcdef" * 4, "Not legal advice.", "more than 160", "place: elsewhere", "Readings", "members", "USA"]
    assert [one for one in wanted if one not in shown] == []


def test_evidence_that_both_days_share_is_shown_once() -> None:
    row = made_page().one(id="s1-claim-2")
    assert row.text().count("Poland notified its withdrawal") == 1
    assert "As on 21 June 2022, 2 rows:" in row.text()


def test_a_changed_verdict_says_so_in_words() -> None:
    rows = made_page().one("table", class_="glance").one("tbody").all("tr")
    changed = {row.all("span", class_="id")[0].text(): "changed to" in row.text() for row in rows}
    assert changed == {"c01": False, "c02": True, "c03": False, "c04": True, "c05": False}


def test_a_verdict_is_never_a_colour_alone() -> None:
    root = made_page()
    for one in root.all("span", class_="badge"):
        assert one.all("use") and one.text() in {words.name for words in VERDICT_WORDS.values()}
    assert {one.attributes["id"].removeprefix("verdict-") for one in root.all("symbol")} == set(VERDICTS)


def test_the_legend_explains_every_verdict_the_check_can_give() -> None:
    assert set(VERDICT_WORDS) == set(VERDICTS)
    legend = made_page().one("dl", class_="legend").text()
    assert all(words.name in legend and words.means in legend for words in VERDICT_WORDS.values())


def test_the_page_is_one_well_formed_document() -> None:
    root = made_page()
    assert root.one("html").attributes["lang"] == "en"
    assert root.one("title").text() == "Fact check: Changes & additions"
    assert [len(root.all(name)) for name in ("h1", "header", "main", "footer", "nav")] == [1] * 5
    ids = [one.attributes["id"] for one in root.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    targets = [one.attributes["href"] for one in root.all() if one.attributes.get("href", "").startswith("#")]
    assert {target.removeprefix("#") for target in targets} <= set(ids)
    levels = [int(one.tag[1]) for one in root.all() if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_the_page_asks_nothing_of_any_network_and_forbids_it() -> None:
    root = made_page()
    policy = root.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    for name in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(root.one(name).text().encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"url\(|@import|@font-face", root.one("style").text())
    assert not re.search(r"fetch|XMLHttpRequest|import\b|eval|innerHTML", root.one("script").text())


def test_two_statements_share_a_page_and_keep_apart() -> None:
    other = made_check() | {"file": "other.txt", "title": ""}
    root = read(page([made_check(), other], texts={"made.txt": TEXT, "other.txt": TEXT}, made_on="2026-11-22"))
    assert root.one("title").text() == "Fact check: 2 statements"
    titles = [root.one(id=f"s{number}-title").text() for number in (1, 2)]
    assert titles == [
        "Changes & additions",
        "Statement beginning “--- date: '2022-06-21' title: \"Changes & additions\" --- The Convention …”",
    ]
    assert len(root.all("details", class_="claim")) == 10
    assert root.one("pre", class_="commands").text().splitlines() == [
        "mineaction factcheck made.txt --on 2026-11-22 --json",
        "mineaction factcheck other.txt --on 2026-11-22 --json",
    ]
    assert len(root.one("table", class_="books").one("tbody").all("tr")) == 1, "the same book is named once"


def test_a_statement_without_date_claims_or_title_is_shown_as_that() -> None:
    check = made_check() | {
        "dated": None,
        "dated_basis": "",
        "issuer": None,
        "issuer_basis": "",
        "title": "",
        "claims": [],
        "not_checked": [],
    }
    check["summary"] = {"as_of": {}, "on": {}}
    shown = made_page(check, "We are proud.").one("body").text()
    for words in (
        "no date known",
        "No checkable claim was found",
        "unknown",
        "Statement beginning “We are proud.”",
        "Every sentence holds a claim",
    ):
        assert words in shown


@pytest.mark.parametrize("on", ["2022-06-21", "2026-11-22"])
def test_both_packaged_statements_make_one_page_a_mail_can_carry(on: str) -> None:
    names = ("002_f35273cdee6493af.txt", "000_c60e18c4d0212a59.txt")
    checks = [factcheck(name, on=on) for name in names]
    texts = {name: packaged_book().text(f"statements/{name}") for name in names}
    html = page(checks, texts=texts, made_on="2026-11-22")
    assert len(html.encode()) < 300_000
    root = read(html)
    assert [one.text(without="sign") for one in root.all(class_="sheet")] == list(texts.values())
    quotes = [claim["quote"] for check in checks for claim in check["claims"]]
    assert [row.all("q")[0].text() for row in root.all("details", class_="claim")] == quotes
    sources = {
        row["source"] for check in checks for claim in check["claims"] for when in ("as_of", "on") for row in claim[when]["evidence"]
    }
    shown = root.one("main").text()
    assert [one for one in sources if one not in shown] == []
