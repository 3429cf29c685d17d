"""Observation streams (rl, introspection): what a trial of a probe shows, of me or of the part."""

import math
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Bool, Inexact, Num

from bayes_self.model.arrays import AnyArray, expanded
from bayes_self.model.log_domain import fixed, log, normalised
from bayes_self.model.parameters import Parameters, Probes
from bayes_self.model.streams.pretraining import log_prior, profiles
from bayes_self.model.streams.spec import allowed_facets, allowed_identities

Tables = tuple[Inexact[AnyArray, "... P V O"], tuple[Inexact[AnyArray, "..."], ...]]
"""P(outcome given values), errors included: of single-facet probes, and of each joint one (..., 1, values, outcome)."""


class Part(NamedTuple):
    """The part before it has heard anything."""

    log_identities: Inexact[AnyArray, "... H"]
    """log P_part(identity), in nats."""
    values: Inexact[AnyArray, "... H D V"]
    """P_part(value given identity): the claimed value, where a facet is claimed; as for me, where it is not."""
    possible: Bool[AnyArray, "..."]
    """Whether some identity allows the part."""

    def facets(self, xp: Any) -> Inexact[AnyArray, "... D V"]:
        """P_part(value)."""
        return xp.einsum("...h,...hdv->...dv", xp.exp(self.log_identities), self.values)


def part(xp: Any, numbers: Parameters) -> Part:
    """The self-model P(h) Π_d P(z_d given h) without a mask, given that every claim in force is true."""
    n = numbers.prior.shape[-1]
    allowed = profiles(numbers)[..., :n, :, :] * xp.exp(allowed_facets(xp, numbers))[..., None, :, :]
    is_true = xp.sum(allowed, axis=-1)
    log_joint = log_prior(xp, numbers)[..., :n] + allowed_identities(xp, numbers) + xp.sum(log(xp, is_true), axis=-1)
    values = allowed / xp.where(is_true != 0, is_true, 1.0)[..., None]
    return Part(normalised(xp, log_joint), values, (log_joint.real > -np.inf).any(-1))


def likelihoods(xp: Any, numbers: Parameters) -> Tables:
    """P(outcome given values), errors included: ρ A + (1 - ρ) e, for single-facet probes and for each joint one.

    The errors e are uniform, or a given table, or what the part would be expected to show through the same table:
    ρ E_part[A] + (1 - ρ) / |outcomes|. They are uniform where no identity allows the part.
    """
    played = part(xp, numbers) if any(map(_follow_part, (numbers.single, *numbers.joint))) else None
    shown = None
    if played is not None and _follow_part(numbers.single):
        asked = played.facets(xp)[..., numbers.single.facet[:, 0], :]
        shown = xp.einsum("...pv,...pvo->...po", asked, numbers.single.table)
    single = _with_errors(xp, numbers.single, shown, played, 1)
    joint = []
    for probe, scope in zip(numbers.joint, numbers.joint_scopes, strict=True):
        own = None
        if played is not None and _follow_part(probe):
            asked, table = _of_scope(xp, played, scope, probe), _flat(xp, probe.table, len(scope))
            own = xp.einsum("...x,...pxo->...po", asked, table)
        joint.append(_with_errors(xp, probe, own, played, len(scope)))
    return single, tuple(joint)


def _follow_part(probes: Probes) -> bool:
    """Whether errors of some probe may follow the part: known beforehand where the array is NumPy's."""
    return not isinstance(probes.errors_of_part, np.ndarray) or bool(probes.errors_of_part.any())


def _flat(xp: Any, table: Inexact[AnyArray, "..."], n_axes: int) -> Inexact[AnyArray, "... P X O"]:
    """A table with the combinations of its values along one axis."""
    shape = table.shape
    cells = math.prod(shape[-1 - n_axes : -1])
    return xp.reshape(table, (*shape[: table.ndim - 1 - n_axes], cells, shape[-1]))


def _of_scope(xp: Any, played: Part, scope: tuple[int, ...], probe: Probes) -> Inexact[AnyArray, "... X"]:
    """P_part(values of several facets), which hang together through its identity, along one axis."""
    found, sizes = xp.exp(played.log_identities), probe.table.shape[-1 - len(scope) : -1]
    for k, (d, size) in enumerate(zip(scope, sizes, strict=True)):
        own = played.values[..., d, :size]
        found = found[..., None] * xp.reshape(own, (*own.shape[:-1], *(1,) * k, size))
    found = xp.sum(found, axis=-1 - len(scope))
    return xp.reshape(found, (*found.shape[: found.ndim - len(scope)], math.prod(sizes)))


def _with_errors(
    xp: Any, probes: Probes, shown: Inexact[AnyArray, "... P O"] | None, played: Part | None, n_axes: int
) -> Inexact[AnyArray, "..."]:
    trust, errors = probes.reliability[..., None], probes.errors
    if shown is not None and played is not None:
        possible = xp.where(played.possible[..., None], probes.errors_of_part, 0.0)[..., None]
        errors = possible * (trust * shown + (1 - trust) * errors) + (1 - possible) * errors
    wide = (..., *(None,) * n_axes, slice(None))
    return expanded(probes.reliability, n_axes + 1) * probes.table + ((1 - trust) * errors)[wide]


def log_likelihood(
    xp: Any, likelihood: Inexact[AnyArray, "..."], counts: Num[AnyArray, "... P O"], n_axes: int
) -> tuple[Inexact[AnyArray, "..."], Inexact[AnyArray, "... P"]]:
    """log Π_o P(o given values)^(n_o) of each probe, as what depends on the values and what does not, in nats.

    The second is taken out outcome by outcome (the largest likelihood of each), so that 10^9 observations that say
    nothing about a facet leave it exactly where it was.
    """
    flat = _flat(xp, likelihood, n_axes)
    largest = fixed(xp, xp.max(flat.real, axis=-2, keepdims=True))
    largest = xp.where(largest > 0, largest, 1.0)
    logs = log(xp, flat / largest)
    possible = logs.real > -np.inf
    depends = xp.einsum("...vo,...o->...v", xp.where(possible, logs, 0.0), counts)
    if not (isinstance(possible, np.ndarray) and possible.all()):
        depends = xp.where(_forbidden(xp, possible, counts), -np.inf, depends)
    depends = xp.reshape(depends, (*depends.shape[:-1], *likelihood.shape[-1 - n_axes : -1]))
    return depends, xp.sum(counts * xp.log(largest)[..., 0, :], axis=-1)


def _forbidden(xp: Any, possible: Bool[AnyArray, "..."], counts: Num[AnyArray, "... P O"]) -> Bool[AnyArray, "..."]:
    """Whether something was observed that a value makes impossible."""
    seen = xp.where(counts != 0, 1.0, 0.0)
    return xp.einsum("...vo,...o->...v", xp.where(possible, 0.0, 1.0), seen) > 0
