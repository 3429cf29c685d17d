"""Nothing changes behind the hand: edits of what is believed hold the evidence, edits of the world draw it again."""

import pytest
from commanded import SMALL, ask, given, refused, told

from bayes_self.scenario import gallery, load, parse
from bayes_self.scenario.controls import groups
from bayes_self.scenario.world_keys import edits_world
from bayes_self.world.edition import Edition
from bayes_self.world.simulation import simulate

PART = SMALL.replace("ownership = 0.9", 'ownership = 0.9\nerrors = "part"')
"""The small scenario with errors that follow the part, and through it what is believed."""
BELIEF = {
    "coherence": 0.3,
    "salience": 0.5,
    "salience.name": 0.5,
    "identities.jfk.bits": 2,
    "identities.jfk.prior": 9,
    "identities.jfk.profile.name": "Claude",
    "facets.name.base": {"Jack": 0.9, "Claude": 0.1},
    "streams.spec.reliability": 0.6,
    "streams.spec.weight": 0.4,
    "streams.spec.claims.name.reliability": 0.6,
    "streams.spec.identity.reliability": 0.6,
    "streams.rl.weight": 0,
    "streams.rl.reliability": 0.5,
    "streams.rl.ownership": 0.1,
    "streams.rl.probes.phone.weight": 0.5,
    "streams.rl.probes.phone.reliability": 0.7,
    "streams.pretraining.mentions.jfk": 50,
}
WORLD = {
    "world.facts.name": "Claude",
    "world.trials.rl.phone": 9,
    "world.seed": 4,
    "world.reliability.rl": 0.5,
    "world.tables.rl.phone.given": {"language model": [0.5, 0.5], "human brain": [0.8, 0.2]},
    "streams.rl.probes.phone.given": {"language model": [0.5, 0.5], "human brain": [0.8, 0.2]},
    "streams.rl.errors": "uniform",
    "streams.rl.readings": ["name", "substrate"],
    "streams.spec.weight": 0,
    "streams.spec.claims.name": "Claude",
    "streams.spec.claims.name.value": "Claude",
    "streams.spec.identity": "assistant",
}


@pytest.fixture
def part(tmp_path):
    file = tmp_path / "part.toml"
    file.write_text(PART)
    return file


@pytest.mark.parametrize(("keys", "is_world"), [(BELIEF, False), (WORLD, True)])
def test_what_is_believed_is_told_from_the_world_by_its_key(keys, is_world):
    scenario = parse(PART)
    assert {key for key, value in keys.items() if edits_world(key, value, scenario) != is_world} == set()


def test_a_spec_stream_of_weight_0_claims_nothing_until_it_has_a_weight():
    silent = parse(PART).with_weight("spec", 0)
    assert edits_world("streams.spec.weight", 0.2, silent)
    assert not edits_world("streams.spec.weight", 0, silent)
    assert edits_world("streams.spec.weight", 0, silent.without_claims()) is False


@pytest.mark.parametrize("expected", [False, True])
@pytest.mark.parametrize("key", BELIEF)
def test_an_edit_of_what_is_believed_holds_the_evidence(key, expected):
    original = parse(PART)
    held, whole = (
        Edition(original, expected=expected).evidence,
        Edition(original, {key: BELIEF[key]}, expected=expected),
    )
    assert whole.evidence == held
    assert whole.drawn_again() == ""


@pytest.mark.parametrize("key", WORLD)
def test_an_edit_of_the_world_draws_what_the_edited_scenario_draws(key):
    original, edited = parse(PART), parse(PART).with_set(key, WORLD[key])
    edition = Edition(original, {key: WORLD[key]})
    assert edited.world is not None
    assert edition.evidence == simulate(edited, key=edited.world.seed)
    assert key in edition.drawn_again()
    # and moving a belief further changes nothing about it
    assert Edition(original, {"coherence": 0.2, key: WORLD[key]}).evidence == edition.evidence


