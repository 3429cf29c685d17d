"""Sums over facets that probes about several facets join: exact contraction, in the log domain.

The order in which facets are summed out is `opt_einsum`'s; the sums themselves are log-sum-exps instead of products of
scaled arrays, so that tables with zeros and evidence of any size come out right, and their derivatives too.
"""

from functools import reduce

import jax.numpy as jnp
import opt_einsum
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.log_domain import log_sum

Factor = tuple[Float[AnyArray, "..."], tuple[int, ...]]
"""A log factor in nats, and the axis labels that it is about. Label -1 is the identity axis, which is kept."""

IDENTITY = -1


def components(scopes: tuple[tuple[int, ...], ...]) -> list[tuple[int, ...]]:
    """The sets of facets that a chain of joint probes connects, each sorted."""
    joined: list[set[int]] = []
    for scope in scopes:
        touched = [group for group in joined if group & set(scope)]
        joined = [group for group in joined if group not in touched] + [set(scope).union(*touched)]
    return [tuple(sorted(group)) for group in joined]


def log_contract(factors: list[Factor]) -> Float[AnyArray, " H"]:
    """Log Σ over all labels but the identity's of exp(Σ factors), per identity, in nats."""
    remaining = list(factors)
    for step in _path(factors):
        chosen = [remaining[i] for i in step]
        remaining = [factor for i, factor in enumerate(remaining) if i not in step]
        still_needed = {IDENTITY}.union(*(labels for _, labels in remaining))
        remaining.append(_combine(chosen, still_needed))
    return remaining[0][0]


def _path(factors: list[Factor]) -> list[tuple[int, ...]]:
    symbol = {label: opt_einsum.get_symbol(label + 1) for _, labels in factors for label in labels}
    inputs = ",".join("".join(symbol[label] for label in labels) for _, labels in factors)
    shapes = [array.shape for array, _ in factors]
    path, _ = opt_einsum.contract_path(f"{inputs}->{symbol[IDENTITY]}", *shapes, shapes=True, optimize="auto")
    return [tuple(step) for step in path]


def _combine(factors: list[Factor], keep: set[int]) -> Factor:
    labels = sorted(set().union(*(labels for _, labels in factors)), key=lambda label: (label not in keep, label))
    total = reduce(jnp.add, (_aligned(factor, labels) for factor in factors))
    kept = [label for label in labels if label in keep]
    if len(kept) < len(labels):
        flat = jnp.broadcast_to(total, total.shape).reshape(*total.shape[: len(kept)], -1)
        total = log_sum(flat)
    return total, tuple(kept)


def _aligned(factor: Factor, labels: list[int]) -> Float[AnyArray, "..."]:
    """The factor with its axes in the order of `labels`, of length one where it does not depend on a label."""
    array, own = factor
    order = sorted(range(len(own)), key=lambda i: labels.index(own[i]))
    present = [own[i] for i in order]
    sizes = iter(array.transpose(order).shape)
    return array.transpose(order).reshape([next(sizes) if label in present else 1 for label in labels])
