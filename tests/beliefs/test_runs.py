"""Many runs: grounded directions agree, the void parts them, and every draw has its key."""

import json

import jax
import numpy as np
import pytest
import xarray as xr
from commanded import SMALL, WITHOUT_WORLD, ask, given, refused, told
from scipy import stats

import bayes_self as bs
from bayes_self.beliefs.runs import certainty, many_runs, spread, wins
from bayes_self.report.runs import runs_report

VOID = SMALL.replace('claims.name = "Jack"\n', "").replace('identity = "jfk"', "reliability = 0.9")
"""The same without a claim: the name is in the void."""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    path = tmp_path_factory.mktemp("models") / "void.toml"
    path.write_text(VOID)
    return bs.load(path)


@pytest.fixture(scope="module")
def found(scenario):
    return many_runs(scenario, key=1, runs=300, steps=25)


def test_what_is_settled_is_agreed_on_and_the_void_parts_runs(found):
    assert found.void == ("name",)
    assert found.improvised == (("rl", "name"),)
    assert found.steps == 25
    assert wins(found.of("substrate")) == {"language model": 300, "human brain": 0}
    assert spread(found.of("substrate")) < 0.01
    assert certainty(found.of("name")) > 0.85
    assert spread(found.of("name")) > 0.25
    assert min(wins(found.of("name")).values()) > 20


def test_arrays_have_names(found):
    dataset = found.to_dataset()
    assert dict(dataset.sizes) == {"run": 300, "identity": 2, "facet": 2, "value": 4, "stream": 1}
    np.testing.assert_allclose(dataset["identities"].sum("identity"), 1)
    np.testing.assert_allclose(dataset["facets"].sum("value"), 1)


def test_a_run_stays_the_same_however_many_others_there_are(scenario, found):
    few = many_runs(scenario, key=jax.random.key(1), runs=3, steps=25)
    xr.testing.assert_allclose(few.to_dataset(), found.to_dataset().isel(run=slice(3)))
    other = many_runs(scenario, key=2, runs=3, steps=25)
    assert not np.allclose(few.facets.sel(facet="name", value="Jack"), other.facets.sel(facet="name", value="Jack"))


def test_beliefs_along_the_steps_are_a_martingale(scenario, found):
    steps = many_runs(scenario, key=1, runs=300, steps=25, every_step=True)
    assert steps.trajectory is not None
    assert steps.trajectory.sizes["step"] == 26
    xr.testing.assert_allclose(steps.trajectory["facets"].isel(step=-1, drop=True), found.facets)
    believed = steps.trajectory["facets"].sel(facet="name", value="Jack")
    changes = (believed.isel(step=-1) - believed.isel(step=0)).values
    # five standard errors of the mean change
    assert abs(changes.mean()) < 5 * stats.sem(changes)


def test_without_a_void_nothing_is_improvised(scenario):
    settled = scenario.with_claim("name", "Claude")
    found = many_runs(settled, key=0, runs=20, steps=25)
    assert (found.void, found.improvised, found.steps) == ((), (), 0)


def test_the_steps_of_the_scenario_are_its_trials(scenario):
    assert many_runs(scenario, key=0, runs=2).steps == 5


def test_runs_need_a_world_and_a_number(scenario, tmp_path):
    path = tmp_path / "given.toml"
    path.write_text(WITHOUT_WORLD)
    with pytest.raises(bs.BayesSelfError, match=r"runs need a \[world\]"):
        many_runs(bs.load(path), key=0, runs=2)
    with pytest.raises(bs.BayesSelfError, match="one run or more"):
        many_runs(scenario, key=0, runs=0)


def test_evidence_that_is_impossible_is_told(scenario):
    taken_whole = {
        "streams.rl.reliability": 1.0,
        "identities.assistant.profile.name": "Jack",
        "world.facts.name": "Claude",
    }
    with pytest.raises(bs.EvidenceError, match=r"rl\.name"):
        many_runs(scenario.with_settings(taken_whole), key=0, runs=20, frame="persona-selection")


def test_spread_is_the_mean_total_variation_of_pairs():
    p = np.random.default_rng(0).dirichlet([0.5, 0.5, 0.5], size=7)
    pairs = [np.abs(p[i] - p[j]).sum() / 2 for i in range(7) for j in range(i)]
    assert spread(xr.DataArray(p, dims=("run", "value"))) == pytest.approx(np.mean(pairs))
    assert spread(xr.DataArray(p[:1], dims=("run", "value"))) == 0


def test_the_report(found):
    lines = runs_report(found)
    assert max(map(len, lines)) <= 100
    assert any(line.startswith("name: in the void, spread") for line in lines)
    assert "In the void each run goes its own way" in " ".join(lines)


def test_from_the_command_line(scenario, tmp_path):
    path = tmp_path / "void.toml"
    path.write_text(VOID)
    folder = tmp_path / "out"
    printed = given("run", path, "--runs", 30, "--steps", 10, "--out", folder)
    assert list(printed) == ["scenario", "runs", "steps", "void", "identities", "facets", "ownership"]
    assert (printed["runs"], printed["steps"], printed["void"]) == (30, 10, ["name"])
    assert sum(printed["facets"]["name"]["won"].values()) == 30
    assert sorted(file.name for file in folder.iterdir()) == ["runs.json", "runs.nc", "runs.png"]
    assert json.loads((folder / "runs.json").read_text()) == printed
    assert "30 runs" in told("run", path, "--runs", 30, "--steps", 10)
    assert "--runs draws the evidence" in refused("run", path, "--runs", 30, "--expected")
    assert "--steps goes with --runs" in refused("run", path, "--steps", 30)
    assert ask("run", path, "--runs", 0).exit_code == 2
