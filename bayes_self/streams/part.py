"""The part: the character that the spec describes. It starts where the claims hold by definition."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.log_domain import Scaled, log_dot, log_power, relative_to, scaled
from bayes_self.parameters import Parameters
from bayes_self.streams.pretraining import log_prior, profiles
from bayes_self.streams.spec import settled_facets, settled_identity


class Part(NamedTuple):
    """P_part before any observation."""

    identities: Float[AnyArray, " H"]
    """P_part(identity)."""
    facets: Float[AnyArray, "H D V"]
    """P_part(value given identity): the claimed value, where a facet is claimed; as for me, where it is not."""
    possible: Float[AnyArray, ""]
    """1 if some identity allows the part, else 0."""


def part(numbers: Parameters) -> Part:
    """The self-model P(h) Π_d P(z_d given h), given that every claim in force is true."""
    believed, settled = profiles(numbers), settled_facets(numbers)
    is_true = jnp.sum(believed * settled, -1)
    plays = scaled(jax.tree.map(lambda of_facet: jnp.sum(of_facet, -1), log_power(is_true, jnp.ones(()))))
    # An identity that rules a claimed value out has a weight of 0, and yet derivatives.
    joint = Scaled(settled_identity(numbers) * plays.weight, log_prior(numbers) + plays.exponent)
    total = log_dot(*joint)
    possible = jnp.isfinite(total)
    identities = jnp.where(possible, relative_to(jnp.where(possible, total, 0.0), joint), 0.0)
    is_claimed = jnp.any(settled == 0, -1, keepdims=True)
    return Part(identities, jnp.where(is_claimed, settled, believed), possible.astype(identities.dtype))
