"""What the explorer answers: the numbers of `run`, edits that save and command alike, and turning points."""

import json
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from commanded import SMALL, given, refused, told

from bayes_self.errors import BayesSelfError
from bayes_self.explorer.address import cache_folder, doorway, keep, token_for
from bayes_self.explorer.answer import answer
from bayes_self.explorer.edited_file import saved
from bayes_self.explorer.question import asked
from bayes_self.explorer.sheet import sheet
from bayes_self.explorer.shelf import Shelf
from bayes_self.explorer.turning_points import turning_points
from bayes_self.scenario import gallery, parse
from bayes_self.scenario.load import source_text
from bayes_self.scenario.rewrite import NotRewritten, rewritten
from bayes_self.words.glossary import WORDS

COMMENTED = SMALL.replace("ownership = 0.9", "ownership = 0.9   # assumed")
EDITS = {
    "coherence": "0.7",
    "identities.jfk.bits": "1.5",
    "streams.spec.claims.name": "Claude",
    "streams.spec.claims.name.reliability": "0.6",
    "streams.spec.identity": "",
    "streams.rl.ownership": "0.4",
    "world.trials.rl.phone": "7",
    "world.facts.name": "Claude",
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    file = tmp_path_factory.mktemp("explored") / "small.toml"
    file.write_text(COMMENTED)
    return Shelf(str(file))


def question(shelf, edits=(), **more):
    return asked({"scenario": "small", "set": dict(edits), **more}, shelf)


def test_the_answer_is_that_of_run_and_so_is_the_command(shelf):
    found = answer(question(shelf, EDITS, frame="persona-selection", evidence="expected"))
    command = shlex.split(found["command"])
    assert command[:2] == ["bayes-self", "run"]
    ran = given(*command[1:])
    for key in ("log_evidence", "identities", "facets", "ownership", "verdicts", "bits_to_flip", "expectations"):
        assert found[key] == ran[key], key
    assert found["trajectory"][-1]["identities"] == pytest.approx(ran["identities"])
    assert json.dumps(found)


def test_what_is_saved_is_what_was_edited_with_its_comments(shelf):
    found = saved(question(shelf, EDITS))
    assert found["comments"]
    assert "ownership = 0.4   # assumed" in found["text"]
    again, edited = parse(found["text"]), question(shelf, EDITS).scenario
    assert again.model_dump() == edited.model_dump()
    assert found["name"] == "small_edited.toml"
    assert saved(question(shelf))["text"] == COMMENTED


def test_no_answer_needs_a_compiler(tmp_path):
    """Nothing of JAX is imported by the explorer's server, nor by any of its answers."""
    script = (
        "import sys; from bayes_self.explorer.server import Explorer; from bayes_self.explorer.shelf import Shelf; "
        "explorer = Explorer(Shelf(), 0, 'x' * 40); what = {'scenario': 'jfk_coder', 'target': 'jfk'}; "
        "[explorer.answered(about, what) for about in ('shelf', 'sheet', 'believed', 'turning_points', 'saved')]; "
        "assert 'jax' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=tmp_path)


def test_a_turning_point_turns_it(shelf):
    """Every edit that is said to turn it does so, and half of the way there it does not yet (numbers)."""
    before = answer(question(shelf))["identities"]
    target = min(before, key=before.get)
    found = turning_points(question(shelf), target)
    assert not found["wins"]
    turning = [point for point in found["points"] if point["turns"]]
    assert turning
    for point in turning:
        after = answer(question(shelf, {point["key"]: point["text"]}))["identities"]
        assert max(after, key=after.get) == point["winner"] == target
        assert after[target] == pytest.approx(point["p"], abs=1e-9)
        if point["distance"] is not None and point["distance"] > 0.5:
            now = question(shelf).values[point["key"]]
            half = (now + float(point["text"])) / 2
            text = str(round(half)) if "trials" in point["key"] else str(half)
            between = answer(question(shelf, {point["key"]: text}))["identities"]
            assert max(between, key=between.get) != target or point["distance"] > 2, point


@pytest.mark.parametrize("evidence", ["drawn", "expected", "fresh"])
@pytest.mark.parametrize("edits", [{}, EDITS])
def test_turning_points_of_an_edited_scenario_are_those_of_one_more_edit(shelf, edits, evidence):
    asked_now = question(shelf, edits, frame="persona-selection", evidence=evidence)
    found = turning_points(asked_now, "assistant")
    in_file = {control.key: control.value for group in asked_now.offer.groups for control in group.controls}
    assert found["points"]
    for point in found["points"]:
        kept = {key: text for key, text in edits.items() if not f"{key}.".startswith(f"{point['key']}.")}
        more = kept | {point["key"]: point["text"]}
        if point["text"] == (in_file[point["key"]] or ""):  # the page then has no edit
            more = kept
        after = answer(question(shelf, more, frame="persona-selection", evidence=evidence))["identities"]
        assert after["assistant"] == pytest.approx(point["p"], abs=1e-9), point
        assert max(after, key=after.get) == point["winner"], point


def test_a_search_ends_when_its_page_goes_away(shelf):
    def gone():
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        turning_points(question(shelf), "jfk", gone)


def test_an_answer_says_where_evidence_was_drawn_again(shelf):
    first = answer(question(shelf))
    held = answer(question(shelf, {"streams.rl.reliability": "0.4"}))
    assert (held["trials"], held["drawn_again"]) == (first["trials"], "")
    again = answer(question(shelf, {"world.trials.rl.phone": "7", "coherence": "0.4"}))
    assert again["trials"] == first["trials"] - 13
    assert "world.trials.rl.phone" in again["drawn_again"]


def test_endless_improvisation_is_refused(shelf):
    with pytest.raises(BayesSelfError, match="one improvised after the other"):
        answer(question(shelf, {"world.trials.rl.name": "100000000", "streams.spec.claims.name": ""}))


@pytest.mark.parametrize("name", gallery.names())
def test_every_control_of_the_gallery_has_a_place_in_its_file(name):
    """A third of them, all in one text; comments stay, and what comes out means what was asked for."""
    offer, text = Shelf().offer(name), source_text(name)
    settings = {}
    every = [control for group in sheet(offer)["groups"] for control in group["controls"]]
    for control in every[gallery.names().index(name) % 3 :: 3]:
        if control["kind"] == "choice":
            settings[control["key"]] = tomllib.loads(f"x = {json.dumps(control['options'][-1][0])}")["x"].strip('"')
        elif control["value"] is not None and not control["fine"]:
            settings[control["key"]] = (
                int(control["value"]) + 1 if control["kind"] in ("trials", "seed") else control["value"] / 2 + 0.01
            )
    edited = rewritten(text, settings)
    assert tomllib.loads(edited) == offer.scenario.with_settings(settings).to_dict()
    assert [
        line.partition("#")[2] for line in edited.splitlines() if "#" in line and "#" not in line.partition("#")[0]
    ] == [line.partition("#")[2] for line in text.splitlines() if "#" in line]


def test_the_words_of_controls_are_explained():
    explained = {word.name for word in WORDS} | {kind for word in WORDS for kind in word.kinds}
    met = set()
    for name in gallery.names():
        for group in sheet(Shelf().offer(name))["groups"]:
            for word, text in [
                *((word, group["says"]) for word in group["words"]),
                *((control["word"], control["label"]) for control in group["controls"] if control["word"]),
            ]:
                assert word in explained
                assert word in text.lower()
                met.add(word)
    assert {
        "coherence",
        "salience",
        "reliability",
        "weight",
        "ownership",
        "mentions",
        "prior",
        "bits to describe",
    } < met


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("[a.b]\nx = 1\n", {"a": {"b": {"x": 2}}}),
        ("x = [0.1,  # assumed\n 0.9]\n", {"x.0": 0.5}),
        ("[[x]]\ny = 1  # assumed\n", {"x.0.y": 2}),
    ],
)
def test_an_edit_without_a_place_is_not_forced(text, settings):
    with pytest.raises(NotRewritten):
        rewritten(text, settings)


