"""Consistency: where growing evidence leads, how fast, and what it leaves alone."""

import numpy as np

from bayes_self.beliefs.case import case_of
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree, require
from bayes_self.laws.beliefs import is_possible, named, rounding
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.laws.enumeration import draft as enumerated
from bayes_self.laws.enumeration import joint
from bayes_self.model.streams.pretraining import profiles
from bayes_self.scenario import Scenario
from bayes_self.world.simulation import expect

TRIALS = (1, 100, 10_000)


def _grounded(scenario: Scenario) -> list[str]:
    return [facet for facet in scenario.facets if any(probe.about == (facet,) for probe in scenario.probes())]


def _trusting(raw: draft.Raw) -> draft.Raw:
    """With every observation about me, of weight 1 and without doubt."""
    raw = draft.about_me(draft.without_doubt(raw))
    for name in draft.observed(raw):
        probes = {p: probe | {"weight": 1.0} for p, probe in raw["streams"][name].get("probes", {}).items()}
        raw = draft.changed_stream(raw, name, weight=1.0, probes=probes)
    return raw


@law(
    statement="With facts and growing trials a grounded facet goes to the truth: after n trials of each probe "
    "about it, the log odds of a value against the truth are -n · KL(what the truth shows ‖ what the "
    "value would), but for a constant that is no larger than what identities expect of the two values.",
    reason="Consistency (Schwartz; Berk): expected log likelihood ratios are -KL, and the prior's share is bounded.",
    conditions="reality answers with the believed tables and reliabilities, which nobody doubts; all is about me; "
    "weights 1; probes of one facet. The law sets the world, ownerships, weights and doubts so, and drops claims on "
    "the facet, before it looks",
    unless=lambda scenario, evidence: None if _grounded(scenario) else "no facet has a probe of its own",
)
def grounded_facets_go_to_the_truth(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "truth")
    facet = one_of(rng, _grounded(scenario))
    raw = _trusting(draft.inferred_from(scenario.without_claim(facet)))
    probes = [(p.stream, p.name) for p in scenario.probes() if p.about == (facet,)]
    values = list(raw["facets"][facet]["values"])
    case = case_of(draft.scenario_of(raw))
    expects = profiles(case.believed)[:, case.names.facets.index(facet), : len(values)]
    allowed = np.flatnonzero(expects.max(0) > 0)
    truth = int(one_of(rng, allowed.tolist()))
    kl = sum(_kl_from(truth, _shown(raw, stream, name)) for stream, name in probes)
    if not (is_possible(draft.scenario_of(raw)) and case.beliefs.facets[case.names.facets.index(facet), truth] > 0):
        return  # a claim that is certain forbids the truth
    for n in TRIALS:
        trials: dict[str, dict[str, int]] = {}
        for stream, name in probes:
            trials.setdefault(stream, {})[name] = n
        world = {"facts": {facet: values[truth]}, "trials": trials}
        scenario_n = draft.scenario_of(raw | {"world": world})
        told = expect(scenario_n)
        logs = case_of(scenario_n, draft.given(told)).beliefs.log_facets
        found = np.asarray(logs)[case.names.facets.index(facet)]
        _is_bracketed(facet, values, truth, found, n * np.asarray(kl), expects, rounding(scenario_n, told))


def _is_bracketed(
    facet: str, values: list[str], truth: int, logs: np.ndarray, nats: np.ndarray, expects: np.ndarray, slack: float
) -> None:
    for v, value in enumerate(values):
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = np.log(expects[:, v]) - np.log(expects[:, truth])
            low, high = float(np.nanmin(ratios)), float(np.nanmax(ratios))
            odds = float(logs[v] - logs[truth])
        said = (
            f"after evidence worth {nats[v]:.9g} nats for {facet} = {values[truth]} against {value}, the log odds of "
            f"{value} are {odds:.9g}, and should be between {low - nats[v]:.9g} and {high - nats[v]:.9g}"
        )
        if np.isinf(nats[v]):
            require(odds == -np.inf, said)
        else:
            room = slack * max(1.0, float(nats[v]))
            require(low - nats[v] - room <= odds <= high - nats[v] + room, said)


def _shown(raw: draft.Raw, stream: str, name: str) -> np.ndarray:
    """P(outcome given value) of a probe about one facet, errors included, by the enumeration."""
    probe = enumerated.probes(raw, stream)[name]
    return probe.reliability * probe.table + (1 - probe.reliability) * joint.errors(raw, probe)


def _kl_from(truth: int, shown: np.ndarray) -> np.ndarray:
    """KL of what the truth shows from what each value shows, in nats."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(shown[truth] > 0, shown[truth] * np.log(shown[truth] / shown), 0.0)
    return np.maximum(terms.sum(-1), 0.0)


@law(
    statement="A facet without a link to the evidence does not move: with no probe about it, and nothing that "
    "pretraining knows brought to bear on it, it stays where base and claims put it.",
    reason="Such a facet is independent of identities and observations: its factor of the joint stands alone.",
    conditions="salience (or coherence) 0 on the facet, or no identity with a stand on it; no probe about it. "
    "The law makes one facet so, before it looks",
)
def unlinked_facets_do_not_move(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    facet = one_of(choices(key, "unlinked"), list(scenario.facets))
    raw = draft.inferred_from(scenario)
    raw["salience"] = {d: scenario.salience_of(d) for d in scenario.facets} | {facet: 0.0}
    for name in draft.observed(raw):
        stream = raw["streams"][name]
        raw = draft.changed_stream(
            raw,
            name,
            readings=[d for d in stream.get("readings", []) if d != facet],
            probes={p: probe for p, probe in stream.get("probes", {}).items() if facet not in probe["about"]},
        )
    other = draft.scenario_of(raw)
    told = draft.keeping(evidence, [(p.stream, p.name) for p in other.probes()])
    if not (is_possible(other, told) and is_possible(other)):
        return
    before, after = (_of_facet(other, what, facet) for what in (Evidence(), told))
    agree("P", after, before, rounding(scenario, evidence))
    said = _base_and_claims(raw, facet)
    agree("P", before, dict(zip(before, map(float, said), strict=True)))


def _of_facet(scenario: Scenario, evidence: Evidence, facet: str) -> dict[str, float]:
    case = case_of(scenario, evidence)
    found = named(case.beliefs, case.names)
    return {name: found[name] for name in (f"{facet} = {v}" for v in scenario.facets[facet].values)}


def _base_and_claims(raw: draft.Raw, facet: str) -> np.ndarray:
    p, values = enumerated.base(raw, facet), raw["facets"][facet]["values"]
    for name in draft.streams(raw, "spec"):
        stream = raw["streams"][name]
        if facet in stream.get("claims", {}):
            value, rho = enumerated.claim(stream["claims"][facet], stream)
            said = rho * np.array([v == value for v in values], dtype=float) + (1 - rho) / len(values)
            p = p * said ** stream.get("weight", 1.0)
    return p / p.sum()
