"""NumPy, as a competent user writes it."""

import numpy as np

from benchmarks.contenders import over_weights
from benchmarks.problem import Answer, Problem


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


class OneAtATime(Batch):
    """Fifteen lines: matrix products, and marginals by hand."""

    name = "NumPy"
    block = 1


OverWeights = over_weights(Batch)
