"""The package itself: the compiled log evidence and its gradient for one setting, the batch for many."""

import jax
import numpy as np

from bayes_self.batch import batch_beliefs
from bayes_self.log_evidence import log_evidence_of_self_model
from benchmarks.problem import Answer, Problem


class Single:
    name = "bayes_self"

    def __init__(self, problem: Problem):
        self.log_prior, self.profile = problem.log_prior, problem.profile
        self.slope = jax.jit(jax.value_and_grad(log_evidence_of_self_model, (0, 2)))

    def solve(self, log_facets: np.ndarray) -> Answer:
        found = []
        with jax.enable_x64(True):
            log_prior, profile = jax.device_put((self.log_prior, self.profile))
            for u in log_facets:
                log_z, (identities, facets) = self.slope(log_prior, profile, u)
                found.append((float(log_z), np.asarray(identities), np.asarray(facets)))
        return Answer(*map(np.array, zip(*found, strict=True)))


class Batch:
    name = "bayes_self"

    def __init__(self, problem: Problem):
        self.log_prior, self.profile = problem.log_prior, problem.profile

    def solve(self, log_facets: np.ndarray) -> Answer:
        return Answer(*batch_beliefs(self.log_prior, self.profile, log_facets))
