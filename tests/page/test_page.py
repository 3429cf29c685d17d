"""The page of `report`: whole, self-contained, the same numbers as everywhere, and deaf to hostile scenarios."""

import base64
import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from commanded import SMALL, ask, refused
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from bayes_self.beliefs.expectations import Finding
from bayes_self.page import render
from bayes_self.page.content import Answer, Content, Expected, Observed, Subject
from bayes_self.page.origin import Origin, downloads
from bayes_self.page.pictures import Picture
from bayes_self.page.sections import Section, Table

HOSTILE = [
    "</style></title></pre><script>alert(1)</script>",
    '"\' onerror=alert(1) x="',
    "<img src=http://example.com/x>",
    "{{ 7 * 7 }}{% raw %}&lt;&amp;",
    "javascript:alert(1) \x1b[31m",
]


class Structure(HTMLParser):
    """Tags with the names of their attributes, and what a browser would act on."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.addresses, self.text, self.images, self.headers = [], [], "", [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, *(name for name, _ in attrs)))
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action", "style", "id")]
        if tag == "img":
            self.images.append(dict(attrs))

    def handle_data(self, data):
        self.text += data


def fake(text):
    """A page's content in which every text is the same."""
    picture = Picture("data:image/svg+xml;base64,AAAA", text)
    answer = Answer(text, text, 0.5, text, text, text)
    origin = Origin(text, f"# {text}\nschema = 1", text, text, downloads({"a.toml": text}))
    return Content(
        name=text,
        title=text,
        question=text,
        frame=text,
        edited=text,
        what_this_is=text,
        setup=((text, text),),
        happened=text,
        who=text,
        settled=text,
        trials=text,
        picture=picture,
        subjects=(Subject(text, text, text, (answer,)),),
        ownership=(answer,),
        expected=(Expected(Finding(text, True, text), text, text, text, text, text),),
        robustness=text,
        sections=(Section(text, text, text, picture, Table(text, (text,), ((text, text),))),),
        observed=(Observed(text, text, text, text, text),),
        origin=origin,
    )


AUTHORS = (("p",), ("em",), ("code",), ("wbr",))
"""What an author's comments and keys may become."""
PLAIN = Structure(render([fake("x"), fake("x")], "x"))


@examples(40)
@given(st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1)))
def test_no_text_changes_what_the_page_is_made_of(text):
    page = Structure(render([fake(text), fake(text)], text))
    said = (text.splitlines() or [""])[0].strip()
    if said:  # an author without words has no paragraph; they are comments, so that the first line is all
        assert [tag for tag in page.tags if tag not in AUTHORS] == [tag for tag in PLAIN.tags if tag not in AUTHORS]
    assert not [tag for tag in page.tags if tag[0] in ("script", "iframe", "object", "link", "form")]
    assert all(re.match(r"data:|#|width:|[a-z]", each) for each in page.addresses)


def test_hostile_text_is_shown_as_it_is():
    for text in HOSTILE[:4]:
        assert Structure(render([fake(text)], text)).text.count(text) > 10


