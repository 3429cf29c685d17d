"""Many settings at once: the same beliefs as one at a time, and only what must be is done again."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from by_identity import believed, random_self_model
from hypothesis import given, settings
from hypothesis import strategies as st
from traces import traces

from bayes_self import batch
from bayes_self.batch import batch_beliefs, beliefs_over_priors
from bayes_self.grouped import beliefs_of_block, grouped
from bayes_self.log_evidence import log_evidence_of_self_model

SIZES = [(1, 1, 1), (4, 12, 3), (5, 33, 4), (40, 40, 2), (3, 17, 8)]
"""Up to 32 identities and more than these are laid out differently."""


def one_at_a_time(log_prior, profile, log_facets):
    rows = [believed(log_prior if log_prior.ndim == 1 else log_prior[n], profile, u) for n, u in enumerate(log_facets)]
    return [np.array(column) for column in zip(*rows, strict=True)]


def assert_same(found, expected):
    np.testing.assert_allclose(found.log_evidence, expected[0], rtol=1e-13, atol=1e-12)
    np.testing.assert_allclose(found.identities, expected[1], atol=1e-12)
    np.testing.assert_allclose(found.facets, expected[2], atol=1e-12)


@pytest.fixture
def done_again(monkeypatch):
    """How many settings each call of the log domain was given."""
    calls, original = [], batch._in_log_domain

    def counted(log_prior, profile, log_facets):
        calls.append(len(log_facets))
        return original(log_prior, profile, log_facets)

    monkeypatch.setattr(batch, "_in_log_domain", counted)
    return calls


@pytest.mark.parametrize("sizes", SIZES)
def test_it_equals_the_log_evidence_and_its_gradient(sizes):
    rng = np.random.default_rng(1)
    log_prior, profile = random_self_model(rng, sizes)
    log_facets = rng.normal(scale=5, size=(7, *sizes[1:]))
    found = batch_beliefs(log_prior, profile, log_facets)
    with jax.enable_x64(True):
        slope = jax.vmap(jax.value_and_grad(log_evidence_of_self_model, (0, 2)), (None, None, 0))
        log_z, (identities, facets) = jax.tree.map(np.asarray, slope(log_prior, profile, log_facets))
    assert_same(found, (log_z, identities, facets))


@given(
    sizes=st.sampled_from([(1, 1, 2), (2, 3, 4), (6, 40, 3), (33, 20, 3)]),
    n_settings=st.sampled_from([4, 6]),  # in NumPy, and compiled
    seed=st.integers(0, 2**32 - 1),
    strength=st.sampled_from([1.0, 30.0, 300.0, 3000.0]),
    zeros=st.sampled_from([0.0, 0.3, 0.8]),
    forbidden=st.sampled_from([0.0, 0.02]),
    own_priors=st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_it_is_exact_for_evidence_of_any_size(sizes, n_settings, seed, strength, zeros, forbidden, own_priors):
    rng = np.random.default_rng(seed)
    log_prior, profile = random_self_model(rng, sizes, zeros)
    log_facets = strength * rng.normal(size=(n_settings, *sizes[1:]))
    log_facets[rng.random(log_facets.shape) < forbidden] = -np.inf
    if own_priors:
        log_prior = np.log(rng.dirichlet(np.ones(sizes[0]), n_settings))
    assert_same(batch_beliefs(log_prior, profile, log_facets), one_at_a_time(log_prior, profile, log_facets))


def test_only_settings_without_a_certificate_are_done_again(done_again):
    rng = np.random.default_rng(2)
    log_prior, profile = random_self_model(rng, (4, 20, 3))
    profile[:, 0] = [0.5, 0.5, 0.0]
    log_facets = rng.normal(size=(300, 20, 3))
    log_facets[[5, 77, 250], 0, 1:] = 0.0
    log_facets[[5, 77, 250], 0, :2] = -900.0
    profile[1:, 0] = [0.0, 1.0, 0.0]
    profile[0, 0] = [0.0, 0.0, 1.0]
    assert_same(batch_beliefs(log_prior, profile, log_facets), one_at_a_time(log_prior, profile, log_facets))
    assert sum(done_again) <= 4


def test_many_facets_that_contradict_an_identity_need_no_logarithms_of_values(done_again):
    profile = np.zeros((2, 64, 2))
    profile[0, :, 0] = profile[1, :, 1] = 1.0
    log_facets = np.zeros((10, 64, 2))
    log_facets[:, :, 1] = -np.arange(10.0)[:, None] * 50
    log_prior = np.log([0.25, 0.75])
    assert_same(batch_beliefs(log_prior, profile, log_facets), one_at_a_time(log_prior, profile, log_facets))
    assert not done_again


def test_an_impossible_setting_says_so_and_spoils_no_other():
    log_prior, profile = random_self_model(np.random.default_rng(3), (3, 5, 2))
    log_facets = np.zeros((3, 5, 2))
    log_facets[1, 2] = -np.inf
    found = batch_beliefs(log_prior, profile, log_facets)
    assert_same(found, one_at_a_time(log_prior, profile, log_facets))
    assert found.log_evidence[1] == -np.inf
    assert found.identities[1].sum() == found.facets[1].sum() == 0


def test_an_identity_may_be_impossible_before_the_evidence():
    log_prior = np.array([-np.inf, 0.0])
    _, profile = random_self_model(np.random.default_rng(3), (2, 5, 2))
    assert batch_beliefs(log_prior, profile, np.zeros((1, 5, 2))).identities.tolist() == [[0.0, 1.0]]


def test_padding_has_no_say():
    rng = np.random.default_rng(4)
    log_prior, profile = random_self_model(rng, (3, 6, 2))
    log_facets = rng.normal(size=(2, 6, 2)) - 2000
    padded = np.pad(profile, ((0, 0), (0, 0), (0, 2))), np.pad(log_facets, ((0, 0), (0, 0), (0, 2)))
    narrow, wide = batch_beliefs(log_prior, profile, log_facets), batch_beliefs(log_prior, *padded)
    np.testing.assert_allclose(wide.log_evidence, narrow.log_evidence, rtol=1e-14)
    np.testing.assert_allclose(wide.facets, np.pad(narrow.facets, ((0, 0), (0, 0), (0, 2))), atol=1e-14)


def test_blocks_leave_no_seam(monkeypatch):
    monkeypatch.setattr(batch, "_LARGEST_BLOCK", 4)
    rng = np.random.default_rng(5)
    log_prior, profile = random_self_model(rng, (3, 6, 2))
    for n_settings in (0, 1, 3, 4, 9):
        log_facets = rng.normal(size=(n_settings, 6, 2))
        found = batch_beliefs(log_prior, profile, log_facets)
        assert found.facets.shape == log_facets.shape
        if n_settings:
            assert_same(found, one_at_a_time(log_prior, profile, log_facets))


@pytest.mark.parametrize("strength", [1.0, 3000.0])
def test_many_priors_on_one_evidence(strength):
    rng = np.random.default_rng(6)
    _, profile = random_self_model(rng, (5, 30, 3), zeros=0.4)
    log_prior = np.log(rng.dirichlet(np.ones(5), 50))
    log_facets = strength * rng.normal(size=(30, 3))
    found = beliefs_over_priors(log_prior, profile, log_facets)
    assert_same(found, one_at_a_time(log_prior, profile, np.broadcast_to(log_facets, (50, 30, 3))))


def test_many_priors_on_impossible_evidence():
    found = beliefs_over_priors(np.zeros((2, 1)), np.ones((1, 1, 1)), np.full((1, 1), -np.inf))
    assert found.log_evidence.tolist() == [-np.inf, -np.inf]
    assert found.facets.sum() == 0


def test_numbers_that_are_none_are_refused():
    log_prior, profile = random_self_model(np.random.default_rng(7), (2, 3, 2))
    log_facets = np.zeros((5, 3, 2))
    with pytest.raises(ValueError, match="log_prior"):
        batch_beliefs(np.array([np.nan, 0.0]), profile, log_facets)
    with pytest.raises(ValueError, match="profile"):
        batch_beliefs(log_prior, 2 * profile, log_facets)
    for bad in (np.nan, np.inf):
        log_facets[3, 1, 1] = bad
        with pytest.raises(ValueError, match=r"log_facets.* settings 3 to"):
            batch_beliefs(log_prior, profile, log_facets)
        with pytest.raises(ValueError, match="log_facets"):
            beliefs_over_priors(log_prior[None], profile, log_facets[3])


def test_new_numbers_compile_nothing_new():
    rng = np.random.default_rng(8)
    batch_beliefs(*random_self_model(rng, (3, 6, 2)), rng.normal(size=(100, 6, 2)))
    compiled = traces(batch._beliefs_of_block)
    batch_beliefs(*random_self_model(rng, (3, 6, 2)), rng.normal(size=(100, 6, 2)))
    assert traces(batch._beliefs_of_block) == compiled


def test_single_precision_in_double_precision_out():
    rng = np.random.default_rng(9)
    log_prior, profile = random_self_model(rng, (3, 6, 2))
    found = batch_beliefs(jnp.asarray(log_prior), jnp.asarray(profile), jnp.asarray(rng.normal(size=(4, 6, 2))))
    assert {array.dtype for array in found} == {np.dtype(float)}
    assert not jax.config.jax_enable_x64
    assert jnp.ones(1).dtype == jnp.float32


def test_the_covariance_of_beliefs_is_the_derivative_of_the_marginals():
    log_prior, profile = random_self_model(np.random.default_rng(10), (4, 6, 3))
    with jax.enable_x64(True):
        groups = grouped(profile, 4)
        slope = jax.jacfwd(lambda u: beliefs_of_block(jnp.asarray(log_prior[None]), groups, u).facets[0])
        found = np.asarray(slope(jnp.zeros((1, 6, 3))))[:, :, 0]
    identities = np.exp(log_prior)
    within = np.einsum("h,hdv,hew->dvew", identities, profile, profile)
    for d in range(6):
        within[d, :, d] = np.diag(identities @ profile[:, d])
    marginals = np.einsum("h,hdv->dv", identities, profile)
    np.testing.assert_allclose(found, within - np.einsum("dv,ew->dvew", marginals, marginals), atol=1e-14)
