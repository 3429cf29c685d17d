"""The log evidence: one pure function, of which nearly everything else is a derivative.

    log Z = log Σ_m Π_s P(m_s) · Z_me(claims, streams with m_s = me) · Z_part(the other streams)

Both factors are calls of the same sum over identities and facet values. Beliefs are first derivatives of log Z with
respect to a `Tilt`, what is added to the log potentials of me; their covariance is the second.
"""

import itertools
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.contraction import IDENTITY, Factor, components, contract
from bayes_self.log_domain import Scaled, log_dot, scaled_dot
from bayes_self.potentials import Potentials

Joint = tuple[tuple[tuple[int, ...], Float[AnyArray, "..."]], ...]
"""Log potentials of several facets: their scope, and one axis for each."""


class Tilt(NamedTuple):
    """What is added to log potentials, in nats; derivatives with respect to it, at 0, are probabilities."""

    identities: Float[AnyArray, " H"]
    facets: Float[AnyArray, "D V"]
    ownership: Float[AnyArray, " S"]


def no_tilt(given: Potentials) -> Tilt:
    """A tilt of 0, of the right shape."""
    return Tilt(
        jnp.zeros(given.log_prior.shape),
        jnp.zeros(given.claimed_facets.shape),
        jnp.zeros(given.ownership.shape),
    )


def log_evidence_of_self_model(
    log_prior: Float[AnyArray, " H"],
    profile: Float[AnyArray, "H D V"],
    log_facets: Float[AnyArray, "D V"],
    joint: Joint = (),
) -> Float[AnyArray, ""]:
    """log Σ_h Σ_z P(h) Π_d P(z_d given h) exp(potentials of h, of each z_d, and of several z_d), in nats.

    Exact for joint potentials of any scope; -inf where nothing is possible. With single-facet potentials alone it
    costs identities × facets × values.
    """
    groups = components(tuple(scope for scope, _ in joint))
    connected = {d for group in groups for d in group}
    free = np.array([d for d in range(profile.shape[1]) if d not in connected], dtype=int)
    weights, exponents = (
        scaled_dot(profile, log_facets) if not connected else scaled_dot(profile[:, free], log_facets[free])
    )
    # An identity that some facet rules out has a weight of 0, and yet derivatives.
    weight, log_joint = jnp.prod(weights, -1), log_prior + jnp.sum(exponents, -1)
    for group in groups:
        own = _component(group, profile, log_facets, joint)
        weight, log_joint = weight * own.weight, log_joint + own.exponent
    return log_dot(weight, log_joint)


def _component(
    group: tuple[int, ...], profile: Float[AnyArray, "H D V"], log_facets: Float[AnyArray, "D V"], joint: Joint
) -> Scaled:
    inside = [(scope, array) for scope, array in joint if scope[0] in group]
    size = {d: n for scope, array in inside for d, n in zip(scope, array.shape, strict=True)}
    own = []
    for d in group:
        values = profile[:, d, : size[d]]
        own.append(Factor(values, jnp.broadcast_to(log_facets[d, : size[d]], values.shape), (IDENTITY, d)))
    return contract(own + [Factor(jnp.ones_like(array), array, scope) for scope, array in inside])


def log_evidence(given: Potentials, referents: Float[AnyArray, "M S"], tilt: Tilt) -> Float[AnyArray, ""]:
    """log Z in nats, with `tilt` added to the potentials of me and to "stream s is about me".

    `referents` lists the assignments m that are summed over, 1 for "about me", 0 for "about the part"; those left out
    must have probability 0. Raises nothing: impossible evidence gives -inf.
    """
    about_me = jnp.asarray(referents, dtype=given.log_prior.dtype)
    me, character = _of_me_and_the_part(given, about_me, tilt)
    # With every stream about me there is no term of the part, also where no identity allows one.
    other = jnp.where(jnp.any(about_me == 0, -1), character, 0.0)
    weights = jnp.prod(jnp.where(about_me > 0, given.ownership, 1 - given.ownership), -1)
    return given.common + log_dot(weights, me + other + about_me @ tilt.ownership)


def _of_me_and_the_part(
    given: Potentials, about_me: Float[AnyArray, "M S"], tilt: Tilt
) -> tuple[Float[AnyArray, " M"], Float[AnyArray, " M"]]:
    """log Z_me and log Z_part for every assignment: one program, compiled once, for both and for all."""
    can_play = given.part.identities > 0
    log_played = jnp.where(can_play, jnp.log(jnp.where(can_play, given.part.identities, 1.0)), -jnp.inf)
    told = given.claimed_facets + tilt.facets

    def one(
        log_prior: Float[AnyArray, " H"],
        profile: Float[AnyArray, "H D V"],
        told: Float[AnyArray, "D V"],
        listens: Float[AnyArray, " S"],
    ) -> Float[AnyArray, ""]:
        heard = told + _heard(given.observed, listens)
        return log_evidence_of_self_model(log_prior, profile, heard, _heard_jointly(given, listens))

    every = jax.vmap(jax.vmap(one, in_axes=(None, None, None, 0)))(
        jnp.stack([given.log_prior + given.claimed_identities + tilt.identities, log_played]),
        jnp.stack([given.profile, given.part.facets]),
        jnp.stack([told, jnp.zeros_like(told)]),
        jnp.stack([about_me, 1 - about_me]),
    )
    return every[0], every[1]


def _heard(observed: Float[AnyArray, "S D V"], listens: Float[AnyArray, " S"]) -> Float[AnyArray, "D V"]:
    return jnp.sum(jnp.where(listens[:, None, None] > 0, observed, 0.0), 0)


def _heard_jointly(given: Potentials, listens: Float[AnyArray, " S"]) -> Joint:
    return tuple(
        (scope, jnp.where(listens[stream] > 0, said, 0.0))
        for scope, stream, said in zip(given.scopes, given.streams, given.observed_jointly, strict=True)
    )


def all_referents(n_streams: int) -> Float[AnyArray, "M S"]:
    """Every assignment of streams to me (1) or to the part (0)."""
    return np.array(list(itertools.product((0.0, 1.0), repeat=n_streams))).reshape(2**n_streams, n_streams)
