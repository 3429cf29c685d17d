"""Sums and products of numbers that may be 0, in logarithms: log 0 is -inf, and nothing is clipped or floored.

An imaginary part is carried along where there is one: a derivative is then taken by a complex step, see
`measures.sensitivity`. Comparisons look at the real part only.
"""

from typing import Any

import numpy as np
from jaxtyping import Inexact, Num

from bayes_self.model.arrays import AnyArray

Logs = Inexact[AnyArray, "..."]
"""Logarithms, in nats; -inf for 0."""


def log(xp: Any, p: Num[AnyArray, "..."]) -> Logs:
    """The natural logarithm of p; -inf at 0, where its derivative is taken as 0."""
    return xp.where(p != 0, xp.log(xp.where(p != 0, p, 1.0)), -np.inf)


def log_sum(xp: Any, x: Logs, axis: int | tuple[int, ...]) -> Logs:
    """The logarithm of Σ exp(x) along axes; -inf where every term is 0, or there is none."""
    top = xp.max(x.real, axis=axis, keepdims=True, initial=-np.inf)
    top = fixed(xp, xp.where(top > -np.inf, top, 0.0))
    total = xp.sum(xp.exp(x - top), axis=axis)
    return log(xp, total) + xp.squeeze(top, axis=axis)


def ratio(xp: Any, a: Logs, b: Logs) -> Logs:
    """The logarithm of exp(a) / exp(b), for a part of a sum and the sum: 0 where the part is 0."""
    return xp.where(a.real > -np.inf, a - xp.where(b.real > -np.inf, b, 0.0), -np.inf)


def normalised(xp: Any, x: Logs) -> Logs:
    """Logarithms of probabilities that sum to one along the last axis, in proportion to exp(x); -inf where all are 0.

    The largest is taken out first, so that they sum to one to rounding however large the logarithms are.
    """
    top = xp.max(x.real, axis=-1, keepdims=True, initial=-np.inf)
    from_top = ratio(xp, x, fixed(xp, top))
    return ratio(xp, from_top, log_sum(xp, from_top, -1)[..., None])


def power(xp: Any, log_base: Logs, n: Num[AnyArray, "..."]) -> Logs:
    """The logarithm of base^n, with 0^0 = 1."""
    possible = log_base.real > -np.inf
    return xp.where(possible | (n == 0), n * xp.where(possible, log_base, 0.0), -np.inf)


def added(xp: Any, onto: Num[AnyArray, "... X C"], logs: Inexact[AnyArray, "... C V"]) -> Inexact[AnyArray, "... X V"]:
    """Σ_c onto[x, c] logs[c, v] for an `onto` of 0 and 1, where 0 times -inf is 0."""
    forbidden = logs.real == -np.inf
    if isinstance(forbidden, np.ndarray) and not forbidden.any():
        return product(xp, onto, logs)
    total = product(xp, onto, xp.where(forbidden, 0.0, logs))
    return xp.where(product(xp, onto, xp.where(forbidden, 1.0, 0.0)) > 0, -np.inf, total)


def product(xp: Any, matrix: Num[AnyArray, "... X C"], columns: Num[AnyArray, "... C V"]) -> Num[AnyArray, "... X V"]:
    """matrix @ columns, as one product however many leading axes the columns have."""
    if matrix.ndim > 2 or columns.ndim == 2:
        return xp.matmul(matrix, columns)
    return xp.moveaxis(xp.tensordot(matrix, columns, axes=(1, columns.ndim - 2)), 0, -2)


def fixed(xp: Any, x: AnyArray) -> AnyArray:
    """A number that cancels out of a result, and that a gradient need not follow."""
    if xp is np:
        return x
    import jax  # only arrays of JAX have gradients here

    return jax.lax.stop_gradient(x)
