"""Whose evidence it is: of me, or of the part."""

from bayes_self.case import case_of
from bayes_self.evidence import Evidence
from bayes_self.laws import written
from bayes_self.laws.agreement import agree
from bayes_self.laws.believed import is_possible, only, probabilities, rounding
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.laws.enumeration.joint import log_part
from bayes_self.measures.comparison import asymmetry
from bayes_self.scenario import Scenario


def _no_stream(scenario: Scenario, evidence: Evidence) -> str | None:
    observed = any(stream.kind in written.OBSERVATION for stream in scenario.streams.values())
    return None if observed else "there is no observation stream"


def _unplayable(scenario: Scenario, evidence: Evidence) -> str | None:
    if reason := _no_stream(scenario, evidence):
        return reason
    playable = log_part(written.inferred_from(scenario)) is not None
    return None if playable else "no identity allows the part, so that all that is observed is about me"


@law(
    statement="Where every ownership is 0, what is observed is irrelevant to the self: beliefs are those without it.",
    reason="With P(m_s = me) = 0 no likelihood of an observation stands in Z_me; Z_part is a constant factor.",
    conditions="some identity allows the part; every stream's ownership is 0 (one alone bears on whose the others "
    "are). The law sets them so, before it looks",
    unless=_unplayable,
)
def disowned_observations_are_irrelevant(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = written.inferred_from(scenario)
    for name in written.observed(raw):
        raw = written.changed_stream(raw, name, ownership=0.0)
    disowned = written.scenario_of(raw)
    if is_possible(disowned, evidence):
        agree("P", probabilities(disowned, evidence), probabilities(disowned), rounding(scenario, evidence))


@law(
    statement="With one observation stream and no claims, ownership never moves.",
    reason="The part is then as I am, Z_part(E) = Z_me(E), and the factor cancels in P(m given E).",
    conditions="one observation stream, no claim of weight above 0; any weight of the stream. "
    "The law leaves the others out, before it looks",
    unless=_no_stream,
)
def silence_of_the_spec_keeps_ownership(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = written.without_claims(written.inferred_from(scenario))
    stream = one_of(choices(key, "one stream"), written.observed(raw))
    alone = written.scenario_of(written.with_only(raw, [stream, *written.streams(raw, "pretraining")]))
    told = written.keeping(evidence, [cell for cell in evidence.counts if cell[0] == stream])
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
    raw = written.inferred_from(scenario)
    prior = {f"{name} is about me": raw["streams"][name].get("ownership", 1.0) for name in written.observed(raw)}
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
    for what in (evidence, written.given(evidence)):
        bits = asymmetry(case_of(scenario, what, "simulator"), a, b)
        if bits is not None:
            agree(f"the simulator's asymmetry of {a} and {b}, in bits,", bits, 0.0, rounding(scenario, evidence))
