"""Sums and powers of probabilities in the log domain, exact with zeros, and with the right derivatives.

A probability of 0 is legal everywhere: its logarithm is -inf, and the derivatives of a sum that is not itself 0 stay
finite. Nothing is clipped and nothing is floored.
"""

from typing import NamedTuple

import jax.numpy as jnp
from jax import lax
from jaxtyping import Float

from bayes_self.arrays import AnyArray

# It bounds the derivative with respect to a weight that is 0, and nothing else. exp(709.78) is the largest float64: the
# room is for what such a derivative is multiplied by, one over a sum of weights (of 10^-47 or more), before it meets a
# factor of 0.
_LARGEST_EXPONENT = 600.0


class Potential(NamedTuple):
    """A product of factors that are not negative, in the log domain: products are sums, entry by entry.

    Factors of 0 are counted apart, because the product of *one* of them with others has derivatives.
    """

    exponent: Float[AnyArray, "..."]
    """The logarithms of the factors that are not 0, added up; in nats."""
    zeros: Float[AnyArray, "..."]
    """How many factors are 0."""
    zero: Float[AnyArray, "..."]
    """The factors that are 0, added up: 0 itself, with their derivatives."""


def log_power(base: Float[AnyArray, "*#shape"], exponent: Float[AnyArray, "*#shape"]) -> Potential:
    """base ** exponent, for base >= 0 and exponent >= 0, with 0 ** 0 = 1.

    An exponent of 0 switches its factor off, also where the base is 0. The derivative of 0 ** n in its base is 1 for
    n = 1 and 0 for n > 1. For n < 1 it is infinite, which nothing further could be computed with: 0 stands for it.
    """
    base, exponent = jnp.broadcast_arrays(base, exponent)
    possible = base > 0
    log_base = jnp.log(jnp.where(possible, base, 1.0))
    is_zero = ~possible & (exponent > 0)
    zero = jnp.where(is_zero & (exponent == 1), base, 0.0)
    return Potential(jnp.where(possible, exponent * log_base, 0.0), is_zero.astype(log_base.dtype), zero)


def power_of_log(log_base: Float[AnyArray, "*#shape"], exponent: Float[AnyArray, "*#shape"]) -> Potential:
    """exp(log_base) ** exponent, for a logarithm in nats that may be -inf and exponent >= 0; an exponent of 0 gives 1.

    Where the logarithm is -inf, nothing has a derivative: exp is flat there.
    """
    log_base, exponent = jnp.broadcast_arrays(log_base, exponent)
    possible = log_base > -jnp.inf
    is_zero = ~possible & (exponent > 0)
    logs = exponent * jnp.where(possible, log_base, 0.0)
    return Potential(logs, is_zero.astype(logs.dtype), jnp.zeros_like(logs))


class Scaled(NamedTuple):
    """A number that is not negative, as weight · exp(exponent).

    The weight is 1, except where the number is 0: there it is the 0 itself, as it was added up, and has derivatives.
    """

    weight: Float[AnyArray, "..."]
    exponent: Float[AnyArray, "..."]


def scaled(product: Potential) -> Scaled:
    """The number that a product of factors is, right up to its first derivatives."""
    only_zero = jnp.where(product.zeros == 1, product.zero, 0.0)
    return Scaled(jnp.where(product.zeros == 0, 1.0, only_zero), product.exponent)


def relative_to(shift: Float[AnyArray, "*#shape"], number: Scaled) -> Float[AnyArray, "..."]:
    """number · exp(-shift), in nats, for a shift of at least the exponents of all numbers that are not 0.

    Derivatives of a number that is 0 are right up to exp(600).
    """
    return number.weight * jnp.exp(jnp.minimum(number.exponent - shift, _LARGEST_EXPONENT))


def scaled_dot(weights: Float[AnyArray, "*#shape"], exponents: Float[AnyArray, "*#shape"], axis: int = -1) -> Scaled:
    """Σ weights · exp(exponents) along an axis (exponents in nats).

    The shift is the largest exponent *among the terms that are not 0*: a value that an identity forbids may be the
    likeliest by hundreds of nats. The weights stay outside the logarithm, so that derivatives with respect to a weight
    of 0 are right too (up to exp(600)).
    """
    weights, exponents = jnp.broadcast_arrays(weights, exponents)
    shift = lax.stop_gradient(jnp.max(jnp.where(weights > 0, exponents, -jnp.inf), axis=axis, keepdims=True))
    shift = jnp.where(jnp.isfinite(shift), shift, 0.0)
    total = jnp.sum(relative_to(shift, Scaled(weights, exponents)), axis=axis)
    possible = total > 0
    log_total = jnp.log(jnp.where(possible, total, 1.0)) + jnp.squeeze(shift, axis)
    return Scaled(jnp.where(possible, 1.0, total), log_total)


def log_dot(
    weights: Float[AnyArray, "*#shape"], exponents: Float[AnyArray, "*#shape"], axis: int = -1
) -> Float[AnyArray, "..."]:
    """log Σ weights · exp(exponents) along an axis, in nats; -inf, with derivatives of 0, where every term is 0."""
    total = scaled_dot(weights, exponents, axis)
    return jnp.where(total.weight > 0, total.exponent, -jnp.inf)
