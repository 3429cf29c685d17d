"""NumPyro: the model with its discrete sites, which funsor sums out; log density and gradient."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
from numpyro.contrib.funsor import config_enumerate, enum, log_density  # pyright: ignore[reportMissingImports]
from numpyro.distributions import CategoricalLogits, CategoricalProbs
from numpyro.handlers import seed
from numpyro.ops.indexing import Vindex

from benchmarks.contenders import over_weights
from benchmarks.problem import Answer, Problem


class Enumeration:
    """Facets in one plate, which keeps within its dimensions; `log_density` and its gradient, mapped over settings."""

    name = "NumPyro, a plate of facets"
    first_dimension = -2
    """Of enumerated sites: left of the plate."""

    def __init__(self, problem: Problem):
        self.log_prior, self.profile = problem.log_prior, problem.profile
        model = enum(seed(self._model(*problem.sizes[1:]), 0), self.first_dimension)

        def log_z(log_prior, profile, u):
            return log_density(model, (log_prior, profile, u), {}, {})[0]

        slope = jax.value_and_grad(log_z, (0, 2))
        self.one = jax.jit(slope)
        self.run = jax.jit(
            lambda prior, profile, us: jax.lax.map(lambda u: slope(prior, profile, u), us, batch_size=64)
        )

    def _model(self, n_facets: int, n_values: int) -> Callable:
        @config_enumerate
        def model(log_prior, profile, u):
            h = numpyro.sample("identity", CategoricalLogits(log_prior))
            with numpyro.plate("facets", n_facets):
                d = jnp.arange(n_facets)
                z = numpyro.sample("value", CategoricalProbs(Vindex(profile)[h, d]))
                numpyro.factor("evidence", Vindex(u)[d, z])

        return model

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        with jax.enable_x64(True):
            return self._answer(self.run(self.log_prior, self.profile, log_facets))

    def _answer(self, found) -> Answer:
        """It normalises the prior inside: its slope is the posterior less the prior."""
        log_z, (slope, facets) = found
        return Answer(np.asarray(log_z), np.asarray(slope) + np.exp(self.log_prior), np.asarray(facets))


class OneAtATime(Enumeration):
    """Facets in one plate; compiled log density and gradient, a call for each posterior."""

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        with jax.enable_x64(True):
            found = [self._answer(self.one(self.log_prior, self.profile, u)) for u in log_facets]
            return Answer(*(np.array([each[i] for each in found]) for i in range(3)))


class SiteForEachFacet(OneAtATime):
    """A site for each facet, as one would first write it."""

    name = "NumPyro, a site for each facet"
    first_dimension = -1

    def _model(self, n_facets: int, n_values: int) -> Callable:
        @config_enumerate
        def model(log_prior, profile, u):
            h = numpyro.sample("identity", CategoricalLogits(log_prior))
            for d in range(n_facets):
                z = numpyro.sample(f"facet{d}", CategoricalProbs(Vindex(profile)[h, d]))
                numpyro.factor(f"evidence{d}", Vindex(u)[d, z])

        return model


OverWeights = over_weights(Enumeration)
