"""The central equation against enumeration in plain NumPy, and the likelihood of clustered counts against SciPy."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, dirichlet_multinomial

from bayes_self.fit.equation import reach, spoken, supplied
from bayes_self.fit.likelihood import log_likelihood
from bayes_self.model.jax_arrays import in_float64

nats = st.floats(-6, 6)


@in_float64
def exactly(function, *arrays):
    return function(*map(jnp.asarray, arrays))


def believed(claim, grip, coherence, grounding, facet):
    """P(the facet has the persona's value): every identity with every assignment of values, summed."""
    total, hit = 0.0, 0.0
    for h, *values in itertools.product((0, 1), repeat=1 + len(grounding)):
        p = np.exp((claim - grip) * h)
        for value, against in zip(values, grounding, strict=True):
            p *= coherence * (value == h) + (1 - coherence) / 2
            p *= np.exp(-against * value)
        total += p
        hit += p * (values[facet] == 1)
    return hit / total


@given(nats, nats, st.floats(0, 0.99), st.lists(nats, min_size=1, max_size=4))
def test_reach_is_the_posterior_of_a_facet(claim, grip, coherence, grounding):
    """The evidence on the other facets reaches it through the identity, the same whatever was claimed."""
    others = sum(_to_identity(coherence, g) for g in grounding[1:])
    most = np.log((1 + coherence) / (1 - coherence))
    x = exactly(reach, np.array([most]), np.array([claim - grip + others]))
    x = float(x[0]) - grounding[0]
    assert 1 / (1 + np.exp(-x)) == pytest.approx(believed(claim, grip, coherence, grounding, 0), abs=1e-10)


def _to_identity(coherence, against):
    """Log odds that one facet's evidence gives to the persona."""
    with_, without = (1 + coherence) / 2, (1 - coherence) / 2
    return np.log(with_ * np.exp(-against) + without) - np.log(without * np.exp(-against) + with_)


@given(st.floats(-30, 30), st.floats(0.1, 10))
def test_an_identity_tells_a_facet_no_more_than_coherence_allows(identity, most):
    found = float(exactly(reach, np.array([most]), np.array([identity]))[0])
    assert abs(found) <= most + 1e-9
    assert abs(found) <= abs(identity) + 1e-9


@given(nats, nats)
def test_an_answer_is_about_me_or_about_the_part(belief, owned):
    persona, self_ = exactly(spoken, np.array([belief]), np.array([owned]))
    tau, p = 1 / (1 + np.exp(-owned)), 1 / (1 + np.exp(-belief))
    assert np.exp(float(persona[0])) == pytest.approx(1 - tau + tau * p, abs=1e-12)
    assert np.exp(float(persona[0])) + np.exp(float(self_[0])) == pytest.approx(1.0, abs=1e-12)


@given(st.floats(-5, 20), st.floats(0.01, 1), st.floats(-1, 2))
def test_a_route_supplies_a_power_of_its_examples(strength, share, exponent):
    found = float(exactly(supplied, np.array([strength]), np.array([share]), np.array([exponent]))[0])
    assert found == pytest.approx(np.log1p(np.exp(strength)) * share**exponent, rel=1e-9)


@given(st.lists(st.integers(0, 200), min_size=2, max_size=5).filter(any), st.floats(0.05, 50), st.data())
def test_counts_are_dirichlet_multinomial(counts, a, data):
    weights = np.array([data.draw(st.floats(0.05, 1)) for _ in counts])
    p = weights / weights.sum()
    given_ = np.flatnonzero(counts)
    cell, y = np.zeros(len(given_), int), np.array(counts, float)

    def likelihood(log_p, log_a):
        return log_likelihood(log_p, log_a, cell, y[given_], np.array([y.sum()]))

    found = exactly(likelihood, np.log(p[given_]), np.array([np.log(a)]))
    whole = dirichlet_multinomial(a * p, int(y.sum()))
    assert float(found[0]) == pytest.approx(whole.logpmf(counts) - _coefficient(y), rel=1e-8, abs=1e-8)
    if len(counts) == 2:
        two = betabinom.logpmf(counts[0], int(y.sum()), a * p[0], a * p[1])
        assert float(found[0]) == pytest.approx(two - _coefficient(y), rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("log_a", [5.0, 17.0, 19.0, 40.0, 120.0, 800.0])
def test_counts_that_are_hardly_clustered_are_multinomial(log_a):
    """As a grows the density goes to the multinomial, from whatever side, and never beyond: seen to overflow once."""
    y = np.array([3.0, 0.0, 6.0, 40.0])
    p, kept = np.array([0.2, 0.1, 0.3, 0.4]), np.array([0, 2, 3])

    def likelihood(log_a):
        every = jnp.broadcast_to(log_a, (1,))
        return log_likelihood(jnp.log(p[kept]) + 0 * log_a, every, np.zeros(3, int), y[kept], np.array([y.sum()]))[0]

    found, slope = exactly(jax.value_and_grad(likelihood), log_a)
    multinomial = float(np.sum(y[kept] * np.log(p[kept])))
    assert float(found) == pytest.approx(multinomial, abs=2 * y.sum() ** 2 * np.exp(-log_a) + 1e-6 + 1e-15 * 50 * log_a)
    assert abs(float(slope)) < 2 * y.sum() ** 2 * np.exp(-log_a) + 1e-6


def _coefficient(y):
    from scipy.special import gammaln

    return gammaln(y.sum() + 1) - gammaln(y + 1).sum()
