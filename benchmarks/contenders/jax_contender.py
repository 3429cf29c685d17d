"""JAX as one would first write it: einsum, log, sum, logsumexp, and automatic differentiation, mapped over settings."""

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.problem import Answer, Problem


class Plain:
    name = "plain JAX"

    def __init__(self, problem: Problem):
        self.log_prior, self.profile = problem.log_prior, np.ascontiguousarray(problem.profile.transpose(1, 0, 2))

        def log_evidence(log_prior, profile, u):
            largest = jnp.max(u, -1, keepdims=True)
            evidence = jnp.einsum("dhv,dv->dh", profile, jnp.exp(u - largest))
            return jax.nn.logsumexp(log_prior + jnp.sum(jnp.log(evidence) + largest, 0))

        slope = jax.value_and_grad(log_evidence, (0, 2))
        self.run = jax.jit(
            lambda prior, profile, us: jax.lax.map(lambda u: slope(prior, profile, u), us, batch_size=256)
        )

    def solve(self, log_facets: np.ndarray) -> Answer:
        with jax.enable_x64(True):
            log_z, (identities, facets) = self.run(self.log_prior, self.profile, log_facets)
            return Answer(np.asarray(log_z), np.asarray(identities), np.asarray(facets))
