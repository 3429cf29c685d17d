"""The smallest counterexample: what can be left out of a scenario and its evidence, as long as a law stays broken."""

import time
from collections.abc import Iterator

import numpy as np

from bayes_self.errors import BayesSelfError
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws.definition import Key, LawBroken
from bayes_self.laws.reductions import smaller
from bayes_self.scenario import Scenario

SECONDS = 120.0
"""How long to look for less: every scenario of another shape is compiled anew."""


def smallest_of(broken: LawBroken, key: Key, seconds: float = SECONDS) -> LawBroken:
    """A counterexample from which nothing can be left out (or none was found in time), for the same law and key."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        less = next(_still_broken(broken, key, end), None)
        if less is None:
            break
        broken = less
    return broken


def _still_broken(broken: LawBroken, key: Key, end: float) -> Iterator[LawBroken]:
    for scenario, evidence in _less(broken.scenario, broken.evidence):
        if time.monotonic() > end:
            return
        if broken.law.applies(scenario, evidence):
            found = broken.law.broken(scenario, evidence, key)
            if found is not None:
                yield found


def _less(scenario: Scenario, evidence: Evidence) -> Iterator[tuple[Scenario, Evidence]]:
    for cell in evidence.counts:
        kept = {other: seen for other, seen in evidence.counts.items() if other != cell}
        yield scenario, Evidence(kept, evidence.from_world)
    for raw in smaller(scenario.to_dict()):
        try:
            less = Scenario.from_dict(raw, scenario.name)
        except BayesSelfError:
            continue
        probes = {(probe.stream, probe.name) for probe in less.probes()}
        kept = {cell: seen for cell, seen in evidence.counts.items() if cell in probes}
        yield less, Evidence(kept, evidence.from_world and less.world is not None)
    for cell, seen in evidence.counts.items():
        fewer = np.minimum(seen, 1.0)
        if not np.array_equal(fewer, seen):
            yield scenario, Evidence({**evidence.counts, cell: fewer}, evidence.from_world)
