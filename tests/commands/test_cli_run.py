"""`run`: its object, its report, the evidence it uses, and the folder it writes."""

import json
import os

import numpy as np
import pytest
import xarray as xr
from commanded import SMALL, WITHOUT_WORLD, ask, given, refused, told

import bayes_self as bs

ROWS = "stream,probe,outcome,count\nrl,phone,nothing happens,7.5\n"


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "seen.csv"
    path.write_text(ROWS)
    return path


def test_the_object_of_run(small):
    found = given("run", small)
    scenario = bs.load(small)
    result = bs.posterior(scenario, bs.simulate(scenario, key=3))
    assert list(found) == [
        *("scenario", "log_evidence", "prior", "identities", "facets", "ownership", "concentration"),
        *("bits_to_flip", "verdicts", "expectations", "evidence"),
    ]
    assert found["scenario"] == "small"
    assert found["log_evidence"] == result.log_evidence
    assert found["identities"] == {h: float(result.identities.sel(identity=h)) for h in ("assistant", "jfk")}
    assert list(found["prior"]) == ["identities", "facets"]
    assert list(found["prior"]["identities"]) == ["assistant", "jfk"]
    for facets in (found["facets"], found["prior"]["facets"]):
        assert {facet: list(p) for facet, p in facets.items()} == {
            "substrate": ["language model", "human brain"],
            "name": ["Claude", "Jack"],
        }
    assert list(found["ownership"]) == ["rl"]
    assert list(found["concentration"]) == ["identity", "substrate", "name"]
    assert list(found["bits_to_flip"]) == ["identity", "substrate", "name"]
    assert list(found["bits_to_flip"]["identity"]) == ["assistant", "jfk"]
    assert list(found["verdicts"]) == ["substrate", "name"]
    assert [list(expectation) for expectation in found["expectations"]] == [
        ["says", "holds", "found", "failed", "afterwards"]
    ] * 2
    assert found["expectations"][0]["holds"] is True
    assert found["expectations"][1]["holds"] is False
    assert found["expectations"][1]["found"] == found["verdicts"]["substrate"]
    assert found["evidence"] == result.evidence.rows(scenario)
    assert all(row["count"] > 0 for row in found["evidence"])


def test_what_is_not_finite_is_null(small):
    # certainty: a claim of reliability 1 about which nothing else is possible
    found = given(
        *("run", small, "--expected", "--set", "coherence=1", "--set", "identities.jfk.profile.name=Claude"),
        *("--set", "identities.assistant.profile.name=Claude", "--set", "streams.spec.claims.name=Claude"),
        *("--set", "streams.rl.readings=[]", "--set", "world.trials.rl={phone=3}"),
    )
    assert found["bits_to_flip"]["name"] == {"Claude": None, "Jack": None}


def test_frames_and_settings_are_heeded(small):
    assert given("run", small, "--frame", "simulator")["ownership"] == {"rl": 0.0}
    unobserved = given("run", small, "--set", "streams.rl.ownership=0.25", "--set", "world.trials.rl={}")
    assert unobserved["ownership"]["rl"] == pytest.approx(0.25)
    assert unobserved["evidence"] == []


def test_the_seed_makes_the_draw(small):
    assert given("run", small, "--seed", 3)["evidence"] == given("run", small)["evidence"]
    drawn = [given("run", small, "--set", "world.trials.rl.name=1000", "--seed", n)["evidence"] for n in (3, 4)]
    assert drawn[0] != drawn[1]


def test_expected_counts_need_no_seed(small):
    scenario = bs.load(small)
    assert given("run", small, "--expected", "--seed", 9)["evidence"] == bs.expect(scenario).rows(scenario)


def test_evidence_that_is_given_replaces_the_worlds(small, rows):
    assert given("run", small, "--evidence", rows)["evidence"] == [
        {"stream": "rl", "probe": "phone", "outcome": "nothing happens", "count": 7.5}
    ]


