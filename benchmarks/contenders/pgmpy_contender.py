"""pgmpy: belief propagation on the clique tree, one clique for the identity and each facet."""

import logging
from typing import Any

import numpy as np
from pgmpy.factors.discrete import DiscreteFactor, TabularCPD  # pyright: ignore[reportMissingImports]
from pgmpy.inference import BeliefPropagation  # pyright: ignore[reportMissingImports]
from pgmpy.models import DiscreteBayesianNetwork, JunctionTree  # pyright: ignore[reportMissingImports]

from benchmarks.contenders import over_weights
from benchmarks.problem import Answer, Problem

logging.getLogger("pgmpy").setLevel(logging.ERROR)


class CliqueTree:
    """Belief propagation on a clique tree with the evidence multiplied in."""

    name = "pgmpy by hand"

    def __init__(self, problem: Problem):
        self.prior, self.profile = np.exp(problem.log_prior), problem.profile
        self.cliques = [("identity", f"facet{d}") for d in range(problem.profile.shape[1])]

    def solve(self, log_facets: np.ndarray, /) -> Answer:
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


OverWeights = over_weights(CliqueTree)


class VirtualEvidence:
    """`BeliefPropagation.query` of a Bayesian network with virtual evidence, as its guide shows."""

    name = "pgmpy, virtual evidence"

    def __init__(self, problem: Problem):
        n_identities, self.n_facets, self.n_values = problem.sizes
        names = [f"facet{d}" for d in range(self.n_facets)]
        net = DiscreteBayesianNetwork([("identity", name) for name in names])
        net.add_cpds(TabularCPD("identity", n_identities, np.exp(problem.log_prior)[:, None]))
        for d, name in enumerate(names):
            net.add_cpds(TabularCPD(name, self.n_values, problem.profile[:, d].T, ["identity"], [n_identities]))
        self.names, self.engine = names, BeliefPropagation(net)

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        found = [self._solve(u) for u in log_facets]
        return Answer(None, *map(np.array, zip(*found, strict=True)))

    def _solve(self, u: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        relative = np.exp(u - u.max(-1, keepdims=True))
        said = [TabularCPD(name, self.n_values, own[:, None]) for name, own in zip(self.names, relative, strict=True)]
        asked = {"virtual_evidence": said, "joint": False, "show_progress": False}
        found: Any = self.engine.query(["identity", *self.names], **asked)
        return found["identity"].values, np.array([found[name].values for name in self.names])
