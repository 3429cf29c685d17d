"""Streams of one's own, written in Python: the contract between a user's evidence and the model.

    log P(observed given z, me)   = Σ_d values[d][z_d]                      in nats
    log P(observed given z', part) = Σ_d values[d][z'_d], or the constant `part`

Everything else about such a stream is in the scenario, where it is an observation stream like any other: its kind (and
with it its place in the trajectory), its ownership and its weight.
"""

import math
import numbers
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol, runtime_checkable

from bayes_self.errors import EvidenceError, Fault
from bayes_self.scenario import Scenario
from bayes_self.scenario.stream_schema import OBSERVATION_KINDS
from bayes_self.words.spelling import did_you_mean, listed, shown

A_LOG = "a finite number of nats, or -inf for what is impossible"


@dataclass(frozen=True)
class LogPotentials:
    """What a stream says of whoever it is about, in nats; what is not named it says nothing about.

    Raises:
        EvidenceError: a number is neither finite nor -inf.

    """

    values: Mapping[str, Mapping[str, float | int]]
    """{facet: {value: log P(observed given that the facet has the value)}}, every value of a facet that is named.

    Only differences between the values of a facet matter, as long as `part` is None.
    """
    part: float | None = None
    """log P(observed) if it is about the part, whatever the part's values; None: the part is held against `values`."""

    def __post_init__(self) -> None:
        faults = [
            Fault(f"values.{facet}.{value}", None, shown(found), A_LOG)
            for facet, row in self.values.items()
            for value, found in row.items()
            if not _is_log(found)
        ]
        if self.part is not None and not _is_log(self.part):
            faults.append(Fault("part", None, shown(self.part), A_LOG + ", or None"))
        if faults:
            raise EvidenceError(faults)
        kept = {facet: MappingProxyType({v: float(x) for v, x in row.items()}) for facet, row in self.values.items()}
        object.__setattr__(self, "values", MappingProxyType(kept))
        object.__setattr__(self, "part", None if self.part is None else float(self.part))


@runtime_checkable
class EvidenceStream(Protocol):
    """A source of evidence in Python: any function, or object that can be called, of this one form.

    It is called once for a scenario, must not change it, and gives the same answer for the same scenario. It looks up
    facets and values by their names in the scenario that it is given, which may be an edited one.
    """

    def __call__(self, scenario: Scenario, /) -> LogPotentials:
        """What was observed, as log potentials (nats) over the values of the scenario's facets."""
        ...


def heard(scenario: Scenario, name: str, stream: EvidenceStream) -> LogPotentials:
    """What one stream says of a scenario, checked against its names. Raises EvidenceError with every fault."""
    if faults := list(_stream_faults(scenario, name)):
        raise EvidenceError(faults, scenario.name)
    said = stream(scenario)
    if not isinstance(said, LogPotentials):
        got = f"{type(said).__name__} from the stream"
        raise EvidenceError([Fault(name, None, got, "bayes_self.LogPotentials")], scenario.name)
    if faults := name_faults(said, name, {facet: each.values for facet, each in scenario.facets.items()}):
        raise EvidenceError(faults, scenario.name)
    return said


def name_faults(said: LogPotentials, stream: str, facets: Mapping[str, tuple[str, ...]]) -> list[Fault]:
    """Facets and values that are not those of a scenario, and values that are missing."""
    faults = []
    for facet, row in said.values.items():
        if facet not in facets:
            expected = "one of the facets: " + listed([*facets])
            faults.append(Fault(f"{stream}.{facet}", None, shown(facet), expected, did_you_mean(facet, [*facets])))
        elif set(row) != set(facets[facet]):
            extra, missing = sorted(set(row) - set(facets[facet])), [v for v in facets[facet] if v not in row]
            got = " and ".join(
                [*(f"the value {shown(v)}" for v in extra), *(f"no potential of {shown(v)}" for v in missing)]
            )
            faults.append(Fault(f"{stream}.{facet}", None, got, "a potential of each of " + listed(facets[facet])))
    return faults


def _stream_faults(scenario: Scenario, name: str) -> list[Fault]:
    known = [name for name, stream in scenario.streams.items() if stream.kind in OBSERVATION_KINDS]
    if name in known:
        return []
    hint = did_you_mean(name, known) or f'add [streams.{name}] with kind = "introspection" or "rl" to the scenario'
    return [Fault(name, None, shown(name), "an observation stream of the scenario: " + listed(known), hint)]


def _is_log(found: Any) -> bool:
    """Whether it may be the logarithm of a density."""
    if isinstance(found, bool) or not isinstance(found, numbers.Real):
        return False
    return math.isfinite(found) or found == -math.inf
