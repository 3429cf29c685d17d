"""The log evidence and the posterior, by enumeration of (h, z), of (h', z') and of the referents m."""

import copy
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from bayes_self.laws.enumeration import draft
from bayes_self.laws.enumeration.draft import Number, Raw, Rows
from bayes_self.laws.enumeration.joint import (
    heeded,
    log_claims,
    log_likelihood,
    log_part,
    log_prior,
    log_said,
    log_sum,
    ownership,
    whether_broken,
)

MASKED = ("beneath", "worn")
FRAMES = ("simulator", "persona-selection", "self-model")


class ImpossibleEvidence(ValueError):
    """Z = 0: there is no posterior."""


@dataclass
class Belief:
    """All terms of Z, one for each assignment m of referents that has prior probability above 0.

    `me[i]` is log P(m) + log Z_part + the log joint of (h, z) under `referents[i]`; `part[i]` is
    log P(m) + log Z_me + the log joint of (h', z'). Either sums to that m's term of Z.
    """

    scenario: Raw
    referents: list[dict[str, bool]]  # of {stream: True if about me}
    me: np.ndarray  # (m, identity, facet 1, facet 2, …)
    part: np.ndarray
    rows: Rows

    @property
    def log_evidence(self) -> Number:
        return float(log_sum(self.me))

    def log_identities(self) -> np.ndarray:
        """log P(h) + log Z, an array."""
        return log_sum(self.me, axis=tuple(i for i in range(self.me.ndim) if i != 1))

    def log_facet(self, facet: str) -> np.ndarray:
        """log P(z_d) + log Z, an array."""
        axis = 2 + list(self.scenario["facets"]).index(facet)
        return log_sum(self.me, axis=tuple(i for i in range(self.me.ndim) if i != axis))


def believe(scenario: Raw, rows: Rows) -> "Belief":
    observed = list(draft.observation_streams(scenario))
    likelihoods = {stream: log_likelihood(scenario, rows, stream) for stream in observed}
    part = log_part(scenario)
    part = log_prior(scenario) if part is None else part  # never consulted: then every τ is 1
    referents, me, of_part = [], [], []
    for m in product((True, False), repeat=len(observed)):
        about_me = dict(zip(observed, m, strict=True))
        tau = [ownership(scenario, s) if mine else 1 - ownership(scenario, s) for s, mine in about_me.items()]
        if np.prod(tau) == 0:
            continue
        me_m = log_prior(scenario) + log_claims(scenario)
        part_m = part
        for stream, mine in about_me.items():
            observed_of = likelihoods[stream] + log_said(scenario, rows, stream, mine)
            me_m = me_m + observed_of if mine else me_m
            part_m = part_m if mine else part_m + observed_of
        log_m = np.sum(np.log(tau))
        referents.append(about_me)
        me.append(log_m + me_m + log_sum(part_m))
        of_part.append(log_m + part_m + log_sum(me_m))
    belief = Belief(scenario, referents, np.stack(me), np.stack(of_part), rows)
    if belief.log_evidence == -np.inf:
        raise ImpossibleEvidence
    return belief


def log_evidence(scenario: Raw, rows: Rows) -> Number:
    """log Z in nats, −inf if the evidence is impossible."""
    try:
        return believe(scenario, rows).log_evidence
    except ImpossibleEvidence:
        return -np.inf


def named(belief: "Belief") -> dict[str, Any]:
    """The posterior as {"log_evidence", "identities", "facets", "ownership"}."""
    log_z = belief.log_evidence
    by_m = np.exp(np.array([log_sum(term) for term in belief.me]) - log_z)
    identities = np.exp(belief.log_identities() - log_z)
    return {
        "log_evidence": log_z,
        "identities": dict(zip(draft.self_models(belief.scenario), identities.tolist(), strict=True)),
        "facets": {
            facet: dict(zip(values, np.exp(belief.log_facet(facet) - log_z).tolist(), strict=True))
            for facet, values in draft.values(belief.scenario).items()
        },
        "ownership": {
            stream: float(sum(p for p, m in zip(by_m, belief.referents, strict=True) if m[stream]))
            for stream in draft.observation_streams(belief.scenario)
        },
    }


def masks(belief: "Belief") -> dict[str, dict[str, float]]:
    """{"beneath": {identity: P(it is beneath)}, "worn": {identity: P(it is worn)}}; {} without masks."""
    if "masks" not in belief.scenario:
        return {}
    p = np.exp(belief.log_identities() - belief.log_evidence)
    found: dict[str, dict[str, float]] = {s: dict.fromkeys(belief.scenario["identities"], 0.0) for s in MASKED}
    for x, (g, h) in zip(p, draft.self_models(belief.scenario).values(), strict=True):
        found["beneath"][g] += float(x)
        if h is not None:
            found["worn"][h] += float(x)
    return found


def broken(belief: "Belief") -> dict[str, dict[str, float]]:
    """{stream: {probe: P(broken)}} of probes with counts and doubt."""
    found: dict[str, dict[str, float]] = {}
    for stream in draft.observation_streams(belief.scenario):
        for name, probe in draft.probes(belief.scenario, stream).items():
            if probe.doubt > 0 and heeded(belief.scenario, belief.rows, stream, name, probe).sum() > 0:
                trusted, is_broken = whether_broken(belief.scenario, belief.rows, stream, name, probe)
                with np.errstate(invalid="ignore"):
                    p = np.exp(is_broken - np.logaddexp(trusted, is_broken))
                total = 0.0
                for m, me, part in zip(belief.referents, belief.me, belief.part, strict=True):
                    about = np.exp((me if m[stream] else part) - belief.log_evidence)
                    total += float(np.sum(np.where(about > 0, about * p, 0.0)))
                found.setdefault(stream, {})[name] = total
    return found


def posterior(scenario: Raw, rows: Rows) -> dict[str, Any]:
    return named(believe(scenario, rows))


def prior(scenario: Raw) -> dict[str, Any]:
    """p0, the prior predictive: bits and mentions, no claims, no observations."""
    return posterior(draft.keeping_streams(scenario, draft.streams(scenario, "pretraining")), [])


def trajectory(scenario: Raw, rows: Rows) -> list[tuple[str, dict[str, Any]]]:
    """[(step, posterior)]: before (bits, no mentions), then after each stream, kind by kind."""
    order = [s for kind in draft.ORDER for s in draft.streams(scenario, kind)]
    steps = [("before", posterior(draft.keeping_streams(scenario, []), rows))]
    for i, stream in enumerate(order):
        steps.append((stream, posterior(draft.keeping_streams(scenario, order[: i + 1]), rows)))
    return steps


def framed(scenario: Raw, frame: str) -> Raw:
    """A frame as other parameters of the same scenario."""
    changed = copy.deepcopy(scenario)
    if frame == "self-model":
        return changed
    if "masks" in changed:
        changed["masks"]["bits"] = np.inf
    for stream in draft.observation_streams(changed).values():
        stream["ownership"] = 0.0 if frame == "simulator" else 1.0
    if frame == "persona-selection":
        changed["coherence"] = 1.0
        changed["salience"] = 1.0
    return changed
