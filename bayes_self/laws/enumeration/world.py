"""What the world answers: the facts in force, and expected counts.

These take the scenario as written, never a framed one: a frame is a belief, and changes nothing outside.
"""

from dataclasses import replace

import numpy as np

from bayes_self.laws.enumeration import draft
from bayes_self.laws.enumeration.draft import Number, Probe, Raw, Rows
from bayes_self.laws.enumeration.joint import claims_in_force, errors


def facts(scenario: Raw) -> dict[str, str | None]:
    """{facet: value, or None in the void}: the world's fact, else the claim in force becomes the fact."""
    given, (claimed, _) = scenario.get("world", {}).get("facts", {}), claims_in_force(scenario)
    return {facet: given.get(facet, claimed.get(facet)) for facet in scenario["facets"]}


def trials(scenario: Raw, stream: str, probe: str) -> Number:
    return scenario.get("world", {}).get("trials", {}).get(stream, {}).get(probe, 0)


def true_probe(scenario: Raw, stream: str, name: str) -> Probe:
    """The probe with the world's table and reliability, where it has its own."""
    world, probe = scenario.get("world", {}), draft.probes(scenario, stream)[name]
    other = world.get("tables", {}).get(stream, {}).get(name)
    if other is not None:
        true = draft.table(other["given"], probe.about, probe.outcomes, draft.values(scenario))
        probe = replace(probe, table=true)
    return replace(probe, reliability=world.get("reliability", {}).get(stream, probe.reliability))


def answer(scenario: Raw, stream: str, name: str) -> np.ndarray | None:
    """P_world(o) = ρ_true A_true(o given the facts) + (1 − ρ_true) e(o); None if a facet is in the void."""
    probe, true = true_probe(scenario, stream, name), facts(scenario)
    if any(true[facet] is None for facet in probe.about):
        return None
    at = tuple(scenario["facets"][facet]["values"].index(true[facet]) for facet in probe.about)
    return probe.reliability * probe.table[at] + (1 - probe.reliability) * errors(scenario, probe)


def expected_rows(scenario: Raw, stream: str, name: str) -> Rows:
    """Expected counts of one probe; nothing in the void, where in expectation improvising moves nothing."""
    n, p = trials(scenario, stream, name), answer(scenario, stream, name)
    if n == 0 or p is None:
        return []
    outcomes = draft.probes(scenario, stream)[name].outcomes
    return [
        {"stream": stream, "probe": name, "outcome": outcome, "count": n * float(q)}
        for outcome, q in zip(outcomes, p, strict=True)
    ]


def expected_evidence(scenario: Raw) -> Rows:
    rows = []
    for stream in draft.observation_streams(scenario):
        for name in draft.probes(scenario, stream):
            rows += expected_rows(scenario, stream, name)
    return rows
