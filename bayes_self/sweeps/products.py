"""The sums of many settings in products of probabilities, compiled: the engine's, stated a second time for speed.

Settings lie along the last axis, where the processor finds neighbouring numbers, and what does not change from setting
to setting has a last axis of length one and is computed once. Of every facet the likeliest value is taken out, evidence
is multiplied, and a group of facets has one logarithm. A setting in which something may have underflowed is not
certain, and `evaluate` does it again by the engine; that the two agree is tried at the first points of every run.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool, Float

from bayes_self.model.arrays import AnyArray
from bayes_self.model.contraction import components
from bayes_self.model.facet_sums import SMALLEST
from bayes_self.model.potentials import Potentials
from bayes_self.sweeps.joint_sums import component_sums
from bayes_self.sweeps.settings import Fixed, Kind, Settings

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


def many_beliefs(about_me: Float[np.ndarray, "M S"]) -> Callable[[Potentials], ManyBeliefs]:
    """A function from potentials to beliefs that is meant for `jax.vmap`, which tells it what is the same for all."""

    def believed(given: Potentials) -> ManyBeliefs:
        # a plain dictionary, because leaves with a further axis are no `Potentials`
        arrays = {name: getattr(given, name) for name in Settings._fields if name != "fixed"}
        return _mapped(Fixed(given.scopes, given.streams, given.beneath, given.covered), about_me)(arrays)

    return believed


def _mapped(fixed: Fixed, about_me: Float[np.ndarray, "M S"]) -> Callable[[dict[str, Any]], ManyBeliefs]:
    @jax.custom_batching.custom_vmap
    def believed(arrays: dict[str, Any]) -> ManyBeliefs:
        given = Settings(**jax.tree.map(lambda leaf: jnp.asarray(leaf)[..., None], arrays), fixed=fixed)
        return jax.tree.map(lambda leaf: leaf[..., 0], _beliefs(given, about_me))

    @believed.def_vmap
    def _(size: int, batched: list[Any], arrays: dict[str, Any]) -> tuple[ManyBeliefs, ManyBeliefs]:
        given = Settings(**jax.tree.map(_last, arrays, batched[0]), fixed=fixed)
        found = _beliefs(given, about_me)
        found = jax.tree.map(lambda leaf: jnp.moveaxis(jnp.broadcast_to(leaf, (*leaf.shape[:-1], size)), -1, 0), found)
        return found, jax.tree.map(lambda _: True, found)

    return believed


def _last(leaf: AnyArray, many: bool) -> AnyArray:
    """The settings as the last axis, of length one where all are the same."""
    return jnp.moveaxis(leaf, 0, -1) if many else jnp.asarray(leaf)[..., None]


def _kinds(given: Settings, groups: tuple[tuple[int, ...], ...]) -> list[Kind]:
    free = np.setdiff1d(np.arange(given.profile.shape[1]), [d for group in groups for d in group]).astype(int)
    shows = np.isin(free, given.fixed.covered)
    return [Kind(facets, is_shown) for facets, is_shown in ((free[~shows], False), (free[shows], True)) if len(facets)]


def _kind_of(group: tuple[int, ...], given: Settings) -> Kind:
    return Kind(np.array(group), not set(group).isdisjoint(given.fixed.covered))


class _Side(NamedTuple):
    """Me, or the part, under every assignment of the streams (M), with the settings last (N)."""

    log_joint: Float[AnyArray, "M J #N"]
    """log P(self-model, what is heard), but for `shift`."""
    shift: Float[AnyArray, "M #N"]
    evidence: "tuple[tuple[Kind, Float[AnyArray, '...']], ...]"
    """P(what is heard of each facet given self-model), for each kind of facet that no joint probe is about."""
    exponents: Float[AnyArray, "M D V #N"]
    """Log potentials of values less the largest: -inf where the value is impossible."""
    smallest: Float[AnyArray, " #N"]


def _beliefs(given: Settings, about_me: Float[np.ndarray, "M S"]) -> ManyBeliefs:
    groups, heard = components(given.fixed.scopes), given.heard
    of_me = given.observed if heard is None else given.observed + heard.of_me
    of_part = given.observed if heard is None else given.observed + heard.of_part
    me = _side(given, of_me, given.claimed_facets, about_me, groups)
    written = given.allowed_identities.shape[0]
    character = _side(given, of_part, given.allowed_facets, 1 - about_me, groups, written=True)
    log_joint = me.log_joint + given.log_prior + given.claimed_identities
    total = _log_sum(log_joint, 1)
    played = _log_sum(character.log_joint + given.log_prior[:written] + given.allowed_identities, 1) + character.shift
    # With every stream about me, the first assignment, the part has heard nothing: that is its own normaliser.
    unheard = played[:1]
    ownership = jnp.where(unheard > -jnp.inf, given.ownership, 1.0)
    owned = jnp.where((about_me > 0)[..., None], jnp.log(ownership), jnp.log1p(-ownership)).sum(1)
    is_heard = (about_me == 0).any(-1)[:, None]
    weights = owned + total + me.shift
    weights = weights + jnp.where(is_heard, played - jnp.where(unheard > -jnp.inf, unheard, 0.0), 0.0)
    if heard is not None:
        weights = weights + jnp.where((about_me == 0)[..., None], heard.constant, 0.0).sum(1)
    log_z = _log_sum(weights, 0)
    share = weights - log_z
    # Given the referents, identities have probabilities of their own, which may be small everywhere or in one of them.
    given_referents = log_joint - jnp.where(total > -jnp.inf, total, 0.0)[:, None]
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
    observed: Float[AnyArray, "S D V #N"],
    told: Float[AnyArray, "D V #N"],
    listens: Float[np.ndarray, "M S"],
    groups: tuple[tuple[int, ...], ...],
    written: bool = False,
) -> _Side:
    profile = given.profile[: given.allowed_identities.shape[0] if written else None]
    allowed = (profile > 0).any(0)
    heard = [told + sum(observed[s] for s in np.flatnonzero(row)) for row in listens]
    possible = [jnp.where(allowed, said, -jnp.inf) for said in heard]
    exponents = jnp.stack(jnp.broadcast_arrays(*possible))
    largest = jnp.max(exponents, 2, keepdims=True)
    largest = jnp.where(largest > -jnp.inf, largest, 0.0)
    exponents = exponents - largest
    relative = jnp.exp(exponents)
    log_joint = jnp.zeros((len(listens), profile.shape[0], 1))
    evidence, smallest, shift = [], jnp.ones(1), jnp.sum(largest[:, :, 0], 1)
    for kind in _kinds(given, groups):
        p, d = kind.profile(given, written), kind.facets
        said = jnp.asarray(sum(p[None, :, d, v] * relative[:, None, d, v] for v in range(p.shape[2])))
        of_kind, least = _log_product(said)
        log_joint, smallest = log_joint + kind.each(of_kind, given, written), jnp.minimum(smallest, least)
        evidence.append((kind, said))
    for group in groups:
        kind = _kind_of(group, given)
        own, own_shift = component_sums(given, kind.profile(given, written), relative, listens, group)
        log_joint, shift = log_joint + kind.each(jnp.log(own), given, written), shift + own_shift
        smallest = jnp.minimum(smallest, own.min((0, 1)))
    return _Side(log_joint, shift, tuple(evidence), exponents, smallest)


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
    groups: tuple[tuple[int, ...], ...],
) -> tuple[Float[AnyArray, "M D V #N"], Bool[AnyArray, " #N"]]:
    """P(value given referents) but for the value's own potential; and whether no sum of them has underflowed."""
    of_kinds = [_free_slopes(given, kind, said, kind.shares(identities, given)) for kind, said in me.evidence]
    n_settings = max(identities.shape[-1], me.exponents.shape[-1], *(of.shape[-1] for of in of_kinds))
    slopes = jnp.zeros((*me.exponents.shape[:3], n_settings))
    for (kind, _), of_kind in zip(me.evidence, of_kinds, strict=True):
        slopes = slopes.at[:, kind.facets].set(of_kind)
    relative = jnp.broadcast_to(jnp.exp(me.exponents), slopes.shape)
    for group in groups:
        kind = _kind_of(group, given)

        def total(values: Float[AnyArray, "M D V #N"], group: tuple[int, ...] = group, kind: Kind = kind) -> AnyArray:
            own, _ = component_sums(given, kind.profile(given), values, about_me, group)
            return jnp.sum(jax.lax.stop_gradient(kind.shares(identities, given) / own) * own)

        of_group = jax.grad(total)(relative)
        slopes = slopes.at[:, np.array(group)].set(of_group[:, np.array(group)])
    matters = (given.profile > 0).any(0) & (me.exponents > -jnp.inf)
    return slopes, jnp.all(~matters | (slopes >= SMALLEST), (0, 1, 2))


def _free_slopes(
    given: Settings, kind: Kind, evidence: Float[AnyArray, "M K D #N"], identities: Float[AnyArray, "M K #N"]
) -> Float[AnyArray, "M D V #N"]:
    """The slopes of facets that no joint probe is about."""
    profile, d = kind.profile(given), kind.facets
    if profile.shape[-1] == 1 and evidence.shape[-1] == 1:
        return jnp.einsum("mhn,mhdv->mdvn", identities, profile[..., 0][:, d] / evidence[..., None, 0])
    shares = identities[:, :, None] / evidence
    of_values = (
        sum(shares[:, h] * profile[None, h, d, v] for h in range(identities.shape[1])) for v in range(profile.shape[2])
    )
    return jnp.stack([jnp.asarray(of) for of in of_values], 2)


def _log_sum(exponents: Float[AnyArray, "..."], axis: int) -> Float[AnyArray, "..."]:
    """log Σ exp along an axis; -inf where every term is."""
    largest = jnp.max(exponents, axis, keepdims=True)
    largest = jnp.where(largest > -jnp.inf, largest, 0.0)
    return jnp.log(jnp.sum(jnp.exp(exponents - largest), axis)) + jnp.squeeze(largest, axis)
