"""`measure`: the six objects, the reports, what options go together, and bad names."""

import json
import math

import numpy as np
import pytest
from commanded import SMALL, WITHOUT_WORLD, ask, given, refused, told

import bayes_self as bs
from bayes_self.beliefs import landscape
from bayes_self.measures.attribution import attribution
from bayes_self.measures.misfit import misfit
from bayes_self.measures.probe_value import probe_value
from bayes_self.measures.realization import accuracy, agreement, characters
from bayes_self.measures.viability import cumulative_bill, viability, viability_by_probe

NAMES = ("landscape", "attribution", "viability", "realization", "probe-value", "misfit")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    path = tmp_path_factory.mktemp("models") / "small.toml"
    path.write_text(SMALL)
    return path


@pytest.fixture(scope="module")
def case(small):
    scenario = bs.load(small)
    return bs.posterior(scenario, bs.expect(scenario)).case


def as_json(found):
    """What is not finite is null in JSON."""
    if isinstance(found, dict):
        return {key: as_json(item) for key, item in found.items()}
    return None if isinstance(found, float) and not math.isfinite(found) else found


def test_landscape(small, case):
    found = given("measure", "landscape", small, "--expected")
    assert list(found) == [
        *("bits_to_flip", "entrenchment", "verdicts", "concentration", "steerability", "spectrum", "directions"),
    ]
    assert found["bits_to_flip"] == as_json(landscape.bits_to_flip(case))
    assert found["entrenchment"] == as_json(landscape.entrenchment(case))
    assert found["verdicts"] == landscape.verdicts(case)
    assert found["concentration"] == landscape.concentration(case)
    assert set(found["steerability"]) == {"substrate", "name"}
    assert found["spectrum"] == sorted(found["spectrum"])
    assert len(found["directions"]) == len(found["spectrum"]) == 2
    for direction in found["directions"]:
        assert {facet: list(scores) for facet, scores in direction.items()} == {
            "substrate": ["language model", "human brain"],
            "name": ["Claude", "Jack"],
        }
        assert all(sum(scores.values()) == pytest.approx(0, abs=1e-9) for scores in direction.values())


@pytest.mark.parametrize("belief", [{"identity": "jfk"}, {"facet": "name", "value": "Jack"}])
def test_attribution(small, case, belief):
    named = [part for key, label in belief.items() for part in (f"--{key}", label)]
    found = given("measure", "attribution", small, "--expected", *named)
    expected = attribution(case, **belief)
    assert found == {
        "belief": belief,
        "log_odds": {"before_training": expected.before_training, "posterior": expected.posterior},
        "shares": expected.shares,
    }
    assert sum(found["shares"].values()) == pytest.approx(expected.posterior - expected.before_training)


def test_attribution_is_of_the_likeliest_identity_and_says_so(small, case):
    result = ask("measure", "attribution", small, "--expected", "--json")
    likeliest = case.names.identities[int(np.argmax(case.beliefs.identities))]
    assert json.loads(result.stdout)["belief"] == {"identity": likeliest}
    assert f"the likeliest identity, {likeliest}" in result.stderr


def test_viability(small, case):
    found = given("measure", "viability", small, "--expected")
    assert found == as_json(
        {
            "identities": viability(case),
            "by_probe": {"rl": {probe: bits for (_, probe), bits in viability_by_probe(case).items()}},
            "cumulative": cumulative_bill(case),
        }
    )


def test_viability_needs_a_world(tmp_path):
    path = tmp_path / "given.toml"
    path.write_text(WITHOUT_WORLD)
    assert "viability needs a [world]" in refused("measure", "viability", path)


def test_realization(small, case):
    found = given("measure", "realization", small, "--expected")
    assert found == {
        "identities": {name: character._asdict() for name, character in characters(case).items()},
        "accuracy": accuracy(case),
        "agreement": agreement(case),
    }


