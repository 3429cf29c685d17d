"""Evidence: how often each outcome of each probe was observed, and what streams of one's own say.

Counts and log potentials, and nothing else: the order in which things were observed carries no information, and rows
about the same outcome add up. A count is a finite number of at least 0 and need not be whole: evidence may be expected,
or weighed down because its samples are not independent. Only observation streams have evidence here; claims
and mentions are in the scenario.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from bayes_self.errors import EvidenceError, Fault
from bayes_self.evidence.own_streams import EvidenceStream, LogPotentials, heard
from bayes_self.evidence.rows import A_COUNT, add_up
from bayes_self.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Evidence:
    """Counts of outcomes, by (stream, probe), and log potentials, by stream.

    Attributes:
        counts: how often each outcome was observed, by (stream, probe): float64, in the scenario's order of
            outcomes, read-only. A probe whose counts are all 0 is left out.
        from_world: whether a world answered, which can answer again when a measure changes the spec; what was
            given stays as it is. No part of what is compared or written.
        potentials: what streams of one's own said, each as often as it was heard (see `listen`).
        held: whether the world answered before an edit of what is believed. No part of what is compared or written.

    Raises:
        EvidenceError: a count is negative or not finite.

    """

    counts: Mapping[tuple[str, str], np.ndarray] = field(default_factory=dict)
    from_world: bool = False
    potentials: Mapping[str, tuple[LogPotentials, ...]] = field(default_factory=dict)
    held: bool = False

    def __post_init__(self) -> None:
        kept = {}
        for (stream, probe), given in self.counts.items():
            counts = np.array(given, dtype=np.float64)
            if not (np.isfinite(counts).all() and (counts >= 0).all()):
                raise EvidenceError([Fault(f"{stream}.{probe}", None, str(counts.tolist()), A_COUNT)])
            if counts.any():
                counts.setflags(write=False)
                kept[stream, probe] = counts
        object.__setattr__(self, "counts", MappingProxyType(kept))
        said = {stream: tuple(each) for stream, each in self.potentials.items() if each}
        object.__setattr__(self, "potentials", MappingProxyType(said))

    @staticmethod
    def empty() -> "Evidence":
        """No observations."""
        return Evidence({})

    @staticmethod
    def from_rows(scenario: Scenario, rows: Iterable[Mapping[str, Any]]) -> "Evidence":
        """Evidence from rows {"stream", "probe", "outcome", "count"}, which add up.

        A sum is exact before it is rounded, once, so the order of the rows cannot change a bit of it.

        Raises:
            EvidenceError: with every fault of every row; the lines in it count rows, from 1.

        """
        return Evidence(add_up(scenario, enumerate(rows, start=1)))

    def of(self, stream: str, probe: str) -> np.ndarray | None:
        """The counts over the outcomes of one probe, or None if it was never observed."""
        return self.counts.get((stream, probe))

    def rows(self, scenario: Scenario) -> list[dict[str, Any]]:
        """The counts above 0 as rows, in the scenario's order of streams, probes and outcomes."""
        return [
            {"stream": probe.stream, "probe": probe.name, "outcome": outcome, "count": float(count)}
            for probe in scenario.probes()
            if (counts := self.of(probe.stream, probe.name)) is not None
            for outcome, count in zip(probe.outcomes, counts, strict=True)
            if count > 0
        ]

    @property
    def streams(self) -> frozenset[str]:
        """The streams that delivered anything."""
        return frozenset(stream for stream, _ in self.counts) | frozenset(self.potentials)

    @property
    def total(self) -> float:
        """How many trials there were, of all probes together."""
        return math.fsum(count for counts in self.counts.values() for count in counts)

    def __add__(self, other: "Evidence") -> "Evidence":
        """Both together; from a world only if each that counts anything is: a sum does not tell them apart."""
        if not (self and other):
            return self or other
        both = dict(self.counts)
        for cell, counts in other.counts.items():
            both[cell] = both[cell] + counts if cell in both else counts
        said = dict(self.potentials)
        for stream, more in other.potentials.items():
            said[stream] = said.get(stream, ()) + more
        counted = [each.from_world for each in (self, other) if each.counts or each.from_world]
        return Evidence(both, bool(counted) and all(counted), said)

    def __bool__(self) -> bool:
        return bool(self.counts or self.potentials)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Evidence):
            return NotImplemented
        return (
            self.counts.keys() == other.counts.keys()
            and all(np.array_equal(counts, other.counts[cell]) for cell, counts in self.counts.items())
            and self.potentials == other.potentials
        )

    __hash__ = None  # type: ignore[assignment]


def listen(scenario: Scenario, streams: Mapping[str, EvidenceStream]) -> Evidence:
    """What streams of one's own say, by the names of the scenario's observation streams that they speak as.

    It is evidence like any other: it adds up with counts of the same streams and of others, and is owned, weighed and
    left out with its stream. It was given, and stays as it is when a measure asks a world to answer again.

    Raises:
        EvidenceError: the scenario has no observation stream of that name, or a stream speaks of facets or values that
            the scenario does not have, or not of every value of a facet.

    """
    return Evidence(potentials={name: (heard(scenario, name, stream),) for name, stream in streams.items()})
