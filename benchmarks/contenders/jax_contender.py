"""JAX: as one would first write it, and as one would write it by hand."""

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.contenders import over_weights
from benchmarks.problem import Answer, Problem


def log_evidence(log_prior, profile, u):
    """Einsum, log, sum, logsumexp; the profile as (D, H, V)."""
    largest = jnp.max(u, -1, keepdims=True)
    evidence = jnp.einsum("dhv,dv->dh", profile, jnp.exp(u - largest))
    return jax.nn.logsumexp(log_prior + jnp.sum(jnp.log(evidence) + largest, 0))


class Plain:
    """Einsum, log, sum, logsumexp, `value_and_grad`, `lax.map(batch_size=256)`."""

    name = "plain JAX"

    def __init__(self, problem: Problem):
        self.log_prior, self.profile = problem.log_prior, np.ascontiguousarray(problem.profile.transpose(1, 0, 2))
        slope = jax.value_and_grad(log_evidence, (0, 2))
        self.run = jax.jit(
            lambda prior, profile, us: jax.lax.map(lambda u: slope(prior, profile, u), us, batch_size=256)
        )

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        with jax.enable_x64(True):
            return _answer(self.run(self.log_prior, self.profile, log_facets))


def _answer(found) -> Answer:
    log_z, (identities, facets) = found
    return Answer(np.asarray(log_z), np.asarray(identities), np.asarray(facets))


class OneAtATime(Plain):
    """The same, compiled, a call for each posterior."""

    def __init__(self, problem: Problem):
        super().__init__(problem)
        self.one = jax.jit(jax.value_and_grad(log_evidence, (0, 2)))

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        with jax.enable_x64(True):
            found = [_answer(self.one(self.log_prior, self.profile, u)) for u in log_facets]
            return Answer(*(np.array([each[i] for each in found]) for i in range(3)))


class ByHand:
    """The matrix products and marginals of the NumPy version, compiled, in blocks of 128."""

    name = "JAX by hand"

    def __init__(self, problem: Problem):
        self.log_prior, self.tables = problem.log_prior, np.ascontiguousarray(problem.profile.transpose(1, 2, 0))

        @jax.jit
        def run(log_prior, tables, us):
            return jax.lax.map(lambda u: _by_hand(log_prior, tables, u), us)

        self.run = run

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        n = len(log_facets)
        size = min(128, n)
        padded = np.pad(log_facets, ((0, -n % size), (0, 0), (0, 0)))
        with jax.enable_x64(True):
            found = self.run(self.log_prior, self.tables, padded.reshape(-1, size, *padded.shape[1:]))
            return Answer(*(np.asarray(each).reshape(-1, *each.shape[2:])[:n] for each in found))


def _by_hand(log_prior, tables, u):
    largest = u.max(-1, keepdims=True)
    relative = jnp.exp(u - largest).transpose(1, 0, 2)
    evidence = relative @ tables
    log_joint = log_prior + jnp.log(evidence).sum(0)
    log_z = jax.nn.logsumexp(log_joint, -1)
    identities = jnp.exp(log_joint - log_z[:, None])
    facets = ((identities / evidence) @ tables.transpose(0, 2, 1)) * relative
    return log_z + largest.sum((1, 2)), identities, facets.transpose(1, 0, 2)


OverWeights, OverWeightsByHand = over_weights(Plain), over_weights(ByHand)
