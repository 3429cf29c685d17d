"""Draws by inverse transform from NumPy's bit generator: a seed means the same everywhere, and on every version.

What a generator of NumPy makes of its bits (`multinomial`, say) may change from version to version; the bits of PCG64
may not. Here 53 of them are a number in [0, 1), and what is drawn is the quantile of that number.
"""

import zlib
from typing import Any

import numpy as np
from jaxtyping import Float, Int, Num

from bayes_self.model.arrays import AnyArray

Key = Any
"""A whole number, or a key of JAX."""
_BY_SUMS = 2**16
"""Up to so many trials the probabilities of a single binomial distribution are added up; else SciPy is asked."""


def uniforms(key: Key, purpose: str, *shape: int) -> Float[np.ndarray, "..."]:
    """Numbers in [0, 1) for one purpose: the seed is made of the key and of the purpose's name."""
    bits = np.random.PCG64([*words_of(key), zlib.crc32(purpose.encode())])
    return (bits.random_raw(int(np.prod(shape))) >> np.uint64(11)).reshape(shape) * 2.0**-53


def words_of(key: Key) -> list[int]:
    """The whole numbers that a key is made of."""
    if isinstance(key, int | np.integer):
        return [int(key) >> 32 & 0xFFFFFFFF, int(key) & 0xFFFFFFFF]
    from jax.random import key_data

    return np.asarray(key_data(key)).ravel().tolist()


def multinomial(key: Key, purpose: str, trials: int, p: Float[AnyArray, "... O"]) -> Num[AnyArray, "... O"]:
    """How often each outcome came up in so many trials; the same uniform numbers for every leading axis."""
    return _counts(uniforms(key, purpose, max(p.shape[-1] - 1, 1)), trials, p)


def multinomials(key: Key, purpose: str, trials: int, p: Float[AnyArray, "N O"]) -> Num[AnyArray, "N O"]:
    """The same with uniform numbers of its own for every row; a row stays the same however many follow."""
    return _counts(uniforms(key, purpose, len(p), max(p.shape[-1] - 1, 1)), trials, p)


def _counts(u: Float[AnyArray, "... U"], trials: int, p: Float[AnyArray, "... O"]) -> Num[AnyArray, "... O"]:
    """Outcome after outcome, a quantile of its binomial distribution given those before; the last has the rest.

    An outcome that is certain, or impossible, uses up no number.
    """
    p = p / p.sum(-1, keepdims=True)
    left, rest = np.full(p.shape[:-1], float(trials)), np.ones(p.shape[:-1])
    used, found = np.zeros(p.shape[:-1], dtype=int), []
    wide = np.broadcast_to(u, (*p.shape[:-1], u.shape[-1]))
    for o in range(p.shape[-1] - 1):
        share = np.where(rest > 0, np.clip(p[..., o] / np.where(rest > 0, rest, 1.0), 0.0, 1.0), 0.0)
        is_open = (share > 0) & (left > 0)
        number = np.take_along_axis(wide, np.minimum(used, u.shape[-1] - 1)[..., None], -1)[..., 0]
        # More than a half is counted from above, so that rounding is that of the rarer of the two.
        rarer = np.minimum(share, 1 - share)
        few = np.where(is_open & (rarer > 0), _binomial_quantile(number, left, rarer), 0.0)
        found.append(np.where(is_open, np.where(share > 0.5, left - few, few), 0.0))
        left, rest, used = left - found[-1], rest - p[..., o], used + is_open
    return np.stack([*found, left], -1)


def _binomial_quantile(
    u: Float[AnyArray, "..."], n: Float[AnyArray, "..."], p: Float[AnyArray, "..."]
) -> Float[AnyArray, "..."]:
    """The smallest k with P(at most k of n) >= u."""
    if np.size(u) == 1 and np.max(n) <= _BY_SUMS:
        return np.reshape(_quantile_of_one(float(np.max(u)), int(np.max(n)), float(np.max(p))), np.shape(u))
    from scipy.special import bdtrik, betaincc  # a quarter of a second, which a single draw need not wait for

    inside = (p > 0) & (p < 1) & (n > 0) & (u > 0)
    n, p, u = (np.where(inside, x, y) for x, y in ((n, 1.0), (p, 0.5), (u, 0.5)))
    k = np.clip(np.ceil(bdtrik(u, n, p)), 0, n)
    before = np.maximum(k - 1, 0)
    return np.where(inside, np.where(betaincc(before + 1, n - before, p) >= u, before, k), 0.0)


def _quantile_of_one(u: float, n: int, p: float) -> float:
    """The same for one distribution, whose probabilities are added up."""
    if p <= 0 or n == 0:
        return 0.0
    k = np.arange(n)
    log_p = np.concatenate([[0.0], np.cumsum(np.log((n - k) / (k + 1)) + np.log(p) - np.log1p(-p))])
    below = np.cumsum(np.exp(log_p + n * np.log1p(-p)))
    return float(min(np.searchsorted(below, u), n))


def outcome(u: Float[AnyArray, "..."], p: Float[AnyArray, "... O"]) -> Int[AnyArray, "..."]:
    """Which outcome a number in [0, 1) falls to; never one of probability 0."""
    return (_edges(p) <= np.asarray(u)[..., None]).sum(-1)


def _edges(p: Float[AnyArray, "... O"]) -> Float[AnyArray, "... O"]:
    """Where each outcome's share of [0, 1) ends; the last is 1."""
    ends = np.cumsum(p, axis=-1)
    return ends / ends[..., -1:]


def settled_counts(
    key: Key, name: str, n: int, chances: Float[np.ndarray, "N O"], broken: np.ndarray, if_broken: np.ndarray
) -> Float[np.ndarray, "N O"]:
    """Counts of n trials by each of N self-models that have settled on what they are.

    A working probe has the `chances` of that self-model. Where it is broken (N booleans), it has frequencies of its own
    from Dirichlet(`if_broken`), one parameter for each outcome.
    """
    if broken.any():
        u = [uniforms(key, f"{name}/broken/{o}", len(chances))[broken] for o in range(len(if_broken))]
        chances = chances.copy()
        chances[broken] = dirichlet(np.stack(u, -1), if_broken)
    return multinomials(key, name, n, chances)


def dirichlet(u: Float[AnyArray, "... O"], parameters: Float[np.ndarray, " O"]) -> Float[np.ndarray, "... O"]:
    """Frequencies drawn from a Dirichlet distribution: quantiles of gamma variables, divided by their sum."""
    from scipy.special import gammaincinv

    found = gammaincinv(parameters, u)
    return found / found.sum(-1, keepdims=True)
