"""The explorer in a real browser, for who reads it: on a phone, by keyboard, by ear, and word by word.

Runs where Chromium and Playwright are (see `browsing`), else not at all.
"""

import pytest
from browsing import control, drag, edits, needs_chromium, playwright, settled
from commanded import given

from bayes_self.words.glossary import WORDS

pytestmark = needs_chromium


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_of_it(open_page, scheme):
    page = open_page(width=360, height=740, color_scheme=scheme)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    paper = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(22, 24, 27)")
    drag(page, "coherence", 0.2)
    assert page.locator(".head").bounding_box()["y"] < 740  # what it believes stays in view
    assert page.locator(".head").bounding_box()["y"] >= 0


def test_the_keyboard_is_enough(open_page):
    page = open_page()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.id") == "c-coherence":
            break
    else:
        raise AssertionError("the slider cannot be reached")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("PageDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent").startswith("Reset")
    assert float(edits(page)["coherence"]) < 0.9
    playwright.expect(page.locator("#live")).not_to_be_empty()
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#edits")).to_contain_text("nothing is edited")

    choice = control(page, "streams.spec.claims.name").locator("select")
    choice.focus()
    page.keyboard.press("Home")
    playwright.expect(page.locator("#edits")).to_contain_text("streams.spec.claims.name = nothing")
    page.locator("#turning-points-list button[data-point]").first.focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#edits .chip")).to_have_count(2)
    page.locator("#save").focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#saving")).to_be_visible()
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#saving")).to_be_hidden()
    assert page.evaluate("() => document.activeElement.id") == "save"


NAME = """e => e.getAttribute('aria-label')
    || (e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent).join('')
    || e.labels?.[0]?.textContent || e.textContent.trim()"""


def test_everything_has_a_name_and_a_table(open_page):
    page = open_page()
    for each in page.locator("input:visible, select:visible, button:visible, svg[role=img]").all():
        assert each.evaluate(NAME)
    named = control(page, "coherence").get_by_role("slider").evaluate(NAME)
    assert named == "coherence: how far a persona is taken whole"
    for summary in page.locator("figure summary").all():
        summary.click()
    playwright.expect(page.locator("figure details table")).to_have_count(5)
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("way", ["click", "tap", "press"])
def test_a_word_explains_itself_where_it_is_met(open_page, way):
    page = open_page(width=360, height=740, has_touch=True)
    met = page.locator(".facets button.verdict").first
    verdict = met.text_content()
    explanation = page.locator(f"#word-{verdict}")
    playwright.expect(explanation).to_be_hidden()
    met.press("Enter") if way == "press" else getattr(met, way)()
    playwright.expect(explanation).to_be_visible()
    box = explanation.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    playwright.expect(page.locator("#live")).to_contain_text(explanation.locator("p").first.text_content())
    page.keyboard.press("Escape")
    playwright.expect(explanation).to_be_hidden()
    if way == "press":
        assert page.evaluate("() => document.activeElement.textContent") == verdict


def test_every_word_on_the_page_can_be_asked_about_and_is_in_the_panel(open_page):
    page = open_page()
    settled(page)
    asks = "all => all.map(each => each.getAttribute('popovertarget'))"
    asked = set(page.locator("button[popovertarget]").evaluate_all(asks))
    assert {"word-coherence", "word-frame", "word-bits-to-flip", "word-part", "word-prior"} < asked
    assert asked <= set(page.locator("[popover]").evaluate_all("all => all.map(each => each.id)"))
    page.locator("#words summary").click()
    told = page.locator("#glossary").text_content()
    for word in WORDS:
        assert word.says in told
        assert all(says in told for says in word.kinds.values())


def test_what_holds_it_follows_the_hand(open_page, folder):
    """What it believes, what it would believe untold, and the bits between: those of `run` at the same numbers."""
    page = open_page()
    figure = page.locator("figure", has_text="What holds it there?")
    row = figure.locator("li", has=page.locator("strong", has_text="name"))
    settled(page)
    before = row.text_content(), figure.locator(".note").text_content()
    drag(page, "streams.rl.reliability", 0.2)
    settled(page)
    assert row.text_content() != before[0]
    assert figure.locator(".note").text_content() != before[1]
    control(page, "streams.spec.claims.name").locator("select").select_option("Claude")
    settled(page)
    ran = given(
        "run",
        folder / "small.toml",
        *(part for key, text in edits(page).items() for part in ("--set", f"{key}={text}")),
    )
    bits, p = ran["bits_to_flip"]["name"], ran["facets"]["name"]
    text = row.text_content()
    likeliest, first = max(p, key=p.get), min(bits, key=bits.get)
    assert text.startswith(f"name {likeliest} 0.")
    assert (f"being told so; untold: {first}" in text) == (likeliest != first)
    assert f"{max(bits.values()):.1f} bits to flip to {max(bits, key=bits.get)}" in text
