"""Beliefs: the log evidence, and the posterior probabilities, by one sum-product forward and backward.

    log Z = log Σ_m Π_s P(m_s) · Z_me(claims, streams with m_s = me) · Z_part(the other streams) / Z_part(nothing)

Where no identity allows the part, every stream is about me. All three factors are the same sum over identities and
facet values (`Referent`). Every array may have leading axes (`...`): a claim left out, a stream silenced, another
prior or other counts are settings along such an axis, and one call.
"""

import itertools
import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Inexact

from bayes_self.model.arrays import AnyArray, expanded, innermost, namespace
from bayes_self.model.log_domain import Logs, added, log, log_sum, normalised, ratio
from bayes_self.model.parameters import Parameters
from bayes_self.model.potentials import Counts, Potentials, potentials
from bayes_self.model.referent import Referent, referent


class Tilt(NamedTuple):
    """What is added to log potentials, in nats; -inf for everything but one answer is a condition on it."""

    identities: Inexact[AnyArray, "... H"] | None = None
    facets: Inexact[AnyArray, "... D V"] | None = None
    ownership: Inexact[AnyArray, "... S 2"] | None = None
    """What is added to "stream s is about the part", and to "stream s is about me"."""


NO_TILT = Tilt()


class Predictive(NamedTuple):
    """P(next outcome of each probe), given the evidence; one trial, whatever the weights."""

    single: Inexact[AnyArray, "... P O"]
    joint: tuple[Inexact[AnyArray, "... O"], ...]


class Asked(NamedTuple):
    """P(values of what each probe is about, of its stream's referent), given the evidence."""

    single: Inexact[AnyArray, "... P V"]
    joint: tuple[Inexact[AnyArray, "..."], ...]


