"""The landscape spectrum: which combinations of traits are stiff, which flat, and which have been unsettled."""

import math
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from bayes_self.beliefs.case import Case
from bayes_self.model.beliefs import Beliefs, Tilt, beliefs_of
from bayes_self.model.log_domain import ratio

# Variances under p0 below this are rounding: a facet's indicators sum to one, which leaves such directions.
_VARIES = 1e-10


class Spectrum(NamedTuple):
    """Variance of traits under the posterior, in units of their variance under p0."""

    eigenvalues: Float[np.ndarray, " N"]
    """Ascending: near 0 a stiff direction, 1 a flat one, above 1 one that evidence has unsettled."""
    directions: Float[np.ndarray, "N D V"]
    """Scores of facet values that make each direction: mean zero per facet, the largest of size 1; 0 for padding."""


def spectrum(case: Case) -> Spectrum:
    """Eigenvalues of the posterior covariance of facet indicators relative to that under p0, where p0 varies.

    Covariances are second derivatives of log Z with respect to the potentials of facet values, here computed from the
    probabilities of pairs of values. For scores a, the ratio is Var_p(Σ_d a[d, z_d]) / Var_p0(Σ_d a[d, z_d]),
    stationary at each direction.
    """
    after, before = covariance(case.beliefs), covariance(case.prior)
    sizes, axes = np.linalg.eigh(before)
    varies = sizes > _VARIES
    whiten = axes[:, varies] / np.sqrt(sizes[varies])
    eigenvalues, rotated = np.linalg.eigh(whiten.T @ after @ whiten)
    scores = (whiten @ rotated).T.reshape(len(eigenvalues), *case.believed.base.shape)
    return Spectrum(eigenvalues, _normalised(scores, case))


def _normalised(scores: Float[np.ndarray, "N D V"], case: Case) -> Float[np.ndarray, "N D V"]:
    exists = np.arange(scores.shape[2]) < np.asarray(case.believed.n_values)[:, None]
    means = np.where(exists, scores, 0.0).sum(-1, keepdims=True) / exists.sum(-1)[:, None]
    centred = np.where(exists, scores - means, 0.0)
    flat = centred.reshape(len(scores), math.prod(scores.shape[1:]))  # also where nothing varies: no direction
    largest = flat[np.arange(len(flat)), np.abs(flat).argmax(1)]
    return centred / largest[:, None, None]


def covariance(found: Beliefs) -> Float[np.ndarray, "DV DV"]:
    """Posterior covariance of the indicators of all facet values, facets outermost; 0 for padding."""
    mean = found.facets.ravel()
    together = found.pairs if not found.given.scopes else _pairs_by_condition(found)
    return together.reshape(mean.size, mean.size) - np.outer(mean, mean)


def _pairs_by_condition(found: Beliefs) -> Float[np.ndarray, "D V D V"]:
    """P(value of one facet, value of another) = P(value) P(other given the value): a condition for every value.

    Right also where probes connect facets, which are then not independent given the identity.
    """
    d, v = found.facets.shape
    only = np.where(np.eye(v, dtype=bool), 0.0, -np.inf)
    conditions = np.where(np.eye(d, dtype=bool)[:, None, :, None], only[None, :, None, :], 0.0)
    given = beliefs_of(found.numbers, found.given, Tilt(facets=conditions.reshape(d * v, d, v)), found.about_me)
    p = np.exp(ratio(np, given.log_evidence, found.log_evidence))
    return np.where(p[:, None, None] > 0, p[:, None, None] * given.facets, 0.0).reshape(d, v, d, v)
