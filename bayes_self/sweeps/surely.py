"""Beliefs of settings that products cannot certify, in the log domain: slower than `many_beliefs`, and never uncertain.

A probability is a derivative of the log evidence; one that is too small for a float64 (or 0) is the log evidence of
everything but its own identity or value forbidden, less the log evidence.
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.log_evidence import Tilt, log_evidence, no_tilt
from bayes_self.potentials import Potentials
from bayes_self.sweeps.beliefs import SMALLEST, ManyBeliefs


def sure_beliefs(referents: Float[np.ndarray, "M S"]) -> Callable[[Potentials], ManyBeliefs]:
    """A function from potentials to beliefs, to be mapped by `jax.vmap`; `certain` where the evidence is possible."""

    def believed(given: Potentials) -> ManyBeliefs:
        log_z, slope = jax.value_and_grad(log_evidence, argnums=2)(given, referents, no_tilt(given))

        def only(tilt: Tilt) -> Float[AnyArray, ""]:
            return log_evidence(given, referents, tilt) - log_z

        n_identities, (n_facets, n_values) = len(slope.identities), slope.facets.shape
        rest = jax.lax.map(only, _one_at_a_time(n_identities, n_facets, n_values, len(slope.ownership)))
        return ManyBeliefs(
            log_z,
            _log(slope.identities, rest[:n_identities]),
            _log(slope.facets, rest[n_identities:].reshape(n_facets, n_values)),
            slope.ownership,
            log_z > -jnp.inf,
        )

    return believed


def _log(probability: Float[AnyArray, "..."], small: Float[AnyArray, "..."]) -> Float[AnyArray, "..."]:
    is_small = probability < SMALLEST
    return jnp.where(is_small, small, jnp.log(jnp.where(is_small, 1.0, probability)))


def _one_at_a_time(n_identities: int, n_facets: int, n_values: int, n_streams: int) -> Tilt:
    """Tilts that forbid all identities but one, then all values of a facet but one."""
    n_cells = n_facets * n_values
    identities = np.zeros((n_identities + n_cells, n_identities))
    identities[:n_identities] = np.where(np.eye(n_identities, dtype=bool), 0.0, -np.inf)
    facets = np.zeros((n_identities + n_cells, n_facets, n_values))
    alone = np.where(np.eye(n_values, dtype=bool), 0.0, -np.inf)
    for d in range(n_facets):
        start = n_identities + d * n_values
        facets[start : start + n_values, d] = alone
    return Tilt(jnp.asarray(identities), jnp.asarray(facets), jnp.zeros((n_identities + n_cells, n_streams)))
