"""The page in a real browser: offline, by mouse and by keyboard, wide and narrow, light, dark and printed, and with hostile texts.

Pictures of it are left in `out/`, for the eye.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mineaction.reports.fact_check_page import page as made
from tests.reports.made_checks import TEXT, hostile_check, made_check

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CHECKOUT = Path(__file__).resolve().parents[2]
PICTURES = CHECKOUT / "out" / "pictures"
AXE = Path(__file__).with_name("vendor") / "axe-core-4.14.1" / "axe.min.js"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
WIDE, NARROW = (1440, 900), (390, 844)
STATEMENTS = ("002_f35273cdee6493af.txt", "000_c60e18c4d0212a59.txt")

Opener = Callable[..., "Page"]


@pytest.fixture(scope="module")
def real_html(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Both packaged statements, as of their own date and years after the end of the data, and the invented country."""
    from mineaction.ledger.packaged import packaged_book
    from mineaction.programme.fact_check import factcheck

    checks = [factcheck(name, on="2026-11-22") for name in STATEMENTS]
    texts = {check["file"]: packaged_book().text(f"statements/{name}") for check, name in zip(checks, STATEMENTS, strict=True)}
    from mineaction.programme.demo.demonstration import demo
    from mineaction.programme.demo.shown import shown_country

    country = shown_country(demo(out=str(tmp_path_factory.mktemp("demo") / "country"), small=True))
    return made(checks, texts=texts, made_on="2026-11-22", country=country)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens a page from a file without network; at the end nothing may have left it, and nothing may have gone wrong in it."""
    contexts, wrong = [], []

    def open_page(html: str, *, size: tuple[int, int] = WIDE, scheme: Any = "light", **options: Any) -> Page:
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(offline=True, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, **options)
        contexts.append(context)
        shown = context.new_page()
        shown.on("request", lambda request: wrong.append(request.url) if not request.url.startswith("file:") else None)
        shown.on("console", lambda message: wrong.append(message.text))
        shown.on("pageerror", lambda error: wrong.append(str(error)))
        shown.on("dialog", lambda dialog: wrong.append(dialog.message))
        shown.goto(file.as_uri())
        return shown

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def made_html() -> str:
    return made([made_check()], texts={"made.txt": TEXT}, made_on="2026-11-22")


def open_all(shown: Page) -> None:
    shown.evaluate("document.querySelectorAll('details').forEach(row => { row.open = true })")


def test_every_row_opens_and_closes_by_mouse(opened: Opener) -> None:
    shown = opened(made_html())
    for row in shown.locator("details.claim").all():
        assert not row.locator(".opened").is_visible()
        row.locator("summary").first.click()
        assert row.locator(".opened").is_visible()
        row.locator("summary").first.click()
        assert not row.locator(".opened").is_visible()


def test_every_row_is_reached_and_opened_by_keyboard_and_shows_where_the_reader_is(opened: Opener) -> None:
    shown = opened(made_html())
    wanted = shown.locator("details.claim").count()
    reached: list[str] = []
    for _ in range(200):
        shown.keyboard.press("Tab")
        told = shown.evaluate("""() => { const here = document.activeElement; const style = getComputedStyle(here);
            return [here.tagName, here.textContent.slice(0, 20), style.outlineStyle, style.outlineWidth] }""")
        if told[0] == "BODY":
            break
        assert told[2] == "solid" and told[3] == "2px", f"no focus is seen at {told}"
        if told[0] == "SUMMARY" and shown.evaluate("document.activeElement.parentElement.className") == "claim":
            shown.keyboard.press("Enter")
            assert shown.evaluate("document.activeElement.parentElement.open")
            shown.keyboard.press("Space")
            assert not shown.evaluate("document.activeElement.parentElement.open")
            reached.append(told[1])
    assert len(reached) == wanted


def test_a_claim_in_the_text_leads_to_its_open_row_and_back(opened: Opener) -> None:
    shown = opened(made_html())
    shown.locator(".sheet a", has_text="Not use mines").first.click()
    row = shown.locator("#s1-claim-4")
    assert row.is_visible() and shown.evaluate("document.querySelector('#s1-claim-4').closest('details').open")
    row.get_by_text("show in the text").click()
    assert shown.evaluate("location.hash") == "#s1-text-4"
    # The page scrolls there gently; the claim has arrived when all of it is in the window.
    arrived = "id => { const box = document.getElementById(id).getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"
    assert shown.wait_for_function(arrived, arg="s1-text-4").json_value() is True


def test_the_page_is_read_without_its_script(opened: Opener) -> None:
    shown = opened(made_html(), java_script_enabled=False)
    assert not shown.locator("#open-all").is_visible()
    shown.locator("table.glance a").nth(1).click()
    assert shown.locator("#s1-claim-2").is_visible()


def test_one_button_opens_every_row_and_closes_it_again(opened: Opener) -> None:
    shown = opened(made_html())
    button = shown.locator("#open-all")
    button.click()
    assert all(one.is_visible() for one in shown.locator(".opened").all())
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert not any(one.is_visible() for one in shown.locator(".opened").all())


@pytest.mark.parametrize("size", [WIDE, (800, 900), NARROW, (320, 640)])
def test_nothing_is_wider_than_the_window(opened: Opener, real_html: str, size: tuple[int, int]) -> None:
    shown = opened(real_html, size=size)
    open_all(shown)
    assert shown.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_print_opens_every_row_and_is_light_even_for_a_reader_who_likes_dark(opened: Opener) -> None:
    shown = opened(made_html(), scheme="dark")
    shown.emulate_media(media="print", color_scheme="dark")
    assert shown.locator("details[open]").count() == 0
    for one in shown.locator("details > :not(summary)").all():
        assert one.evaluate("node => node.checkVisibility({ contentVisibilityAuto: true }) && node.getBoundingClientRect().height > 0")
    assert shown.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert not shown.locator("nav").is_visible()


def test_dark_and_light_are_different_pages(opened: Opener) -> None:
    seen = {scheme: opened(made_html(), scheme=scheme).evaluate("getComputedStyle(document.body).color") for scheme in ("light", "dark")}
    assert seen["light"] != seen["dark"]


@pytest.mark.parametrize("bypass_csp", [False, True])
def test_a_hostile_text_does_nothing_even_where_the_policy_of_the_page_is_off(opened: Opener, bypass_csp: bool) -> None:
    check, text = hostile_check()
    shown = opened(made([check], texts={check["file"]: text}, made_on="2026-11-22"), bypass_csp=bypass_csp)
    open_all(shown)
    for link in shown.locator(".claims a, .sheet a").all()[:20]:
        link.focus()
    assert shown.evaluate("window.acted") is None
    assert shown.locator("iframe, img, script[src], b:has(> svg)").count() == 0


def test_the_policy_of_the_page_stops_what_would_slip_through(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        made_html().replace("</main>", "<img src=x onerror='window.acted = 1'><script>window.acted = 1</script></main>"), encoding="utf-8"
    )
    with browser.new_context(offline=True) as context:
        shown = context.new_page()
        shown.goto(file.as_uri())
        assert shown.locator("img").count() == 1
        assert shown.evaluate("window.acted") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_axe_finds_no_fault_of_accessibility(opened: Opener, real_html: str, scheme: str, size: tuple[int, int]) -> None:
    axe = AXE.read_text(encoding="utf-8")
    assert hashlib.sha256(axe.encode()).hexdigest() == AXE_SHA256
    shown = opened(real_html, scheme=scheme, size=size)
    open_all(shown)
    shown.evaluate(axe)
    found = shown.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    assert [(one["id"], one["impact"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    [("desktop", WIDE, "light"), ("desktop-dark", WIDE, "dark"), ("phone", NARROW, "light"), ("phone-dark", NARROW, "dark")],
)
def test_pictures_for_the_eye(opened: Opener, real_html: str, name: str, size: tuple[int, int], scheme: str) -> None:
    shown = opened(real_html, size=size, scheme=scheme)
    PICTURES.mkdir(parents=True, exist_ok=True)
    shown.screenshot(path=PICTURES / f"{name}-top.png")
    shown.locator("#country").screenshot(path=PICTURES / f"{name}-country.png")
    shown.locator("details.claim summary").nth(2).click()
    shown.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    if name == "desktop":
        shown.pdf(path=PICTURES / "print.pdf", format="A4", print_background=False)
    assert (PICTURES / f"{name}.png").stat().st_size > 10_000
