"""A weight is a power on a likelihood: w times is w-fold."""

from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree
from bayes_self.laws.beliefs import log_evidence, only, probabilities, rounding
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.scenario import Scenario

_FOLD = (2.0, 0.5, 4.0)  # powers of two, so that what is multiplied and divided comes back to the bit


def _unobserved(scenario: Scenario, evidence: Evidence) -> str | None:
    return None if evidence else "nothing was observed"


@law(
    statement="An observation stream of weight w is one of weight 1 with w-fold counts; so is a probe.",
    reason="(L^n)^w = L^(n · w), inside each referent's factor.",
    conditions="the posterior only: predictions are untempered, and with w ≠ 1 no generative model has it",
    unless=_unobserved,
)
def weight_is_a_count(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "weight of observations")
    stream, name = one_of(rng, sorted(evidence.counts))
    fold = one_of(rng, _FOLD)
    raw = draft.inferred_from(scenario)
    said = raw["streams"][stream]
    if name in said.get("probes", {}) and rng.integers(2):
        probe = said["probes"][name]
        heavier = probe | {"weight": fold * probe.get("weight", 1.0)}
        changed = draft.changed_stream(raw, stream, probes=said["probes"] | {name: heavier})
        cells = {(stream, name)}
    else:
        changed = draft.changed_stream(raw, stream, weight=fold * said.get("weight", 1.0))
        cells = {cell for cell in evidence.counts if cell[0] == stream}
    fewer = Evidence({c: seen / fold if c in cells else seen for c, seen in evidence.counts.items()})
    _same(scenario, evidence, draft.scenario_of(changed), fewer)


@law(
    statement="A spec stream of weight w is two that say the same, one after the other, each of weight w / 2.",
    reason="A claim's likelihood to the power w is the product of its powers w / 2; the part is made of what they say.",
    conditions="the two follow each other, so that none between them contradicts",
    unless=lambda scenario, evidence: None if _spec(scenario) else "there is no spec stream",
)
def weight_is_a_claim_repeated(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.inferred_from(scenario)
    name = one_of(choices(key, "weight of claims"), _spec(scenario))
    half = raw["streams"][name] | {"kind": "spec", "weight": raw["streams"][name].get("weight", 1.0) / 2}
    again = draft.unused(raw["streams"], f"{name} again")
    twice = draft.with_stream(draft.changed_stream(raw, name, **half), again, half, after=name)
    _same(scenario, evidence, draft.scenario_of(twice), evidence)


def _spec(scenario: Scenario) -> list[str]:
    return [name for name, stream in scenario.streams.items() if stream.kind == "spec"]


def _unmentioned(scenario: Scenario, evidence: Evidence) -> str | None:
    if any(stream.kind == "pretraining" for stream in scenario.streams.values()):
        return None
    return "there is no pretraining stream"


@law(
    statement="Pretraining of weight w is pretraining of weight 1 whose mentions are raised to the power w.",
    reason="π_h is made of mentions_h^w.",
    conditions="the powers are numbers that a file can hold",
    unless=_unmentioned,
)
def weight_is_a_power_of_mentions(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.inferred_from(scenario)
    name = draft.streams(raw, "pretraining")[0]
    fold = one_of(choices(key, "weight of mentions"), _FOLD)
    stream = raw["streams"][name]
    try:
        mentions = {h: float(n) ** (1 / fold) for h, n in stream.get("mentions", {}).items()}
    except OverflowError:
        return
    heavier = {"weight": fold * stream.get("weight", 1.0), "mentions": mentions}
    if min(mentions.values(), default=1.0) > 0:
        _same(scenario, evidence, draft.scenario_of(draft.changed_stream(raw, name, **heavier)), evidence)


def _same(scenario: Scenario, evidence: Evidence, other: Scenario, its: Evidence) -> None:
    rest, expected = rounding(scenario, evidence), probabilities(scenario, evidence)
    agree("P", only(probabilities(other, its), expected), expected, rest)
    agree("log Z", log_evidence(other, its), log_evidence(scenario, evidence), rest)
