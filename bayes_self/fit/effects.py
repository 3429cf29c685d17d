"""Partially pooled effects: standard normal sites with names and dimensions, scaled by a spread that is learnt.

Every site is either a number of the population or an array of standard normals over levels. So a level that was
never seen is drawn from the population by drawing its standard normals: see `extended`.
"""

from collections.abc import Mapping

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax import Array
from jaxtyping import PRNGKeyArray

from bayes_self.fit.design import Design

SPREAD = "_spread"


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
