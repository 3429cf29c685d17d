"""A compiled loop, by numba: what could be had by writing out every sum for this one problem; the practical limit.

It takes the evidence as potentials like everybody else, works in one block of memory, and returns the same beliefs. Its
products underflow where ours are certified: it has no way back.
"""

import numba  # pyright: ignore[reportMissingImports]
import numpy as np

from benchmarks.problem import Answer, Problem


@numba.njit(fastmath=True, cache=False)
def _solve(log_prior, tables, u, log_z, identities, facets):
    n_facets, n_values, n_identities = tables.shape
    evidence = np.empty((n_facets, n_identities))
    relative = np.empty((n_facets, n_values))
    for n in range(u.shape[0]):
        joint, product = log_prior.copy(), np.ones(n_identities)
        shift = 0.0
        for d in range(n_facets):
            largest = u[n, d].max()
            shift += largest
            for v in range(n_values):
                relative[d, v] = np.exp(u[n, d, v] - largest)
            evidence[d, :] = 0.0
            for v in range(n_values):
                for h in range(n_identities):
                    evidence[d, h] += tables[d, v, h] * relative[d, v]
            for h in range(n_identities):
                product[h] *= evidence[d, h]
            if d % 16 == 15 or d == n_facets - 1:
                for h in range(n_identities):
                    joint[h] += np.log(product[h])
                    product[h] = 1.0
        top = joint.max()
        total = 0.0
        for h in range(n_identities):
            identities[n, h] = np.exp(joint[h] - top)
            total += identities[n, h]
        for h in range(n_identities):
            identities[n, h] /= total
        log_z[n] = top + np.log(total) + shift
        for d in range(n_facets):
            for h in range(n_identities):
                product[h] = identities[n, h] / evidence[d, h]
            for v in range(n_values):
                found = 0.0
                for h in range(n_identities):
                    found += product[h] * tables[d, v, h]
                facets[n, d, v] = found * relative[d, v]


class Loop:
    name = "numba"

    def __init__(self, problem: Problem):
        self.log_prior = problem.log_prior
        self.tables = np.ascontiguousarray(problem.profile.transpose(1, 2, 0))

    def solve(self, log_facets: np.ndarray) -> Answer:
        n, (n_facets, n_values, n_identities) = len(log_facets), self.tables.shape
        found = np.empty(n), np.empty((n, n_identities)), np.empty((n, n_facets, n_values))
        _solve(self.log_prior, self.tables, log_facets, *found)
        return Answer(*found)
