"""pyAgrum's fastest exact engine for this work, Shafer-Shenoy, with the evidence about facets as soft evidence."""

import numpy as np
import pyagrum

from benchmarks.problem import Answer, Problem


class ShaferShenoy:
    name = "pyAgrum"

    def __init__(self, problem: Problem):
        n_identities, self.n_facets, n_values = problem.profile.shape
        net = pyagrum.BayesNet()
        net.add(pyagrum.RangeVariable("identity", "", 0, n_identities - 1))
        net.cpt("identity")[:] = np.exp(problem.log_prior)
        for d in range(self.n_facets):
            net.add(pyagrum.RangeVariable(f"facet{d}", "", 0, n_values - 1))
            net.addArc("identity", f"facet{d}")
            net.cpt(f"facet{d}")[:] = np.ascontiguousarray(problem.profile[:, d])
        self.engine = pyagrum.ShaferShenoyInference(net)
        for d in range(self.n_facets):
            self.engine.addEvidence(f"facet{d}", [1.0] * n_values)

    def solve(self, log_facets: np.ndarray) -> Answer:
        return Answer(*map(np.array, zip(*map(self._solve, log_facets), strict=True)))

    def _solve(self, u: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        largest = u.max(-1, keepdims=True)
        relative = np.exp(u - largest)
        for d in range(self.n_facets):
            self.engine.chgEvidence(f"facet{d}", relative[d])
        self.engine.makeInference()
        facets = np.array([self.engine.posterior(f"facet{d}").toarray() for d in range(self.n_facets)])
        log_z = np.log(self.engine.evidenceProbability()) + largest.sum()
        return log_z, self.engine.posterior("identity").toarray(), facets
