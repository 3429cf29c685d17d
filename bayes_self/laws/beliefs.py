"""What a law compares: beliefs by name, and how far rounding can move them."""

import numpy as np

from bayes_self.beliefs.case import Case, case_of
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws.agreement import PRECISION, require
from bayes_self.model.beliefs import Beliefs
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.log_domain import log_sum
from bayes_self.scenario import Scenario
from bayes_self.scenario.probes import ResolvedProbe

# A logarithm of a likelihood that is not 0 is hardly ever below -40 nats; a sum of n of them is off by some n · 40 · ε.
_NATS = 40.0
_ROUNDINGS = 16.0


def heeded(scenario: Scenario, evidence: Evidence, probe: ResolvedProbe) -> np.ndarray:
    """What a probe has shown: its counts, times its weight and its stream's."""
    seen = evidence.of(probe.stream, probe.name)
    counts = np.zeros(len(probe.outcomes)) if seen is None else np.asarray(seen, dtype=float)
    return counts * probe.weight * scenario.streams[probe.stream].weight


def is_possible(scenario: Scenario, evidence: Evidence | None = None) -> bool:
    """Whether some self-model allows the evidence."""
    return bool(case_of(scenario, evidence).beliefs.is_possible)


def named(found: Beliefs, names: Coordinates) -> dict[str, float]:
    """Probabilities of identities, facet values and ownership, by name."""
    numbers = {f"identity = {h}": float(p) for h, p in zip(names.identities, found.identities, strict=True)}
    for d, values in enumerate(names.values):
        numbers |= {f"{names.facets[d]} = {v}": float(p) for v, p in zip(values, found.facets[d], strict=False)}
    return numbers | {f"{s} is about me": float(p) for s, p in zip(names.streams, found.ownership, strict=True)}


def probabilities(scenario: Scenario, evidence: Evidence | None = None, frame: str = "self-model") -> dict[str, float]:
    """The posterior by name. Raises AssertionError where no self-model allows the evidence."""
    case = case_of(scenario, evidence, frame)
    found = case.beliefs
    require(found.is_possible, f"no self-model of the frame {frame} allows the evidence, and one should")
    return named(found, case.names)


def log_evidence(scenario: Scenario, evidence: Evidence | None = None) -> float:
    """log Z, in nats."""
    return float(case_of(scenario, evidence).beliefs.log_evidence)


def rounding(scenario: Scenario, evidence: Evidence) -> float:
    """How far rounding may move a belief, or a log evidence in nats: 10^-9, and more for huge counts and weights."""
    heeded = 1.0
    for probe in scenario.probes():
        seen = evidence.of(probe.stream, probe.name)
        if seen is not None:
            heeded += float(seen.sum()) * max(probe.weight * scenario.streams[probe.stream].weight, 1.0)
    heeded += sum(stream.weight for stream in scenario.streams.values())
    return PRECISION + _ROUNDINGS * _NATS * float(np.finfo(float).eps) * heeded


def only(found: dict[str, float], kept: dict[str, float]) -> dict[str, float]:
    """The numbers of those names that are in `kept`."""
    return {name: number for name, number in found.items() if name in kept}


def log2_odds(case: Case, one: str, other: str) -> float:
    """log2 of P(identity one) / P(identity other)."""
    logs = case.beliefs.log_identities
    i, j = case.names.identities.index(one), case.names.identities.index(other)
    with np.errstate(invalid="ignore"):
        return float((logs[i] - logs[j]) / np.log(2))


def log2_odds_of(case: Case, identity: str) -> float:
    """log2 of P(identity) / P(any other)."""
    logs, i = case.beliefs.log_identities, case.names.identities.index(identity)
    with np.errstate(invalid="ignore"):
        return float((logs[i] - log_sum(np, np.delete(logs, i), -1)) / np.log(2))
