"""Sums and powers of probabilities in the log domain, exact with zeros, and with the right derivatives.

A probability of 0 is legal everywhere: its logarithm is -inf, and the derivatives of a sum that is not itself 0 stay
finite. Nothing is clipped and nothing is floored.
"""

from typing import NamedTuple

import jax.numpy as jnp
from jax import lax
from jaxtyping import Float

from bayes_self.arrays import AnyArray

# exp(709.78) is the largest float64. It bounds the derivative with respect to a weight that is 0, and nothing else.
_LARGEST_EXPONENT = 709.0


def log_power(base: Float[AnyArray, "*#shape"], exponent: Float[AnyArray, "*#shape"]) -> Float[AnyArray, "..."]:
    """log(base ** exponent), in nats, for base >= 0 and exponent >= 0, with 0 ** 0 = 1.

    An exponent of 0 switches its factor off, also where the base is 0.
    """
    base, exponent = jnp.broadcast_arrays(base, exponent)
    possible = base > 0
    log_base = jnp.log(jnp.where(possible, base, 1.0))
    return jnp.where(possible, exponent * log_base, jnp.where(exponent > 0, -jnp.inf, 0.0))


class Scaled(NamedTuple):
    """A number that is not negative, as weight · exp(exponent).

    The weight is 1, except where the number is 0: there it is the 0 itself, as it was added up, and has derivatives.
    """

    weight: Float[AnyArray, "..."]
    exponent: Float[AnyArray, "..."]


def scaled_dot(weights: Float[AnyArray, "*#shape"], exponents: Float[AnyArray, "*#shape"], axis: int = -1) -> Scaled:
    """Σ weights · exp(exponents) along an axis (exponents in nats).

    The shift is the largest exponent *among the terms that are not 0*: a value that an identity forbids may be the
    likeliest by hundreds of nats. The weights stay outside the logarithm, so that derivatives with respect to a weight
    of 0 are right too (up to exp(709)).
    """
    weights, exponents = jnp.broadcast_arrays(weights, exponents)
    counted = weights > 0
    shift = lax.stop_gradient(jnp.max(jnp.where(counted, exponents, -jnp.inf), axis=axis, keepdims=True))
    shift = jnp.where(jnp.isfinite(shift), shift, 0.0)
    relative = exponents - shift
    relative = jnp.where(counted, relative, jnp.minimum(relative, _LARGEST_EXPONENT))
    total = jnp.sum(weights * jnp.exp(relative), axis=axis)
    possible = total > 0
    log_total = jnp.log(jnp.where(possible, total, 1.0)) + jnp.squeeze(shift, axis)
    return Scaled(jnp.where(possible, 1.0, total), log_total)


def log_dot(
    weights: Float[AnyArray, "*#shape"], exponents: Float[AnyArray, "*#shape"], axis: int = -1
) -> Float[AnyArray, "..."]:
    """log Σ weights · exp(exponents) along an axis, in nats; -inf, with derivatives of 0, where every term is 0."""
    total = scaled_dot(weights, exponents, axis)
    return jnp.where(total.weight > 0, total.exponent, -jnp.inf)


def log_sum(exponents: Float[AnyArray, "..."], axis: int = -1) -> Float[AnyArray, "..."]:
    """log Σ exp(exponents) along an axis, in nats; -inf, with derivatives of 0, where every term is 0."""
    return log_dot(jnp.ones_like(exponents), exponents, axis)
