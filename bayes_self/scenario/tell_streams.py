"""A stream told back in words: what it says, how far it is trusted, whose evidence it is taken to be."""

import math
from collections.abc import Iterator
from itertools import product

import numpy as np

from bayes_self.scenario.probes import ResolvedProbe
from bayes_self.scenario.schema import Scenario
from bayes_self.scenario.stream_schema import Claim, ObservationStream, PretrainingStream, SpecStream
from bayes_self.words.layout import columns, fits, paragraph

ERRORS = {
    "uniform": "errors fall on all outcomes alike",
    "part": "errors show what the part would show",
}


def number(value: float) -> str:
    """Up to four significant digits."""
    return f"{value:.4g}"


def tell_stream(scenario: Scenario, name: str) -> Iterator[str]:
    """The lines about one stream."""
    stream = scenario.streams[name]
    kind = "" if name == stream.kind else f" (a stream of the kind {stream.kind})"
    yield from paragraph(f"{name}{kind}: {_how_far(stream)}", indent=2, hanging=4)
    if isinstance(stream, SpecStream):
        yield from columns(_claims(scenario, stream) or [["says nothing"]], indent=4)
    elif isinstance(stream, ObservationStream):
        probes = [probe for probe in scenario.probes() if probe.stream == name]
        for probe in probes:
            yield from _probe(scenario, stream, probe)
        if not probes:
            yield "    observes nothing"


def _how_far(stream: PretrainingStream | SpecStream | ObservationStream) -> str:
    weight = f"weight {number(stream.weight)}"
    if isinstance(stream, PretrainingStream):
        return f"{weight}; how often each identity speaks is in the table above"
    if isinstance(stream, SpecStream):
        return weight + (", so that it claims nothing" if stream.weight == 0 else "")
    return f"{weight}; {_ownership(stream.ownership)}"


def _ownership(ownership: float) -> str:
    if ownership == 1:
        return "all of it is about me (ownership 1)"
    if ownership == 0:
        return "all of it is about the part I play (ownership 0)"
    return f"about me with prior probability {number(ownership)} (ownership), else about the part I play"


def _claims(scenario: Scenario, stream: SpecStream) -> list[list[str]]:
    rows = []
    if stream.identity:
        said = f'"You are {stream.identity.value}"'
        rows.append([said, *_strength(stream.identity, stream, len(scenario.identities))])
    for facet, claim in stream.claims.items():
        said = f"{facet} is {claim.value}"
        rows.append([said, *_strength(claim, stream, len(scenario.facets[facet].values))])
    return rows


def _strength(claim: Claim, stream: SpecStream, choices: int) -> list[str]:
    reliability = stream.reliability if claim.reliability is None else claim.reliability
    bits = claim_bits(reliability, choices, stream.weight)
    return [f"reliability {number(reliability)}", f"{number(bits)} bits of claim"]


def claim_bits(reliability: float, choices: int, weight: float = 1.0) -> float:
    """What a claim supplies, in bits: weight · log2(1 + K ρ / (1 − ρ)) on K values; infinite where ρ = 1."""
    if weight == 0:
        return 0.0
    if reliability == 1:
        return math.inf
    return weight * math.log2(1 + choices * reliability / (1 - reliability))


def _probe(scenario: Scenario, stream: ObservationStream, probe: ResolvedProbe) -> Iterator[str]:
    title = f"reads {probe.name}" if probe.is_reading else f"probe {probe.name}"
    question = "" if probe.is_reading else stream.probes[probe.name].question
    what = f"{title}: {question}" if question else title
    yield from paragraph(f"{what} ({_trials(scenario, probe)})", indent=4, hanging=4)
    trust = [f"reliability {number(probe.reliability)}", _errors(probe)]
    if probe.doubt > 0:
        trust.append(f"doubt {number(probe.doubt)}: so likely it says nothing, however often it is tried")
    if probe.weight != 1:
        trust.append(f"weight {number(probe.weight)}, apart from the stream's")
    yield from paragraph("; ".join(trust), indent=6, hanging=2)
    if not probe.is_reading:
        yield from _table(scenario, probe, probe.table)
    yield from _truth(scenario, probe)


def _trials(scenario: Scenario, probe: ResolvedProbe) -> str:
    trials = scenario.world.trials.get(probe.stream, {}).get(probe.name, 0) if scenario.world else 0
    return {0: "never tried", 1: "tried once"}.get(trials, f"tried {trials} times")


def _errors(probe: ResolvedProbe) -> str:
    if isinstance(probe.errors, str):
        return ERRORS[probe.errors]
    shares = zip(probe.outcomes, probe.errors, strict=True)
    return "errors fall as " + ", ".join(f"{outcome} {number(share)}" for outcome, share in shares)


def _truth(scenario: Scenario, probe: ResolvedProbe) -> Iterator[str]:
    """Where the world is not as believed."""
    reliability = scenario.true_reliability(probe.stream, probe.name)
    if reliability != probe.reliability:
        yield f"      in truth the reliability is {number(reliability)}"
    table = scenario.true_table(probe.stream, probe.name)
    if not np.array_equal(table, probe.table):
        yield "      in truth"
        yield from _table(scenario, probe, table)


def _table(scenario: Scenario, probe: ResolvedProbe, table: np.ndarray) -> list[str]:
    """P(outcome given values), a row per combination of values; in words where that is too wide."""
    cases = list(product(*(scenario.facets[facet].values for facet in probe.about)))
    shares = [[number(share) for share in row] for row in table.reshape(len(cases), -1)]
    rows = [
        [*probe.about, *probe.outcomes],
        *([*case, *row] for case, row in zip(cases, shares, strict=True)),
    ]
    if fits(rows, indent=8):
        return columns(rows, indent=8)
    words = [
        ", ".join(f"{outcome} {share}" for outcome, share in zip(probe.outcomes, row, strict=True)) for row in shares
    ]
    return columns([[*case, row] for case, row in zip(cases, words, strict=True)], indent=8)
