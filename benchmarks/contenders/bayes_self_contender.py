"""The package itself."""

from dataclasses import replace

import jax
import numpy as np

import bayes_self as bs
from bayes_self.batch import batch_beliefs, beliefs_over_priors
from bayes_self.case import case_of
from bayes_self.counts import counts_of
from bayes_self.log_evidence import log_evidence_of_self_model
from bayes_self.measures.spectrum import spectrum
from bayes_self.one import OneAtATime
from benchmarks.contenders import over_weights
from benchmarks.problem import RELIABILITY, Answer, Problem


class Single:
    """`OneAtATime`, prepared once."""

    name = "bayes_self"

    def __init__(self, problem: Problem):
        self.beliefs = OneAtATime(problem.log_prior, problem.profile)

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        found = [self.beliefs(u) for u in log_facets]
        return Answer(*(np.concatenate(each) for each in zip(*found, strict=True)))


class Batch:
    """`batch_beliefs`: P(identity) and P(value) are the derivatives of the log evidence."""

    name = "bayes_self"

    def __init__(self, problem: Problem):
        self.log_prior, self.profile = problem.log_prior, problem.profile

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        return Answer(*batch_beliefs(self.log_prior, self.profile, log_facets))


OverWeights = over_weights(Batch)


class OverPriors:
    """`beliefs_over_priors`: the evidence's part once, then a matrix product."""

    name = "bayes_self"

    def __init__(self, problem: Problem):
        self.profile, self.u = problem.profile, problem.streams[0]

    def solve(self, log_priors: np.ndarray, /) -> Answer:
        return Answer(*beliefs_over_priors(log_priors, self.profile, self.u))


class Differentiated:
    """`jax.value_and_grad` of `log_evidence_of_self_model`, mapped over settings: right with zeros of any kind."""

    name = "bayes_self, by automatic differentiation"

    def __init__(self, problem: Problem):
        slope = jax.value_and_grad(log_evidence_of_self_model, (0, 2))
        self.log_prior, self.profile = problem.log_prior, problem.profile
        self.run = jax.jit(
            lambda prior, profile, us: jax.lax.map(lambda u: slope(prior, profile, u), us, batch_size=64)
        )

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        with jax.enable_x64(True):
            log_z, (identities, facets) = self.run(self.log_prior, self.profile, log_facets)
            return Answer(np.asarray(log_z), np.asarray(identities), np.asarray(facets))


class Spectrum:
    """`spectrum` of a case whose counts change: eigenvalues and directions."""

    name = "bayes_self"

    def __init__(self, problem: Problem):
        n_identities, n_facets, n_values = problem.sizes
        facets, values = [f"d{d}" for d in range(n_facets)], [f"v{v}" for v in range(n_values)]
        prior = np.exp(problem.log_prior)
        profile = problem.profile
        scenario = bs.Scenario.from_dict(
            {
                "schema": 1,
                "title": "A benchmark",
                "coherence": 1.0,
                "facets": {d: {"values": values} for d in facets},
                "identities": {
                    f"h{h}": {
                        "prior": float(prior[h]),
                        "profile": {
                            f"d{d}": {f"v{v}": float(profile[h, d, v]) for v in range(n_values)}
                            for d in range(n_facets)
                        },
                    }
                    for h in range(n_identities)
                },
                "streams": {"introspection": {"reliability": RELIABILITY, "readings": facets}},
            }
        )
        self.facets, self.case = facets, case_of(scenario)

    def solve(self, counts: np.ndarray, /) -> Answer:
        return Answer(None, None, None, np.array([self._solve(read) for read in counts]))

    def _solve(self, read: np.ndarray) -> np.ndarray:
        evidence = bs.Evidence({("introspection", d): own for d, own in zip(self.facets, read, strict=True)})
        return spectrum(replace(self.case, counts=counts_of(evidence, self.case.names))).eigenvalues
