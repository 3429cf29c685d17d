"""A few settings of the evidence, in NumPy: the products of `grouped` without what a call of compiled code costs.

One small posterior at a time is what a person in a notebook asks for, and there crossing into compiled code, and moving
arguments there, costs more than the arithmetic. The certificate is the same.
"""

from math import isfinite

import numpy as np
from jaxtyping import Float

from bayes_self.grouped import SMALLEST_PRODUCT

FEW = 4
"""Up to so many settings compiled code is not worth its call."""

Few = tuple[Float[np.ndarray, " N"], Float[np.ndarray, "N H"], Float[np.ndarray, "N D V"]]


def laid_out(profile: Float[np.ndarray, "H D V"]) -> Float[np.ndarray, "D V H"]:
    """P(value given identity), identities last."""
    return np.ascontiguousarray(profile.transpose(1, 2, 0))


def beliefs_of_few(
    log_prior: Float[np.ndarray, "*N H"], tables: Float[np.ndarray, "D V H"], log_facets: Float[np.ndarray, "N D V"]
) -> tuple[Few, bool]:
    """log Z (nats), P(identity) and P(value) of every setting; and whether no factor of any has underflowed.

    For each facet p_d = Σ_v P(v given h) exp(u_d - max u_d), with a logarithm for each facet and identity.
    """
    largest = np.maximum.reduce(log_facets, -1, keepdims=True)  # ufuncs themselves: methods take as long as small sums
    with np.errstate(all="ignore"):
        relative = np.exp(log_facets - largest)[:, :, None]
        evidence = relative @ tables
        log_joint = log_prior + np.add.reduce(np.log(evidence[:, :, 0]), 1)
        top = np.maximum.reduce(log_joint, -1, keepdims=True)
        joint = np.exp(log_joint - top)
        total = np.add.reduce(joint, -1, keepdims=True)
        identities = joint / total
        shares = identities[:, None, None] / evidence
        facets = (shares @ tables.transpose(0, 2, 1) * relative)[:, :, 0]
        log_z = (top + np.log(total))[:, 0] + np.add.reduce(largest, (1, 2))
        certain = np.minimum.reduce(evidence, None, initial=1.0) >= SMALLEST_PRODUCT and isfinite(np.add.reduce(log_z))
    return (log_z, identities, facets), bool(certain)
