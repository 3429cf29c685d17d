"""Relative entropies of beliefs, in bits, with 0 · log 0 = 0."""

import numpy as np
from jaxtyping import Float

from bayes_self.arrays import AnyArray


def kl_bits(p: Float[AnyArray, "*N O"], q: Float[AnyArray, "*M O"]) -> Float[AnyArray, "..."]:
    """KL(p ‖ q) = Σ p log2(p / q) along the last axis, in bits; infinite where p has mass and q has none."""
    p, q = np.asarray(p), np.asarray(q)
    with np.errstate(divide="ignore", invalid="ignore"):  # in NumPy, because `run` would wait for SciPy to load
        terms = np.where(p > 0, p * (np.log2(p) - np.log2(q)), 0.0)
    return np.asarray(terms.sum(-1))
