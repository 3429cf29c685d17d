"""Whose evidence it is: of me, or of the part."""

from bayes_self.beliefs.case import case_of
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree
from bayes_self.laws.beliefs import is_possible, log_evidence, only, probabilities, rounding
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.laws.enumeration.joint import log_part
from bayes_self.measures.comparison import asymmetry
from bayes_self.scenario import Scenario
from bayes_self.scenario.stream_schema import OBSERVATION_KINDS


def _no_stream(scenario: Scenario, evidence: Evidence) -> str | None:
    observed = any(stream.kind in OBSERVATION_KINDS for stream in scenario.streams.values())
    return None if observed else "there is no observation stream"


def _unplayable(scenario: Scenario, evidence: Evidence) -> str | None:
    if reason := _no_stream(scenario, evidence):
        return reason
    playable = log_part(draft.inferred_from(scenario)) is not None
    return None if playable else "no identity allows the part, so that all that is observed is about me"


@law(
    statement="Where every ownership is 0, what is observed is irrelevant to the self: beliefs are those without it.",
    reason="With P(m_s = me) = 0 no likelihood of an observation stands in Z_me; Z_part is a constant factor.",
    conditions="some identity allows the part; every stream's ownership is 0 (one alone bears on whose the others "
    "are). The law sets them so, before it looks",
    unless=_unplayable,
)
def disowned_observations_are_irrelevant(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    disowned = draft.scenario_of(_owning(draft.inferred_from(scenario), 0.0))
    if is_possible(disowned, evidence):
        agree("P", probabilities(disowned, evidence), probabilities(disowned), rounding(scenario, evidence))


@law(
    statement="With one observation stream and no claims, ownership never moves.",
    reason="The part is then as I am, Z_part(E) = Z_me(E), and the factor cancels in P(m given E).",
    conditions="one observation stream, no claim of weight above 0, no masks (the part wears none, and I might); any "
    "weight of the stream. The law leaves the others out, before it looks",
    unless=_no_stream,
)
def silence_of_the_spec_keeps_ownership(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.without_masks(draft.without_claims(draft.inferred_from(scenario)))
    stream = one_of(choices(key, "one stream"), draft.observed(raw))
    alone = draft.scenario_of(draft.with_only(raw, [stream, *draft.streams(raw, "pretraining")]))
    told = draft.keeping(evidence, [cell for cell in evidence.counts if cell[0] == stream])
    if is_possible(alone, told):
        stays = {f"{stream} is about me": raw["streams"][stream].get("ownership", 1.0)}
        agree("P", only(probabilities(alone, told), stays), stays, rounding(scenario, evidence))


@law(
    statement="Before anything is observed every ownership is its prior; one of 0 or 1 stays, whatever is observed.",
    reason="Without a likelihood the posterior of m is its prior; what has probability 0 or 1 keeps it.",
    conditions="some identity allows the part",
    unless=_unplayable,
)
def certain_ownership_stays(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.inferred_from(scenario)
    prior = {f"{name} is about me": raw["streams"][name].get("ownership", 1.0) for name in draft.observed(raw)}
    if is_possible(scenario):
        agree("P, before anything is observed,", only(probabilities(scenario), prior), prior)
    certain = {name: p for name, p in prior.items() if p in (0.0, 1.0)}
    agree("P", only(probabilities(scenario, evidence), certain), certain, rounding(scenario, evidence))


@law(
    statement="In the simulator frame the asymmetry of any two identities is 0: nothing observed favours either.",
    reason='Nothing observed is about me; told "you are a", log2 P(a) / P(b) is what priors and the claim make it.',
    conditions="two identities and a spec stream; both are possible when claimed (a reliability of 1 rules the "
    "other out)",
    unless=lambda scenario, evidence: (
        None
        if len(scenario.identities) > 1 and any(stream.kind == "spec" for stream in scenario.streams.values())
        else "there are not two identities and a spec stream"
    ),
)
def the_simulator_is_symmetric(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "simulator")
    a, b = (list(scenario.identities)[int(i)] for i in rng.permutation(len(scenario.identities))[:2])
    for what in (evidence, draft.given(evidence)):
        bits = asymmetry(case_of(scenario, what, "simulator"), a, b)
        if bits is not None:
            agree(f"the simulator's asymmetry of {a} and {b}, in bits,", bits, 0.0, rounding(scenario, evidence))


@law(
    statement="A frame is a setting of the self-model: the simulator's ownerships are 0, persona selection's "
    "ownerships, coherence and salience are 1, and neither has masks.",
    reason="By definition; what is fixed in a frame is read from the frame, whatever the file says.",
)
def frames_are_settings(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw, rest = draft.without_masks(draft.inferred_from(scenario)), rounding(scenario, evidence)
    masks = {f"identity = {name}": 0.0 for name in scenario.self_models[len(scenario.identities) :]}
    whole = raw | {"coherence": 1.0, "salience": 1.0}
    for frame, base, ownership in (("simulator", raw, 0.0), ("persona-selection", whole, 1.0)):
        set_so = draft.scenario_of(_owning(base, ownership))
        if is_possible(set_so, evidence):
            found = probabilities(scenario, evidence, frame)
            agree(f"P in the frame {frame}", found, masks | probabilities(set_so, evidence), rest)


@law(
    statement="Where no identity allows the part, all that is observed is about me, whatever the ownerships.",
    reason="P(m_s = part) needs a part: of a character that cannot be, nothing can be observed.",
    conditions="a claim that every identity rules out, in a coherent self-model. The law adds one, of reliability 0, "
    "before it looks",
    unless=_no_stream,
)
def of_an_unplayable_part_nothing_is_observed(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.inferred_from(scenario)
    facet, claim = draft.unused(raw["facets"], "ruled out"), draft.unused(raw["streams"], "unplayable")
    values = [f"possible {facet}", f"impossible {facet}"]
    identities = {
        h: said | {"profile": said.get("profile", {}) | {facet: {values[0]: 1.0}}}
        for h, said in raw["identities"].items()
    }
    salience = {d: scenario.salience_of(d) for d in raw["facets"]} | {facet: 1.0}
    raw |= {"coherence": 1.0, "salience": salience, "identities": identities}
    raw |= {"facets": raw["facets"] | {facet: {"values": values}}}
    raw = draft.with_stream(raw, claim, {"kind": "spec", "reliability": 0.0, "claims": {facet: values[1]}})
    told, owned, rest = (
        draft.scenario_of(raw),
        draft.scenario_of(_owning(raw, 1.0)),
        rounding(scenario, evidence),
    )
    if is_possible(owned, evidence):
        agree("P", probabilities(told, evidence), probabilities(owned, evidence), rest)
        agree("log Z", log_evidence(told, evidence), log_evidence(owned, evidence), rest)


def _owning(raw: draft.Raw, ownership: float) -> draft.Raw:
    for name in draft.observed(raw):
        raw = draft.changed_stream(raw, name, ownership=ownership)
    return raw
