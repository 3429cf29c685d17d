"""Partially pooled effects: standard normal sites with names and dimensions, scaled by a spread that is learnt.

Every site is either a number of the population or an array of standard normals over levels. So a level that was
never seen is drawn from the population by drawing its standard normals: see `extended`.

Sums of many effects are taken in one gather (`total`): compiled one by one, gathers and their derivatives take most of
the time that a density of this kind needs, and nearly all the time that it needs to compile.
"""

from collections.abc import Mapping
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax import Array
from jaxtyping import PRNGKeyArray

from bayes_self.fit.design import Design

SPREAD = "_spread"


class Term(NamedTuple):
    """An effect of some levels, where it is wanted."""

    name: str
    dims: tuple[str, ...]
    places: tuple[np.ndarray, ...]
    """The places of the levels, an array for each dimension; they broadcast."""
    scale: float
    """The spread is HalfNormal(scale). Nats or log units."""


def total(design: Design, *terms: Term) -> Array:
    """Σ over the terms of spread · standard normal of the level; of the shape that all places broadcast to."""
    values, index, before = [], [], 0
    for name, dims, places, scale in terms:
        shape = tuple(design.size(dim) for dim in dims)
        values.append(effect(name, dims, design, scale).ravel())
        index.append(before + np.ravel_multi_index(np.broadcast_arrays(*places), shape))
        before += values[-1].size
    return jnp.sum(jnp.concatenate(values)[np.stack(np.broadcast_arrays(*index), -1)], -1)


def effect(name: str, dims: tuple[str, ...], design: Design, scale: float) -> Array:
    """spread · standard normals over the levels of `dims`; spread ~ HalfNormal(scale). Nats or log units."""
    spread = jnp.asarray(numpyro.sample(name + SPREAD, dist.HalfNormal(scale)))
    return spread * standard(name, dims, design)


def standard(name: str, dims: tuple[str, ...], design: Design) -> Array:
    """Independent standard normals over the levels of `dims`."""
    shape = tuple(design.size(dim) for dim in dims)
    site = dist.Normal(0.0, 1.0).expand(shape).to_event(len(shape))
    return jnp.asarray(numpyro.sample(name, site, infer={"dims": dims}))


def number(name: str, mean: float, sd: float) -> Array:
    """A number of the population, Normal(mean, sd)."""
    return jnp.asarray(numpyro.sample(name, dist.Normal(mean, sd)))


def extended(
    samples: Mapping[str, np.ndarray], dims: Mapping[str, tuple[str, ...]], design: Design, key: PRNGKeyArray
) -> dict[str, np.ndarray]:
    """Samples (draw, ...) with fresh standard normals for the levels that come after those they were drawn for."""
    found = {}
    for place, (name, values) in enumerate(sorted(samples.items())):
        shape = tuple(design.size(dim) for dim in dims.get(name, ()))
        if shape == values.shape[1:]:
            found[name] = values
        else:
            fresh = jax.random.normal(jax.random.fold_in(key, place), (len(values), *shape))
            inside = tuple(slice(size) for size in values.shape)
            found[name] = np.asarray(jnp.asarray(fresh).at[inside].set(values))
    return found