def test_fresh_evidence_follows_what_is_believed():
    original, edited = parse(PART), parse(PART).with_set("streams.rl.reliability", 0.2)
    fresh = Edition(original, {"streams.rl.reliability": 0.2}, fresh=True)
    assert edited.world is not None
    assert fresh.evidence == simulate(edited, key=edited.world.seed) != Edition(original).evidence
    assert "as asked" in fresh.drawn_again()


@pytest.mark.parametrize("name", gallery.names())
def test_every_number_of_the_gallery_is_held_or_of_the_world(name):
    scenario = load(name)
    first = Edition(scenario).evidence
    for control in (control for group in groups(scenario) for control in group.controls):
        in_world = control.key.startswith("world.") or control.kind == "choice"
        assert edits_world(control.key, control.value, scenario) == in_world, control.key
        if control.kind == "probability" and not in_world:
            assert Edition(scenario, {control.key: 0.5}).evidence == first


def test_the_command_holds_the_evidence_and_says_where_it_does_not(part):
    first = given("run", part)["evidence"]
    held = ask("run", part, "--set", "streams.rl.reliability=0.2", "--json")
    assert "again" not in held.stderr
    assert given("run", part, "--set", "streams.rl.reliability=0.2")["evidence"] == first
    for command in (("run", part), ("compare", part), ("measure", "viability", part)):
        again = ask(*command, "--set", "world.trials.rl.phone=7", "--set", "coherence=0.5")
        assert "evidence drawn again: world.trials.rl.phone edits the world" in again.stderr, command
    same = ask("run", part, "--set", "world.seed=3")
    assert "it came out the same" in same.stderr
    assert "again" not in ask("run", part, "--seed", 8).stderr


def test_fresh_evidence_can_be_asked_for(part):
    edit = ("--set", "streams.rl.reliability=0.2")
    fresh = ask("run", part, *edit, "--fresh", "--json")
    assert "evidence drawn again, as asked" in fresh.stderr
    assert given("run", part, *edit, "--fresh")["evidence"] != given("run", part, *edit)["evidence"]
    assert "--fresh" in told("run", "--help")
    for command in ("compare", "measure", "infer"):
        assert "--fresh" in told(command, "--help")


ERRING = """
[facets.substrate]
values = ["language model", "human brain"]
[identities.jfk]
profile.substrate = "human brain"
[streams.rl]
reliability = 0.5
[streams.rl.probes.phone]
about = ["substrate"]
outcomes = ["she answers", "nothing happens"]
given."language model" = [0.0, 1.0]
given."human brain" = [1.0, 0.0]
[world]
seed = 3
facts.substrate = "human brain"
trials.rl.phone = 20
"""
SURE = ("--set", "coherence=1", "--set", "streams.rl.reliability=1")


@pytest.mark.parametrize(
    "command",
    [
        ("run", "erring.toml"),
        ("compare", "erring.toml"),
        ("measure", "landscape", "erring.toml"),
        ("report", "erring.toml", "--no-robustness", "--out", "page.html"),
    ],
    ids=lambda command: command[0],
)
def test_evidence_that_an_edit_makes_impossible_can_be_drawn_again(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "erring.toml").write_text(ERRING)
    said = refused(*command, *SURE)
    assert "impossible" in said
    assert "draw the evidence, which was held, again (--fresh)" in said
    told(*command, *SURE, "--fresh")


def test_no_other_impossible_evidence_speaks_of_drawing_it_again(tmp_path):
    file = tmp_path / "erring.toml"
    file.write_text(ERRING)
    told("run", file, "--out", tmp_path / "out")
    said = refused("run", file, *SURE, "--evidence", tmp_path / "out" / "evidence.csv")
    assert "impossible" in said
    assert "--fresh" not in said


def test_unknown_numbers_are_inferred_from_fresh_evidence_too(part):
    few = ("--unknown", "salience", "--draws", 4, "--warmup", 4, "--chains", 2)
    asked = ask("infer", part, "--set", "streams.rl.reliability=0.2", "--fresh", *few)
    assert "evidence drawn again, as asked" in asked.stderr
