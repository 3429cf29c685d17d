"""Relative entropies of beliefs, in bits, with 0 · log 0 = 0."""

import numpy as np
from jaxtyping import Float
from scipy.special import rel_entr


def kl_bits(p: Float[np.ndarray, "*N"], q: Float[np.ndarray, "*N"]) -> Float[np.ndarray, "..."]:
    """KL(p ‖ q) = Σ p log2(p / q) along the last axis, in bits; infinite where p has mass and q has none."""
    return rel_entr(p, q).sum(-1) / np.log(2)
