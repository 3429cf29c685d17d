"""Claims: what the spec supplies, and what it leaves alone."""

import numpy as np

from bayes_self.beliefs.case import Case, case_of
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree, require
from bayes_self.laws.beliefs import is_possible, rounding
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.laws.enumeration.draft import self_models
from bayes_self.scenario import Scenario

SPEC = "one more spec"


def _one_more(raw: draft.Raw, rho: float, weight: float, **said: object) -> draft.Raw:
    name = draft.unused(raw.get("streams", {}), SPEC)
    return draft.with_stream(raw, name, {"kind": "spec", "reliability": rho, "weight": weight, **said})


@law(
    statement="A claim about a facet of K values, of reliability ρ and weight w, supplies w · log2(1 + Kρ / (1 - "
    "ρ)) bits of odds for its value against each other one; so it raises its value wherever ρ is above "
    "0.",
    reason="Bayes' rule in odds: the likelihood ratio of a claim is (ρ + (1 - ρ) / K) / ((1 - ρ) / K), to the power w.",
    conditions="neither the part nor the evidence responds to the claim: all that is observed is about me, and "
    "errors do not follow the part. The law changes a scenario so, before it looks",
)
def a_claim_supplies_its_bits(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "claim")
    raw = draft.about_me(draft.inferred_from(scenario))
    facet = one_of(rng, list(raw["facets"]))
    value = one_of(rng, list(raw["facets"][facet]["values"]))
    rho, weight = one_of(rng, [0.3, 0.9, 0.99]), one_of(rng, [1.0, 0.5, 2.0])
    k = len(raw["facets"][facet]["values"])
    silent, told = (
        draft.scenario_of(raw),
        draft.scenario_of(_one_more(raw, rho, weight, claims={facet: value})),
    )
    if not is_possible(silent, evidence):
        return
    bits = weight * np.log2(1 + k * rho / (1 - rho))
    before, after = (_facet(case_of(s, evidence), facet) for s in (silent, told))
    for other in before:
        if other != value and np.isfinite([before[value], before[other]]).all():
            found = (after[value] - after[other]) - (before[value] - before[other])
            said = f"bits of odds for {facet} = {value} against {other} that a claim supplies"
            agree(said, found / np.log(2), bits, rounding(scenario, evidence))
    raised = after[value] - before[value]
    require(
        not raised < -rounding(scenario, evidence), f"a claim lowered log P({facet} = {value}) by {-raised:.9g} nats"
    )


def _facet(case: Case, facet: str) -> dict[str, float]:
    d = case.names.facets.index(facet)
    return dict(zip(case.names.values[d], map(float, case.beliefs.log_facets[d]), strict=False))


@law(
    statement='"You are h", of N identities written down, of reliability ρ and weight w, supplies w · log2(1 + Nρ / '
    '(1 - ρ)) bits to h and to every "g as h", against each that does not go by h; between those that do it supplies '
    "none.",
    reason='Bayes\' rule in odds, as for a claim about a facet; "you are h" is true of all that go by h.',
    conditions="as for a claim about a facet",
)
def an_identity_claim_supplies_its_bits(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "identity claim")
    raw = draft.about_me(draft.inferred_from(scenario))
    claimed = one_of(rng, list(raw["identities"]))
    rho, weight = one_of(rng, [0.3, 0.9, 0.99]), one_of(rng, [1.0, 0.5, 2.0])
    silent, told = (
        draft.scenario_of(raw),
        draft.scenario_of(_one_more(raw, rho, weight, identity=claimed)),
    )
    if not is_possible(silent, evidence):
        return
    bits = weight * np.log2(1 + len(raw["identities"]) * rho / (1 - rho))
    before, after = (case_of(s, evidence).beliefs.log_identities for s in (silent, told))
    possible = [(i, name) for i, name in enumerate(silent.self_models) if np.isfinite(before[i])]
    goes_by_it = {name for name, (g, h) in self_models(raw).items() if claimed == (g if h is None else h)}
    for i, one in possible:
        for j, other in possible:
            if one in goes_by_it and one != other:
                found = (after[i] - after[j]) - (before[i] - before[j])
                said = f'bits of odds for {one} against {other} that "you are {claimed}" supplies'
                expected = 0.0 if other in goes_by_it else bits
                agree(said, float(found / np.log(2)), expected, rounding(scenario, evidence))
