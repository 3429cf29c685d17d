"""pyAgrum's fastest exact engine for this work, Shafer-Shenoy, with the evidence about facets as soft evidence."""

import numpy as np
import pyagrum

from benchmarks.contenders import over_weights
from benchmarks.contenders.numpy_contender import spectrum_of
from benchmarks.problem import Answer, Problem, of_counts


def network(problem: Problem) -> pyagrum.BayesNet:
    """An identity with an arc to each facet."""
    n_identities, n_facets, n_values = problem.sizes
    net = pyagrum.BayesNet()
    net.add(pyagrum.RangeVariable("identity", "", 0, n_identities - 1))
    net.cpt("identity")[:] = np.exp(problem.log_prior)
    for d in range(n_facets):
        net.add(pyagrum.RangeVariable(f"facet{d}", "", 0, n_values - 1))
        net.addArc("identity", f"facet{d}")
        net.cpt(f"facet{d}")[:] = np.ascontiguousarray(problem.profile[:, d])
    return net


class ShaferShenoy:
    """`ShaferShenoyInference`, evidence about facets as soft evidence, changed for each setting."""

    name = "pyAgrum"

    def __init__(self, problem: Problem):
        _, self.n_facets, n_values = problem.sizes
        self.net = network(problem)  # kept, as the engine does not
        self.engine = pyagrum.ShaferShenoyInference(self.net)
        for d in range(self.n_facets):
            self.engine.addEvidence(f"facet{d}", [1.0] * n_values)

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        return Answer(*map(np.array, zip(*map(self._solve, log_facets), strict=True)))

    def _solve(self, u: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        largest = self._taken_out(u)
        for d, said in enumerate(np.exp(u - largest)):
            self.engine.chgEvidence(f"facet{d}", said)
        self.engine.makeInference()
        return self._found(largest.sum())

    def _taken_out(self, u: np.ndarray) -> np.ndarray:
        return u.max(-1, keepdims=True)

    def _found(self, shift: float) -> tuple[float, np.ndarray, np.ndarray]:
        facets = np.array([self.engine.posterior(f"facet{d}").toarray() for d in range(self.n_facets)])
        log_z = np.log(self.engine.evidenceProbability()) + shift
        return log_z, self.engine.posterior("identity").toarray(), facets


class Unscaled(ShaferShenoy):
    """The same with likelihoods as they are."""

    name = "pyAgrum, likelihoods as they are"

    def _taken_out(self, u: np.ndarray) -> np.ndarray:
        return np.zeros((len(u), 1))


OverWeights = over_weights(ShaferShenoy)


class OverPriors(ShaferShenoy):
    """`ShaferShenoyInference`, the prior as soft evidence about the identity, changed for each point."""

    def __init__(self, problem: Problem):
        n = len(problem.log_prior)
        super().__init__(problem.at(np.full(n, -np.log(n))))
        u = problem.streams[0]
        largest = u.max(-1, keepdims=True)
        for d, said in enumerate(np.exp(u - largest)):
            self.engine.chgEvidence(f"facet{d}", said)
        self.engine.addEvidence("identity", [1.0] * n)
        self.shift = largest.sum() + np.log(n)

    def solve(self, settings: np.ndarray, /) -> Answer:
        return Answer(*map(np.array, zip(*map(self._at, settings), strict=True)))

    def _at(self, log_prior: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        self.engine.chgEvidence("identity", np.exp(log_prior))
        self.engine.makeInference()
        return self._found(self.shift)


class Spectrum:
    """Joint posteriors of all pairs of facets by `LazyPropagation` (Shafer-Shenoy refuses pairs), then eigenvalues."""

    name = "pyAgrum"

    def __init__(self, problem: Problem):
        self.net, self.sizes = network(problem), problem.sizes
        self.engine = pyagrum.LazyPropagation(self.net)
        _, self.n_facets, self.n_values = problem.sizes
        for d in range(self.n_facets):
            self.engine.addEvidence(f"facet{d}", [1.0] * self.n_values)
            for e in range(d):
                self.engine.addJointTarget({f"facet{e}", f"facet{d}"})

    def solve(self, counts: np.ndarray, /) -> Answer:
        return Answer(None, None, None, np.array([self._solve(of_counts(read)) for read in counts]))

    def _solve(self, u: np.ndarray) -> np.ndarray:
        return spectrum_of(self._covariance(np.zeros_like(u)), self._covariance(u), self.n_values)

    def _covariance(self, u: np.ndarray) -> np.ndarray:
        for d, said in enumerate(np.exp(u - u.max(-1, keepdims=True))):
            self.engine.chgEvidence(f"facet{d}", said)
        self.engine.makeInference()
        n_facets, n_values = self.n_facets, self.n_values
        second = np.zeros((n_facets, n_values, n_facets, n_values))
        for d in range(n_facets):
            second[d, :, d] = np.diag(self.engine.posterior(f"facet{d}").toarray())
            for e in range(d):
                joint = self.engine.jointPosterior({f"facet{e}", f"facet{d}"})
                pair = joint.reorganize([f"facet{d}", f"facet{e}"]).toarray()  # the first named is the last axis
                second[d, :, e], second[e, :, d] = pair.T, pair
        means = np.array([np.diag(second[d, :, d]) for d in range(n_facets)]).ravel()
        return second.reshape(n_facets * n_values, -1) - np.outer(means, means)