def test_control_characters_are_shown_by_number():
    page = render([fake("a\x00b\x1bc")], "")
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", page)
    assert r"a\x00b\x1bc" in page


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A page of two scenarios: a hostile one whose other half has nothing but a prior, asked for once."""
    folder = tmp_path_factory.mktemp("page")
    hostile = SMALL.replace("John F. Kennedy", HOSTILE[0]).replace("and its calls", "<b onclick=x>and its calls")
    (folder / "small.toml").write_text("# CLAIM. <i>It knows</i>\n# what it runs on.\n" + hostile, encoding="utf-8")
    bare = '[facets.a]\nvalues = ["x", "y"]\n[identities.one]\nprofile.a = "x"\n'
    (folder / "bare.toml").write_text(bare)
    result = ask(
        "report", folder / "small.toml", folder / "bare.toml", "--seed", 7, "--points", 8, "--out", folder / "r.html"
    )
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    return folder


@pytest.fixture(scope="module")
def page(folder):
    return (folder / "r.html").read_text(encoding="utf-8")


def test_a_page_fetches_nothing_and_runs_nothing(page):
    found = Structure(page)
    assert "script" not in {tag[0] for tag in found.tags}
    assert not [name for tag in found.tags for name in tag[1:] if name.startswith("on")]
    assert not [each for each in found.addresses if each.startswith(("http", "//", "file", "javascript"))]
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert "@import" not in page


def test_every_picture_says_what_it_shows(page):
    images = Structure(page).images
    assert len(images) == 8
    assert all(len(each["alt"]) > 40 for each in images)
    assert all(each["src"].startswith("data:image/svg+xml;base64,") for each in images)
    for each in images:
        assert b"<script" not in base64.b64decode(each["src"].partition(",")[2])


def test_a_page_can_be_read_by_ear(page):
    found = Structure(page)
    assert ("html", "lang") in found.tags
    heads = [tag for tag in found.tags if tag[0] == "th"]
    assert all("scope" in tag for tag in heads)
    assert sum(tag[0] == "table" for tag in found.tags) == sum(tag[0] == "caption" for tag in found.tags)
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]*)"', page)) <= set(ids)


def test_the_numbers_are_those_of_run(folder, page):
    """What is inside the page is what `run --json` says, and makes the same page again."""
    inside = {name: _inside(page, name) for name in ("scenario.toml", "evidence.csv", "result.json")}
    said = json.loads(ask("run", folder / "small.toml", "--seed", 7, "--json").stdout)
    assert json.loads(inside["result.json"]) == said | {"scenario": "small"}
    assert inside["scenario.toml"] == (folder / "small.toml").read_text(encoding="utf-8")
    rows = [row | {"count": float(row["count"])} for row in csv.DictReader(io.StringIO(inside["evidence.csv"]))]
    assert rows == said["evidence"]
    text = Structure(page).text
    for verdict in said["verdicts"].values():
        assert verdict in text
    assert "1 of 2 expectations holds" in text
    assert "with the seed 7" in text
    assert "<i>It knows</i> what it runs on." in text
    assert "bayes-self report" in text


def test_a_page_says_what_would_change_its_mind(page):
    """That the changes do it is held where the explorer offers them."""
    text = Structure(page).text
    assert text.count("Which single change would turn it?") == 2
    assert "Changes that, alone, " in text
    assert "No single change would depose one" in text


def test_the_same_page_again_to_the_byte(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert render([fake("x")], "x") == render([fake("x")], "x")
    assert "1970-01-01" in render([fake("x")], "x")


def test_expectations_are_counted():
    one = fake("x").expected[0]
    assert replace(fake("x"), expected=()).holding == "The scenario says nothing of what should come out"
    assert replace(fake("x"), expected=(one, one)).holding == "All 2 expectations hold"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nobody", "--out", "r.html"], "expected a file"),
        (["own.toml", "--out", "./own.toml"], "would be lost"),
        (["jfk_coder", "--evidence", "own.toml", "--out", "own.toml"], "would be lost"),
        (["beside.toml", "--out", "beside.csv"], "would be lost"),
        (["jfk_coder"], "--out"),
        (["jfk_coder", "--out", "no/r.html"], "no folder"),
        (["jfk_coder", "--out", "."], "there is a folder"),
        (["jfk_coder", "--out", "r.html", "--no-robustness", "--points", "8"], "--no-robustness"),
        (["jfk_coder", "--out", "r.html", "--points", "5"], "power of two"),
        (["jfk_coder", "naming", "--out", "r.html", "--evidence", "x.csv"], "one scenario"),
        (["jfk_coder", "--out", "r.html", "--set", "coherence=2"], "from 0 to 1"),
    ],
)
def test_what_cannot_be_written_is_refused(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    there = dict.fromkeys(("beside.csv", "beside.toml", "own.toml"), SMALL)
    for name, text in there.items():
        (tmp_path / name).write_text(text)
    assert said in refused("report", *arguments)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == there


def _inside(page, name):
    """The first file of that name in a page."""
    address = re.findall(rf'download="{name}" href="([^"]*)"', page)[0].replace("&#43;", "+")
    return base64.b64decode(address.partition("base64,")[2]).decode("utf-8")
