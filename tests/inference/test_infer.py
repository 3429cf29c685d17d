"""Inference of unknown numbers: against brute-force integration, closed forms, and what ArviZ expects of it."""

import arviz as az
import jax
import numpy as np
import numpyro
import numpyro.distributions as dist
import pytest
import xarray as xr
from integrated import posterior_on_grid
from one_scenario import TOML, scenario

import bayes_self as bs
from bayes_self.inference.groups import group
from bayes_self.inference.question import question_of
from bayes_self.inference.sampling import sample
from bayes_self.inference.tree import values_at
from bayes_self.model.beliefs import believe
from bayes_self.scenario import parse

KEYS = ("coherence", "streams.rl.reliability")


@pytest.fixture(scope="module")
def evidence():
    return bs.simulate(scenario(), key=3)


@pytest.fixture(scope="module")
def found(evidence):
    return bs.infer(scenario(), evidence, KEYS, key=0, draws=1000, warmup=300)


def agree(found, name, mean, sd):
    """The draws' mean and sd are those expected, within four Monte Carlo standard errors."""
    column = found.summary[name]
    for which, expected in (("mean", mean), ("sd", sd)):
        error = float(column.sel(summary=f"mcse_{which}"))
        assert float(column.sel(summary=which)) == pytest.approx(expected, abs=4 * error), (name, which)


def test_two_numbers_against_integration_over_the_oracle(found, evidence):
    def change(raw, x):
        raw["coherence"], raw["streams"]["rl"]["reliability"] = x

    mean, sd = posterior_on_grid(TOML, evidence.rows(scenario()), change, [(2, 2), (2, 2)], nodes=24)
    assert found.converged
    for k, key in enumerate(KEYS):
        agree(found, key, mean[k], sd[k])


def test_a_stated_prior_and_an_ownership_against_integration(evidence):
    toml = TOML + '[unknown."streams.introspection.reliability"]\nbeta = [8, 2]\n'

    def change(raw, x):
        raw["streams"]["introspection"]["reliability"], raw["streams"]["rl"]["ownership"] = x

    mean, sd = posterior_on_grid(toml, evidence.rows(scenario()), change, [(8, 2), (2, 2)], nodes=24)
    keys = ("streams.introspection.reliability", "streams.rl.ownership")
    found = bs.infer(parse(toml, "one"), evidence, keys, key=1, draws=1000, warmup=300)
    for k, key in enumerate(keys):
        agree(found, key, mean[k], sd[k])


def test_an_ownership_is_one_toss(evidence):
    """Given the evidence, tau is Beta(3, 2) if the stream was about me, Beta(2, 3) if not: so integration says, too."""
    p = float(bs.posterior(scenario().with_set("streams.rl.ownership", 0.5), evidence).ownership.sel(stream="rl"))

    def change(raw, x):
        raw["streams"]["rl"]["ownership"] = x[0]

    mean, _ = posterior_on_grid(TOML, evidence.rows(scenario()), change, [(2, 2)])
    assert mean[0] == pytest.approx(p * 3 / 5 + (1 - p) * 2 / 5, abs=1e-9)


def test_beliefs_are_averaged_over_the_draws(found, evidence):
    """Of some draws the beliefs are those of the scenario with these numbers; their mean is what is reported."""
    posterior = group(found.tree, "posterior")
    beliefs = group(found.tree, "beliefs")
    for draw in (0, 700, 999):
        numbers = {key: float(posterior[key][1, draw]) for key in KEYS}
        exact = bs.posterior(scenario().with_settings(numbers), evidence)
        for name in ("identities", "facets", "ownership"):
            xr.testing.assert_allclose(
                beliefs[name][1, draw].drop_vars(("chain", "draw")), getattr(exact, name), atol=1e-9
            )
        likely = group(found.tree, "log_likelihood").log_evidence[1, draw]
        assert float(likely) == pytest.approx(exact.log_evidence)
    np.testing.assert_allclose(found.identities, beliefs.identities.mean(("chain", "draw")))


def test_the_density_of_a_probe_given_the_others_is_a_ratio_of_evidences(found, evidence):
    numbers = {key: float(group(found.tree, "posterior")[key][2, 9]) for key in KEYS}
    asked = scenario().with_settings(numbers)
    rows = [row for row in evidence.rows(asked) if row["probe"] != "both"]
    without = bs.posterior(asked, bs.Evidence.from_rows(asked, rows)).log_evidence
    expected = bs.posterior(asked, evidence).log_evidence - without
    of_probes = group(found.tree, "log_likelihood_of_probes").of_each_probe
    assert float(of_probes.sel(probe="rl.both")[2, 9]) == pytest.approx(expected)


