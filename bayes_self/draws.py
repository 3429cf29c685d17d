"""Draws by inverse transform from NumPy's bit generator: a seed means the same everywhere, and on every version.

What a generator of NumPy makes of its bits (`multinomial`, say) may change from version to version; the bits of PCG64
may not. Here 53 of them are a number in [0, 1), and what is drawn is the quantile of that number.
"""

import zlib
from typing import Any

import numpy as np
from jaxtyping import Float, Int, Num

from bayes_self.arrays import AnyArray

Key = Any
"""A whole number, or a key of JAX."""
_BY_ONE = 2**20
"""Up to so many trials are drawn one by one; more, by the quantile of a binomial distribution for each outcome."""


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
    if trials > _BY_ONE:
        return _by_quantile(uniforms(key, purpose, p.shape[-1]), trials, _edges(p))
    below = np.searchsorted(np.sort(uniforms(key, purpose, trials)), _edges(p)).astype(float)
    return np.diff(below, axis=-1, prepend=0.0)


def multinomials(key: Key, purpose: str, trials: int, p: Float[AnyArray, "N O"]) -> Num[np.ndarray, "N O"]:
    """The same with uniform numbers of its own for every row; a row stays the same however many follow."""
    return _by_quantile(uniforms(key, purpose, *p.shape), trials, _edges(p))


def _by_quantile(u: Float[AnyArray, "... O"], trials: int, edges: Float[AnyArray, "... O"]) -> np.ndarray:
    """Outcome after outcome, the quantile of its binomial distribution given those before."""
    left, low, found = np.full(edges.shape[:-1], float(trials)), np.zeros(edges.shape[:-1]), []
    for o in range(edges.shape[-1]):
        rest = 1 - low
        share = np.where(rest > 0, np.clip((edges[..., o] - low) / np.where(rest > 0, rest, 1.0), 0.0, 1.0), 0.0)
        found.append(_binomial_quantile(u[..., o], left, share))
        left, low = left - found[-1], edges[..., o]
    return np.stack(found, -1)


def _binomial_quantile(
    u: Float[AnyArray, "..."], n: Float[AnyArray, "..."], p: Float[AnyArray, "..."]
) -> Float[AnyArray, "..."]:
    """The smallest k with P(at most k of n) >= u."""
    from scipy.special import bdtrik, betaincc  # a quarter of a second, which a single draw need not wait for

    inside = (p > 0) & (p < 1) & (n > 0) & (u > 0)
    n_, p_, u_ = (np.where(inside, x, y) for x, y in ((n, 1.0), (p, 0.5), (u, 0.5)))
    k = np.clip(np.ceil(bdtrik(u_, n_, p_)), 0, n_)
    before = np.maximum(k - 1, 0)
    k = np.where(betaincc(before + 1, n_ - before, p_) >= u_, before, k)
    return np.where(inside, k, np.where(p >= 1, n, 0.0))


def outcome(u: Float[AnyArray, "..."], p: Float[AnyArray, "... O"]) -> Int[AnyArray, "..."]:
    """Which outcome a number in [0, 1) falls to; never one of probability 0."""
    return (_edges(p) <= np.asarray(u)[..., None]).sum(-1)


def _edges(p: Float[AnyArray, "... O"]) -> Float[AnyArray, "... O"]:
    """Where each outcome's share of [0, 1) ends; the last is 1."""
    ends = np.cumsum(p, axis=-1)
    return ends / ends[..., -1:]
