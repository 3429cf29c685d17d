"""Relative entropies of beliefs, in bits, with 0 · log 0 = 0."""

import numpy as np
from jaxtyping import Float
from scipy.special import rel_entr

from bayes_self.arrays import AnyArray


def kl_bits(p: Float[AnyArray, "*N O"], q: Float[AnyArray, "*M O"]) -> Float[AnyArray, "..."]:
    """KL(p ‖ q) = Σ p log2(p / q) along the last axis, in bits; infinite where p has mass and q has none."""
    return np.asarray(rel_entr(p, q).sum(-1) / np.log(2))
