"""Cases in which other software answers NaN, zero, something wrong or not at all. Here each has its exact answer."""

import itertools
import math
from decimal import Decimal

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from by_identity import random_self_model
from exactly import exactly

import bayes_self as bs
from bayes_self.model.referent import referent


def read(found):
    return float(found.log_total[0]), np.exp(found.log_identities[0]), np.exp(found.log_values[0])


def one_setting(prior, profile, log_facets):
    """The package's sums, in NumPy."""
    return read(referent(np, np.log(prior), np.array(profile), np.array(log_facets)[None]))


def traced(prior, profile, log_facets):
    """The same source under JAX."""
    with jax.enable_x64(True):
        found = referent(jnp, jnp.log(jnp.array(prior)), jnp.array(profile), jnp.array(log_facets)[None])
        return read(found)


def check(prior, profile, log_facets):
    """NumPy and JAX agree with fifty digits; log Z, P(identity) and P(value) of the latter."""
    expected = exactly(prior, profile, log_facets)
    for compute in (one_setting, traced):
        log_z, identities, facets = compute(prior, profile, log_facets)
        assert log_z == pytest.approx(expected[0], rel=1e-13)
        np.testing.assert_allclose(identities, expected[1], rtol=1e-10, atol=1e-14)
        np.testing.assert_allclose(facets, expected[2], rtol=1e-10, atol=1e-14)
    return expected


def reading_scenario(profiles, coherence=1.0, values=("yes", "no"), **stream):
    """Identities with given profiles over facets that one introspection stream reads."""
    facets = list(next(iter(profiles.values())))
    return {
        "schema": 1,
        "title": "What others break on",
        "coherence": coherence,
        "facets": {d: {"values": list(values)} for d in facets},
        "identities": {
            h: {"profile": {d: dict(zip(values, p, strict=True)) for d, p in own.items()}}
            for h, own in profiles.items()
        },
        "streams": {"introspection": {"reliability": 1.0, **stream}},
    }


# Every identity forbids some facet's best value by 900 nats. NumPyro and plain einsums: -inf and NaN.
FORBIDDEN_BEST = ([0.5, 0.5], [[[0.0, 1.0], [0.0351, 0.9649]], [[0.0351, 0.9649], [0.0, 1.0]]], [[0.0, -900.0]] * 2)


def test_every_identity_forbids_the_best_value_of_some_facet():
    log_z, *_ = check(*FORBIDDEN_BEST)
    assert log_z == pytest.approx(-903.35, abs=0.005)


def test_every_identity_forbids_the_best_value_of_some_facet_in_a_scenario():
    profiles = {"a": {"x": [0, 1], "y": [0.0351, 0.9649]}, "b": {"x": [0.0351, 0.9649], "y": [0, 1]}}
    count = 900 / math.log(2)
    raw = reading_scenario(profiles)
    raw["streams"]["introspection"]["probes"] = {
        f"ask_{d}": {"about": [d], "outcomes": ["hit", "miss"], "given": {"yes": [1.0, 0.0], "no": [0.5, 0.5]}}
        for d in "xy"
    }
    scenario = bs.Scenario.from_dict(raw)
    evidence = bs.Evidence({("introspection", f"ask_{d}"): np.array([count, 0.0]) for d in "xy"})
    found = bs.posterior(scenario, evidence)
    assert found.log_evidence == pytest.approx(exactly(*FORBIDDEN_BEST)[0], rel=1e-13)
    assert found.identities.values == pytest.approx([0.5, 0.5], abs=1e-12)
    assert found.facets.values == pytest.approx(exactly(*FORBIDDEN_BEST)[2], abs=1e-12)


def test_derivatives_by_the_profile_are_finite_where_the_best_value_is_forbidden():
    prior, profile, log_facets = map(np.array, FORBIDDEN_BEST)

    def log_z(it):
        return referent(jnp, jnp.log(prior), it, jnp.asarray(log_facets)[None]).log_total[0]

    with jax.enable_x64(True):
        slope = np.asarray(jax.grad(log_z)(jnp.asarray(profile)))
    assert np.isfinite(slope[profile > 0]).all()
    _, identities, _ = exactly(*FORBIDDEN_BEST)
    # Σ_v profile · derivative is P(identity), for every facet.
    positive = np.where(profile > 0, profile * slope, 0.0).sum(-1)
    np.testing.assert_allclose(positive, np.broadcast_to(identities[:, None], (2, 2)), rtol=1e-12)


def test_a_hard_zero_where_another_value_is_2000_nats_worse():
    profile = [[[0.0, 0.3, 0.7], [0.5, 0.25, 0.25]], [[0.2, 0.0, 0.8], [0.0, 0.0, 1.0]]]
    check([0.9, 0.1], profile, [[0.0, -2000.0, -2001.0], [-2000.0, 0.0, -2003.0]])


