"""Sums over facets that joint probes connect, along a path from `opt_einsum`, in logarithms.

Forward for the sum, backward for the marginals: what a factor is multiplied by is what comes from outside of it, so
that nothing is divided by a probability, and zeros are exact.
"""

from collections.abc import Callable
from functools import cache, lru_cache, reduce
from typing import Any

import numpy as np

from bayes_self.model.arrays import AnyArray, expanded
from bayes_self.model.log_domain import Logs, log_sum, ratio

Factor = tuple[Logs, tuple[int, ...]]
"""Log potentials with the labels of their last axes; the axes before them lead."""
Scopes = tuple[tuple[int, ...], ...]


@lru_cache
def components(scopes: Scopes) -> Scopes:
    """The sets of facets that a chain of joint probes connects, each sorted."""
    joined: list[set[int]] = []
    for scope in scopes:
        touched = [group for group in joined if group & set(scope)]
        joined = [group for group in joined if group not in touched] + [set(scope).union(*touched)]
    return tuple(tuple(sorted(group)) for group in joined)


def sum_product(xp: Any, factors: list[Factor]) -> tuple[Logs, Callable[[], list[Logs]]]:
    """The logarithm of Σ Π factors over all labels; and a function for the marginals, computed when they are asked for.

    The marginals are, for each factor, the log probability of its own labels.
    """
    nodes, steps, remaining = list(factors), [], list(range(len(factors)))
    for step in path_of(tuple((array.shape[array.ndim - len(own) :], own) for array, own in factors)):
        chosen = [remaining[i] for i in step]
        remaining = [node for i, node in enumerate(remaining) if i not in step]
        needed = {label for node in remaining for label in nodes[node][1]}
        every = tuple(sorted({label for node in chosen for label in nodes[node][1]}))
        kept = tuple(label for label in every if label in needed)
        nodes.append((_summed(xp, [nodes[node] for node in chosen], every, kept), kept))
        steps.append((chosen, len(nodes) - 1, every))
        remaining.append(len(nodes) - 1)
    total = nodes[-1][0]

    @cache
    def marginals() -> list[Logs]:
        outside: dict[int, Factor] = {len(nodes) - 1: (xp.zeros_like(total), ())}
        for chosen, made, every in reversed(steps):
            for node in chosen:
                others = [outside[made], *(nodes[other] for other in chosen if other != node)]
                outside[node] = _summed(xp, others, every, nodes[node][1]), nodes[node][1]
        joint = ((array + outside[node][0], len(own)) for node, (array, own) in enumerate(factors))
        return [ratio(xp, of_factor, expanded(total, n)) for of_factor, n in joint]

    return total, marginals


def _summed(xp: Any, factors: list[Factor], every: tuple[int, ...], kept: tuple[int, ...]) -> Logs:
    """The logarithm of the product of factors, summed over labels that are not kept; axes in the order of `kept`."""
    covered = {label for _, own in factors for label in own}
    labels = (*kept, *(label for label in every if label not in kept and label in covered))
    product = reduce(lambda a, b: a + b, (_aligned(xp, array, own, labels) for array, own in factors))
    gone = tuple(range(-(len(labels) - len(kept)), 0))
    return log_sum(xp, product, gone) if gone else product


def _aligned(xp: Any, array: Logs, own: tuple[int, ...], labels: tuple[int, ...]) -> Logs:
    """A factor with an axis for each of `labels`, of length one where it does not depend on it."""
    lead = array.ndim - len(own)
    order = sorted(range(len(own)), key=lambda i: labels.index(own[i]))
    array = xp.permute_dims(array, (*range(lead), *(lead + i for i in order)))
    return array[(..., *(slice(None) if label in own else None for label in labels))]


@lru_cache
def path_of(factors: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]) -> Scopes:
    """The order in which `opt_einsum` would multiply factors, given shape and labels of each."""
    import opt_einsum

    inputs = ",".join("".join(opt_einsum.get_symbol(label) for label in own) for _, own in factors)
    steps, _ = opt_einsum.contract_path(f"{inputs}->", *(shape for shape, _ in factors), shapes=True, optimize="auto")
    return tuple(tuple(step) for step in steps)


def padded(xp: Any, array: AnyArray, size: int) -> AnyArray:
    """Log probabilities of values with -inf for those that there are not, up to `size` of them."""
    gap = size - array.shape[-1]
    return xp.concatenate([array, xp.full((*array.shape[:-1], gap), -np.inf)], axis=-1) if gap else array
