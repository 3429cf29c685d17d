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
from jaxtyping import Bool, Float

from bayes_self.arrays import AnyArray
from bayes_self.contraction import IDENTITY, Factor, components, contract
from bayes_self.log_domain import Potential, Scaled, log_dot, scaled, scaled_dot
from bayes_self.potentials import Potentials

Joint = tuple[tuple[tuple[int, ...], Scaled], ...]
"""Potentials of several facets: their scope, and one axis for each."""


class Tilt(NamedTuple):
    """What is added to log potentials, in nats; derivatives with respect to it, at 0, are probabilities."""

    identities: Float[AnyArray, " H"]
    facets: Float[AnyArray, "D V"]
    ownership: Float[AnyArray, " S"]


def no_tilt(given: Potentials) -> Tilt:
    """A tilt of 0, of the right shape."""
    return Tilt(
        jnp.zeros(given.log_prior.shape),
        jnp.zeros(given.profile.shape[1:]),
        jnp.zeros(given.ownership.shape),
    )


def log_evidence_of_self_model(
    log_prior: Float[AnyArray, " H"], profile: Float[AnyArray, "H D V"], log_facets: Float[AnyArray, "D V"]
) -> Float[AnyArray, ""]:
    """log Σ_h Σ_z P(h) Π_d P(z_d given h) exp(potentials of each z_d), in nats; -inf where nothing is possible.

    It costs identities × facets × values.
    """
    return log_dot(*_of_identities(profile, log_facets, log_prior, ()))


def _of_identities(
    profile: Float[AnyArray, "H D V"],
    log_facets: Float[AnyArray, "D V"],
    log_prior: Float[AnyArray, " H"],
    joint: Joint,
) -> Scaled:
    """P(h) Σ_z Π_d P(z_d given h) · potentials of each z_d and of several z_d, for each h.

    Exact for joint potentials of any scope. P(z_d given h) may have a factor that depends on the value in it.
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
    return Scaled(weight, log_joint)


def _component(
    group: tuple[int, ...], profile: Float[AnyArray, "H D V"], log_facets: Float[AnyArray, "D V"], joint: Joint
) -> Scaled:
    inside = [(scope, said) for scope, said in joint if scope[0] in group]
    size = {d: n for scope, said in inside for d, n in zip(scope, said.exponent.shape, strict=True)}
    own = []
    for d in group:
        values = profile[:, d, : size[d]]
        own.append(Factor(values, jnp.broadcast_to(log_facets[d, : size[d]], values.shape), (IDENTITY, d)))
    return contract(own + [Factor(*said, scope) for scope, said in inside])


def log_evidence(given: Potentials, referents: Float[AnyArray, "M S"], tilt: Tilt) -> Float[AnyArray, ""]:
    """log Z in nats, with `tilt` added to the potentials of me and to "stream s is about me".

    `referents` lists the assignments m that are summed over, 1 for "about me", 0 for "about the part"; those left out
    must have probability 0. Raises nothing: impossible evidence gives -inf.
    """
    about_me = jnp.asarray(referents, dtype=given.log_prior.dtype)
    me, character = _of_me_and_the_part(given, about_me, tilt)
    # With every stream about me there is no term of the part, also where no identity allows one.
    is_heard = jnp.any(about_me == 0, -1)
    weights = me.weight * jnp.where(is_heard, character.weight, 1.0)
    exponents = me.exponent + jnp.where(is_heard, character.exponent, 0.0)
    if given.heard_constant is not None:
        of_part = scaled(_summed(given.heard_constant, about_me == 0))
        weights, exponents = weights * of_part.weight, exponents + of_part.exponent
    owned = jnp.prod(jnp.where(about_me > 0, given.ownership, 1 - given.ownership), -1)
    return given.common + log_dot(owned * weights, exponents + about_me @ tilt.ownership)


def _of_me_and_the_part(given: Potentials, about_me: Float[AnyArray, "M S"], tilt: Tilt) -> tuple[Scaled, Scaled]:
    """Z_me and Z_part for every assignment (M): one program, compiled once, for both and for all."""
    claimed = scaled(given.claimed_identities)
    myself = Scaled(claimed.weight, given.log_prior + claimed.exponent + tilt.identities)
    character = Scaled(given.part.identities, jnp.zeros_like(given.log_prior))
    told = given.claimed_facets._replace(exponent=given.claimed_facets.exponent + tilt.facets)

    def one(
        identities: Scaled,
        profile: Float[AnyArray, "H D V"],
        told: Potential,
        own: Potential | None,
        listens: Float[AnyArray, " S"],
    ) -> Scaled:
        said = given.observed if own is None else jax.tree.map(jnp.add, given.observed, own)
        values = scaled(jax.tree.map(jnp.add, told, _heard(said, listens)))
        jointly = _heard_jointly(given, listens)
        found = _of_identities(profile * values.weight, values.exponent, identities.exponent, jointly)
        return scaled_dot(identities.weight * found.weight, found.exponent)

    me_and_the_part = (
        (myself, character),
        (given.profile, given.part.facets),
        (told, jax.tree.map(jnp.zeros_like, told)),
        (given.heard_of_me, given.heard_of_part),
        (about_me, 1 - about_me),
    )
    stacked = (jax.tree.map(lambda *both: jnp.stack(both), *pair) for pair in me_and_the_part)
    every = jax.vmap(jax.vmap(one, in_axes=(None, None, None, None, 0)))(*stacked)
    return Scaled(every.weight[0], every.exponent[0]), Scaled(every.weight[1], every.exponent[1])


def values_given_identity(given: Potentials, about_me: Float[AnyArray, " S"]) -> Float[AnyArray, "H D V"]:
    """P(value of mine given identity and evidence), for one assignment of the streams; 0 where nothing is possible.

    Right where no joint probe connects facets, which are then independent given the identity.
    """
    said = given.observed if given.heard_of_me is None else jax.tree.map(jnp.add, given.observed, given.heard_of_me)
    values = scaled(jax.tree.map(jnp.add, given.claimed_facets, _heard(said, about_me)))
    weights = given.profile * values.weight
    total = log_dot(weights, values.exponent)[..., None]
    possible = (weights > 0) & (total > -jnp.inf)
    return weights * jnp.exp(jnp.where(possible, values.exponent - total, -jnp.inf))


def _heard(observed: Potential, listens: Float[AnyArray, " S"]) -> Potential:
    return jax.tree.map(lambda said: jnp.sum(jnp.where(listens[:, None, None] > 0, said, 0.0), 0), observed)


def _summed(said: Potential, about_part: Bool[AnyArray, "M S"]) -> Potential:
    """What the streams that are about the part say of it, for every assignment (M)."""
    return jax.tree.map(lambda each: jnp.sum(jnp.where(about_part, each, 0.0), -1), said)


def _heard_jointly(given: Potentials, listens: Float[AnyArray, " S"]) -> Joint:
    return tuple(
        (scope, scaled(jax.tree.map(lambda part, stream=stream: jnp.where(listens[stream] > 0, part, 0.0), said)))
        for scope, stream, said in zip(given.scopes, given.streams, given.observed_jointly, strict=True)
    )


def all_referents(n_streams: int) -> Float[AnyArray, "M S"]:
    """Every assignment of streams to me (1) or to the part (0)."""
    return np.array(list(itertools.product((0.0, 1.0), repeat=n_streams))).reshape(2**n_streams, n_streams)