@dataclass(frozen=True, eq=False)
class Beliefs:
    """The posterior. Leading axes (N) are those of the numbers and the counts; what is read is computed once."""

    numbers: Parameters
    given: Potentials
    log_evidence: Inexact[AnyArray, "..."]
    """log Z in nats; -inf where the evidence is impossible, and then nothing else has a meaning."""
    log_share: Inexact[AnyArray, "... M"]
    """log P(assignment of the streams given the evidence)."""
    me: Referent
    part: Referent
    about_me: Float[np.ndarray, "M S"]
    """The assignments: 1 for "about me", 0 for "about the part"."""

    @property
    def _xp(self) -> Any:
        return self.me.xp

    @cached_property
    def log_identities(self) -> Inexact[AnyArray, "... H"]:
        """log P(identity), in nats, however small."""
        return normalised(self._xp, log_sum(self._xp, self.log_share[..., None] + self.me.log_identities, -2))

    @cached_property
    def log_facets(self) -> Inexact[AnyArray, "... D V"]:
        """log P(value) of every facet of mine, in nats, however small; -inf for padding."""
        return normalised(self._xp, log_sum(self._xp, self.log_share[..., None, None] + self.me.log_values, -3))

    @cached_property
    def identities(self) -> Inexact[AnyArray, "... H"]:
        """P(identity)."""
        return self._xp.exp(self.log_identities)

    @cached_property
    def facets(self) -> Inexact[AnyArray, "... D V"]:
        """P(value) of every facet of mine; 0 for padding."""
        return self._xp.exp(self.log_facets)

    @cached_property
    def ownership(self) -> Inexact[AnyArray, "... S"]:
        """P(stream is about me)."""
        return self._xp.matmul(self._xp.exp(self.log_share), self.about_me)

    @cached_property
    def log_beneath(self) -> Inexact[AnyArray, "... H"]:
        """log P(identity is beneath, with a mask or without), in nats."""
        wears = self._of_written([*range(self._written), *self.numbers.masks.beneath])
        return log_sum(self._xp, self._xp.where(wears, self.log_identities[..., None, :], -np.inf), -1)

    @cached_property
    def worn(self) -> Inexact[AnyArray, "... H"]:
        """P(identity is worn as a mask)."""
        shows = self._of_written([-1] * self._written + list(self.numbers.masks.worn))
        return self._xp.einsum("...j,hj->...h", self.identities, shows * 1.0)

    @property
    def _written(self) -> int:
        return self.numbers.prior.shape[-1]

    def _of_written(self, index: list[int]) -> Bool[np.ndarray, "H J"]:
        return np.arange(self._written)[:, None] == np.array(index)

    @property
    def is_possible(self) -> Bool[AnyArray, "..."]:
        """Whether some self-model allows the evidence."""
        return self.log_evidence.real > -np.inf

    @cached_property
    def with_identity(self) -> Inexact[AnyArray, "... H D V"]:
        """P(identity, value of a facet)."""
        joint = self.log_share[..., None] + self.me.log_identities
        log_joint = expanded(joint, 2) + self.me.log_values_given_identity
        return self._xp.exp(log_sum(self._xp, log_joint, -4))

    @cached_property
    def pairs(self) -> Inexact[AnyArray, "... D V D V"]:
        """P(value of one facet, value of another). Raises ValueError where a joint probe connects facets."""
        if self.given.scopes:
            raise ValueError("a joint probe connects facets: take a condition on each value")
        xp, given = self._xp, self._xp.exp(self.me.log_values_given_identity)
        *lead, m, h, d, v = given.shape
        weights = xp.exp(self.log_share[..., None] + self.me.log_identities)
        flat = xp.reshape(given, (*lead, m * h, d * v))
        weighted = flat * xp.reshape(weights, (*weights.shape[:-2], m * h, 1))
        both = xp.reshape(xp.matmul(xp.swapaxes(weighted, -1, -2), flat), (*lead, d, v, d, v))
        same = np.eye(d, dtype=bool)[:, None, :, None]
        return xp.where(same, self.facets[..., None, None] * np.eye(v)[:, None, :], both)

    @cached_property
    def asked(self) -> Asked:
        """What each probe asks its stream's referent: me and the part, in proportion to whose evidence it is."""
        xp, share = self._xp, self._xp.exp(self.log_share)
        mine, other = share[..., None] * self.about_me, share[..., None] * (1 - self.about_me)
        of_me, of_part = xp.exp(self.me.log_values), xp.exp(self.part.log_values)
        every = xp.einsum("...ms,...mdv->...sdv", mine, of_me) + xp.einsum("...ms,...mdv->...sdv", other, of_part)
        joint = []
        for j, stream in enumerate(self.given.streams):
            of_me, of_part = self.me.scope_probabilities[j], self.part.scope_probabilities[j]
            k = len(self.given.scopes[j])
            mixed = expanded(mine[..., stream], k) * of_me + expanded(other[..., stream], k) * of_part
            joint.append(xp.sum(mixed, axis=-1 - k))
        probes = self.numbers.single
        return Asked(every[..., np.asarray(probes.stream), np.asarray(probes.facet)[:, 0], :], tuple(joint))

    @cached_property
    def predictive(self) -> Predictive:
        """P(next outcome): Σ_z P(z of the referent, not broken) P(outcome given z), and what is broken adds."""
        xp, (single, joint) = self._xp, self.given.tables
        of_single, of_joint = self.working
        rows = []
        for asked, table, scope in zip(of_joint, joint, self.given.scopes, strict=True):
            k = len(scope)
            flat = xp.reshape(table, (*table.shape[: table.ndim - 2 - k], -1, table.shape[-1]))
            rows.append(xp.einsum("...v,...vo->...o", xp.reshape(asked, (*asked.shape[: asked.ndim - k], -1)), flat))
        found = xp.einsum("...pv,...pvo->...po", of_single, single)
        if (doubts := self.given.doubts) is not None:
            found = found + self.broken.single[..., None] * doubts[0].if_broken
            of_broken = zip(rows, self.broken.joint, doubts[1], strict=True)
            rows = [row + broken[..., None] * each.if_broken[..., 0, :] for row, broken, each in of_broken]
        return Predictive(found, tuple(rows))

    @cached_property
    def working(self) -> Asked:
        """P(values of what each probe asks, and the probe is not broken)."""
        if (doubts := self.given.doubts) is None:
            return self.asked
        joint = (
            asked * each.working[(..., 0, *(slice(None),) * len(scope))]
            for asked, each, scope in zip(self.asked.joint, doubts[1], self.given.scopes, strict=True)
        )
        return Asked(self.asked.single * doubts[0].working, tuple(joint))

    @cached_property
    def broken(self) -> Asked:
        """P(each probe says nothing of what it is about), given the evidence (... P), and of each joint one (...)."""
        xp, doubts, scopes = self._xp, self.given.doubts, self.given.scopes
        if doubts is None:
            none = (
                xp.zeros(asked.shape[: asked.ndim - len(s)]) for asked, s in zip(self.asked.joint, scopes, strict=True)
            )
            return Asked(xp.zeros(self.asked.single.shape[:-1]), tuple(none))
        joint = (
            xp.sum(asked * each.broken[(..., 0, *(slice(None),) * len(s))], axis=tuple(range(-len(s), 0)))
            for asked, each, s in zip(self.asked.joint, doubts[1], scopes, strict=True)
        )
        return Asked(xp.sum(self.asked.single * doubts[0].broken, axis=-1), tuple(joint))


