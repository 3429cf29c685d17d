"""Beliefs of one self-model, worked out identity by identity with SciPy: what array-level results are compared with."""

import numpy as np
from scipy.special import logsumexp


def believed(log_prior, profile, log_facets):
    """(log Z, P(identity), P(value)) of one setting; single-facet potentials only."""
    with np.errstate(divide="ignore"):
        terms = np.log(profile) + np.where(profile > 0, log_facets, 0.0)
    per_facet = np.asarray(logsumexp(terms, axis=-1))
    log_joint = log_prior + per_facet.sum(-1)
    log_z = logsumexp(log_joint)
    if log_z == -np.inf:
        return log_z, np.zeros(len(profile)), np.zeros(profile.shape[1:])
    identities = np.exp(log_joint - log_z)
    shift = np.where(np.isfinite(per_facet), per_facet, 0.0)[..., None]
    facets = np.einsum("h,hdv->dv", identities, np.exp(np.where(np.isfinite(terms), terms - shift, -np.inf)))
    return log_z, identities, facets


def random_self_model(rng, sizes, zeros=0.0):
    """(log prior, profile) with a share of the profile's entries 0; every row keeps at least one value."""
    n_identities, n_facets, n_values = sizes
    profile = rng.dirichlet(np.ones(n_values), (n_identities, n_facets))
    kept = rng.random(profile.shape) >= zeros
    kept[
        np.arange(n_identities)[:, None], np.arange(n_facets), rng.integers(n_values, size=(n_identities, n_facets))
    ] = 1
    profile *= kept
    return np.log(rng.dirichlet(np.ones(n_identities))), profile / profile.sum(-1, keepdims=True)
