"""A hand that pushes the explorer's pages in a real browser, and an eye that reads them.

Only where Chromium and Playwright are (`--extra browser`, and `chromium` on the path or in CHROMIUM).
"""

import os
import shutil
from urllib.parse import parse_qs

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs --extra browser")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
PATIENCE = 60_000
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


def edits(page):
    """What the address says, asked of the page itself: the driver hears of a change of address only later."""
    said = parse_qs(page.evaluate("() => location.search.slice(1)"), keep_blank_values=True)
    return {
        key: text for key, (text,) in said.items() if key not in ("scenario", "frame", "evidence", "target", "acting")
    }


def control(page, key):
    """A control, in view."""
    found = page.locator(f'[data-key="{key}"]')
    for above in found.locator("xpath=ancestor::details[not(@open)]").all():
        above.evaluate("details => { details.open = true }")
    found.scroll_into_view_if_needed()
    return found


def drag(page, key, share):
    """Drag a slider, in steps as a hand does, to a share of its way."""
    box = control(page, key).locator("input[type=range]").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    for step in range(1, 9):
        x = box["x"] + box["width"] * (0.5 + (share - 0.5) * step / 8)
        page.mouse.move(x, y)
        page.wait_for_timeout(20)
    page.mouse.up()


def numbers(page):
    """The first table, opened."""
    details = page.locator("figure details").first
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details.locator("table").text_content()


def settled(page):
    """The beliefs that are shown, once the page has nothing left to wait for."""
    playwright.expect(page.locator("#pictures")).to_have_attribute("aria-busy", "false")
    return page.locator(".who").all_text_contents(), numbers(page)
