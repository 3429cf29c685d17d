"""The landscape spectrum: which combinations of traits are stiff, which flat, and which have been unsettled."""

import math
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.beliefs import live_referents
from bayes_self.case import Case
from bayes_self.executables import Executable
from bayes_self.leaving_out import no_counts, without_claims
from bayes_self.log_evidence import log_evidence, no_tilt, values_given_identity
from bayes_self.parameters import Parameters
from bayes_self.potentials import Counts, Potentials, potentials
from bayes_self.precision import in_float64

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

    Covariances are second derivatives of log Z with respect to the potentials of facet values. For scores a, the ratio
    is Var_p(Σ_d a[d, z_d]) / Var_p0(Σ_d a[d, z_d]), stationary at each direction.
    """
    import scipy.linalg  # a quarter of a second, which `run` need not wait for

    after = covariance(case.believed, case.counts)
    before = covariance(without_claims(case.believed, case.names), no_counts(case.believed))
    sizes, axes = scipy.linalg.eigh(before)
    varies = sizes > _VARIES
    whiten = axes[:, varies] / np.sqrt(sizes[varies])
    eigenvalues, rotated = scipy.linalg.eigh(whiten.T @ after @ whiten)
    scores = (whiten @ rotated).T.reshape(len(eigenvalues), *case.believed.base.shape)
    return Spectrum(eigenvalues, _normalised(scores, case))


def _normalised(scores: Float[np.ndarray, "N D V"], case: Case) -> Float[np.ndarray, "N D V"]:
    exists = np.arange(scores.shape[2]) < np.asarray(case.believed.n_values)[:, None]
    means = np.where(exists, scores, 0.0).sum(-1, keepdims=True) / exists.sum(-1)[:, None]
    centred = np.where(exists, scores - means, 0.0)
    flat = centred.reshape(len(scores), math.prod(scores.shape[1:]))  # also where nothing varies: no direction
    largest = flat[np.arange(len(flat)), np.abs(flat).argmax(1)]
    return centred / largest[:, None, None]


@in_float64
def covariance(numbers: Parameters, counts: Counts) -> Float[np.ndarray, "DV DV"]:
    """Posterior covariance of the indicators of all facet values, facets outermost; 0 for padding."""
    found = np.asarray(_covariance(numbers, counts, live_referents(numbers)))
    size = found.shape[0] * found.shape[1]
    return found.reshape(size, size)


@Executable
def _covariance(numbers: Parameters, counts: Counts, referents: Float[AnyArray, "M S"]) -> Float[AnyArray, "D V D V"]:
    given = potentials(numbers, counts)
    return _second_derivatives(given, referents) if given.scopes else _of_mixture(given, referents)


def _second_derivatives(given: Potentials, referents: Float[AnyArray, "M S"]) -> Float[AnyArray, "D V D V"]:
    tilt = no_tilt(given)

    def of_facets(facets: Float[AnyArray, "D V"]) -> Float[AnyArray, ""]:
        return log_evidence(given, referents, tilt._replace(facets=facets))

    return jax.hessian(of_facets)(tilt.facets)


def _of_mixture(given: Potentials, referents: Float[AnyArray, "M S"]) -> Float[AnyArray, "D V D V"]:
    """The same where no probe connects facets, which are then independent given referents m and identity h.

    Σ_mh P(m, h) q q' + for each facet the variance within, less the means, with q = P(value given m, h and evidence);
    one matrix product where automatic differentiation takes a pass for every value.
    """
    tilt = no_tilt(given)

    def assigned(about_me: Float[AnyArray, " S"]) -> tuple[Float[AnyArray, ""], Float[AnyArray, " H"]]:
        log_z, slope = jax.value_and_grad(log_evidence, argnums=2)(given, about_me[None], tilt)
        return log_z, slope.identities

    log_z, identities = jax.vmap(assigned)(jnp.asarray(referents, dtype=given.log_prior.dtype))
    given_referents = jax.vmap(lambda about_me: values_given_identity(given, about_me))(jnp.asarray(referents))
    n_facets, n_values = given_referents.shape[2:]
    share = (jax.nn.softmax(log_z)[:, None] * identities).ravel()
    q = given_referents.reshape(share.size, n_facets * n_values)
    mean = share @ q
    second = jnp.asarray((q * share[:, None]).T @ q).reshape(n_facets, n_values, n_facets, n_values)
    d = np.arange(n_facets)
    # One facet has one value at a time.
    second = second.at[d, :, d].set(jax.vmap(jnp.diag)(mean.reshape(n_facets, n_values)))
    return second - jnp.outer(mean, mean).reshape(second.shape)
