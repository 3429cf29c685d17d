"""One setting of the evidence, in NumPy: the products of `grouped` without what a call of compiled code costs.

One small posterior at a time is what a person in a notebook asks for, and there crossing into compiled code, and moving
arguments there, costs more than the arithmetic. The certificate is the same.
"""

from math import isfinite, log, nan

import numpy as np
from jaxtyping import Float

from bayes_self.grouped import SMALLEST_PRODUCT

FEW = 4
"""Up to so many settings compiled code is not worth its call."""

One = tuple[float, Float[np.ndarray, " H"], Float[np.ndarray, "D V"]]


def laid_out(profile: Float[np.ndarray, "H D V"]) -> Float[np.ndarray, "D V H"]:
    """P(value given identity), identities last."""
    return np.ascontiguousarray(profile.transpose(1, 2, 0))


def beliefs_of_one(
    log_prior: Float[np.ndarray, " H"], tables: Float[np.ndarray, "D V H"], log_facets: Float[np.ndarray, "D V"]
) -> tuple[One, bool]:
    """log Z (nats), P(identity) and P(value); and whether no factor has underflowed.

    For each facet p_d = Σ_v P(v given h) exp(u_d - max u_d), with a logarithm for each facet and identity.
    """
    largest = np.maximum.reduce(log_facets, 1, keepdims=True)  # ufuncs themselves: methods take as long as small sums
    with np.errstate(all="ignore"):
        relative = np.exp(log_facets - largest)
        evidence = relative[:, None] @ tables
        log_joint = log_prior + np.add.reduce(np.log(evidence[:, 0]), 0)
        top = np.maximum.reduce(log_joint)
        joint = np.exp(log_joint - top)
        total = np.add.reduce(joint)
        identities = joint / total
        smallest = np.minimum.reduce(evidence, None, initial=1.0)
        shares = np.divide(identities, evidence, out=evidence)  # the largest array, and not needed any more
        facets = (shares @ tables.transpose(0, 2, 1))[:, 0] * relative
        log_z = float(top + np.add.reduce(largest, None)) + log(total) if total > 0 else nan
    return (log_z, identities, facets), bool(smallest >= SMALLEST_PRODUCT and isfinite(log_z))
