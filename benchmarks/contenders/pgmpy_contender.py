"""pgmpy: belief propagation on the clique tree, one clique for the identity and each facet, evidence multiplied in.

Its `query` with virtual evidence runs out of memory from 64 facets on, and is 20 to 30 times slower before.
"""

import numpy as np
from pgmpy.factors.discrete import DiscreteFactor  # pyright: ignore[reportMissingImports]
from pgmpy.inference import BeliefPropagation  # pyright: ignore[reportMissingImports]
from pgmpy.models import JunctionTree  # pyright: ignore[reportMissingImports]

from benchmarks.problem import Answer, Problem


class CliqueTree:
    name = "pgmpy"

    def __init__(self, problem: Problem):
        self.prior, self.profile = np.exp(problem.log_prior), problem.profile
        self.cliques = [("identity", f"facet{d}") for d in range(problem.profile.shape[1])]

    def solve(self, log_facets: np.ndarray) -> Answer:
        found = [self._solve(u) for u in log_facets]
        return Answer(None, *map(np.array, zip(*found, strict=True)))

    def _solve(self, u: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        relative = np.exp(u - u.max(-1, keepdims=True))
        tree = JunctionTree()
        tree.add_nodes_from(self.cliques)
        tree.add_edges_from((self.cliques[0], clique) for clique in self.cliques[1:])
        for d, clique in enumerate(self.cliques):
            table = self.profile[:, d] * relative[d] * (self.prior[:, None] if d == 0 else 1.0)
            tree.add_factors(DiscreteFactor(list(clique), list(table.shape), table))
        propagation = BeliefPropagation(tree)
        propagation.calibrate()
        beliefs = propagation.get_clique_beliefs()
        identities = marginal(beliefs[self.cliques[0]], self.cliques[0][1])
        return identities, np.array([marginal(beliefs[clique], "identity") for clique in self.cliques])


def marginal(belief, summed_out: str) -> np.ndarray:
    """A normalised belief about the other variable of a clique."""
    values = belief.marginalize([summed_out], inplace=False).values
    return values / values.sum()