def test_400_facets():
    rng = np.random.default_rng(0)
    prior, profile = random_self_model(rng, (3, 400, 8))
    log_facets = rng.normal(size=(400, 8))
    log_z, *_ = exactly(np.exp(prior), profile, log_facets)
    log_facets -= (log_z + 909) / 400
    log_z, *_ = check(np.exp(prior), profile, log_facets)
    assert log_z == pytest.approx(-909, abs=1e-6)


def test_two_close_hypotheses_and_400_observations():
    raw = reading_scenario({"near": {"x": [1, 0]}, "far": {"x": [0, 1]}})
    raw["streams"]["introspection"]["probes"] = {
        "look": {"about": ["x"], "outcomes": ["seen", "not"], "given": {"yes": [0.5, 0.5], "no": [0.47225, 0.52775]}}
    }
    found = bs.posterior(bs.Scenario.from_dict(raw), bs.Evidence({("introspection", "look"): np.array([400.0, 0.0])}))
    ratio = (Decimal("0.47225") / Decimal("0.5")) ** 400
    assert float(ratio / (1 + ratio)) == pytest.approx(1.2e-10, rel=0.005)
    assert float(found.identities.sel(identity="far")) == pytest.approx(float(ratio / (1 + ratio)), rel=1e-12)
    assert float(found.facets.sel(facet="x", value="no")) == pytest.approx(float(ratio / (1 + ratio)), rel=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_facets_that_are_tied_to_a_shared_identity(seed):
    rng = np.random.default_rng(seed)
    log_prior, profile = random_self_model(rng, (4, 5, 3), zeros=0.3)
    log_facets = 3 * rng.normal(size=(5, 3))
    values, identities = np.zeros((5, 3)), np.zeros(4)
    for h, *z in itertools.product(range(4), *[range(3)] * 5):
        p = math.exp(log_prior[h]) * math.prod(profile[h, d, v] * math.exp(log_facets[d, v]) for d, v in enumerate(z))
        identities[h] += p
        values[range(5), z] += p
    for compute in (one_setting, traced):
        log_z, found_identities, found_facets = compute(np.exp(log_prior), profile, log_facets)
        assert log_z == pytest.approx(math.log(identities.sum()), rel=1e-13)
        np.testing.assert_allclose(found_identities, identities / identities.sum(), atol=1e-13)
        np.testing.assert_allclose(found_facets, values / identities.sum(), atol=1e-13)


def test_64_facets_one_by_one():
    rng = np.random.default_rng(1)
    profiles = {h: {f"facet {d}": [p, 1 - p] for d, p in enumerate(rng.random(64))} for h in "abc"}
    raw = reading_scenario(profiles, coherence=0.9, reliability=0.8, readings=[f"facet {d}" for d in range(64)])
    seen = rng.integers(0, 5, size=(64, 2))
    evidence = bs.Evidence({("introspection", f"facet {d}"): seen[d].astype(float) for d in range(64)})
    found = bs.posterior(bs.Scenario.from_dict(raw), evidence)
    profile = 0.9 * np.array([list(own.values()) for own in profiles.values()]) + 0.1 / 2
    log_z, identities, facets = exactly([1 / 3] * 3, profile, seen @ np.log([[0.9, 0.1], [0.1, 0.9]]))
    assert found.log_evidence == pytest.approx(log_z, rel=1e-13)
    np.testing.assert_allclose(found.identities, identities, atol=1e-12)
    np.testing.assert_allclose(found.facets, facets, atol=1e-12)


def test_a_thousand_facets_a_thousand_identities_and_four_values():
    rng = np.random.default_rng(2)
    facets, values = [f"d{d}" for d in range(1000)], ["a", "b", "c", "d"]
    stands = {f"h{h}": {facets[d]: values[rng.integers(4)] for d in rng.permutation(1000)[:100]} for h in range(1000)}
    raw = {
        "schema": 1,
        "title": "A thousand of each",
        "facets": {d: {"values": values} for d in facets},
        "identities": {h: {"profile": own} for h, own in stands.items()},
        "streams": {"introspection": {"readings": facets, "reliability": 0.7}},
    }
    truth = stands["h77"]
    evidence = bs.Evidence({("introspection", d): np.eye(4)[values.index(v)] for d, v in truth.items()})
    found = bs.posterior(bs.Scenario.from_dict(raw), evidence)

    # Facets that were not read say nothing. Of the others, P(what was read given identity) is this:
    read, other = 0.7 + 0.3 / 4, 0.3 / 4
    stand, base = 0.9 + 0.1 / 4, 0.1 / 4
    agrees, differs = stand * read + (1 - stand) * other, base * read + (1 - base) * other
    log_likelihood = np.array(
        [
            sum(np.log(agrees if own[d] == v else differs) if d in own else np.log(1 / 4) for d, v in truth.items())
            for own in stands.values()
        ]
    )
    expected = np.exp(log_likelihood - log_likelihood.max())
    assert found.log_evidence == pytest.approx(log_likelihood.max() + np.log(expected.mean()), rel=1e-12)
    np.testing.assert_allclose(found.identities, expected / expected.sum(), atol=1e-12)
    assert float(np.abs(found.facets.sum("value") - 1).max()) < 1e-12


def test_a_billion_observations():
    raw = reading_scenario({"a": {"x": [0.6, 0.4]}, "b": {"x": [0.4, 0.6]}}, reliability=0.5, readings=["x"])
    found = bs.posterior(bs.Scenario.from_dict(raw), bs.Evidence({("introspection", "x"): np.array([1e9, 0.0])}))
    assert found.log_evidence == pytest.approx(1e9 * math.log(0.75) + math.log(0.5), rel=1e-14)
    np.testing.assert_allclose(found.identities, [0.6, 0.4], rtol=1e-13)
    np.testing.assert_array_equal(found.facets, [[1.0, 0.0]])


def test_a_billion_observations_that_say_nothing():
    raw = reading_scenario({"a": {"x": [0.6, 0.4]}, "b": {"x": [0.4, 0.6]}})
    raw["streams"]["introspection"]["probes"] = {
        "coin": {"about": ["x"], "outcomes": ["heads", "tails"], "given": {"yes": [0.3, 0.7], "no": [0.3, 0.7]}}
    }
    scenario = bs.Scenario.from_dict(raw)
    found = bs.posterior(scenario, bs.Evidence({("introspection", "coin"): np.array([1e9, 1e9])}))
    before = bs.posterior(scenario)
    np.testing.assert_array_equal(found.identities, before.identities)
    np.testing.assert_array_equal(found.facets, before.facets)


def test_a_hundred_thousand_nats_for_and_then_against():
    raw = reading_scenario({"a": {"x": [1, 0]}, "b": {"x": [0, 1]}}, reliability=0.8, readings=["x"])
    scenario = bs.Scenario.from_dict(raw)
    count = 1e5 / math.log(9)
    once = bs.Evidence({("introspection", "x"): np.array([count, 0.0])})
    back = bs.Evidence({("introspection", "x"): np.array([0.0, count])})
    assert bs.posterior(scenario, once).identities.values.tolist() == [1.0, 0.0]
    assert bs.posterior(scenario, once + back).identities.values == pytest.approx([0.5, 0.5], abs=1e-12)
    assert bs.posterior(scenario, once + back).log_evidence == pytest.approx(count * math.log(0.09), rel=1e-13)


def test_certain_contradictions_are_an_error_that_names_them():
    raw = reading_scenario({"a": {"x": [1, 0]}, "b": {"x": [1, 0]}}, readings=["x"])
    evidence = bs.Evidence({("introspection", "x"): np.array([0.0, 1.0])})
    with pytest.raises(bs.EvidenceError, match=r"introspection\.x"):
        bs.posterior(bs.Scenario.from_dict(raw), evidence)


def test_the_users_jax_settings_stay_as_they_are():
    assert not jax.config.jax_enable_x64
    raw = reading_scenario({"a": {"x": [0.6, 0.4]}, "b": {"x": [0.4, 0.6]}}, readings=["x"])
    found = bs.posterior(bs.Scenario.from_dict(raw))
    assert found.identities.dtype == np.float64
    assert not jax.config.jax_enable_x64
    assert jnp.ones(1).dtype == jnp.float32


@pytest.mark.parametrize("count", [1e3, 1e6, 1e9])
def test_what_is_forbidden_twice_over_and_would_fit_best_by_far_leaves_no_nan(count):
    """A persona taken whole; the count rules one substrate out, and other names would fit it better."""
    fits = {
        "model": {"it": [0.65, 0.35], "Jack": [0.4, 0.6], "nobody": [0.6, 0.4]},
        "brain": {"it": [0.0, 1.0], "Jack": [0.4, 0.6], "nobody": [0.85, 0.15]},
    }
    probe = {"about": ["substrate", "name"], "outcomes": ["lost", "found"], "given": fits}
    raw = {
        "coherence": 1.0,
        "facets": {
            "substrate": {"values": ["model", "brain"], "base": {"model": 0.25, "brain": 0.75}},
            "name": {"values": ["it", "Jack", "nobody"]},
        },
        "identities": {"it": {"profile": {"name": {"it": 1.0}}}},
        "streams": {"introspection": {"reliability": 1.0, "probes": {"check": probe}}},
    }
    scenario = bs.Scenario.from_dict(raw)
    row = {"stream": "introspection", "probe": "check", "outcome": "lost", "count": count}
    found = bs.posterior(scenario, bs.Evidence.from_rows(scenario, [row]))
    assert found.log_evidence == pytest.approx(math.log(0.25) + count * math.log(0.65), rel=1e-12)
    assert found.facets.sel(facet="substrate", value="model").item() == 1
    assert found.facets.sel(facet="name", value="it").item() == 1
