"""The package itself: one setting at a time, and many at once."""

import numpy as np

from bayes_self.batch import batch_beliefs
from bayes_self.one import OneAtATime
from benchmarks.problem import Answer, Problem


class Single:
    name = "bayes_self"

    def __init__(self, problem: Problem):
        self.beliefs = OneAtATime(problem.log_prior, problem.profile)

    def solve(self, log_facets: np.ndarray) -> Answer:
        found = [self.beliefs(u) for u in log_facets]
        return Answer(*(np.concatenate(each) for each in zip(*found, strict=True)))


class Batch:
    name = "bayes_self"

    def __init__(self, problem: Problem):
        self.log_prior, self.profile = problem.log_prior, problem.profile

    def solve(self, log_facets: np.ndarray) -> Answer:
        return Answer(*batch_beliefs(self.log_prior, self.profile, log_facets))
