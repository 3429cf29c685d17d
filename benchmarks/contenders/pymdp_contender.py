"""pymdp: P(identity), and in its natural form P(value). It floors logarithms, at log 2.2e-16 in float64.

It needs an older JAX than ours, and so an environment of its own.
"""

import jax
import jax.numpy as jnp
import numpy as np
from pymdp.algos import run_factorized_fpi  # pyright: ignore[reportMissingImports]

from benchmarks.contenders import over_weights
from benchmarks.problem import Answer, Problem


class OneFactor:
    """P(identity) only: its exact update of one factor; facets summed out and scaled by hand; mapped over settings."""

    name = "pymdp by hand"

    def __init__(self, problem: Problem):
        n_facets = problem.sizes[1]

        def one(u):
            evidence = jnp.einsum("hdv,dv->dh", jnp.asarray(problem.profile), self._said(u))
            # heard as "yes" of a modality for each facet; what "no" would say does not matter
            modalities = [jnp.stack([own, 1 - own]) for own in evidence]
            heard = [jnp.array([1.0, 0.0])] * n_facets
            prior = jnp.exp(jnp.asarray(problem.log_prior))
            return run_factorized_fpi(modalities, heard, [prior], [[0]] * n_facets)[0]

        self.one = jax.jit(one)
        self.run = jax.jit(lambda us: jax.lax.map(one, us, batch_size=64))

    def _said(self, u):
        return jnp.exp(u - u.max(-1, keepdims=True))

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        with jax.enable_x64(True):
            return Answer(None, np.asarray(self.run(jnp.asarray(log_facets))), None)


OverWeights = over_weights(OneFactor)


class OneAtATime(OneFactor):
    """P(identity) only: its exact update of one factor; facets summed out and scaled by hand; a call for each."""

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        with jax.enable_x64(True):
            return Answer(None, np.array([self.one(jnp.asarray(u)) for u in log_facets]), None)


class Unscaled(OneAtATime):
    """The same with likelihoods as they are."""

    name = "pymdp by hand, likelihoods as they are"

    def _said(self, u):
        return jnp.exp(u)


class MeanField:
    """Facets and the identity as hidden factors, tied by modalities: mean field, 16 iterations."""

    name = "pymdp, a factor for each facet"

    def __init__(self, problem: Problem):
        _, n_facets, n_values = problem.sizes

        def one(u):
            yes = jnp.array([1.0, 0.0])
            even = jnp.full(n_values, 1 / n_values)
            profile = jnp.asarray(problem.profile.transpose(1, 0, 2))
            said = jnp.exp(u - u.max(-1, keepdims=True))
            # "yes" to a tie is said by (identity, value) with P(value given identity)
            modalities = [jnp.stack([own, 1 - own]) for own in (*profile, *said)]
            scopes = [[0, 1 + d] for d in range(n_facets)] + [[1 + d] for d in range(n_facets)]
            factors = [jnp.exp(jnp.asarray(problem.log_prior))] + [even] * n_facets
            found = run_factorized_fpi(modalities, [yes] * len(modalities), factors, scopes, num_iter=16)
            return found[0], jnp.stack(found[1:])

        self.one = jax.jit(one)

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        with jax.enable_x64(True):
            found = [self.one(jnp.asarray(u)) for u in log_facets]
            return Answer(None, *(np.array([each[i] for each in found]) for i in range(2)))
