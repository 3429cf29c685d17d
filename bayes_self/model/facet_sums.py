"""Sums over the values of facets that hang on the identity alone, one facet at a time.

    evidence[h, d]    = Σ_v P(z_d = v given h) · exp(potential of v)
    marginal[d, v]    = Σ_h q(h) · P(z_d = v given h) · exp(potential of v) / evidence[h, d]

Two ways to the same numbers; large sweeps have a third, compiled one (`sweeps.products`). In logarithms they are
exact whatever the numbers are. In products they are fast, and a certificate says for each setting whether a term may
have underflowed; `CertifiedSums` does such settings again in logarithms.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from jaxtyping import Bool, Inexact

from bayes_self.model.arrays import AnyArray
from bayes_self.model.log_domain import log, log_sum, ratio

SMALLEST = 1e-250
"""Above this no sum of products has lost a term that counts: what underflows is smaller by 10^58."""


class LogSums:
    """The sums in logarithms (nats)."""

    def __init__(
        self, xp: Any, profile: Inexact[AnyArray, "... H D V"], log_facets: Inexact[AnyArray, "... M D V"]
    ) -> None:
        self._xp = xp
        self._terms = log(xp, profile)[..., None, :, :, :] + log_facets[..., :, None, :, :]
        self.log_evidence: Inexact[AnyArray, "... M H D"] = log_sum(xp, self._terms, -1)
        """The logarithm of what is heard of a facet given the identity."""

    def log_values(self) -> Inexact[AnyArray, "... M H D V"]:
        """The logarithm of P(value given identity and what is heard)."""
        return ratio(self._xp, self._terms, self.log_evidence[..., None])

    def log_marginals(self, log_identities: Inexact[AnyArray, "... M H"]) -> Inexact[AnyArray, "... M D V"]:
        """The logarithm of P(value given what is heard), for log P(identity given what is heard)."""
        return log_sum(self._xp, log_identities[..., None, None] + self.log_values(), -3)


class ProductSums:
    """The sums as products of probabilities, the likeliest value of every facet taken out; a logarithm each (NumPy)."""

    def __init__(self, profile: Inexact[AnyArray, "... H D V"], log_facets: Inexact[AnyArray, "... M D V"]) -> None:
        self._profile = profile
        possible: AnyArray = np.where((profile != 0).any(-3)[..., None, :, :], log_facets, -np.inf)
        top = np.max(np.real(possible), axis=-1, keepdims=True)
        self._top = np.where(top > -np.inf, top, 0.0)
        self._log_relative = possible - self._top
        total: AnyArray = np.einsum("...hdv,...mdv->...mhd", profile, np.exp(self._log_relative))
        self.certain: Bool[AnyArray, ...] = (total.real >= SMALLEST).all((-3, -2, -1))
        """Whether no sum has lost a term that counts."""
        self._safe = np.where(total != 0, total, 1.0)
        self.log_evidence: Inexact[AnyArray, "... M H D"] = np.where(
            total != 0, np.log(self._safe) + self._top[..., None, :, 0], -np.inf
        )

    def log_values(self) -> Inexact[AnyArray, "... M H D V"]:
        """As `LogSums.log_values`."""
        within = self._log_relative[..., None, :, :] - np.log(self._safe)[..., None]
        return log(np, self._profile)[..., None, :, :, :] + within

    def log_marginals(
        self, log_identities: Inexact[AnyArray, "... M H"]
    ) -> tuple[Inexact[AnyArray, "... M D V"], Bool[AnyArray, "..."]]:
        """As `LogSums.log_marginals`, with a certificate of its own."""
        top = np.max(log_identities.real, axis=-1, keepdims=True)
        top = np.where(top > -np.inf, top, 0.0)
        shares = np.exp(log_identities - top)[..., None] / self._safe
        # values are the first axis, so that NumPy's inner loop is along the settings
        mixed = np.moveaxis(np.einsum("...mhd,...hdv->v...md", shares, self._profile), 0, -1)
        fine = np.real(mixed) >= SMALLEST
        if not fine.all():  # a sum may be small because there is nothing to add up
            allowed = (log_identities.real > -np.inf)[..., None, None] & (self._profile != 0)[..., None, :, :, :]
            fine |= ~allowed.any(-3) | (self._log_relative == -np.inf)
        return log(np, mixed) + self._log_relative + top[..., None], fine.all((-3, -2, -1))


class CertifiedSums:
    """The sums in products where they are certified, setting by setting, and in logarithms where not (NumPy only)."""

    def __init__(
        self, xp: Any, profile: Inexact[AnyArray, "... H D V"], log_facets: Inexact[AnyArray, "... M D V"]
    ) -> None:
        self._profile, self._log_facets = profile, log_facets
        self._fast = ProductSums(profile, log_facets)
        self._lead = self._fast.log_evidence.shape[:-3]
        self.log_evidence = self._mended(
            self._fast.log_evidence, self._fast.certain, lambda sums, settings: sums.log_evidence
        )

    def log_values(self) -> Inexact[AnyArray, "... M H D V"]:
        """As `LogSums.log_values`."""
        return self._mended(self._fast.log_values(), self._fast.certain, lambda sums, settings: sums.log_values())

    def log_marginals(self, log_identities: Inexact[AnyArray, "... M H"]) -> Inexact[AnyArray, "... M D V"]:
        """As `LogSums.log_marginals`."""
        fast, certain = self._fast.log_marginals(log_identities)

        def again(sums: LogSums, settings: tuple[AnyArray, ...]) -> np.ndarray:
            lead = np.broadcast_shapes(self._lead, log_identities.shape[:-2])
            return sums.log_marginals(np.broadcast_to(log_identities, (*lead, *log_identities.shape[-2:]))[settings])

        return self._mended(fast, certain & self._fast.certain, again)

    def _mended(
        self,
        fast: Inexact[AnyArray, "..."],
        certain: Bool[AnyArray, "..."],
        way: Callable[[LogSums, tuple[AnyArray, ...]], np.ndarray],
    ) -> Inexact[AnyArray, "..."]:
        """What was found in products, with the settings that are not certain done again in logarithms."""
        if certain.all():
            return fast
        lead = np.broadcast_shapes(self._lead, certain.shape)
        settings = np.nonzero(~np.broadcast_to(certain, lead)) if lead else ()
        sums = LogSums(np, _at(self._profile, lead, settings), _at(self._log_facets, lead, settings))
        sure = way(sums, settings)
        if not lead:
            return sure
        mended = np.array(np.broadcast_to(fast, (*lead, *sure.shape[1:])))
        mended[settings] = sure
        return mended


def _at(array: np.ndarray, lead: tuple[int, ...], settings: tuple[AnyArray, ...]) -> np.ndarray:
    """The array at some of its settings, which become one leading axis."""
    return np.broadcast_to(array, (*lead, *array.shape[-3:]))[settings]
