"""Probes with everything resolved: each as arrays and numbers, whichever way the user wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bayes_self.scenario.parts import Facet, World
from bayes_self.scenario.stream_schema import ObservationStream, Probe, Stream

Facets = Mapping[str, Facet]


@dataclass(frozen=True, eq=False)
class ResolvedProbe:
    """One kind of observation of one stream. A reading is a probe named after its facet."""

    stream: str
    name: str
    about: tuple[str, ...]
    """One to three facets, in the order of the table's axes."""
    outcomes: tuple[str, ...]
    table: np.ndarray
    """P(outcome given values), (values of each facet in `about`..., outcomes); every row sums to one."""
    reliability: float
    """ρ: with probability 1 − ρ an outcome is an error."""
    weight: float
    """The probe's own power on its likelihood, 1 for a reading; the stream's is apart."""
    errors: "str | np.ndarray"
    """How errors fall: "uniform", "part", or P(outcome of an error), (outcomes,)."""
    is_reading: bool = False
    doubt: float = 0.0
    """δ: the probability that it says nothing of what it is about."""


def resolve(streams: Mapping[str, Stream], facets: Facets) -> tuple[ResolvedProbe, ...]:
    """Every reading and probe in file order of the streams; in a stream the readings come first."""
    return tuple(_resolved(streams, facets))


def _resolved(streams: Mapping[str, Stream], facets: Facets) -> Iterator[ResolvedProbe]:
    for name, stream in streams.items():
        if isinstance(stream, ObservationStream):
            for facet in stream.readings:
                yield _reading(name, stream, facet, facets[facet])
            for probe_name, probe in stream.probes.items():
                yield _probe(name, stream, probe_name, probe, facets)


def _reading(stream_name: str, stream: ObservationStream, facet: str, of: Facet) -> ResolvedProbe:
    return ResolvedProbe(
        stream=stream_name,
        name=facet,
        about=(facet,),
        outcomes=of.values,
        table=_frozen(np.eye(len(of.values))),
        reliability=stream.reliability,
        weight=1.0,
        errors=stream.errors,
        is_reading=True,
        doubt=stream.doubt,
    )


def _probe(stream_name: str, stream: ObservationStream, name: str, probe: Probe, facets: Facets) -> ResolvedProbe:
    errors = stream.errors if probe.errors is None else probe.errors
    if isinstance(errors, dict):
        errors = _normalised(np.array([errors.get(outcome, 0.0) for outcome in probe.outcomes]))
    return ResolvedProbe(
        stream=stream_name,
        name=name,
        about=probe.about,
        outcomes=probe.outcomes,
        table=_table(probe.given, probe.about, facets),
        reliability=stream.reliability if probe.reliability is None else probe.reliability,
        weight=probe.weight,
        errors=errors,
        doubt=stream.doubt if probe.doubt is None else probe.doubt,
    )


def true_table(believed: ResolvedProbe, world: World | None, facets: Facets) -> np.ndarray:
    """P(outcome given values) by which the world answers; the believed table unless the world has another."""
    tables = world.tables.get(believed.stream, {}) if world else {}
    if believed.name not in tables:
        return believed.table
    return _table(tables[believed.name].given, believed.about, facets)


def true_reliability(believed: ResolvedProbe, world: World | None) -> float:
    """The ρ by which the world answers; the believed one unless the world has another for the stream."""
    return world.reliability.get(believed.stream, believed.reliability) if world else believed.reliability


def _table(given: dict[str, Any], about: tuple[str, ...], facets: Facets) -> np.ndarray:
    def rows(part: Any, about: tuple[str, ...]) -> Any:
        if not about:
            return part
        return [rows(part[value], about[1:]) for value in facets[about[0]].values]

    return _normalised(np.array(rows(given, about), dtype=float))


def _normalised(table: np.ndarray) -> np.ndarray:
    return _frozen(table / table.sum(axis=-1, keepdims=True))


def _frozen(table: np.ndarray) -> np.ndarray:
    table.setflags(write=False)
    return table
