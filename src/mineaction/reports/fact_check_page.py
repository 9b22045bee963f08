"""How is a fact check shown to a reader? One self-contained HTML file, in which every verdict opens to its evidence and sources.

The file asks nothing of any network, and says so to the browser: its policy allows its own style sheet and script and nothing else, so
that markup in a statement could not act even if it were not escaped. It is read without the script. No verdict is decided here.
"""

from __future__ import annotations

import base64
import hashlib
import shlex
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from mineaction.reports.fact_check_words import VERDICT_WORDS, counted, said
from mineaction.reports.page.claim_rows import claim_rows, quoted
from mineaction.reports.page.country import country_section
from mineaction.reports.page.glance import at_a_glance, own_date
from mineaction.reports.page.markup import Child, Markup, day, element, joined, raw, with_links
from mineaction.reports.page.statement_text import marked_text
from mineaction.reports.page.verdicts import badge

_PARTS = Path(__file__).with_name("page")
# Enough to know a statement without a title by, and still one line.
_WORDS_OF_A_TITLE = 10


def page(checks: Sequence[Mapping[str, Any]], *, texts: Mapping[str, str], made_on: str, country: Mapping[str, Any] | None = None) -> str:
    """The page of one or several answers of `factcheck`; `texts` has the decoded text of each by its `file`, `made_on` an ISO day.

    `country` is what is shown of the invented country, whose section then stands behind the statements."""
    assert checks, "a page shows at least one statement"
    sections = [f"s{number}" for number in range(1, len(checks) + 1)]
    titles = [_title(check, texts[check["file"]]) for check in checks]
    body = element(
        "body",
        raw(_part("verdicts.svg")),
        element("a", "Skip to the results", href="#results", class_="skip"),
        _head_of_page(checks, made_on, has_country=country is not None),
        element(
            "main",
            _section("glance", *at_a_glance(checks, titles, sections)),
            _legend(),
            *(
                _statement(check, title, texts[check["file"]], section)
                for check, title, section in zip(checks, titles, sections, strict=True)
            ),
            *([_section("country", *country_section(country))] if country else []),
            _foundations(checks),
            id="results",
        ),
        element("footer", *(element("p", one) for one in _unique(str(check["disclaimer"]) for check in checks))),
        element("script", raw(_part("reveal.js"))),
    )
    return f"<!doctype html>\n{element('html', _head(titles), body, lang='en')}\n"


def _head(titles: Sequence[str]) -> Markup:
    style, script = _part("sheet.css"), _part("reveal.js")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"Fact check: {titles[0] if len(titles) == 1 else counted(len(titles), 'statement')}"),
        element("style", raw(style)),
    )


def _head_of_page(checks: Sequence[Mapping[str, Any]], made_on: str, *, has_country: bool) -> Markup:
    claims = sum(len(check["claims"]) for check in checks)
    asked = joined(*_with_and([day(one) for one in _unique(str(check["on"]) for check in checks)]))
    lede = element(
        "p",
        f"{counted(claims, 'claim')} found in {counted(len(checks), 'statement')}. Each is answered twice: as of the day of its "
        "statement, and as of ",
        asked,
        ". Every verdict opens to what it rests on.",
        class_="lede",
    )
    of_country = [("#country", "An invented country")] if has_country else []
    links = (("#glance", "At a glance"), ("#legend", "What the verdicts mean"), *of_country, ("#basis", "Books and how to repeat it"))
    ways = element("ul", *(element("li", element("a", words, href=target)) for target, words in links))
    return element(
        "header",
        element("h1", "Fact check", element("span", "of ", counted(len(checks), "public statement"))),
        lede,
        element("p", "Made on ", day(made_on), ".", class_="made"),
        element("nav", ways, aria_label="On this page"),
    )


def _legend() -> Markup:
    terms = [element("div", element("dt", badge(verdict)), element("dd", words.means)) for verdict, words in VERDICT_WORDS.items()]
    return _section("legend", element("h2", "What the verdicts mean", id="legend-title"), element("dl", *terms, class_="legend"))


