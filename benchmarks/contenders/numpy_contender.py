"""NumPy: as a competent user writes it, and as one writes it first."""

import numpy as np
import scipy.linalg

from benchmarks.contenders import over_weights
from benchmarks.problem import Answer, Problem, of_counts


class Batch:
    """Matrix products over blocks of 128 settings, and marginals by hand."""

    name = "NumPy by hand"
    block = 128

    def __init__(self, problem: Problem):
        self.log_prior = problem.log_prior
        self.tables = np.ascontiguousarray(problem.profile.transpose(1, 2, 0))

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        blocks = [
            self._solve(log_facets[start : start + self.block]) for start in range(0, len(log_facets), self.block)
        ]
        return Answer(*map(np.concatenate, zip(*blocks, strict=True)))

    def _solve(self, u: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        largest = u.max(-1, keepdims=True)
        relative = np.exp(u - largest).transpose(1, 0, 2)
        evidence = relative @ self.tables
        log_joint = self.log_prior + np.log(evidence).sum(0)
        top = log_joint.max(-1, keepdims=True)
        joint = np.exp(log_joint - top)
        total = joint.sum(-1, keepdims=True)
        identities = joint / total
        facets = ((identities / evidence) @ self.tables.transpose(0, 2, 1)) * relative
        log_z = (top + np.log(total))[:, 0] + largest.sum((1, 2))
        return log_z, identities, facets.transpose(1, 0, 2)


class Single(Batch):
    """Fifteen lines: matrix products, and marginals by hand."""

    name = "NumPy"
    block = 1


class Natural:
    """A loop over settings: einsum, log, sum, and marginals by a second einsum."""

    name = "NumPy, a loop"

    def __init__(self, problem: Problem):
        self.log_prior, self.profile = problem.log_prior, problem.profile

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        return Answer(*map(np.array, zip(*map(self._solve, log_facets), strict=True)))

    def _solve(self, u: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        relative = np.exp(u - u.max(-1, keepdims=True))
        evidence = np.einsum("hdv,dv->hd", self.profile, relative)
        log_joint = self.log_prior + np.log(evidence).sum(1)
        joint = np.exp(log_joint - log_joint.max())
        identities = joint / joint.sum()
        facets = np.einsum("hd,hdv->dv", identities[:, None] / evidence, self.profile) * relative
        return log_joint.max() + np.log(joint.sum()) + u.max(-1).sum(), identities, facets


OverWeights = over_weights(Batch)


class OverPriors:
    """The evidence's part once, then a matrix product."""

    name = "NumPy by hand"

    def __init__(self, problem: Problem):
        u = problem.streams[0]
        terms = problem.profile * np.exp(u - u.max(-1, keepdims=True))
        evidence = terms.sum(-1)
        self.log_likelihood = np.log(evidence).sum(-1) + u.max(-1).sum()
        self.values, self.shape = (terms / evidence[..., None]).reshape(len(terms), -1), u.shape

    def solve(self, log_priors: np.ndarray, /) -> Answer:
        log_joint = log_priors + self.log_likelihood
        top = log_joint.max(-1, keepdims=True)
        joint = np.exp(log_joint - top)
        total = joint.sum(-1, keepdims=True)
        identities = joint / total
        return Answer((top + np.log(total))[:, 0], identities, (identities @ self.values).reshape(-1, *self.shape))


class Spectrum:
    """The covariance of a mixture in closed form: means by identity, one matrix product; eigenvalues and directions."""

    name = "NumPy by hand"

    def __init__(self, problem: Problem):
        self.problem, self.beliefs = problem, Single(problem)

    def solve(self, counts: np.ndarray, /) -> Answer:
        return Answer(None, None, None, np.array([self._solve(of_counts(read)) for read in counts]))

    def _solve(self, u: np.ndarray) -> np.ndarray:
        prior, profile = np.exp(self.problem.log_prior), self.problem.profile
        terms = profile * np.exp(u - u.max(-1, keepdims=True))
        identities = self.beliefs.solve(u[None]).identities
        assert identities is not None
        after = covariance_of(identities[0], terms / terms.sum(-1, keepdims=True))
        return spectrum_of(covariance_of(prior, profile), after, profile.shape[2])


def covariance_of(identities: np.ndarray, profile: np.ndarray) -> np.ndarray:
    """Of indicators of facet values, (D V, D V)."""
    n_identities, n_facets, n_values = profile.shape
    flat = profile.reshape(n_identities, -1)
    mean = identities @ flat
    second = (flat * identities[:, None]).T @ flat
    for d in range(n_facets):
        own = slice(d * n_values, (d + 1) * n_values)
        second[own, own] = np.diag(mean[own])
    return second - np.outer(mean, mean)


def spectrum_of(before: np.ndarray, after: np.ndarray, n_values: int) -> np.ndarray:
    """Eigenvalues of one covariance relative to another, where that varies; with directions, scaled as ours are."""
    sizes, axes = scipy.linalg.eigh(before)
    varies = sizes > 1e-10
    whiten = axes[:, varies] / np.sqrt(sizes[varies])
    eigenvalues, rotated = scipy.linalg.eigh(whiten.T @ after @ whiten)
    scores = (whiten @ rotated).T.reshape(len(eigenvalues), -1, n_values)
    flat = (scores - scores.mean(-1, keepdims=True)).reshape(len(eigenvalues), -1)
    flat /= flat[np.arange(len(flat)), np.abs(flat).argmax(1)][:, None]
    return eigenvalues
