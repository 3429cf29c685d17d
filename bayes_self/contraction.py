"""Sums over facets that probes about several facets join: exact contraction, in the log domain.

The order in which facets are summed out is `opt_einsum`'s; the sums themselves are of weights times exponentials,
shifted, so that tables with zeros and evidence of any size come out right, and their derivatives too.
"""

from functools import reduce
from typing import NamedTuple

import jax.numpy as jnp
import opt_einsum
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.log_domain import Scaled, scaled_dot

IDENTITY = -1
"""The label of the identity axis, which is kept."""


class Factor(NamedTuple):
    """weights · exp(exponents), exponents in nats, with one axis for each of the facets (or `IDENTITY`) it is about."""

    weights: Float[AnyArray, "..."]
    exponents: Float[AnyArray, "..."]
    labels: tuple[int, ...]


def components(scopes: tuple[tuple[int, ...], ...]) -> list[tuple[int, ...]]:
    """The sets of facets that a chain of joint probes connects, each sorted."""
    joined: list[set[int]] = []
    for scope in scopes:
        touched = [group for group in joined if group & set(scope)]
        joined = [group for group in joined if group not in touched] + [set(scope).union(*touched)]
    return [tuple(sorted(group)) for group in joined]


def contract(factors: list[Factor]) -> Scaled:
    """Σ over all labels but the identity's of the product of the factors, per identity."""
    remaining = list(factors)
    for step in _path(factors):
        chosen = [remaining[i] for i in step]
        remaining = [factor for i, factor in enumerate(remaining) if i not in step]
        still_needed = {IDENTITY}.union(*(factor.labels for factor in remaining))
        remaining.append(_combine(chosen, still_needed))
    return Scaled(remaining[0].weights, remaining[0].exponents)


def _path(factors: list[Factor]) -> list[tuple[int, ...]]:
    symbol = {label: opt_einsum.get_symbol(label + 1) for factor in factors for label in factor.labels}
    inputs = ",".join("".join(symbol[label] for label in factor.labels) for factor in factors)
    shapes = [factor.weights.shape for factor in factors]
    path, _ = opt_einsum.contract_path(f"{inputs}->{symbol[IDENTITY]}", *shapes, shapes=True, optimize="auto")
    return [tuple(step) for step in path]


def _combine(factors: list[Factor], keep: set[int]) -> Factor:
    labels = sorted(set().union(*(factor.labels for factor in factors)), key=lambda label: (label not in keep, label))
    kept = tuple(label for label in labels if label in keep)
    weights = reduce(jnp.multiply, (_aligned(factor.weights, factor.labels, labels) for factor in factors))
    exponents = reduce(jnp.add, (_aligned(factor.exponents, factor.labels, labels) for factor in factors))
    if len(kept) == len(labels):
        return Factor(weights, exponents, kept)
    shape = (*weights.shape[: len(kept)], -1)
    return Factor(*scaled_dot(weights.reshape(shape), exponents.reshape(shape)), kept)


def _aligned(array: Float[AnyArray, "..."], own: tuple[int, ...], labels: list[int]) -> Float[AnyArray, "..."]:
    """An array with its axes in the order of `labels`, of length one where it does not depend on a label."""
    order = sorted(range(len(own)), key=lambda i: labels.index(own[i]))
    present = [own[i] for i in order]
    sizes = iter(array.transpose(order).shape)
    return array.transpose(order).reshape([next(sizes) if label in present else 1 for label in labels])
