"""Me, or the part: one self-model P(h) Π_d P(z_d given h), and what it has heard, under every assignment of streams."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Inexact

from bayes_self.model.arrays import AnyArray, innermost
from bayes_self.model.contraction import Factor, Scopes, components, padded, sum_product
from bayes_self.model.facet_sums import CertifiedSums, LogSums
from bayes_self.model.log_domain import Logs, log, log_sum, normalised


class Component(NamedTuple):
    """Facets that joint probes connect."""

    facets: tuple[int, ...]
    probes: tuple[int, ...]
    """The joint probes, by position."""
    log_marginals: Any
    """() -> log P(own values given h, heard) of every facet, then of every joint probe's facets."""


@dataclass(frozen=True)
class Referent:
    """P(h, z, what is heard) of me or of the part. Leading axes (N), then one for the assignments of streams (M)."""

    xp: Any
    log_joint: Inexact[AnyArray, "... M H"]
    """log P(h, heard), in nats."""
    free: LogSums | CertifiedSums
    """The sums over each facet that no joint probe is about."""
    facets: tuple[int, ...]
    """Which facets those are."""
    components: tuple[Component, ...]
    scopes: Scopes
    n_values: int

    @cached_property
    def log_total(self) -> Inexact[AnyArray, "... M"]:
        """log P(heard), in nats."""
        return log_sum(self.xp, self.log_joint, -1)

    @cached_property
    def log_identities(self) -> Inexact[AnyArray, "... M H"]:
        """log P(h given heard)."""
        return normalised(self.xp, self.log_joint)

    @cached_property
    def log_values(self) -> Inexact[AnyArray, "... M D V"]:
        """log P(z_d given heard); -inf for padding."""
        found = self.free.log_marginals(self.log_identities)
        if not self.components:
            return found
        return self._all_facets(
            found,
            lambda of_facet: log_sum(self.xp, self.log_identities[..., None] + of_facet, -2),
        )

    @cached_property
    def log_values_given_identity(self) -> Inexact[AnyArray, "... M H D V"]:
        """log P(z_d given h, heard)."""
        found = self.free.log_values()
        return self._all_facets(found, lambda of_facet: of_facet) if self.components else found

    @cached_property
    def scope_probabilities(self) -> dict[int, Inexact[AnyArray, "..."]]:
        """P(values given heard) of the facets of each joint probe, by its position."""
        xp, found = self.xp, {}
        for facets, probes, log_marginals in self.components:
            for j, of_scope in zip(probes, log_marginals()[len(facets) :], strict=True):
                k = len(self.scopes[j])
                flat = xp.reshape(of_scope, (*of_scope.shape[: of_scope.ndim - k], -1))
                mixed = xp.exp(log_sum(xp, self.log_identities[..., None] + flat, -2))
                found[j] = xp.reshape(mixed, (*mixed.shape[:-1], *of_scope.shape[of_scope.ndim - k :]))
        return found

    def _all_facets(self, of_free: Logs, mixed: Any) -> Logs:
        """The free facets and the connected ones, in their order; facets are the last axis but one."""
        xp = self.xp
        own = {d: of_free[..., i, :] for i, d in enumerate(self.facets)}
        for facets, _, log_marginals in self.components:
            of_facets = log_marginals()[: len(facets)]
            own |= {d: padded(xp, mixed(each), self.n_values) for d, each in zip(facets, of_facets, strict=True)}
        shape = np.broadcast_shapes(*(each.shape for each in own.values()))
        return xp.stack([xp.broadcast_to(own[d], shape) for d in sorted(own)], axis=-2)


def referent(
    xp: Any,
    log_identities: Inexact[AnyArray, "... H"],
    profile: Inexact[AnyArray, "... H D V"],
    log_facets: Inexact[AnyArray, "... M D V"],
    log_tables: tuple[Inexact[AnyArray, "..."], ...] = (),
    scopes: Scopes = (),
) -> Referent:
    """The self-model of log P(h) and P(z_d given h) that has heard `log_facets` of values and `log_tables` of several.

    It costs assignments × identities × facets × values, and more for connected facets.
    """
    sums = CertifiedSums if xp is np else LogSums
    n_facets, n_values = profile.shape[-2:]
    profile, log_facets = innermost(profile, 3), innermost(log_facets, 3)
    groups = components(scopes)
    free = tuple(d for d in range(n_facets) if not any(d in group for group in groups))
    if groups:
        at = np.array(free, dtype=int)
        of_free = sums(xp, innermost(profile[..., at, :], 3), innermost(log_facets[..., at, :], 3))
    else:
        of_free = sums(xp, profile, log_facets)
    log_joint = log_identities[..., None, :] + xp.sum(of_free.log_evidence, axis=-1)
    connected = []
    for group in groups:
        inside = tuple(j for j, scope in enumerate(scopes) if scope[0] in group)
        total, log_marginals = sum_product(xp, _factors(xp, group, inside, profile, log_facets, log_tables, scopes))
        log_joint = log_joint + total
        connected.append(Component(group, inside, log_marginals))
    return Referent(xp, log_joint, of_free, free, tuple(connected), scopes, n_values)


def _factors(
    xp: Any,
    group: tuple[int, ...],
    inside: tuple[int, ...],
    profile: Inexact[AnyArray, "... H D V"],
    log_facets: Inexact[AnyArray, "... M D V"],
    log_tables: tuple[Inexact[AnyArray, "..."], ...],
    scopes: Scopes,
) -> list[Factor]:
    """What is multiplied over the values of a component, with leading axes (..., M, H)."""
    size = {}
    for j in inside:
        size |= dict(zip(scopes[j], log_tables[j].shape[-len(scopes[j]) :], strict=True))
    own: list[Factor] = []
    for d in group:
        of_identity = log(xp, profile[..., None, :, d, : size[d]])
        own.append((of_identity + log_facets[..., :, None, d, : size[d]], (d,)))
    tables = [(log_tables[j][(..., None, *(slice(None),) * len(scopes[j]))], scopes[j]) for j in inside]
    return own + tables
