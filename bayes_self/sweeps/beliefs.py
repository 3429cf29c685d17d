"""Beliefs of many settings at once, in products of probabilities: the fast way, with a certificate for each setting.

The same sums as `log_evidence`, written for many settings: settings lie along the last axis, where the processor finds
neighbouring numbers, and what does not change from setting to setting has a last axis of length one and is computed
once. Of every facet the likeliest value is taken out, evidence is multiplied, and a group of facets has one logarithm.
Probabilities are given as logarithms, each with its own exponent, so that none is rounded to 0.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool, Float

from bayes_self.arrays import AnyArray
from bayes_self.contraction import components
from bayes_self.log_domain import Potential
from bayes_self.potentials import Potentials
from bayes_self.sweeps.joint import Settings, component_sums

SMALLEST = 1e-250
"""Above this neither a product nor a sum of products has lost a factor or a term to underflow."""
_GROUP = 16
"""Facets under one logarithm."""


class ManyBeliefs(NamedTuple):
    """Beliefs in logarithms (nats); with settings along an axis that `jax.vmap` puts in front."""

    log_evidence: Float[AnyArray, "*N"]
    identities: Float[AnyArray, "*N H"]
    facets: Float[AnyArray, "*N D V"]
    """-inf for padding."""
    ownership: Float[AnyArray, "*N S"]
    """P(stream is about me), not its logarithm."""
    certain: Bool[AnyArray, "*N"]
    """Whether nothing underflowed; where it did, the rest may be wrong."""


def many_beliefs(referents: Float[np.ndarray, "M S"]) -> Callable[[Potentials], ManyBeliefs]:
    """A function from potentials to beliefs that is meant for `jax.vmap`, which tells it what is the same for all."""

    def believed(given: Potentials) -> ManyBeliefs:
        # a plain dictionary, because leaves with a further axis are no `Potentials`
        arrays = {name: getattr(given, name) for name in Settings._fields if name not in ("scopes", "streams")}
        return _mapped(given.scopes, given.streams, referents)(arrays)

    return believed


def _mapped(
    scopes: tuple[tuple[int, ...], ...], streams: tuple[int, ...], referents: Float[np.ndarray, "M S"]
) -> Callable[[dict[str, Any]], ManyBeliefs]:
    @jax.custom_batching.custom_vmap
    def believed(arrays: dict[str, Any]) -> ManyBeliefs:
        given = Settings(
            **jax.tree.map(lambda leaf: jnp.asarray(leaf)[..., None], arrays), scopes=scopes, streams=streams
        )
        return jax.tree.map(lambda leaf: leaf[..., 0], _beliefs(given, referents))

    @believed.def_vmap
    def _(size: int, batched: list[Any], arrays: dict[str, Any]) -> tuple[ManyBeliefs, ManyBeliefs]:
        given = Settings(**jax.tree.map(_last, arrays, batched[0]), scopes=scopes, streams=streams)
        found = _beliefs(given, referents)
        found = jax.tree.map(lambda leaf: jnp.moveaxis(jnp.broadcast_to(leaf, (*leaf.shape[:-1], size)), -1, 0), found)
        return found, jax.tree.map(lambda _: True, found)

    return believed


def _last(leaf: AnyArray, many: bool) -> AnyArray:
    """The settings as the last axis, of length one where all are the same."""
    return jnp.moveaxis(leaf, 0, -1) if many else jnp.asarray(leaf)[..., None]


class _Side(NamedTuple):
    """Me, or the part, under every assignment of the streams (M), with the settings last (N)."""

    log_joint: Float[AnyArray, "M H #N"]
    """log P(identity, what is heard), but for `shift`."""
    shift: Float[AnyArray, "M #N"]
    evidence: Float[AnyArray, "M H D #N"]
    """P(what is heard of a facet given identity); of a facet that a joint probe is about, 1."""
    exponents: Float[AnyArray, "M D V #N"]
    """Log potentials of values less the largest: -inf where the value is impossible."""
    smallest: Float[AnyArray, " #N"]


def _beliefs(given: Settings, about_me: Float[np.ndarray, "M S"]) -> ManyBeliefs:
    groups = components(given.scopes)
    me = _side(given, given.profile, given.claimed_facets, about_me, groups)
    silent = jax.tree.map(jnp.zeros_like, given.claimed_facets)
    character = _side(given, given.part.facets, silent, 1 - about_me, groups)
    claimed = given.claimed_identities
    allowed = claimed.zeros == 0
    log_joint = me.log_joint + jnp.where(allowed, given.log_prior + claimed.exponent, -jnp.inf)
    of_me = _log_sum(log_joint, 1)
    of_part = _log_sum(character.log_joint + jnp.log(given.part.identities), 1) + character.shift
    is_heard = (about_me == 0).any(-1)[:, None]
    owned = jnp.where((about_me > 0)[..., None], jnp.log(given.ownership), jnp.log1p(-given.ownership)).sum(1)
    weights = owned + of_me + me.shift + jnp.where(is_heard, of_part, 0.0)
    log_z = _log_sum(weights, 0)
    share = weights - log_z
    # Given the referents, identities have probabilities of their own, which may be small everywhere or in one of them.
    given_referents = log_joint - jnp.where(of_me > -jnp.inf, of_me, 0.0)[:, None]
    slopes, fine = _slopes(given, me, jnp.exp(given_referents), about_me, groups)
    by_referent = share[:, None, None] + jnp.log(slopes) + me.exponents
    certain = (jnp.minimum(me.smallest, character.smallest) >= SMALLEST) & jnp.isfinite(log_z) & fine
    return ManyBeliefs(
        given.common + log_z,
        _log_sum(share[:, None] + given_referents, 0),
        _log_sum(by_referent, 0),
        jnp.einsum("ms,mn->sn", about_me, jnp.exp(share)),
        certain,
    )


def _side(
    given: Settings,
    profile: Float[AnyArray, "H D V #N"],
    told: Potential,
    listens: Float[np.ndarray, "M S"],
    groups: list[tuple[int, ...]],
) -> _Side:
    allowed = (profile > 0).any(0)
    heard = [_heard(given.observed, told, row) for row in listens]
    possible = [jnp.where((said.zeros == 0) & allowed, said.exponent, -jnp.inf) for said in heard]
    exponents = jnp.stack(jnp.broadcast_arrays(*possible))
    largest = jnp.max(exponents, 2, keepdims=True)
    largest = jnp.where(largest > -jnp.inf, largest, 0.0)
    exponents = exponents - largest
    relative = jnp.exp(exponents)
    free = _free(profile.shape[1], groups)
    evidence = sum(profile[None, :, free, v] * relative[:, None, free, v] for v in range(profile.shape[2]))
    log_joint, smallest = _log_product(jnp.asarray(evidence))
    shift = jnp.sum(largest[:, :, 0], 1)
    for group in groups:
        own, own_shift = component_sums(given, profile, relative, listens, group)
        log_joint, shift = log_joint + jnp.log(own), shift + own_shift
        smallest = jnp.minimum(smallest, own.min((0, 1)))
    return _Side(log_joint, shift, jnp.asarray(evidence), exponents, smallest)


def _heard(observed: Potential, told: Potential, listens: Float[np.ndarray, " S"]) -> Potential:
    """What was told, and what the streams say that one listens to."""
    return jax.tree.map(lambda said, own: own + sum(said[s] for s in np.flatnonzero(listens)), observed, told)


def _free(n_facets: int, groups: list[tuple[int, ...]]) -> np.ndarray:
    """The facets that no joint probe is about."""
    return np.setdiff1d(np.arange(n_facets), [d for group in groups for d in group]).astype(int)


def _log_product(evidence: Float[AnyArray, "M H D #N"]) -> tuple[Float[AnyArray, "M H #N"], Float[AnyArray, " #N"]]:
    """log Π_d, a logarithm for each group of facets; and the smallest product."""
    total, smallest = jnp.zeros(()), jnp.ones(())
    for start in range(0, evidence.shape[2], _GROUP):
        product = evidence[:, :, start]
        for d in range(start + 1, min(start + _GROUP, evidence.shape[2])):
            product = product * evidence[:, :, d]
        total, smallest = total + jnp.log(product), jnp.minimum(smallest, product.min((0, 1)))
    shape = (*evidence.shape[:2], evidence.shape[3])
    return jnp.broadcast_to(total, shape), jnp.broadcast_to(smallest, shape[-1:])


def _slopes(
    given: Settings,
    me: _Side,
    identities: Float[AnyArray, "M H #N"],
    about_me: Float[np.ndarray, "M S"],
    groups: list[tuple[int, ...]],
) -> tuple[Float[AnyArray, "M D V #N"], Bool[AnyArray, " #N"]]:
    """P(value given referents) but for the value's own potential; and whether no sum of them has underflowed."""
    free = _free(given.profile.shape[1], groups)
    if given.profile.shape[-1] == 1 and me.evidence.shape[-1] == 1:
        matrix = given.profile[..., 0][:, free] / me.evidence[..., None, 0]
        of_free = jnp.einsum("mhn,mhdv->mdvn", identities, matrix)
    else:
        shares = identities[:, :, None] / me.evidence
        of_free = jnp.stack(
            [
                sum(shares[:, h] * given.profile[None, h, free, v] for h in range(identities.shape[1]))
                for v in range(given.profile.shape[2])
            ],
            2,
        )
    n_settings = max(identities.shape[-1], of_free.shape[-1], me.exponents.shape[-1])
    slopes = jnp.zeros((*me.exponents.shape[:3], n_settings)).at[:, free].set(of_free)
    relative = jnp.broadcast_to(jnp.exp(me.exponents), slopes.shape)
    for group in groups:

        def total(values: Float[AnyArray, "M D V #N"], group: tuple[int, ...] = group) -> AnyArray:
            own, _ = component_sums(given, given.profile, values, about_me, group)
            return jnp.sum(jax.lax.stop_gradient(identities / own) * own)

        of_group = jax.grad(total)(relative)
        slopes = slopes.at[:, np.array(group)].set(of_group[:, np.array(group)])
    matters = (given.profile > 0).any(0) & (me.exponents > -jnp.inf)
    return slopes, jnp.all(~matters | (slopes >= SMALLEST), (0, 1, 2))


def _log_sum(exponents: Float[AnyArray, "..."], axis: int) -> Float[AnyArray, "..."]:
    """log Σ exp along an axis; -inf where every term is."""
    largest = jnp.max(exponents, axis, keepdims=True)
    largest = jnp.where(largest > -jnp.inf, largest, 0.0)
    return jnp.log(jnp.sum(jnp.exp(exponents - largest), axis)) + jnp.squeeze(largest, axis)
