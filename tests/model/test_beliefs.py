"""Beliefs: settings along leading axes, NumPy and JAX from one source, and probabilities too small for a float."""

from dataclasses import replace

import jax
import numpy as np
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from one_scenario import scenario
from strategies import cases

import bayes_self as bs
from bayes_self.beliefs.case import case_of
from bayes_self.model.beliefs import Tilt, all_assignments, believe
from bayes_self.model.jax_arrays import in_float64
from bayes_self.model.keys import setter
from bayes_self.model.potentials import Counts

READ = ("log_evidence", "log_identities", "log_facets", "ownership", "with_identity")


@given(cases(), st.integers(0, 2**32 - 1))
@examples(20)
def test_settings_along_a_leading_axis_are_what_each_is_by_itself(case, seed):
    """Numbers and counts move together; also where one of the settings is impossible."""
    raw, rows = case
    model = bs.Scenario.from_dict(raw)
    one = case_of(model, bs.Evidence.from_rows(model, rows))
    rng = np.random.default_rng(seed)
    put, _ = setter("coherence", model, one.names)
    x, times = rng.random(5), rng.integers(0, 3, 5)
    counts = Counts(
        one.counts.single * times[:, None, None], tuple(seen * times[:, None, None] for seen in one.counts.joint)
    )
    many = believe(put(one.believed, x), counts)
    for i in range(5):
        here = Counts(counts.single[i], tuple(seen[i] for seen in counts.joint))
        alone = believe(put(one.believed, x[i]), here)
        assert bool(np.broadcast_to(many.is_possible, 5)[i]) == bool(alone.is_possible)
        if alone.is_possible:
            for name in READ:
                expected = getattr(alone, name)
                found = np.broadcast_to(getattr(many, name), (5, *np.shape(expected)))[i]
                np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11, err_msg=name)
            for found, expected in zip(many.predictive.joint, alone.predictive.joint, strict=True):
                np.testing.assert_allclose(found[i], expected, atol=1e-11)
            np.testing.assert_allclose(many.predictive.single[i], alone.predictive.single, atol=1e-11)


@given(cases())
@examples(5)
def test_jax_and_numpy_agree(case):
    raw, rows = case
    model = bs.Scenario.from_dict(raw)
    one = case_of(model, bs.Evidence.from_rows(model, rows))
    about_me = all_assignments(len(one.names.streams))
    if not one.beliefs.is_possible:
        return

    @in_float64
    def traced(ownership):
        moved = replace(one.believed, ownership=jax.numpy.asarray(ownership))
        found = believe(moved, one.counts, about_me=about_me)
        return {name: getattr(found, name) for name in READ}

    found = traced(one.believed.ownership) if about_me.shape[1] else {}
    for name, array in found.items():
        np.testing.assert_allclose(np.asarray(array), getattr(one.beliefs, name), rtol=1e-9, atol=1e-11, err_msg=name)


@given(cases())
@examples(10)
def test_a_condition_is_a_belief_given_that_it_holds(case):
    """P(h, v) from the pairs, and from the beliefs given each identity."""
    raw, rows = case
    model = bs.Scenario.from_dict(raw)
    one = case_of(model, bs.Evidence.from_rows(model, rows))
    if not one.beliefs.is_possible:
        return
    only = np.where(np.eye(len(one.names.identities), dtype=bool), 0.0, -np.inf)
    given_each = believe(one.believed, one.counts, Tilt(identities=only))
    p = np.exp(given_each.log_evidence - one.beliefs.log_evidence)
    np.testing.assert_allclose(p, one.beliefs.identities, atol=1e-10)
    for h in np.flatnonzero(p > 0):
        np.testing.assert_allclose(p[h] * given_each.facets[h], one.beliefs.with_identity[h], atol=1e-10)


@pytest.mark.parametrize("key", ["coherence", "streams.rl.reliability", "streams.rl.ownership", "streams.spec.weight"])
def test_gradients_of_jax_are_those_of_a_complex_step(key):
    one = case_of(scenario(), bs.expect(scenario()))
    put, value = setter(key, one.scenario, one.names)
    about_me, at = all_assignments(len(one.names.streams)), 0.9 * value

    def log_z(x):
        return believe(put(one.believed, x), one.counts, about_me=about_me).log_evidence

    slope = in_float64(jax.grad(log_z))(np.float64(at))
    assert float(slope) == pytest.approx(log_z(np.asarray(complex(at, 1e-200))).imag / 1e-200, rel=1e-9)


def test_probabilities_too_small_for_a_float_have_logarithms():
    """10^5 trials against a value: its probability is 0 in float64, the bits against it are finite and right."""
    n = 100_000.0
    two = {
        "facets": {"substrate": {"values": ["lm", "brain"]}},
        "identities": {"somebody": {}},
        "streams": {"rl": {"reliability": 0.9, "readings": ["substrate"]}},
    }
    model = bs.Scenario.from_dict(two)
    rows = [{"stream": "rl", "probe": "substrate", "outcome": "lm", "count": n}]
    result = bs.posterior(model, bs.Evidence.from_rows(model, rows))
    assert float(result.facets.sel(facet="substrate", value="brain")) == 0.0
    assert result.bits_to_flip["substrate"]["brain"] == pytest.approx(n * np.log2(0.95 / 0.05), rel=1e-12)