def believe(
    numbers: Parameters, counts: Counts, tilt: Tilt = NO_TILT, about_me: Float[np.ndarray, "M S"] | None = None
) -> Beliefs:
    """The posterior, as a pure function of every number.

    `about_me` lists the assignments of streams that are summed over (None: those that have prior probability); "all
    about me" is the first of them. Raises nothing: impossible evidence gives a log evidence of -inf.
    """
    about_me = live_assignments(numbers) if about_me is None else about_me
    return beliefs_of(numbers, potentials(numbers, counts), tilt, about_me)


def beliefs_of(numbers: Parameters, given: Potentials, tilt: Tilt, about_me: Float[np.ndarray, "M S"]) -> Beliefs:
    """The posterior from potentials. Raises ValueError where the first assignment is not "all about me"."""
    if not about_me[0].all():
        raise ValueError('the first assignment of streams must be "all about me"')
    arrays = (given.log_prior, given.profile, given.observed, given.ownership, given.claimed_facets, given.common)
    xp = namespace(*arrays, *tilt)
    heard = given.heard
    of_me = given.observed if heard is None else given.observed + heard.of_me
    of_part = given.observed if heard is None else given.observed + heard.of_part
    identities, values = given.log_prior + given.claimed_identities, given.claimed_facets
    if tilt.identities is not None:
        identities = identities + tilt.identities
    if tilt.facets is not None:
        values = values + tilt.facets
    about_part, written = 1 - about_me, given.allowed_identities.shape[-1]
    me = referent(
        xp,
        identities,
        given.profile,
        _listened(xp, about_me, of_me) + values[..., None, :, :],
        _listened_jointly(xp, about_me, given),
        given.scopes,
    )
    part = referent(
        xp,
        given.log_prior[..., :written] + given.allowed_identities,
        given.profile[..., :written, :, :],
        _listened(xp, about_part, of_part) + given.allowed_facets[..., None, :, :],
        _listened_jointly(xp, about_part, given),
        given.scopes,
    )
    # With every stream about me the part has heard nothing: that is its own normaliser.
    unheard = part.log_total[..., :1]
    owned = xp.where(unheard.real > -np.inf, given.ownership, 1.0)
    prior = xp.where(about_me > 0, log(xp, owned)[..., None, :], log(xp, 1 - owned)[..., None, :])
    if tilt.ownership is not None:
        prior = prior + xp.where(about_me > 0, tilt.ownership[..., None, :, 1], tilt.ownership[..., None, :, 0])
    weights = xp.sum(prior, axis=-1) + me.log_total
    weights = weights + xp.where(about_part.any(-1), ratio(xp, part.log_total, unheard), 0.0)
    if heard is not None:
        weights = weights + added(xp, about_part, heard.constant[..., None])[..., 0]
    log_z = log_sum(xp, weights, -1)
    return Beliefs(numbers, given, given.common + log_z, normalised(xp, weights), me, part, about_me)


def _listened(xp: Any, listens: Float[np.ndarray, "M S"], said: Inexact[AnyArray, "... S D V"]) -> Logs:
    """What the streams that one listens to say of every value, for every assignment (..., M, D, V)."""
    *lead, s, d, v = said.shape
    total = added(xp, listens, xp.reshape(said, (*lead, s, d * v)))
    return xp.reshape(total, (*total.shape[:-1], d, v))


def _listened_jointly(xp: Any, listens: Float[np.ndarray, "M S"], given: Potentials) -> tuple[Logs, ...]:
    found = []
    for said, scope, stream in zip(given.observed_jointly, given.scopes, given.streams, strict=True):
        k = len(scope)
        hears = listens[:, stream].reshape(-1, *(1,) * k) > 0
        found.append(xp.where(hears, innermost(said, k)[(..., None, *(slice(None),) * k)], 0.0))
    return tuple(found)


def all_assignments(n_streams: int) -> Float[np.ndarray, "M S"]:
    """Every assignment of streams to me (1) or to the part (0); "all about me" first."""
    return np.array(list(itertools.product((1.0, 0.0), repeat=n_streams))).reshape(2**n_streams, n_streams)


def live_assignments(numbers: Parameters) -> Float[np.ndarray, "M S"]:
    """The assignments that have prior probability somewhere, and "all about me"; all of them for ownership of JAX.

    "All about me" is what holds where no identity allows the part.
    """
    every = all_assignments(numbers.ownership.shape[-1])
    if not isinstance(numbers.ownership, np.ndarray):
        return every
    ownership = numbers.ownership.reshape(math.prod(numbers.ownership.shape[:-1]), every.shape[-1])
    impossible = ((every == 1) & (ownership == 0).all(0)) | ((every == 0) & (ownership == 1).all(0))
    return every[~impossible.any(1) | every.all(1)]
