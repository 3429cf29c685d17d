"""Doubt: a probe may say nothing of what it is about, however often it is tried.

With probability δ a probe is broken, and its outcomes have frequencies of their own, all alike beforehand:

    P(x given z) = (1 - δ) Π_o P(o given z)^(x_o) + δ · Γ(K) / Γ(K + X) · Π_o Γ(1 + x_o)

for counts x of K outcomes, X in all. So a probe tells at most log2(1/δ) + (K - 1) log2(X + 1) bits.
"""

from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Inexact, Num

from bayes_self.model.arrays import AnyArray, expanded
from bayes_self.model.log_domain import fixed, log, log_sum, ratio
from bayes_self.model.parameters import Probes


class Doubts(NamedTuple):
    """Whether probes are broken, given their counts (P: probes; V: the values of one facet, or of several)."""

    working: Inexact[AnyArray, "... P V"]
    """P(not broken given values)."""
    broken: Inexact[AnyArray, "... P V"]
    """P(broken given values)."""
    if_broken: Inexact[AnyArray, "... P O"]
    """P(next outcome given that the probe is broken): (1 + x_o) / (K + X)."""
    tries: Num[AnyArray, "... P"]
    """X, how often each probe was tried, weighted."""


def has_doubt(probes: Probes) -> bool:
    """Whether some probe may be broken: known beforehand where the array is NumPy's."""
    return not isinstance(probes.doubt, np.ndarray) or bool((probes.doubt != 0).any())


def doubted(
    xp: Any,
    probes: Probes,
    depends: Inexact[AnyArray, "..."],
    common: Inexact[AnyArray, "... P"],
    counts: Num[AnyArray, "... P O"],
    n_axes: int,
) -> tuple[Inexact[AnyArray, "..."], Inexact[AnyArray, "... P"], Doubts]:
    """The log likelihood of `log_likelihood`, in its two parts, with doubt; and whether each probe is broken."""
    tries = xp.sum(counts, axis=-1)
    believed = (tries != 0) & (probes.doubt != 0)
    if_broken = log(xp, probes.doubt) + log_any_frequencies(xp, counts, probes.outcomes) - common
    if_broken, believed = expanded(if_broken, n_axes), expanded(believed, n_axes)
    trusted = expanded(log(xp, 1 - probes.doubt), n_axes) + depends
    trusted, if_broken = xp.broadcast_arrays(trusted, if_broken)
    both = log_sum(xp, xp.stack([trusted, if_broken], axis=-1), -1)
    largest = xp.max(both.real, axis=tuple(range(-n_axes, 0)), keepdims=True)
    largest = fixed(xp, xp.where(believed & (largest > -np.inf), largest, 0.0))
    said = xp.where(believed, both - largest, depends)
    common = common + xp.reshape(largest, largest.shape[: largest.ndim - n_axes])
    untried = expanded(probes.doubt, n_axes)
    tried = expanded(tries != 0, n_axes)
    real = np.arange(counts.shape[-1]) < np.asarray(probes.outcomes)[..., None]
    following = xp.where(real, (1 + counts) / (probes.outcomes + tries)[..., None], 0.0)
    return (
        said,
        common,
        Doubts(
            xp.where(tried, xp.exp(ratio(xp, trusted, both)), 1 - untried),
            xp.where(tried, xp.exp(ratio(xp, if_broken, both)), untried),
            following,
            tries,
        ),
    )


def log_any_frequencies(xp: Any, counts: Num[AnyArray, "... O"], outcomes: Num[AnyArray, "..."]) -> AnyArray:
    """log of Γ(K) / Γ(K + X) · Π_o Γ(1 + x_o), in nats: counts whose frequencies are all alike beforehand.

    As a chain of beta functions, one outcome against those after it, so that 10^9 observations lose no digits.
    """
    total: AnyArray = 0.0
    for o in range(counts.shape[-1] - 1):
        after = np.asarray(outcomes) - 1 - o
        is_real = after > 0
        rest = xp.where(is_real, after + xp.sum(counts[..., o + 1 :], axis=-1), 1.0)
        one = _log_beta(xp, 1 + counts[..., o], rest) + np.log(np.where(is_real, after, 1.0))
        total = total + xp.where(is_real, one, 0.0)
    return total + xp.zeros(counts.shape[:-1])


_SHIFT = 10
"""Both arguments of a beta function are raised by so much first: Stirling's series is then exact to 16 digits."""


def _log_beta(xp: Any, a: AnyArray, b: AnyArray) -> AnyArray:
    """log B(a, b), by B(a, b) = B(a + 1, b) (a + b) / a and Stirling's series.

    The series is that of Didonato and Morris 1992 (ACM TOMS 708), in which no large logarithms cancel. SciPy's own has
    no complex arguments, which derivatives step along, and JAX's is right to eight digits only.
    """
    raised = sum(xp.log(a + b + i) for i in range(2 * _SHIFT)) - sum(xp.log((a + i) * (b + i)) for i in range(_SHIFT))
    x, y = a + _SHIFT, b + _SHIFT
    large = 0.5 * np.log(2 * np.pi) - (x - 0.5) * xp.log1p(y / x) - (y - 0.5) * xp.log1p(x / y) - 0.5 * xp.log(x + y)
    return raised + large + _stirling(x) + _stirling(y) - _stirling(x + y)


def _stirling(x: AnyArray) -> AnyArray:
    """log Γ(x) less (x - 1/2) log x - x + log(2π) / 2, for x of at least 10."""
    terms = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
    return sum(term / x ** (2 * k + 1) for k, term in enumerate(terms))
