"""Addresses, figures and colours of a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mineaction.reports.fact_check_page import page
from mineaction.reports.fact_check_words import claimed_words, said
from mineaction.reports.page.markup import with_links
from tests.reports.read_page import read

SHEET = Path(page.__code__.co_filename).with_name("page") / "sheet.css"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://a.example/x_(y). Then", ["https://a.example/x_(y)"]),
        ("(https://a.example/x), http://b.example;c", ["https://a.example/x", "http://b.example"]),
        ("https://a.example/1 | https://b.example/2", ["https://a.example/1", "https://b.example/2"]),
        ("javascript:alert(1) data:text/html,x ftp://a.example github.com/a/b //a.example", []),
        ("https:// https://user@evil.example/ https://[bad", []),
        ('https://a.example/"onclick="x', ["https://a.example/"]),
    ],
)
def test_only_web_addresses_become_links(text: str, links: list[str]) -> None:
    shown = read(f"<p>{with_links(text)}</p>")
    assert shown.text() == text
    assert [one.attributes["href"] for one in shown.all("a")] == links
    assert all(one.attributes["rel"] == "noreferrer" for one in shown.all("a"))


def test_figures_are_grouped_and_years_are_not() -> None:
    assert said(5_090_000_000) == "5,090,000,000"
    assert said(1993) == "1993"
    assert (
        claimed_words({"bound": "more_than", "value": 4_200_000_000, "unit": "USD", "since": 1993})
        == "more than 4,200,000,000 USD; since: 1993"
    )
    assert (
        said([{"purpose": ["detection", "removal"]}, {"purpose": "destruction"}]) == "(purpose: detection, removal), (purpose: destruction)"
    )


def test_every_colour_of_text_stands_out_from_every_ground_in_both_schemes() -> None:
    schemes = re.findall(r":root \{(.*?)\}", SHEET.read_text(), re.DOTALL)[:2]
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", scheme)) for scheme in schemes)
    grounds = ("paper", "ground")
    texts = ("ink", "soft", "link", "true", "supported", "partly", "false", "superseded", "stale", "unknown", "not-verifiable")
    for scheme in (light, dark):
        assert [
            (text, ground) for text in texts for ground in grounds if _contrast(scheme[text], scheme[ground]) < 4.5
        ] == []  # WCAG 1.4.3, AA
        assert _contrast(scheme["ink"], scheme["mark"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
