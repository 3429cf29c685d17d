"""The price of a mask and a doubt, inferred: against integration over the oracle, and as a user sees them."""

import numpy as np
import pytest
import xarray as xr
from integrated import posterior_on_grid
from one_scenario import TOML

import bayes_self as bs
from bayes_self import plots
from bayes_self.inference.diagnosis import diagnosed
from bayes_self.inference.groups import group
from bayes_self.inference.priors import prior_of
from bayes_self.plots.drawing.canvas import finding_on
from bayes_self.report.unknown import inference_report
from bayes_self.scenario import parse

MASKED = TOML + '\n[masks]\ncovers = ["name", "colour"]\n'
KEYS = ("masks.bits", "streams.rl.doubt")
ROWS = [
    {"stream": stream, "probe": probe, "outcome": outcome, "count": count}
    for stream, probe, outcome, count in (
        ("rl", "phone", "nothing", 6),
        ("rl", "phone", "answers", 6),
        ("rl", "both", "no", 5),
        ("introspection", "name", "Jack", 5),
        ("introspection", "substrate", "language model", 5),
    )
]


@pytest.fixture(scope="module")
def found():
    scenario = parse(MASKED, "one")
    return bs.infer(scenario, bs.Evidence.from_rows(scenario, ROWS), KEYS, key=0, draws=600, warmup=300)


def test_the_price_of_a_mask_and_a_doubt_against_integration_over_the_oracle(found):
    def change(raw, x):
        raw["masks"]["bits"], raw["streams"]["rl"]["doubt"] = 20 * x[0], x[1]

    mean, sd = posterior_on_grid(MASKED, ROWS, change, [(1, 1), (2, 2)], nodes=20)
    assert found.converged
    for key, expected, spread in zip(KEYS, mean * [20, 1], sd * [20, 1], strict=True):
        for which, number in (("mean", expected), ("sd", spread)):
            error = float(found.summary[key].sel(summary=f"mcse_{which}"))
            assert float(found.summary[key].sel(summary=which)) == pytest.approx(number, abs=4 * error), (key, which)


def test_beliefs_at_a_draw_are_those_of_the_scenario_with_its_numbers(found):
    posterior, beliefs = (group(found.tree, name) for name in ("posterior", "beliefs"))
    numbers = {key: float(posterior[key][1, 50]) for key in KEYS}
    exact = bs.posterior(found.scenario.with_settings(numbers), bs.Evidence.from_rows(found.scenario, ROWS))
    assert beliefs.identities[1, 50].values == pytest.approx(exact.identities.values, abs=1e-9)
    assert list(beliefs.identity.values) == ["assistant", "jfk", "assistant as jfk", "jfk as assistant"]


def test_replicates_have_the_predicted_means(found):
    """Broken or not: the mean of replicated counts is trials times the mean of what is predicted of the next one."""
    again = group(found.tree, "posterior_predictive").counts.sel(probe="rl.phone").dropna("outcome")
    posterior, expected = group(found.tree, "posterior"), []
    for draw in range(0, 600, 60):
        scenario = found.scenario.with_settings({key: float(posterior[key][0, draw]) for key in KEYS})
        predictive = bs.posterior(scenario, bs.Evidence.from_rows(scenario, ROWS)).case.beliefs.predictive
        expected.append(predictive.single[0])
    error = again.std(("chain", "draw")).values / np.sqrt(again[:, :, 0].size / 4)
    mean = 12 * np.mean(expected, 0)
    np.testing.assert_array_less(abs(again.mean(("chain", "draw")).values - mean), 4 * error + 0.1)


def test_bits_have_bounds_of_their_own(found, tmp_path):
    assert str(prior_of(found.scenario, "masks.bits")) == "uniform(0, 20)"
    stated = parse(MASKED + '[unknown."masks.bits"]\nuniform = [1, 6]\n', "one")
    assert prior_of(stated, "masks.bits").bounds == (1.0, 6.0)
    bits = group(found.tree, "prior")["masks.bits"].values
    assert 1 < bits.min() + 1 < 2
    assert 19 < bits.max() < 20
    told = "\n".join(inference_report(found))
    assert "uniform(0, 20)" in told
    drawn = plots.plot_unknown(found)
    assert "masks.bits: 0 to 20 bits" in drawn.get_xlabel()
    assert finding_on(drawn)
    plots.save(drawn, tmp_path / "unknown.png")


def test_draws_that_pile_up_at_the_highest_price_are_told(found):
    tree, draws = found.tree.copy(deep=True), group(found.tree, "posterior")
    tree["posterior"] = xr.DataTree(draws.assign({"masks.bits": 20 - draws["masks.bits"] / 100}))
    warnings = " ".join(diagnosed(found.question, tree).warnings)
    assert "masks.bits piles up at 20, where its prior uniform(0, 20) ends" in warnings