def _statement(check: Mapping[str, Any], title: str, text: str, section: str) -> Markup:
    facts: list[tuple[str, Child]] = [
        ("Issuer", _with_basis(check.get("issuer") or "unknown", check.get("issuer_basis"))),
        ("Dated", _with_basis(own_date(check), check.get("dated_basis"))),
        ("Asked about", day(check["on"])),
        ("Known at", day(check["known_at"]) if check.get("known_at") else "all that is held"),
        ("File", element("code", check["file"])),
    ]
    about = element("dl", *(element("div", element("dt", name), element("dd", what)) for name, what in facts), class_="facts")
    columns = (element("span", one) for one in ("", "Claim", own_date(check), day(check["on"])))
    return _section(
        section,
        element("h2", title, id=f"{section}-title"),
        about,
        element("h3", "The statement, with each claim in its place"),
        element("div", marked_text(text, check["claims"], section), class_="sheet"),
        element("h3", counted(len(check["claims"]), "claim")),
        element("div", element("div", *columns, class_="claim-heads", aria_hidden="true"), claim_rows(check["claims"], section)),
        *_not_checked(check["not_checked"]),
    )


def _not_checked(sentences: Sequence[Mapping[str, Any]]) -> list[Markup]:
    if not sentences:
        return [element("h3", "Not checked"), element("p", "Every sentence holds a claim that was checked.")]
    rows = [element("li", quoted(one["quote"]), element("span", with_links(said(one["reason"])), class_="reason")) for one in sentences]
    return [element("h3", f"Not checked: {counted(len(sentences), 'sentence')}"), element("ul", *rows, class_="not-checked")]


def _foundations(checks: Sequence[Mapping[str, Any]]) -> Markup:
    books = _unique_books(checks)
    rows = [element("tr", *(element("td", _book_cell(book, name)) for name in ("name", "version", "digest"))) for book in books]
    heads = element("thead", element("tr", *(element("th", one, scope="col") for one in ("Book", "Version or position", "Digest"))))
    commands = "\n".join(_command(check) for check in checks)
    return _section(
        "basis",
        element("h2", "Books and how to repeat it", id="basis-title"),
        element("p", "Everything said here comes from these books; the same digests give the same answers."),
        element("table", element("caption", "Books read", class_="heard"), heads, element("tbody", *rows), class_="books"),
        element("p", "On the command line, for the same answers with every detail:"),
        element("pre", element("code", commands), class_="commands", tabindex="0", role="region", aria_label="Commands"),
    )


def _command(check: Mapping[str, Any]) -> str:
    """The command that gives this answer again. What was given by hand is given again; the rest the program finds itself."""
    words = ["mineaction", "factcheck", str(check["file"]), "--on", str(check["on"])]
    for name in ("known_at", "issuer", "dated"):
        given = check.get(name) if name == "known_at" or check.get(f"{name}_basis") == "given" else None
        words += [f"--{name.replace('_', '-')}", str(given)] if given else []
    return shlex.join([*words, "--json"])


def _section(name: str, *children: Child) -> Markup:
    return element("section", *children, id=name, aria_labelledby=f"{name}-title")


def _title(check: Mapping[str, Any], text: str) -> str:
    """The statement's own title, else its first words."""
    if check.get("title"):
        return str(check["title"])
    words = text.lstrip("\ufeff").split()
    begins = " ".join(words[:_WORDS_OF_A_TITLE])
    return f"Statement beginning “{begins}{' …' if len(words) > _WORDS_OF_A_TITLE else ''}”"


def _with_basis(what: Child, basis: object) -> Markup:
    return joined(what, f" ({said(basis)})" if basis else "")


def _book_cell(book: Mapping[str, Any], name: str) -> Child:
    value = str(book.get(name) or ("" if name != "version" else book.get("position") or ""))
    return element("code", value) if name == "digest" else value


def _unique_books(checks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    books: list[Mapping[str, Any]] = []
    for check in checks:
        books += [one for one in check["books"] if one not in books]
    return books


def _unique(texts: Any) -> list[str]:
    return list(dict.fromkeys(texts))


def _with_and(parts: Sequence[Markup]) -> list[Child]:
    return [piece for number, part in enumerate(parts) for piece in ((" and " if number else ""), part)]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _part(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8")
