"""Identities: what tells them apart, and what cannot."""

from typing import Any

import numpy as np

from bayes_self.beliefs.case import case_of
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree, require
from bayes_self.laws.beliefs import is_possible, log2_odds, only, probabilities, rounding
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.laws.enumeration.draft import self_models
from bayes_self.model.streams.pretraining import profiles
from bayes_self.scenario import Scenario
from bayes_self.scenario.parts import masked
from bayes_self.scenario.stream_schema import SpecStream


def with_twin(raw: draft.Raw, identity: str, **fields: Any) -> tuple[draft.Raw, str]:
    """With another identity, last, that is like the one named but for some fields, and is mentioned as often."""
    twin = draft.unused(raw["identities"], f"{identity} again")
    found = raw | {"identities": raw["identities"] | {twin: raw["identities"][identity] | fields}}
    for name in draft.streams(raw, "pretraining"):
        mentions = raw["streams"][name].get("mentions", {})
        if identity in mentions:
            found = draft.changed_stream(found, name, mentions=mentions | {twin: mentions[identity]})
    return found, twin


def _on_one_side(scenario: Scenario) -> list[str]:
    """The identities that cannot both be beneath a mask and be worn as one: no halves of them wear each other."""
    every = tuple(scenario.identities)
    if scenario.masks is None:
        return [*every]
    both = set(scenario.masks.beneath or every) & set(scenario.masks.worn or every)
    return [h for h in every if h not in both]


def claimed(scenario: Scenario) -> list[str]:
    """The identities that some claim "you are h" of weight above 0 names."""
    spec = [stream for stream in scenario.streams.values() if isinstance(stream, SpecStream) and stream.weight > 0]
    return [stream.identity.value for stream in spec if stream.identity]


def why_claimed(scenario: Scenario) -> str | None:
    """That somebody is claimed, as the reason not to claim a law."""
    return 'there is a claim "you are h"' if claimed(scenario) else None


def _undivided(scenario: Scenario, evidence: Evidence) -> str | None:
    if reason := why_claimed(scenario):
        return reason
    return None if _on_one_side(scenario) else "every identity can be beneath a mask and worn as one"


@law(
    statement="Splitting an identity into two equal halves leaves everything else alone; its masks are split with it.",
    reason="Lumpability: identities that predict alike are one, with the sum of their priors.",
    conditions='no claim "you are h": it errs uniformly over the identities, and there is one more; with masks, the '
    "identity cannot both be beneath and be worn, because its halves could then wear each other",
    unless=_undivided,
)
def equal_halves_are_one(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.inferred_from(scenario)
    whole = one_of(choices(key, "halves"), _on_one_side(scenario) or list(raw["identities"]))
    half = {"prior": raw["identities"][whole].get("prior", 1.0) / 2}
    split, twin = with_twin(raw, whole, **half)
    split["identities"] = split["identities"] | {whole: raw["identities"][whole] | half}
    split |= {"masks": _with_both(raw["masks"], whole, twin)} if "masks" in raw else {}
    found, expected = probabilities(draft.scenario_of(split), evidence), probabilities(scenario, evidence)
    for name, (g, h) in self_models(raw).items():
        if whole in (g, h):
            other = twin if h is None else masked(g, twin) if h == whole else masked(twin, h)
            found[f"identity = {name}"] += found[f"identity = {other}"]
    agree("P, of halves together,", only(found, expected), expected, rounding(scenario, evidence))


def _with_both(masks: draft.Raw, whole: str, twin: str) -> draft.Raw:
    """Masks whose lists name the twin where they name the whole."""
    lists = {side: masks[side] for side in ("beneath", "worn") if whole in masks.get(side, ())}
    return masks | {side: [*names, twin] for side, names in lists.items()}


@law(
    statement="Parsimony: of two identities that predict alike, b extra bits cost exactly b bits of odds, for ever.",
    reason="Equal likelihoods cancel in the odds; what is left is 2^(-b).",
    conditions='as many mentions, and neither is claimed by "you are h"',
    unless=lambda scenario, evidence: (
        None if set(scenario.identities) - set(claimed(scenario)) else 'all are claimed by "you are h"'
    ),
)
def extra_bits_cost_their_bits(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "parsimony")
    raw = draft.inferred_from(scenario)
    plain = one_of(rng, [h for h in raw["identities"] if h not in claimed(scenario)])
    extra = one_of(rng, [0.5, 1.0, 7.0])
    longer, twin = with_twin(raw, plain, bits=raw["identities"][plain].get("bits", 0.0) + extra)
    other = draft.scenario_of(longer)
    for what in (Evidence(), evidence):
        case = case_of(other, what)
        if is_possible(other, what) and np.isfinite(case.beliefs.log_identities[case.names.identities.index(plain)]):
            found = log2_odds(case, plain, twin)
            agree(f"log2 P({plain}) / P({twin})", found, extra, rounding(scenario, evidence))


@law(
    statement="What one facet can tell the identity is bounded: whatever is observed of it, the odds of two "
    "identities change by no more than the largest ratio of what they expect of its values.",
    reason="Σ_v P(v given h) f(v) / Σ_v P(v given h') f(v) lies between the least and the largest P(v given h) "
    "/ P(v given h').",
    conditions="evidence about the one facet, from probes about it alone; any weight, any ownership",
    unless=lambda scenario, evidence: None if evidence else "nothing was observed",
)
def one_facet_tells_so_much(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "one facet")
    facet = one_of(rng, list(scenario.facets))
    about_it = [(p.stream, p.name) for p in scenario.probes() if p.about == (facet,)]
    told = draft.keeping(evidence, about_it)
    bare = scenario.without_claim(facet)
    after, before = case_of(scenario, told), case_of(bare)
    if not is_possible(scenario, told) or not is_possible(bare):
        return
    d = after.names.facets.index(facet)
    expects = profiles(after.believed)[:, d, : len(after.names.values[d])]
    with np.errstate(invalid="ignore"):
        changed = after.beliefs.log_identities - before.beliefs.log_identities
    slack = rounding(scenario, evidence)
    for i, one in enumerate(after.names.identities):
        for j, other in enumerate(after.names.identities):
            with np.errstate(divide="ignore", invalid="ignore"):
                most = float(np.nanmax(np.log(expects[i]) - np.log(expects[j])))
                change = float(changed[i] - changed[j])
            said = f"{facet} moved log P({one}) / P({other}) by {change:.9g} nats, and can by {most:.9g} at most"
            require(not change > most + slack * max(1.0, abs(most)), said)
