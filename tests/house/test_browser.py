"""The browser that --all installs draws a page, sees dark and print, and is driven without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE = """<!doctype html><title>t</title><style>
p { color: rgb(1, 1, 1) }
@media (prefers-color-scheme: dark) { p { color: rgb(2, 2, 2) } }
@media print { p { color: rgb(3, 3, 3) } }
</style><p>Poland, party</p>"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("media", "scheme", "colour"),
    [("screen", "light", "rgb(1, 1, 1)"), ("screen", "dark", "rgb(2, 2, 2)"), ("print", "light", "rgb(3, 3, 3)")],
)
def test_a_page_is_drawn_as_asked(browser: Browser, media: Any, scheme: Any, colour: str) -> None:
    with browser.new_context(offline=True, viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        page.emulate_media(media=media, color_scheme=scheme)
        page.set_content(PAGE)
        assert page.locator("p").inner_text() == "Poland, party"
        assert page.locator("p").evaluate("node => getComputedStyle(node).color") == colour
