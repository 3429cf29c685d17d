"""pyAgrum's fastest exact engine for this work, Shafer-Shenoy, with the evidence about facets as soft evidence."""

import numpy as np
import pyagrum

from benchmarks.contenders import over_weights
from benchmarks.problem import Answer, Problem


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
