"""Pretraining: which identities speak, and what they imply about facets."""

import jax
import jax.numpy as jnp
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.parameters import Parameters


def log_prior(numbers: Parameters) -> Float[AnyArray, " H"]:
    """Log P(identity), in nats: log π_h with π_h ∝ prior_h · 2^(-bits_h) · mentions_h^(weight of pretraining)."""
    heard = numbers.pretraining_weight * jnp.log(numbers.mentions)
    return jax.nn.log_softmax(jnp.log(numbers.prior) - numbers.bits * jnp.log(2.0) + heard)


def profiles(numbers: Parameters) -> Float[AnyArray, "H D V"]:
    """P(value given identity): κσ_d · profile + (1 - κσ_d) · base where the identity takes a stand, else base."""
    brought_to_bear = (numbers.coherence * numbers.salience * numbers.stands)[..., None]
    return brought_to_bear * numbers.profile + (1 - brought_to_bear) * numbers.base
