"""The part: the character that the spec describes. It starts where the claims hold by definition."""

from typing import NamedTuple

import jax.numpy as jnp
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.log_domain import log_sum
from bayes_self.parameters import Parameters
from bayes_self.streams.pretraining import log_prior, profiles
from bayes_self.streams.spec import settled_facets, settled_identity


class Part(NamedTuple):
    """P_part before any observation."""

    identities: Float[AnyArray, " H"]
    """P_part(identity)."""
    facets: Float[AnyArray, "H D V"]
    """P_part(value given identity); 0 for every value where the identity cannot play the part."""
    possible: Float[AnyArray, ""]
    """1 if some identity allows the part, else 0."""


def part(numbers: Parameters) -> Part:
    """The self-model P(h) Π_d P(z_d given h), given that every claim in force is true."""
    allowed = profiles(numbers) * settled_facets(numbers)
    plays = jnp.sum(allowed, -1)
    can_play = plays > 0
    per_facet = jnp.where(can_play, jnp.log(jnp.where(can_play, plays, 1.0)), -jnp.inf)
    log_joint = jnp.where(settled_identity(numbers) > 0, log_prior(numbers) + jnp.sum(per_facet, -1), -jnp.inf)
    total = log_sum(log_joint)
    possible = jnp.isfinite(total)
    identities = jnp.where(possible, jnp.exp(log_joint - jnp.where(possible, total, 0.0)), 0.0)
    facets = jnp.where(can_play[..., None], allowed / jnp.where(can_play, plays, 1.0)[..., None], 0.0)
    return Part(identities, facets, possible.astype(identities.dtype))
