"""Relative entropies of beliefs, in bits, with 0 · log 0 = 0."""

import numpy as np
from jaxtyping import Float

from bayes_self.model.arrays import AnyArray, namespace


def kl_bits(p: Float[AnyArray, "... O"], q: Float[AnyArray, "... O"]) -> Float[AnyArray, "..."]:
    """KL(p ‖ q) = Σ p log2(p / q) along the last axis, in bits; infinite where p has mass and q has none."""
    xp = namespace(p, q)
    with np.errstate(divide="ignore"):
        logs = xp.log2(xp.where(p > 0, p, 1.0)) - xp.log2(xp.where(p > 0, q, 1.0))
    return xp.sum(xp.where(p > 0, p * logs, 0.0), axis=-1)


def mutual_information(joint: Float[np.ndarray, "X O"]) -> float:
    """I(X; O) = Σ P(x, o) log2( P(x, o) / (P(x) P(o)) ), in bits."""
    independent = joint.sum(1, keepdims=True) * joint.sum(0)
    seen = (joint > 0) & (independent > 0)
    return max(0.0, float((joint[seen] * np.log2(joint[seen] / independent[seen])).sum()))
