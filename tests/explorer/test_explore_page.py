"""The explorer in a real browser: dragged, reloaded, saved, compared, narrow, by keyboard, twice, and engineless.

Runs where Chromium and Playwright are (`--extra browser`, and `chromium` on the path or in CHROMIUM), else not at all.
"""

import os
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest
from commanded import SMALL, given

from bayes_self.glossary import WORDS

playwright = pytest.importorskip("playwright.sync_api", reason="needs --extra browser")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
PATIENCE = 60_000
FLUENT = 100
"""Milliseconds from a hand's push to the picture of it."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    hostile = SMALL.replace("John F. Kennedy", "<img src=x onerror=alert(1)> Kennedy")
    (folder / "small.toml").write_text(hostile.replace("ownership = 0.9", "ownership = 0.9   # assumed"))
    return folder


class Engine:
    """The command as a process; started again it is at the same address."""

    def __init__(self, folder):
        self.folder, self.port = folder, None
        self.start()

    def start(self):
        at = ["--port", str(self.port)] if self.port else []
        command = [sys.executable, "-m", "bayes_self", "explore", "small.toml", "--no-open", *at]
        environment = os.environ | {"XDG_CACHE_HOME": str(self.folder / "cache")}
        self.process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()
        self.port = urlsplit(self.address).port

    def compile(self):
        """Wait for the first answer, however long a busy machine takes to it; the pages need not."""
        below, at = self.address.partition("?")[0], urlsplit(self.address)
        headers = {"Origin": f"http://{at.netloc}", "Content-Type": "application/json"}
        asked = Request(f"{below}ask/believed", b'{"scenario": "small"}', headers)
        assert urlopen(asked).status == 200

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(20) == 130


@pytest.fixture(scope="module")
def engine(folder):
    engine = Engine(folder)
    engine.compile()
    yield engine
    engine.process.kill()


@pytest.fixture(scope="module")
def browser():
    playwright.expect.set_options(timeout=PATIENCE)
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, engine):
    """Opens pages, and holds that nothing went wrong on them and nothing was fetched from elsewhere."""
    wrong, contexts = [], []

    def opened(query="?scenario=small", width=1400, height=1000, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.on(
            "request",
            lambda request: f":{engine.port}/" in request.url or "blob:" in request.url or wrong.append(request.url),
        )
        page.goto(engine.address.partition("?")[0] + query)
        page.locator("figure").first.wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong


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
    by_settings = given("run", folder / "small.toml", *command[3:])
    assert by_file["identities"] == by_settings["identities"]
    page.get_by_role("button", name="Close").click()
    row = page.locator("figure table tbody tr").first.locator("td").first.text_content()
    assert float(row.strip("<>")) == pytest.approx(by_file["identities"]["assistant"], abs=0.006)


def test_the_picture_follows_the_hand(open_page):
    page = open_page()
    drag(page, "coherence", 0.2)
    settled(page)
    page.evaluate("() => performance.clearMeasures()")
    for share in (0.9, 0.1, 0.7, 0.3):
        drag(page, "coherence", share)
        page.wait_for_timeout(300)
    took = page.evaluate("() => performance.getEntriesByName('input to picture').map(each => each.duration)")
    print(f"input to picture: median {statistics.median(took):.0f} ms, largest {max(took):.0f} ms of {len(took)}")
    assert len(took) >= 8
    assert statistics.median(took) < FLUENT


def test_what_it_would_take_is_one_click(open_page):
    page = open_page()
    title, believed = page.locator("#takes-after"), page.locator(".who")
    wins, who = settled(page)[0][0], believed.text_content()
    playwright.expect(title).to_have_text("to lose it?")
    page.locator("#takes-list button[data-turn]").first.click()
    playwright.expect(title).to_have_text("to win?")
    assert len(edits(page)) == 1
    assert believed.text_content() != who
    page.get_by_role("button", name="Undo").click()
    playwright.expect(title).to_have_text("to lose it?")
    playwright.expect(believed).to_have_text(wins)
    assert edits(page) == {}


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
    playwright.expect(page.locator("#edits .chip")).to_contain_text("rl: ownership: 2 ✕streams.rl.ownership = 2")
    assert settled(page) == shown
    number.fill("0.5")
    number.press("Enter")
    playwright.expect(page.locator(".refused")).to_be_hidden()
    assert settled(page) != shown


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
    page.locator("#takes-list button[data-turn]").first.focus()
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
