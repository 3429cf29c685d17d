"""Draws by inverse transform: the bits of PCG64, the quantile function, and the laws that draws obey."""

import jax
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from bayes_self.world.draws import _counts, multinomial, multinomials, outcome, uniforms, words_of

PROBABILITIES = st.lists(st.floats(0.001, 1), min_size=1, max_size=5).map(lambda p: np.array(p) / np.sum(p))


def test_uniform_numbers_are_the_first_53_bits_of_pcg64():
    """Of the seed sequence (0, 7, CRC-32 of "a"): what every machine and every version of NumPy gives."""
    bits = np.random.PCG64([0, 7, 3904355907]).random_raw(3)
    assert uniforms(7, "a", 3).tolist() == [int(each) // 2**11 / 2**53 for each in bits]
    assert uniforms(7, "a", 3).tolist() == [0.6361342221353373, 0.7323595223484598, 0.5749855806634997]


def test_a_whole_number_and_the_key_of_jax_made_from_it_are_the_same():
    for seed in (0, 3, 2**40 + 5):
        with jax.enable_x64(True):
            assert words_of(seed) == words_of(jax.random.key(seed))


def quantile(u, n, p):
    """By SciPy, the rarer of the two counted."""
    return stats.binom.ppf(u, n, p) if p <= 0.5 else n - stats.binom.ppf(u, n, 1 - p)


@given(PROBABILITIES, st.integers(0, 500), st.integers(0, 100))
def test_a_draw_is_a_quantile_of_the_binomial_for_each_outcome(p, trials, seed):
    found, u = multinomial(seed, "draw", trials, p), uniforms(seed, "draw", max(len(p) - 1, 1))
    assert found.sum() == trials
    left, rest = trials, 1.0
    for o in range(len(p) - 1):
        share = min(p[o] / rest, 1.0)
        if left:
            assume(abs(share - 0.5) > 1e-9)
            assert found[o] == max(quantile(u[o], left, share), 0)
        left, rest = left - found[o], rest - p[o]


@given(PROBABILITIES, st.integers(1, 2000), st.integers(0, 100))
def test_many_draws_are_each_what_it_is_by_itself(p, trials, seed):
    """SciPy's quantiles, and those that are added up for a single draw, are the same."""
    found, u = (
        multinomials(seed, "many", trials, np.broadcast_to(p, (4, len(p)))),
        uniforms(seed, "many", 4, max(len(p) - 1, 1)),
    )
    for row, own in zip(found, u, strict=True):
        assert row.tolist() == _counts(own, trials, p).tolist()


def test_what_is_impossible_is_never_drawn():
    p = np.array([0.0, 0.25, 0.0, 0.75, 0.0])
    assert multinomial(1, "zeros", 10_000, p)[[0, 2, 4]].tolist() == [0, 0, 0]
    assert multinomials(1, "zeros", 10_000, np.broadcast_to(p, (50, 5)))[:, [0, 2, 4]].max() == 0
    assert outcome(np.array([0.0, 1 - 2.0**-53]), np.broadcast_to(p, (2, 5))).tolist() == [1, 3]


@pytest.mark.parametrize("trials", [40, 10**9])
def test_means_and_variances_are_those_of_the_multinomial(trials):
    p, n = np.array([0.2, 0.5, 0.3]), 4000
    found = multinomials(5, "moments", trials, np.broadcast_to(p, (n, 3)))
    mean, variance = trials * p, trials * p * (1 - p)
    assert (np.abs(found.mean(0) - mean) < 5 * np.sqrt(variance / n)).all()
    # the variance of a sample variance of n nearly normal numbers
    assert (np.abs(found.var(0) / variance - 1) < 5 * np.sqrt(2 / n)).all()


def test_a_billion_trials_of_one_draw():
    found = multinomial(2, "billion", 10**9, np.array([0.1, 0.9]))
    assert found.sum() == 10**9
    assert abs(found[0] - 1e8) < 5 * np.sqrt(1e9 * 0.09)


def test_probabilities_along_a_leading_axis_meet_the_same_numbers():
    p = np.array([[0.5, 0.5], [0.6, 0.4]])
    found = multinomial(3, "edits", 100, p)
    assert found[0].tolist() == multinomial(3, "edits", 100, p[0]).tolist()
    assert found[1, 0] >= found[0, 0], "a larger probability is never drawn less often"
