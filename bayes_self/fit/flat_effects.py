"""A program of many sites as one of two: the numbers of the population, and all effects in a row.

NUTS does arithmetic of its own on every site at every step. On two arrays instead of sixty it compiles several times
as fast, and runs as fast as the density allows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.flatten_util import ravel_pytree
from numpyro import handlers
from numpyro.infer.util import log_density

from bayes_self.fit.design import Design
from bayes_self.fit.effects import SPREAD
from bayes_self.fit.program import Counted

POPULATION, EFFECTS = "population", "effects"
"""The two sites: numbers of the population with the logarithms of the spreads, and the standard normals."""


@dataclass(frozen=True)
class Flattened:
    """The program over unconstrained numbers."""

    model: Callable[[jax.Array], None]
    """A NumPyro program of which cells count (a mask)."""
    constrained: Callable[[Mapping[str, jax.Array]], dict[str, jax.Array]]
    """From a draw of the two sites to the sites of the program."""

    def sites(self, draws: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """{site: (chain, draw, ...)} of draws (chain, draw, place)."""
        return jax.tree.map(np.asarray, jax.jit(jax.vmap(jax.vmap(self.constrained)))(dict(draws)))


def flattened(program: Callable, design: Design, observed: Counted) -> Flattened:
    """The program of a design and its counts, flat.

    The density is that of the program over its own sites, with log |d spread / d log spread| for every spread, which
    is drawn as its logarithm.
    """
    trace = handlers.trace(handlers.seed(program, 0)).get_trace(design, observed)
    shapes = {
        name: jnp.zeros_like(site["value"])
        for name, site in trace.items()
        if site["type"] == "sample" and not site["is_observed"]
    }
    population, to_population = ravel_pytree({n: each for n, each in shapes.items() if not each.ndim})
    effects, to_effects = ravel_pytree({n: each for n, each in shapes.items() if each.ndim})
    spreads = [name for name in shapes if name.endswith(SPREAD)]

    def constrained(draw: Mapping[str, jax.Array]) -> dict[str, jax.Array]:
        numbers = to_population(draw[POPULATION])
        return numbers | {name: jnp.exp(numbers[name]) for name in spreads} | to_effects(draw[EFFECTS])

    def model(kept: jax.Array) -> None:
        draw = {name: _anywhere(name, each.size) for name, each in ((POPULATION, population), (EFFECTS, effects))}
        sites = constrained(draw)
        with handlers.block():
            density, _ = log_density(program, (design, observed, kept), {}, sites)
        numpyro.factor("density", density + sum(jnp.log(sites[name]) for name in spreads))

    return Flattened(model, constrained)


def _anywhere(name: str, size: int) -> jax.Array:
    """A site whose density is left to the program."""
    site = dist.ImproperUniform(dist.constraints.real_vector, (), (size,))
    return jnp.asarray(numpyro.sample(name, site))