def test_a_new_line_stands_with_its_own_and_above_the_comments_of_the_next_table():
    text = "[streams.rl]\nweight.a = 1\nownership = 1\n\n# What is true.\n[world]\nseed = 1"
    edited = rewritten(text, {"streams.rl.reliability": 0.5, "streams.rl.weight.b": 2, "world.facts.name": "Jack"})
    assert edited.replace("reliability = 0.5\n", "").replace("weight.b = 2\n", "") == f'{text}\nfacts.name = "Jack"\n'
    assert "weight.a = 1\nweight.b = 2\nownership = 1\nreliability = 0.5\n\n#" in edited


def test_the_token_of_a_port_is_kept_for_its_user_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = token_for(8000)
    keep(8000, first)
    assert token_for(8000) == first
    assert len({first, token_for(8001), token_for(None), token_for(None)}) == 4
    kept = next(tmp_path.rglob("8000.token"))
    assert kept.stat().st_mode & 0o077 == 0
    kept.chmod(0o644)
    assert token_for(8000) != first
    door = doorway(8000, 'http://127.0.0.1:8000/x/?a="&b')
    assert door
    assert door.stat().st_mode & 0o077 == 0
    assert "url=http://127.0.0.1:8000/x/?a=&quot;&amp;b" in door.read_text()


def test_faults_are_told_before_there_is_a_page(tmp_path):
    assert "0 to 1" in refused("explore", "jfk_coder", "--set", "coherence=2")
    assert "no file" in refused("explore", tmp_path / "none.toml")
    assert "name one" in refused("explore", "--set", "coherence=0.5")
    assert "--no-open" in told("explore", "--help")


@pytest.mark.parametrize(
    ("platform", "variable", "folder"),
    [
        ("linux", None, "~/.cache"),
        ("darwin", None, "~/Library/Caches"),
        ("win32", "LOCALAPPDATA", "~/local"),
        ("linux", "XDG_CACHE_HOME", "~/elsewhere"),
    ],
)
def test_tokens_are_kept_where_the_platform_keeps_such_things(platform, variable, folder, monkeypatch):
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    expected = Path(folder).expanduser()
    if variable:
        monkeypatch.setenv(variable, str(expected))
    assert cache_folder(platform) == expected / "bayes_self"
