"""Masks: what wearing one costs, what it cannot change, and what adds up."""

import numpy as np

from bayes_self.beliefs.case import case_of
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree
from bayes_self.laws.beliefs import is_possible, log_evidence, probabilities, rounding
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.laws.enumeration import joint
from bayes_self.laws.enumeration.draft import self_models
from bayes_self.laws.identities import why_claimed
from bayes_self.scenario import Scenario

NOBODY_PAYS = 1e15
"""Bits: more than any evidence that a file can hold could make up for."""


def _maskless(scenario: Scenario, evidence: Evidence) -> str | None:
    return None if len(scenario.self_models) > len(scenario.identities) else "nobody wears a mask"


@law(
    statement="Masks that nobody can pay for are no masks.",
    reason='P("g as h") is in proportion to 2^(-bits of the mask), which goes to 0; the part wears no mask anyway.',
    conditions="some identity without a mask allows the evidence. The law sets the price, before it looks",
    unless=_maskless,
)
def masks_of_infinite_price_are_no_masks(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.inferred_from(scenario)
    dear = draft.scenario_of(raw | {"masks": raw["masks"] | {"bits": NOBODY_PAYS}})
    bare = draft.scenario_of(draft.without_masks(raw))
    if is_possible(bare, evidence):
        masks = {f"identity = {name}": 0.0 for name, (_, worn) in self_models(raw).items() if worn is not None}
        rest = rounding(scenario, evidence)
        agree("P", probabilities(dear, evidence), probabilities(bare, evidence) | masks, rest)
        agree("log Z", log_evidence(dear, evidence), log_evidence(bare, evidence), rest)


@law(
    statement="A mask that covers nothing splits an identity, and changes no facet and no ownership: of g, who is "
    'beneath, "g as h" has the share that it had before.',
    reason='"g as h" then predicts as g does, so that its likelihood cancels in the odds of the two.',
    conditions='no claim "you are h", which is true of "g as h" and not of g; more than one identity; everybody can '
    "wear every mask, so that all identities are split alike. The law sets the masks so, before it looks",
    unless=lambda scenario, evidence: _maskless(scenario, evidence) or why_claimed(scenario),
)
def a_mask_that_covers_nothing_changes_no_facet(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.inferred_from(scenario)
    bare = draft.without_masks(raw)
    masks = {"bits": raw["masks"].get("bits", 3.0), "covers": dict.fromkeys(raw["facets"], 0.0)}
    split = raw | {"masks": masks}
    expected, before = probabilities(draft.scenario_of(bare), evidence), joint.self_model_prior(split)
    names = self_models(split)
    index = {name: i for i, name in enumerate(names)}
    for g in raw["identities"]:
        own = [name for name, (beneath, _) in names.items() if beneath == g]
        logs = np.array([before[index[name]] for name in own])
        shares, whole = np.exp(logs - joint.log_sum(logs)), expected[f"identity = {g}"]
        expected |= {f"identity = {name}": float(p) * whole for name, p in zip(own, shares, strict=True)}
    told, rest = draft.scenario_of(split), rounding(scenario, evidence)
    agree("P", probabilities(told, evidence), expected, rest)
    agree("log Z", log_evidence(told, evidence), log_evidence(draft.scenario_of(bare), evidence), rest)


@law(
    statement="P(beneath) adds up to one; P(worn) and P(no mask) add up to one; and each is a sum over self-models.",
    reason="Every self-model has one identity beneath, and wears one mask or none.",
    conditions="there are masks",
    unless=_maskless,
)
def who_is_beneath_and_who_is_worn_add_up(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    found, names = case_of(scenario, evidence).beliefs, self_models(draft.inferred_from(scenario))
    p = dict(zip(names, map(float, found.identities), strict=True))
    unmasked = sum(p[h] for h in scenario.identities)
    agree("the sum of P(beneath)", float(np.exp(found.log_beneath).sum()), 1.0)
    agree("the sum of P(worn) and P(no mask)", float(found.worn.sum()) + unmasked, 1.0)
    for i, h in enumerate(scenario.identities):
        beneath = sum(p[name] for name, (g, _) in names.items() if g == h)
        agree(f"P({h} is beneath)", float(np.exp(found.log_beneath[i])), beneath)
        agree(f"P({h} is worn)", float(found.worn[i]), sum(p[name] for name, (_, k) in names.items() if k == h))


@law(
    statement="A bit more to wear a mask costs every mask one bit of odds against every identity without one, for "
    "ever; between masks, and between identities, it changes nothing.",
    reason='P("g as h") is in proportion to 2^(-bits of the mask), which cancels in every other ratio.',
    conditions="there are masks",
    unless=_maskless,
)
def a_mask_costs_its_bits(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.inferred_from(scenario)
    more = one_of(choices(key, "price of a mask"), [0.5, 1.0, 7.0])
    dearer = draft.scenario_of(raw | {"masks": raw["masks"] | {"bits": raw["masks"].get("bits", 3.0) + more}})
    before, after = (case_of(s, evidence).beliefs.log_identities for s in (scenario, dearer))
    possible = [(i, name, pair) for i, (name, pair) in enumerate(self_models(raw).items()) if np.isfinite(before[i])]
    j, first, (_, worn_first) = possible[0]
    for i, name, (_, worn) in possible:
        found = float((after[i] - after[j]) - (before[i] - before[j])) / np.log(2)
        paid = more * ((worn_first is not None) - float(worn is not None))
        agree(f"the bits by which the odds of {name} against {first} rose", found, paid, rounding(scenario, evidence))
