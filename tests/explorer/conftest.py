"""The explorer's engine as a process, and its pages in a real browser."""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from commanded import SMALL


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

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(20) == 130


@pytest.fixture(scope="module")
def engine(folder):
    engine = Engine(folder)
    yield engine
    engine.process.kill()


@pytest.fixture(scope="module")
def browser():
    from browsing import CHROMIUM, PATIENCE, playwright  # which skips where there is no browser

    playwright.expect.set_options(timeout=PATIENCE)
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, engine):
    """Opens pages, and holds that nothing went wrong on them and nothing was fetched from elsewhere."""
    from browsing import PATIENCE

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
