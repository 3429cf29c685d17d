"""The explorer in a real browser: dragged, reloaded, saved, compared, twice, and engineless.

Runs where Chromium and Playwright are (see `browsing`), else not at all.
"""

import shlex
import statistics

import pytest
from browsing import PATIENCE, control, drag, edits, needs_chromium, numbers, playwright, settled
from commanded import given

pytestmark = needs_chromium
FLUENT = 100
"""Milliseconds from a hand\'s push to the picture of it."""

SLIDERS = {
    "coherence": 0.3,
    "identities.jfk.bits": 0.4,
    "identities.jfk.prior": 0.7,
    "streams.spec.reliability": 0.4,
    "streams.spec.weight": 0.9,
    "streams.rl.ownership": 0.2,
    "streams.rl.reliability": 0.8,
    "streams.rl.probes.phone.weight": 0.2,
    "world.trials.rl.phone": 0.1,
}


def test_every_kind_of_control_is_dragged_reloaded_and_saved(open_page, folder):
    page = open_page()
    first = settled(page)
    for key, share in SLIDERS.items():
        drag(page, key, share)
        playwright.expect(page.locator("#edits")).to_contain_text(f"{key} = ")
    for key, value in {
        "streams.spec.claims.name": "Claude",
        "streams.spec.identity": "",
        "world.facts.name": "Jack",
    }.items():
        control(page, key).locator("select").select_option(value)
    control(page, "world.seed").get_by_role("spinbutton").fill("8")
    page.keyboard.press("Enter")
    shown, said = settled(page), edits(page)
    assert set(said) == {
        *SLIDERS,
        "streams.spec.claims.name",
        "streams.spec.identity",
        "world.facts.name",
        "world.seed",
    }
    assert shown != first

    page.reload()
    page.locator("figure").first.wait_for()
    assert settled(page) == shown
    assert edits(page) == said

    page.get_by_role("button", name="Save as").click()
    playwright.expect(page.locator("#saving-command")).to_contain_text("bayes-self run small.toml")
    command = shlex.split(page.locator("#saving-command").text_content())
    with page.expect_download() as download:
        page.locator("#saving-file").click()
    download.value.save_as(folder / "saved.toml")
    text = (folder / "saved.toml").read_text()
    assert "# assumed" in text
    by_file = given("run", folder / "saved.toml")
    by_settings = given("run", folder / "small.toml", *command[3:])  # on the evidence that the page holds
    afresh = given("run", folder / "small.toml", *command[3:], "--fresh")
    assert by_file["identities"] == afresh["identities"]
    page.get_by_role("button", name="Close").click()
    row = page.locator("figure table tbody tr").first.locator("td").first.text_content()
    assert float(row.strip("<>")) == pytest.approx(by_settings["identities"]["assistant"], abs=0.006)


def test_the_picture_follows_the_hand(open_page):
    page = open_page()
    drag(page, "coherence", 0.2)
    settled(page)
    page.evaluate("() => performance.clearMeasures()")
    for share in (0.9, 0.1, 0.7, 0.3):
        drag(page, "coherence", share)
        page.wait_for_timeout(300)
    took = page.evaluate("() => performance.getEntriesByName('input to picture').map(each => each.duration)")
    nine_of_ten = sorted(took)[int(0.9 * len(took))]
    print(f"input to picture: median {statistics.median(took):.0f} ms, nine of ten {nine_of_ten:.0f} ms of {len(took)}")
    assert len(took) >= 8
    assert statistics.median(took) < FLUENT


def test_a_turning_point_is_one_click_and_the_question_stays(open_page):
    page = open_page()
    title, believed = page.locator("#turning-points-after"), page.locator(".who")
    cards = page.locator("#turning-points-list button[data-point]")
    wins, who = settled(page)[0][0], believed.text_content()
    playwright.expect(title).to_have_text("to lose it?")
    playwright.expect(cards).not_to_have_count(0)
    shown = cards.evaluate_all("all => all.map(each => each.dataset.point)")
    cards.first.click()
    playwright.expect(believed).not_to_have_text(who)
    playwright.expect(cards.first).to_have_attribute("aria-pressed", "true")
    playwright.expect(title).to_have_text("to lose it?")
    first = edits(page)
    assert len(first) == 1
    cards.nth(1).click()  # instead of the first
    playwright.expect(cards.nth(1)).to_have_attribute("aria-pressed", "true")
    playwright.expect(cards.first).to_have_attribute("aria-pressed", "false")
    settled(page)
    assert len(edits(page)) == 1
    assert edits(page) != first
    page.wait_for_timeout(1000)
    assert cards.evaluate_all("all => all.map(each => each.dataset.point)") == shown
    cards.nth(1).click()  # and back
    playwright.expect(believed).to_have_text(wins)
    assert edits(page) == {}
    page.get_by_role("button", name="Undo").click()
    playwright.expect(cards.nth(1)).to_have_attribute("aria-pressed", "true")


