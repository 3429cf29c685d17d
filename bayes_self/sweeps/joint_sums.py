"""The sums over facets that joint probes connect, of many settings: contracted along the engine's path."""

from functools import reduce

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from bayes_self.model.arrays import AnyArray
from bayes_self.model.contraction import path_of
from bayes_self.sweeps.settings import Settings


def component_sums(
    given: Settings,
    profile: Float[AnyArray, "H D V #N"],
    values: Float[AnyArray, "M D V #N"],
    listens: Float[np.ndarray, "M S"],
    group: tuple[int, ...],
) -> tuple[Float[AnyArray, "M H #N"], Float[AnyArray, "M #N"]]:
    """Σ over the values of a group of facets of P(values given identity) times what is said of them.

    With the logarithm (nats) of what was taken out, so that the likeliest combination of every probe counts 1.
    """
    factors, shift = [], jnp.zeros((len(listens), 1))
    for scope, stream, said in zip(given.fixed.scopes, given.fixed.streams, given.observed_jointly, strict=True):
        if set(scope) <= set(group):
            axes = tuple(range(len(scope)))
            largest = jnp.max(said, axes)
            largest = jnp.where(largest > -jnp.inf, largest, 0.0)
            hears = listens[:, stream].reshape(-1, *(1,) * len(scope), 1) > 0
            table = jnp.where(hears, jnp.exp(said - largest)[None], 1.0)
            factors.append((table[:, None], scope))
            shift = shift + listens[:, stream, None] * largest
    size = {d: table.shape[2 + i] for table, scope in factors for i, d in enumerate(scope)}
    factors += [(profile[None, :, d, : size[d]] * values[:, None, d, : size[d]], (d,)) for d in group]
    return _contract(factors), shift


_Factor = tuple[Float[AnyArray, "..."], tuple[int, ...]]


def _contract(factors: list[_Factor]) -> Float[AnyArray, "M H #N"]:
    remaining = list(factors)
    for step in path_of(tuple((table.shape[2:-1], own) for table, own in factors)):
        chosen = [remaining[i] for i in step]
        remaining = [factor for i, factor in enumerate(remaining) if i not in step]
        needed = {d for _, scope in remaining for d in scope}
        remaining.append(_combined(chosen, needed))
    (found, _) = remaining[0]
    return found


def _combined(factors: list[_Factor], needed: set[int]) -> _Factor:
    scope = tuple(sorted(set().union(*(own for _, own in factors))))
    product = reduce(jnp.multiply, (_aligned(table, own, scope) for table, own in factors))
    gone = tuple(2 + i for i, d in enumerate(scope) if d not in needed)
    return jnp.sum(product, gone), tuple(d for d in scope if d in needed)


def _aligned(table: Float[AnyArray, "..."], own: tuple[int, ...], scope: tuple[int, ...]) -> AnyArray:
    """A factor with an axis for each facet of a scope, of length one where it does not depend on it."""
    order = sorted(range(len(own)), key=lambda i: scope.index(own[i]))
    table = table.transpose(0, 1, *(2 + i for i in order), table.ndim - 1)
    sizes = iter(table.shape[2:-1])
    shape = [next(sizes) if d in own else 1 for d in scope]
    return table.reshape(*table.shape[:2], *shape, table.shape[-1])
