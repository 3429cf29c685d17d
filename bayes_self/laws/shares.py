"""Attribution: how the credit for a belief is shared among streams."""

import numpy as np

from bayes_self.beliefs.case import case_of
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree
from bayes_self.laws.beliefs import log2_odds_of, rounding
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.measures.attribution import Attribution, attribution
from bayes_self.scenario import Scenario

MOST_STREAMS = 6
"""An attribution costs 2^streams posteriors."""


def _unshareable(scenario: Scenario, evidence: Evidence) -> str | None:
    if not scenario.streams:
        return "there is no stream"
    if len(scenario.identities) < 2:
        return "there is one identity, whose odds are infinite"
    many = len(scenario.streams) > MOST_STREAMS
    return f"2^{len(scenario.streams)} posteriors are too many for a law" if many else None


def _of(scenario: Scenario, evidence: Evidence, identity: str) -> Attribution | None:
    """None where some odds are infinite, which cannot be shared."""
    with np.errstate(invalid="ignore"):
        found = attribution(case_of(scenario, evidence), identity=identity)
    numbers = [found.before_training, found.posterior, *found.shares.values()]
    return found if np.isfinite(numbers).all() else None


@law(
    statement="Shares of streams add up to the log odds after training less those before.",
    reason="Shapley's efficiency: along each order the steps telescope.",
    conditions="the odds are finite, whatever stream is left out",
    unless=_unshareable,
)
def shares_add_up(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    identity = one_of(choices(key, "shares"), list(scenario.identities))
    found = _of(scenario, evidence, identity)
    if found is None:
        return
    rest = rounding(scenario, evidence)
    agree(f"the sum of shares of {identity}", sum(found.shares.values()), found.posterior - found.before_training, rest)
    now = log2_odds_of(case_of(scenario, evidence), identity)
    agree(f"the log odds of {identity} after training", found.posterior, now, rest)
    bare = draft.inferred_from(scenario) | {"streams": {}}
    before = log2_odds_of(case_of(draft.scenario_of(bare)), identity)
    agree(f"the log odds of {identity} before training", found.before_training, before, rest)


@law(
    statement="A stream that says nothing gets no share, and changes no other's.",
    reason="Shapley's dummy axiom.",
    conditions="nothing was observed in it; the odds are finite. A claim of reliability 0 is no dummy: the part is "
    "made of it",
    unless=_unshareable,
)
def a_dummy_gets_nothing(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "dummy")
    identity = one_of(rng, list(scenario.identities))
    raw = draft.inferred_from(scenario)
    dummy = draft.unused(raw["streams"], "a dummy")
    stream = {"kind": "rl", "ownership": 0.5, "readings": [one_of(rng, list(raw["facets"]))]}
    found = _of(scenario, evidence, identity)
    more = _of(draft.scenario_of(draft.with_stream(raw, dummy, stream)), evidence, identity)
    if found is not None and more is not None:
        agree(f"the share of {identity}", more.shares, found.shares | {dummy: 0.0}, rounding(scenario, evidence))


@law(
    statement="Streams that say the same get the same share.",
    reason="Shapley's symmetry axiom.",
    conditions="the odds are finite; the two follow each other in the file, so that no claim between them counts",
    unless=_unshareable,
)
def equal_streams_share_equally(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "equals")
    identity = one_of(rng, list(scenario.identities))
    raw = draft.inferred_from(scenario)
    able = [name for name in raw["streams"] if draft.kind(raw, name) != "pretraining"]
    if not able:
        return
    one = one_of(rng, able)
    other = draft.unused(raw["streams"], f"{one} again")
    twin = raw["streams"][one] | {"kind": draft.kind(raw, one)}
    counts = dict(evidence.counts) | {(other, p): seen for (s, p), seen in evidence.counts.items() if s == one}
    twice = draft.scenario_of(draft.with_stream(raw, other, twin, after=one))
    found = _of(twice, Evidence(counts), identity)
    if found is not None:
        rest = 2 * rounding(scenario, evidence)
        agree(f"the share of {other} in {identity}", found.shares[other], found.shares[one], rest)
