"""The package itself, as people call it."""

from collections.abc import Sequence

import numpy as np

import bayes_self as bs
from benchmarks.problem import RELIABILITY, Answer, Problem, counts, grid

STREAMS = ("rl", "introspection")


def scenario_of(problem: Problem) -> bs.Scenario:
    """The self-model as a file would have it; every facet is read by both streams."""
    n_identities, n_facets, n_values = problem.sizes
    facets, values = [f"d{d}" for d in range(n_facets)], [f"v{v}" for v in range(n_values)]
    prior, profile = np.exp(problem.log_prior).tolist(), problem.profile.tolist()
    return bs.Scenario.from_dict(
        {
            "schema": 1,
            "title": "A benchmark",
            "coherence": 1.0,
            "facets": {facet: {"values": values} for facet in facets},
            "identities": {
                f"h{h}": {
                    "prior": prior[h],
                    "profile": {f: dict(zip(values, p, strict=True)) for f, p in zip(facets, profile[h], strict=True)},
                }
                for h in range(n_identities)
            },
            "streams": {stream: {"reliability": RELIABILITY, "readings": facets} for stream in STREAMS},
        }
    )


def evidence_of(streams: Sequence[str], read: np.ndarray) -> bs.Evidence:
    """Counts (stream, D, V) by name."""
    return bs.Evidence({(s, f"d{d}"): row for s, rows in zip(streams, read, strict=True) for d, row in enumerate(rows)})


class Posterior:
    """`bs.posterior` of a scenario and evidence that exist, and from it the log evidence, `identities` and `facets`."""

    name = "bayes_self"

    def __init__(self, problem: Problem):
        self.scenario = scenario_of(problem)

    def prepared(self, read: np.ndarray) -> list[bs.Evidence]:
        return [evidence_of(STREAMS[1:], own[None]) for own in read]

    def solve(self, evidence: list[bs.Evidence], /) -> Answer:
        return Answer(*map(np.array, zip(*map(self._solve, evidence), strict=True)))

    def _solve(self, evidence: bs.Evidence) -> tuple[float, np.ndarray, np.ndarray]:
        found = bs.posterior(self.scenario, evidence)
        return found.log_evidence, found.identities.values, found.facets.values


class Heard(Posterior):
    """The same with log potentials as evidence: a stream of one's own."""

    def prepared(self, read: np.ndarray) -> list[bs.Evidence]:
        return [bs.listen(self.scenario, {"rl": lambda _, u=u: _potentials(u)}) for u in read]


def _potentials(u: np.ndarray) -> bs.LogPotentials:
    return bs.LogPotentials({f"d{d}": {f"v{v}": float(x) for v, x in enumerate(row)} for d, row in enumerate(u)})


class Sweep:
    """One `bs.sweep` over the weights of two streams; it also finds bits to flip and verdicts of every facet."""

    name = "bayes_self"

    def __init__(self, problem: Problem):
        self.scenario, self.evidence = scenario_of(problem), evidence_of(STREAMS, counts(problem, 2))

    def solve(self, weights: np.ndarray, /) -> Answer:
        over = {f"streams.{s}.weight": own for s, own in zip(STREAMS, grid(len(weights)), strict=True)}
        found = bs.sweep(self.scenario, over, self.evidence)
        n, n_facets = len(weights), len(self.scenario.facets)
        facets = found.facets.values.reshape(n, n_facets, -1)
        return Answer(found.log_evidence.values.ravel(), found.identities.values.reshape(n, -1), facets)
