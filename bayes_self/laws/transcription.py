"""What streams of one's own said, written out: log potentials as probes that were observed once."""

import math
from copy import deepcopy

import numpy as np

from bayes_self.evidence.evidence import Evidence
from bayes_self.scenario import Scenario

_WIDEST = 700.0
"""Nats: what is less likely than the likeliest value by more is not told from impossible in a table."""


def not_a_table(evidence: Evidence) -> str | None:
    """Why what was heard cannot be written out; None where it can be, or where nothing was heard."""
    for stream, every in evidence.potentials.items():
        for said in every:
            if said.part is not None:
                return f"{stream} has a constant for the part, which no table has"
            for row in said.values.values():
                finite = [x for x in row.values() if math.isfinite(x)]
                if not finite or max(finite) - min(finite) > _WIDEST:
                    return f"{stream} says more than a table of probabilities can hold"
    return None


def written_out(scenario: Scenario, evidence: Evidence) -> tuple[Scenario, Evidence]:
    """The scenario with a probe for all that was heard of a facet, and evidence with its one outcome.

    P(as heard given value) = exp(log potential - the largest of them). The posterior is the same; log Z is smaller by
    the largest log potentials, times weights. It is a file like any other, so that a counterexample can be run.
    """
    if not evidence.potentials:
        return scenario, evidence
    raw, counts = deepcopy(scenario.to_dict()), dict(evidence.counts)
    for stream, every in evidence.potentials.items():
        if stream not in scenario.streams:
            continue
        probes = raw["streams"][stream].setdefault("probes", {})
        for said in every:
            for facet, row in said.values.items():
                name, largest = f"{facet} as heard", max(row.values())
                while name in probes or name in raw["streams"][stream].get("readings", ()):
                    name += "'"
                given = {value: [math.exp(x - largest), -math.expm1(x - largest)] for value, x in row.items()}
                probes[name] = {"about": [facet], "outcomes": ["as heard", "otherwise"], "given": given}
                probes[name] |= {"reliability": 1.0, "errors": "uniform", "doubt": 0.0}
                counts[stream, name] = np.array([1.0, 0.0])
    return Scenario.from_dict(raw, scenario.name), Evidence(counts, evidence.from_world)
