"""What the explorer answers: the numbers of `run`, edits that save and command alike, and what it would take."""

import json
import shlex
import threading
import time
import tomllib

import pytest
from commanded import SMALL, given, refused, told
from traces import traces

from bayes_self.beliefs import _believe
from bayes_self.errors import BayesSelfError
from bayes_self.explore.address import doorway, keep, token_for
from bayes_self.explore.answer import answer
from bayes_self.explore.asked import asked
from bayes_self.explore.engine import Engine
from bayes_self.explore.saved import saved
from bayes_self.explore.sheet import sheet
from bayes_self.explore.shelf import Shelf
from bayes_self.explore.takes import takes
from bayes_self.scenario import gallery, parse
from bayes_self.scenario.controls import values
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


def test_nothing_that_is_pushed_compiles_anything(shelf):
    answer(question(shelf))
    compiled = traces(_believe)
    for edits in (EDITS, {"streams.spec.claims.substrate": "human brain"}, {"streams.rl.ownership": "0"}):
        for frame in ("self-model", "simulator"):
            answer(question(shelf, edits, frame=frame))
    assert traces(_believe) == compiled


def test_what_it_would_take_does_take_it(shelf):
    """Every edit that is said to turn it does so, and half of the way there it does not yet (numbers)."""
    before = answer(question(shelf))["identities"]
    target = min(before, key=before.get)
    found = takes(question(shelf), target, 0, 3600.0)
    assert (found["next"], found["wins"]) == (None, False)
    turning = [turn for turn in found["turns"] if turn["turns"]]
    assert turning
    for turn in turning[::3]:
        after = answer(question(shelf, {turn["key"]: turn["text"]}))["identities"]
        assert max(after, key=after.get) == turn["winner"] == target
        assert after[target] == pytest.approx(turn["p"])
        if turn["distance"] is not None and turn["distance"] > 0.5:
            now = values(question(shelf).scenario, question(shelf).offer.groups)[turn["key"]]
            half = (
                str(round((now + float(turn["text"])) / 2))
                if "trials" in turn["key"]
                else str((now + float(turn["text"])) / 2)
            )
            between = answer(question(shelf, {turn["key"]: half}))["identities"]
            assert max(between, key=between.get) != target or turn["distance"] > 2, turn


def test_the_search_goes_on_where_it_stopped(shelf):
    controls = takes(question(shelf), "jfk", 10**6, 0.0)["of"]
    whole = takes(question(shelf), "jfk", controls - 3, 3600.0)["turns"]
    parts, start = [], controls - 3
    while start is not None:
        found = takes(question(shelf), "jfk", start, 0.0)
        parts += found["turns"]
        start = found["next"]
    assert parts == whole


def test_a_search_gives_way_to_a_push(shelf):
    engine = Engine()

    def push():
        with engine.at_once():
            assert not engine.somebody_waits()

    with engine.patiently():
        pushing = threading.Thread(target=push, daemon=True)
        pushing.start()
        while not engine.somebody_waits():
            time.sleep(0.001)
        found = takes(question(shelf), "jfk", 0, 3600.0, engine.somebody_waits)
        assert (found["turns"], found["next"]) == ([], 0)
    pushing.join(10)
    assert not pushing.is_alive()
    assert engine.finish(0.0)
    assert not engine.finish(0.0)


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


def test_an_edit_without_a_place_is_not_forced():
    with pytest.raises(NotRewritten):
        rewritten("[a.b]\nx = 1\n", {"a": {"b": {"x": 2}}})


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