@pytest.mark.parametrize("about", ["identity", "frame", "rl", "name"])
def test_probe_value(small, case, about):
    found = given("measure", "probe-value", small, "--expected", "--about", about)
    expected = {probe: bits for (_, probe), bits in probe_value(case, about).items()}
    assert found == {"about": about, "probes": {"rl": expected}}


def test_probe_value_is_about_the_identity(small):
    assert given("measure", "probe-value", small, "--expected")["about"] == "identity"


def test_misfit(small, case, tmp_path):
    found = given("measure", "misfit", small, "--expected", "--seed", "5")
    expected = misfit(case, key=5)
    assert found == {"probes": {"rl": {probe: m._asdict() for (_, probe), m in expected.items()}}}
    path = tmp_path / "given.toml"
    path.write_text(WITHOUT_WORLD)
    rows = tmp_path / "seen.csv"
    rows.write_text("stream,probe,outcome,count\nrl,phone,nothing happens,20\n")
    result = ask("measure", "misfit", path, "--evidence", rows, "--seed", "5")
    assert result.exit_code == 0
    assert result.stderr == ""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("frame", ["simulator", "self-model"])
def test_reports_fit_and_say_what_was_found(small, name, frame):
    text = told("measure", name, small, "--expected", "--frame", frame)
    lines = text.splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[0] == "Told it is JFK"
    assert ("In the frame simulator." in lines) == (frame == "simulator")
    assert lines[-1].endswith(".")
    assert "nan" not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["attribution", "--identity", "jfq"], ["--identity", 'got "jfq"', 'did you mean "jfk"?']),
        (["attribution", "--facet", "nme", "--value", "Jack"], ["--facet", 'did you mean "name"?']),
        (["attribution", "--facet", "name", "--value", "jack"], ["--value", 'did you mean "Jack"?']),
        (["attribution", "--facet", "name"], ["--value", "got nothing", "Claude, Jack"]),
        (["attribution", "--value", "Jack"], ["--value goes with --facet"]),
        (["attribution", "--identity", "jfk", "--facet", "name"], ["give --identity, or --facet and --value"]),
        (["landscape", "--identity", "jfk"], ["--identity is for attribution, not for landscape"]),
        (["misfit", "--about", "rl"], ["--about is for probe-value, not for misfit"]),
        (["probe-value", "--about", "substrat"], ["--about", 'did you mean "substrate"?']),
        (["probe-value", "--about", "spec"], ["--about", "an observation stream or a facet"]),
        (["landscap"], ["landscape"]),
    ],
)
def test_bad_names_are_one_clear_message(small, arguments, said):
    name, *more = arguments
    message = " ".join(refused("measure", name, small, *more).split())
    for part in said:
        assert part in message


def test_frames_cannot_be_told_apart_where_one_is_refuted(small, tmp_path):
    rows = tmp_path / "seen.csv"
    rows.write_text("stream,probe,outcome,count\nrl,phone,she answers,1\nrl,name,Claude,1\n")
    whole = ("--set", "streams.rl.reliability=1", "--set", "identities.assistant.profile.name=Jack")
    message = refused("measure", "probe-value", small, "--evidence", rows, *whole, "--about", "frame")
    assert "to the frame simulator the evidence is impossible" in message


@pytest.mark.parametrize("name", NAMES)
def test_out_writes_the_object_and_its_picture(small, name, tmp_path):
    folder = tmp_path / "out"
    printed = given("measure", name, small, "--expected", "--out", folder)
    stem = name.replace("-", "_")
    assert sorted(path.name for path in folder.iterdir()) == [f"{stem}.json", f"{stem}.png"]
    assert json.loads((folder / f"{stem}.json").read_text()) == printed
    assert (folder / f"{stem}.png").read_bytes().startswith(b"\x89PNG")


def test_out_must_be_a_folder(small, tmp_path):
    taken = tmp_path / "out"
    taken.write_text("")
    assert "a folder was expected" in refused("measure", "landscape", small, "--out", taken)
