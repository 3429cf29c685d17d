"""Pretraining: which self-models there are, how likely each is, and what it implies about facets.

The identities written down come first (H), then every "g as h" of the masks (W); together they are the axis (J).
"""

from typing import Any

import numpy as np
from jaxtyping import Inexact

from bayes_self.model.arrays import AnyArray, namespace
from bayes_self.model.log_domain import log_sum
from bayes_self.model.parameters import Parameters


def log_prior(xp: Any, numbers: Parameters) -> Inexact[AnyArray, "... J"]:
    """Log P(self-model), in nats.

    P(h) ∝ ω_h = prior_h · 2^(-bits_h) · mentions_h^(weight of pretraining). P(g as h) ∝ ω_g · 2^(-bits of a mask) · ω_h
    over the sum of ω_k for all k that g can wear: a mask has its price, and which mask follows ω.
    """
    heard = numbers.pretraining_weight[..., None] * xp.log(numbers.mentions)
    log_weights = xp.log(numbers.prior) - numbers.bits * np.log(2.0) + heard
    if numbers.masks.worn:
        worn = _log_masks(xp, numbers, log_weights)
        lead = np.broadcast_shapes(log_weights.shape[:-1], worn.shape[:-1])
        every = [xp.broadcast_to(part, (*lead, part.shape[-1])) for part in (log_weights, worn)]
        log_weights = xp.concatenate(every, axis=-1)
    return log_weights - log_sum(xp, log_weights, -1)[..., None]


def _log_masks(xp: Any, numbers: Parameters, log_weights: Inexact[AnyArray, "... H"]) -> Inexact[AnyArray, "... W"]:
    beneath, worn = np.array(numbers.masks.beneath), np.array(numbers.masks.worn)
    can_wear = np.zeros((log_weights.shape[-1],) * 2, dtype=bool)
    can_wear[beneath, worn] = True
    choice = log_sum(xp, xp.where(can_wear, log_weights[..., None, :], -np.inf), -1)
    price = numbers.masks.bits[..., None] * np.log(2.0)
    return log_weights[..., beneath] - price + log_weights[..., worn] - choice[..., beneath]


def profiles(numbers: Parameters) -> Inexact[AnyArray, "... J D V"]:
    """P(value given self-model).

    Of an identity: κσ_d · profile + (1 - κσ_d) · base where it takes a stand, else base. Of "g as h": that of h as
    surely as the mask covers the facet and h takes a stand on it, else that of g.
    """
    held = numbers.coherence[..., None, None] * numbers.salience[..., None, :] * numbers.stands
    own = held[..., None] * numbers.profile + (1 - held[..., None]) * numbers.base[..., None, :, :]
    masks = numbers.masks
    if not masks.worn:
        return own
    beneath, worn = np.array(masks.beneath), np.array(masks.worn)
    shows = (masks.covers[..., None, :] * numbers.stands[..., worn, :])[..., None]
    mixed = shows * own[..., worn, :, :] + (1 - shows) * own[..., beneath, :, :]
    xp = namespace(own, mixed)
    lead = np.broadcast_shapes(own.shape[:-3], mixed.shape[:-3])
    return xp.concatenate([xp.broadcast_to(part, (*lead, *part.shape[-3:])) for part in (own, mixed)], axis=-3)


def prior_facets(xp: Any, numbers: Parameters) -> Inexact[AnyArray, "... D V"]:
    """P(value) before claims and observations: Σ_h P(h) P(value given h), over all self-models h."""
    return xp.einsum("...h,...hdv->...dv", xp.exp(log_prior(xp, numbers)), profiles(numbers))
