"""numba: the sums as loops, compiled for this processor."""

import numba  # pyright: ignore[reportMissingImports]
import numpy as np

from benchmarks.contenders import over_weights
from benchmarks.problem import Answer, Problem


class Loop:
    """Compiled loops over settings, facets, values and identities, with `fastmath`; a logarithm for 16 facets."""

    name = "numba loop"

    def __init__(self, problem: Problem):
        self.prior = np.exp(problem.log_prior)
        self.tables = np.ascontiguousarray(problem.profile.transpose(1, 2, 0))

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        n, (n_facets, n_values, n_identities) = len(log_facets), self.tables.shape
        found = np.empty(n), np.empty((n, n_identities)), np.empty((n, n_facets, n_values))
        _posteriors(self.prior, self.tables, log_facets, *found)
        return Answer(*found)


class OneAtATime(Loop):
    """The same loops, a call for each posterior."""

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        found = [super(OneAtATime, self).solve(u[None]) for u in log_facets]
        return Answer(*map(np.concatenate, zip(*(each[:3] for each in found), strict=True)))


OverWeights = over_weights(Loop)


@numba.njit(fastmath=True)
def _posteriors(prior, tables, log_facets, log_z, identities, facets):
    n_facets, n_values, n_identities = tables.shape
    evidence, product = np.empty((n_facets, n_identities)), np.empty(n_identities)
    said, log_joint, share = np.empty((n_facets, n_values)), np.empty(n_identities), np.empty(n_identities)
    for n in range(len(log_facets)):
        shift = 0.0
        for h in range(n_identities):
            log_joint[h], product[h] = 0.0, prior[h]
        for d in range(n_facets):
            top = log_facets[n, d].max()
            shift += top
            for v in range(n_values):
                said[d, v] = np.exp(log_facets[n, d, v] - top)
            for h in range(n_identities):
                evidence[d, h] = said[d, 0] * tables[d, 0, h]
            for v in range(1, n_values):
                for h in range(n_identities):
                    evidence[d, h] += said[d, v] * tables[d, v, h]
            for h in range(n_identities):
                product[h] *= evidence[d, h]
            if d % 16 == 15 or d == n_facets - 1:
                for h in range(n_identities):
                    log_joint[h] += np.log(product[h])
                    product[h] = 1.0
        top = log_joint.max()
        total = 0.0
        for h in range(n_identities):
            log_joint[h] = np.exp(log_joint[h] - top)
            total += log_joint[h]
        for h in range(n_identities):
            identities[n, h] = log_joint[h] / total
        log_z[n] = top + np.log(total) + shift
        for d in range(n_facets):
            for h in range(n_identities):
                share[h] = identities[n, h] / evidence[d, h]
            for v in range(n_values):
                value = 0.0
                for h in range(n_identities):
                    value += share[h] * tables[d, v, h]
                facets[n, d, v] = value * said[d, v]