def test_evidence_is_held_and_told_where_it_was_drawn_again(open_page):
    page = open_page()
    told = page.locator(".drawn-again")
    playwright.expect(told).to_be_hidden()
    drag(page, "streams.rl.reliability", 0.3)
    settled(page)
    playwright.expect(told).to_be_hidden()
    drag(page, "world.trials.rl.phone", 0.1)
    playwright.expect(told).to_contain_text("evidence drawn again: world.trials.rl.phone edits the world")
    page.locator("#evidence-0").select_option("fresh")
    playwright.expect(told).to_contain_text("as asked")


def test_the_first_answer_comes_with_the_page(open_page):
    page = open_page()
    assert "Loading" not in page.content()
    answered = page.evaluate("""() => performance.getEntriesByType('resource')
        .filter(each => each.name.endsWith('ask/believed'))[0].responseEnd""")
    print(f"the first answer is there {answered:.0f} ms after the page was asked for")
    assert answered < 1000  # with room for a busy machine


def test_two_frames_and_two_scenarios_side_by_side(open_page):
    page = open_page()
    page.locator("#beside").select_option("frame:simulator")
    playwright.expect(page.locator(".side")).to_have_count(2)
    drag(page, "coherence", 0.3)
    page.wait_for_function("() => location.search.includes('beside.coherence')")  # written once the hand rests
    said = edits(page)
    assert said["coherence"] == said["beside.coherence"]
    assert said["beside.frame"] == "simulator"
    shown = settled(page)
    page.reload()
    playwright.expect(page.locator(".side figure")).not_to_have_count(0)
    assert settled(page) == shown
    page.locator("#beside").select_option("scenario:the_void")
    playwright.expect(page.locator("#scenario-1")).to_have_value("the_void")
    assert len(set(settled(page)[0])) == 2
    page.locator("#beside").select_option("")
    playwright.expect(page.locator(".side")).to_have_count(1)


def test_going_back_before_the_page_is_there_disturbs_nothing(open_page):
    page = open_page()
    shown = settled(page)
    for name in ("the_void", "small", "the_void"):
        page.locator("#scenario-0").select_option(name)
        playwright.expect(page.locator("#scenario-0")).to_have_value(name)
        settled(page)
    page.evaluate("() => { history.back(); history.back(); setTimeout(() => history.back()); }")
    page.wait_for_function("() => location.search === '?scenario=small' && history.state.depth === 0")
    assert settled(page) == shown


def test_what_cannot_be_is_refused_on_the_page_and_the_last_picture_stays(open_page):
    page = open_page()
    shown = settled(page)
    number = control(page, "streams.rl.ownership").get_by_role("spinbutton")
    number.fill("2")
    number.press("Enter")
    playwright.expect(page.locator(".refused")).to_contain_text("rl: ownership (streams.rl.ownership): got 2")
    playwright.expect(page.locator(".refused")).to_contain_text("not in force")
    playwright.expect(number).to_have_value("0.9")
    assert control(page, "streams.rl.ownership").locator("input[type=range]").input_value() == "0.9"
    playwright.expect(page.locator("#edits .chip")).to_have_count(0)
    assert settled(page) == shown
    assert edits(page) == {}
    number.fill("0.5")
    number.press("Enter")
    playwright.expect(page.locator(".refused")).to_be_hidden()
    assert settled(page) != shown


def test_two_pages_at_once_do_not_disturb_each_other(open_page):
    one, other = open_page(), open_page()
    before = settled(other)
    drag(one, "coherence", 0.1)
    drag(other, "streams.rl.ownership", 0.1)
    assert settled(one) != before
    assert edits(one).keys() == {"coherence"}
    assert edits(other).keys() == {"streams.rl.ownership"}


def test_an_engine_that_stops_is_told_and_comes_back(open_page, engine):
    page = open_page()
    drag(page, "coherence", 0.2)
    shown, said = settled(page), edits(page)
    box = control(page, "coherence").locator("input[type=range]").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.2, y)
    page.mouse.down()
    engine.stop()
    page.mouse.move(box["x"] + box["width"] * 0.6, y)
    page.mouse.up()
    playwright.expect(page.locator("#connection")).to_contain_text(
        f"bayes-self explore small.toml --port {engine.port}"
    )
    assert shown[1] == numbers(page)
    engine.start()
    playwright.expect(page.locator("#connection")).to_be_hidden(timeout=PATIENCE)
    page.locator("figure").first.wait_for()
    assert settled(page)[1] != shown[1]
    assert edits(page).keys() == said.keys()
    assert float(edits(page)["coherence"]) == pytest.approx(0.6, abs=0.05)


def test_another_page_cannot_ask(open_page, engine, browser):
    page = open_page()
    elsewhere = browser.new_context().new_page()
    elsewhere.goto("data:text/html,<p>elsewhere")
    asked = """address => fetch(address + 'ask/shelf', {method: 'POST', body: '{}', mode: 'no-cors',
        headers: {'Content-Type': 'text/plain'}}).then(reply => reply.text(), error => 'refused')"""
    assert elsewhere.evaluate(asked, engine.address.partition("?")[0]) in ("", "refused")
    assert page.evaluate("() => fetch('ask/../../x').then(reply => reply.status)") == 403
    elsewhere.context.close()