def test_without_a_world_the_evidence_beside_the_file_is_used_and_said(tmp_path):
    path = tmp_path / "told.toml"
    path.write_text(WITHOUT_WORLD)
    assert given("run", path)["evidence"] == []
    (tmp_path / "told.csv").write_text(ROWS)
    result = ask("run", path, "--json")
    assert json.loads(result.stdout)["evidence"][0]["count"] == 7.5
    assert "told.csv" in result.stderr


def test_a_world_comes_before_evidence_beside_the_file(small, tmp_path):
    (tmp_path / "small.csv").write_text("what is no evidence")
    assert sum(row["count"] for row in given("run", small)["evidence"]) == 25


def test_options_without_effect_are_said(tmp_path):
    path = tmp_path / "told.toml"
    path.write_text(WITHOUT_WORLD)
    assert "--expected and --seed" in ask("run", path, "--expected", "--seed", 1).stderr


def test_the_report(small):
    lines = told("run", small).splitlines()
    text = " ".join(lines)
    assert max(map(len, lines)) <= 100
    assert "✓ It knows what it runs on." in text
    assert "✗ substrate is flat" in text
    assert "concentrated" in text
    assert "Told that it is John F. Kennedy and that its name is Jack, it" in text
    assert "substrate left the part, name stayed with it" in text
    assert "\x1b" not in text


def test_out_is_a_folder_of_readable_files(small, tmp_path):
    out = tmp_path / "deep" / "out"
    result = ask("run", small, "--json", "--out", out)
    assert result.exit_code == 0, result.output
    assert str(out) in result.stderr
    assert sorted(os.listdir(out)) == [
        *("beliefs.nc", "evidence.csv", "frames.png", "posterior.png", "result.json", "trajectory.png")
    ]
    found = json.loads(result.stdout)
    assert json.loads((out / "result.json").read_text()) == found
    scenario = bs.load(small)
    assert bs.read_evidence(out / "evidence.csv", scenario).rows(scenario) == found["evidence"]
    with xr.open_datatree(out / "beliefs.nc", engine="h5netcdf") as tree:
        beliefs = tree["posterior_exact"]["identities"]
        np.testing.assert_array_equal(beliefs, list(found["identities"].values()))
    for name in ("posterior", "trajectory", "frames"):
        assert (out / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_finished_is_not_begun(small, tmp_path, monkeypatch):
    def fails(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bayes_self.plots.save", fails)
    assert "No space left on device" in refused("run", small, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_out_refuses_what_is_no_folder(small, rows, tmp_path):
    assert "folder" in refused("run", small, "--out", rows)
    assert rows.read_text() == ROWS
    (tmp_path / "out" / "result.json").mkdir(parents=True)
    assert "result.json" in refused("run", small, "--out", tmp_path / "out")
    assert os.listdir(tmp_path / "out") == ["result.json"]


def test_the_report_says_what_settings_changed(small):
    text = told("run", small, "--expected", "--set", "coherence=0.5", "--set", "streams.rl.ownership=0.9")
    assert "As edited: coherence = 0.5 (file: 0.9)." in text.splitlines()
    assert "As edited" not in told("run", small, "--expected")


def test_the_object_of_run_with_masks_and_doubt(tmp_path):
    scenario = bs.load("jfk_coder").with_set("streams.rl.doubt", 0.05)
    (tmp_path / "masked.toml").write_text(scenario.to_toml())
    found = given("run", tmp_path / "masked.toml")
    result = bs.posterior(scenario, bs.simulate(scenario, key=1961))
    assert list(found)[8:12] == ["verdicts", "beneath", "worn", "broken"]
    assert list(found["identities"]) == list(scenario.self_models)
    for g in scenario.identities:
        wears = {name: p for name, p in found["identities"].items() if name == g or name.startswith(f"{g} as ")}
        shows = {name: p for name, p in found["identities"].items() if name.endswith(f" as {g}")}
        assert found["beneath"][g] == pytest.approx(sum(wears.values()))
        assert found["worn"][g] == pytest.approx(sum(shows.values()))
    assert found["broken"] == result.after.broken
    assert list(found["broken"]) == ["rl"], "introspection is not doubted"
