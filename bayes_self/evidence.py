"""Evidence: how often each outcome of each probe was observed.

Counts, and nothing else: the order in which things were observed carries no information, and rows about the
same outcome add up. A count is a finite number of at least 0 and need not be whole: evidence may be expected,
or weighed down because its samples are not independent. Only observation streams have evidence here; claims
and mentions are in the scenario.
"""

import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from bayes_self.errors import EvidenceError, Fault
from bayes_self.evidence_files import read_rows, write_rows
from bayes_self.evidence_rows import A_COUNT, add_up
from bayes_self.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Evidence:
    """Counts of outcomes, by (stream, probe).

    Attributes:
        counts: how often each outcome was observed, by (stream, probe): float64, in the scenario's order of
            outcomes, read-only. A probe whose counts are all 0 is left out.
        from_world: whether a world answered, which can answer again when a measure changes the spec; what was
            given stays as it is. No part of what is compared or written.

    Raises:
        EvidenceError: a count is negative or not finite.

    """

    counts: Mapping[tuple[str, str], np.ndarray] = field(default_factory=dict)
    from_world: bool = False
    from_world: bool = False

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
    def total(self) -> float:
        """How many trials there were, of all probes together."""
        return math.fsum(count for counts in self.counts.values() for count in counts)

    def __add__(self, other: "Evidence") -> "Evidence":
        """Both together; from a world only if each that says anything is: a sum does not tell them apart."""
        if not (self and other):
            return self or other
        both = dict(self.counts)
        for cell, counts in other.counts.items():
            both[cell] = both[cell] + counts if cell in both else counts
        return Evidence(both, self.from_world and other.from_world)

    def __bool__(self) -> bool:
        return bool(self.counts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Evidence):
            return NotImplemented
        return self.counts.keys() == other.counts.keys() and all(
            np.array_equal(counts, other.counts[cell]) for cell, counts in self.counts.items()
        )

    __hash__ = None  # type: ignore[assignment]


def read(path: str | os.PathLike[str], scenario: Scenario) -> Evidence:
    """The evidence in a CSV (.csv), Parquet (.parquet) or JSON Lines (.jsonl, .ndjson) file.

    A header without rows is no evidence; a file without a byte in it is a fault. A byte-order mark, carriage
    returns and empty lines are tolerated; columns other than the four are not, because they would be ignored.

    Raises:
        EvidenceError: with every fault of the file: its line (of Parquet its row), what was got and expected.

    """
    try:
        return Evidence(add_up(scenario, read_rows(path)))
    except EvidenceError as error:
        raise EvidenceError(error.faults, str(path)) from None


def write(path: str | os.PathLike[str], evidence: Evidence, scenario: Scenario) -> None:
    """Write the evidence in the format that the suffix names; `read` gives it back to the last bit.

    All or nothing: what was there before stays until the new file is complete.

    Raises:
        EvidenceError: the suffix names no format of evidence.
        OSError: the folder cannot be written to.

    """
    write_rows(path, evidence.rows(scenario))
