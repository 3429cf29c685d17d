"""Simulation-based calibration: ranks are uniform for every kind of unknown, and would not be for a wrong model."""

import tomllib
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import oracle
import pytest
from one_scenario import TOML, scenario
from scipy.stats import chisquare

import bayes_self as bs
from bayes_self import plots
from bayes_self.inference.calibration import Band, Calibration
from bayes_self.inference.forward import simulated
from bayes_self.inference.question import question_of
from bayes_self.plots.drawing.canvas import finding_on
from bayes_self.scenario import parse

EVERY_KIND = (
    "coherence",
    "salience.substrate",
    "streams.spec.reliability",
    "streams.rl.reliability",
    "streams.rl.ownership",
    "streams.rl.probes.phone.reliability",
)


def test_ranks_are_uniform_for_every_kind_of_unknown(tmp_path):
    found = bs.calibrate(scenario(), EVERY_KIND, key=7, trials=8, simulations=40, draws=39, warmup=150)
    assert set(found.keys) == set(EVERY_KIND)
    for key, ranks in zip(found.keys, found.ranks.T, strict=True):
        counts = np.bincount(ranks * 5 // 40, minlength=5)
        assert chisquare(counts).pvalue > 1e-4, (key, counts)
    drawn = plots.plot_calibration(found)
    assert finding_on(drawn[0])
    plots.save(drawn, tmp_path / "calibration.png")


MASKED = """
[masks]
bits = 2.0
covers = ["name", "colour"]
"""


@pytest.mark.parametrize(
    "unknown", [("masks.bits", "masks.covers.name"), ("streams.rl.doubt", "streams.rl.reliability")]
)
def test_ranks_are_uniform_for_numbers_of_masks_and_doubt(unknown):
    found = bs.calibrate(parse(TOML + MASKED, "one"), unknown, key=8, trials=8, simulations=40, draws=39, warmup=100)
    for key, ranks in zip(found.keys, found.ranks.T, strict=True):
        counts = np.bincount(ranks * 5 // 40, minlength=5)
        assert chisquare(counts).pvalue > 1e-4, (key, counts)


def test_ranks_that_lean_leave_the_band():
    rng = np.random.default_rng(0)
    fair = (rng.integers(0, 100, 300) + 0.5) / 100
    assert Band.of(fair).holds
    assert not Band.of(fair**1.6).holds
    leaning = Calibration(("coherence",), np.array(100 * fair**1.6, int)[:, None], 99, 0)
    assert "not uniform" in finding_on(plots.plot_calibration(leaning)[0])


def masked_and_doubted(raw):
    raw["masks"] = {"bits": 0.5, "covers": {"substrate": 0.9, "colour": 0.5}}
    raw["streams"]["rl"]["doubt"] = raw["streams"]["introspection"]["doubt"] = 0.4


@pytest.mark.parametrize("edit", [None, masked_and_doubted])
@pytest.mark.parametrize("stream", ["rl", "introspection"])
def test_the_model_run_forward_shows_what_the_oracle_predicts(stream, edit):
    """Before any observation, the mean outcome of a probe is the oracle's, claims as the file has them drawn."""
    raw = tomllib.loads(TOML)
    raw["streams"]["spec"]["weight"] = 0.0
    if edit:
        edit(raw)
    with jax.enable_x64(True):
        question = question_of(bs.Scenario.from_dict(raw), None, ["coherence"])
        keys = jax.random.split(jax.random.key(5), 4000)
        x = jnp.array([0.8])
        believed = question.cases[0].believed
        counts = jax.jit(jax.vmap(lambda key: simulated(key, question, believed, x, 1)[1]))(keys)
    names = question.cases[0].names
    belief = oracle.believe(raw, [])
    for p, probe in enumerate(names.single):
        if probe[0] != stream:
            continue
        expected = oracle.predictive(belief, *probe)
        mean = np.asarray(counts.single)[:, p, : len(expected)].mean(0)
        error = np.sqrt(np.maximum(expected * (1 - expected), 1e-12) / len(keys))
        assert (abs(mean - expected) < 4.5 * error + 1e-9).all(), (probe, mean, expected)


def test_a_broken_probe_shows_every_split_of_its_trials_alike():
    with jax.enable_x64(True):
        question = question_of(scenario().with_set("streams.rl.doubt", 1.0), None, ["coherence"])
        keys = jax.random.split(jax.random.key(6), 4000)
        x, believed = jnp.array([0.8]), question.cases[0].believed
        counts = jax.jit(jax.vmap(lambda key: simulated(key, question, believed, x, 2)[1]))(keys)
    phone, both = np.asarray(counts.single)[:, 0], np.asarray(counts.joint[0])[:, 0]
    for rows, splits in ((phone, ([2, 0, 0], [1, 1, 0], [0, 1, 1])), (both, ([2, 0], [1, 1]))):
        p = 1 / 6 if rows.shape[1] == 3 else 1 / 3
        for split in splits:
            found = np.mean((rows == split).all(1))
            assert found == pytest.approx(p, abs=4.5 * np.sqrt(p * (1 - p) / len(keys)))


def test_a_sampler_that_ignores_the_evidence_is_caught():
    """Ranks among prior draws of numbers that the evidence moved are not uniform."""
    rng = np.random.default_rng(1)
    truth = rng.beta(8, 2, 200)
    ranks = (rng.beta(2, 2, (200, 99)) < truth[:, None]).sum(1)
    found = Calibration(("coherence",), ranks[:, None], 99, 0)
    assert not found.bands["coherence"].holds
    assert replace(found, ranks=rng.integers(0, 100, (200, 1))).bands["coherence"].holds
