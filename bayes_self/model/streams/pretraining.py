"""Pretraining: which identities speak, and what they imply about facets."""

from typing import Any

import numpy as np
from jaxtyping import Inexact

from bayes_self.model.arrays import AnyArray
from bayes_self.model.log_domain import log_sum
from bayes_self.model.parameters import Parameters


def log_prior(xp: Any, numbers: Parameters) -> Inexact[AnyArray, "... H"]:
    """Log P(identity), in nats: log π_h with π_h ∝ prior_h · 2^(-bits_h) · mentions_h^(weight of pretraining)."""
    heard = numbers.pretraining_weight[..., None] * xp.log(numbers.mentions)
    log_weights = xp.log(numbers.prior) - numbers.bits * np.log(2.0) + heard
    return log_weights - log_sum(xp, log_weights, -1)[..., None]


def profiles(numbers: Parameters) -> Inexact[AnyArray, "... H D V"]:
    """P(value given identity): κσ_d · profile + (1 - κσ_d) · base where the identity takes a stand, else base."""
    held = numbers.coherence[..., None, None] * numbers.salience[..., None, :] * numbers.stands
    return held[..., None] * numbers.profile + (1 - held[..., None]) * numbers.base[..., None, :, :]


def prior_facets(xp: Any, numbers: Parameters) -> Inexact[AnyArray, "... D V"]:
    """P(value) before claims and observations: Σ_h P(h) P(value given h)."""
    return xp.einsum("...h,...hdv->...dv", xp.exp(log_prior(xp, numbers)), profiles(numbers))