def test_replicates_have_the_predicted_means(found):
    """Means of replicated counts are trials times the mean predictive probabilities, within standard errors."""
    counts = np.array([12.0, 0.0, 0.0])
    again = group(found.tree, "posterior_predictive").counts.sel(probe="rl.phone").dropna("outcome")
    assert (again.sum("outcome") == counts.sum()).all()
    with jax.enable_x64(True):
        expected = jax.vmap(lambda x: next_outcome(found.question, x))(
            values_at(found.question, draws_of(found))[0, :, ::40].reshape(-1, 2)
        )
    error = again.std(("chain", "draw")).values / np.sqrt(found.summary[KEYS[1]].sel(summary="ess_bulk").values / 4)
    mean = counts.sum() * np.asarray(expected).mean(0)
    np.testing.assert_array_less(abs(again.mean(("chain", "draw")).values - mean), 4 * error + 1e-9)


def draws_of(found):
    return {key: group(found.tree, "posterior")[key].values for key in found.question.keys}


def next_outcome(question, x):
    """P(next outcome of the phone), given the evidence and the unknown numbers."""
    case = question.cases[0]
    predicted = believe(question.numbers(x), case.counts).predictive
    return predicted.single[case.names.single.index(("rl", "phone"))]


def test_arviz_reads_what_was_found(found, tmp_path):
    found.tree.to_netcdf(tmp_path / "found.nc", engine="h5netcdf")
    tree = xr.open_datatree(tmp_path / "found.nc", engine="h5netcdf")
    assert set(tree.children) == {
        *("posterior", "prior", "beliefs", "prior_beliefs", "sample_stats", "log_prior", "log_likelihood"),
        *("log_likelihood_of_probes", "posterior_predictive", "prior_predictive", "observed_data"),
    }
    for name in tree.children:
        xr.testing.assert_equal(group(tree, name), group(found.tree, name))
    assert list(az.summary(tree).index) == list(KEYS)
    assert set(az.psense_summary(tree).index) == set(KEYS)
    assert found.loo().elpd < 0
    parse(tree.attrs["scenario_toml"], "again")


def test_power_scaling_needs_these_log_densities(found):
    """log prior and log likelihood add up to the density that NUTS explored, on the numbers' own scale."""
    q = question_of(scenario(), None, KEYS)
    log_prior = group(found.tree, "log_prior")
    x = group(found.tree, "posterior")
    for key, prior in q.named:
        np.testing.assert_allclose(log_prior[key], np.log(prior.density(x[key].values.ravel())).reshape(x[key].shape))


def test_a_probe_of_its_own_reliability_goes_before_its_stream(evidence):
    q = question_of(scenario(), evidence, ["streams.rl.probes.phone.reliability", "streams.rl.reliability"])
    assert q.keys == ("streams.rl.reliability", "streams.rl.probes.phone.reliability")
    with jax.enable_x64(True):
        numbers = q.numbers(np.array([0.3, 0.4]))
    names = q.cases[0].names
    assert float(numbers.single.reliability[names.single.index(("rl", "phone"))]) == 0.4
    assert float(numbers.joint[0].reliability[0]) == 0.3


def test_an_interruption_keeps_the_draws_so_far():
    done = []

    def tick(steps):
        done.append(steps)
        if sum(done) >= 100 + 300:
            raise KeyboardInterrupt

    drawn = sample(normal, key=0, draws=1000, warmup=100, tick=tick)
    assert drawn.samples["x"].shape == (4, 300)

    def at_once(steps):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sample(normal, key=0, draws=100, warmup=100, tick=at_once)


def normal():
    numpyro.sample("x", dist.Normal(0.0, 1.0))


def test_values_of_pooled_numbers_stay_within_their_prior(evidence):
    toml = TOML + '[unknown."coherence"]\nuniform = [0.5, 0.9]\n'
    asked = parse(toml, "one")
    q = question_of(asked, {"a": evidence, "b": evidence}, ["coherence"])
    samples = {
        "coherence": np.full((1, 2), 0.6),
        "coherence spread": np.ones((1, 2)),
        "coherence offset": np.full((1, 2, 2), 5.0),
    }
    with jax.enable_x64(True):
        x = values_at(q, samples)
    assert x.shape == (2, 1, 2, 1)
    assert ((x > 0.6) & (x < 0.9)).all()
