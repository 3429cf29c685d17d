"""Probes with everything resolved: each as arrays and numbers, whichever way the user wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from bayes_self.scenario.parts import Facet
from bayes_self.scenario.schema import Scenario
from bayes_self.scenario.stream_schema import ObservationStream, Probe


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


def resolve(scenario: Scenario) -> tuple[ResolvedProbe, ...]:
    """Every reading and probe in file order of the streams; in a stream the readings come first."""
    return tuple(_resolved(scenario))


def _resolved(scenario: Scenario) -> Iterator[ResolvedProbe]:
    for name, stream in scenario.streams.items():
        if isinstance(stream, ObservationStream):
            for facet in stream.readings:
                yield _reading(name, stream, facet, scenario.facets[facet])
            for probe_name, probe in stream.probes.items():
                yield _probe(name, stream, probe_name, probe, scenario)


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
    )


def _probe(stream_name: str, stream: ObservationStream, name: str, probe: Probe, scenario: Scenario) -> ResolvedProbe:
    errors = stream.errors if probe.errors is None else probe.errors
    if isinstance(errors, dict):
        errors = _normalised(np.array([errors.get(outcome, 0.0) for outcome in probe.outcomes]))
    return ResolvedProbe(
        stream=stream_name,
        name=name,
        about=probe.about,
        outcomes=probe.outcomes,
        table=_table(probe.given, probe.about, scenario),
        reliability=stream.reliability if probe.reliability is None else probe.reliability,
        weight=probe.weight,
        errors=errors,
    )


def true_table(scenario: Scenario, stream: str, probe: str) -> np.ndarray:
    """P(outcome given values) by which the world answers; the believed table unless the world has another."""
    believed = _find(scenario, stream, probe)
    tables = scenario.world.tables.get(stream, {}) if scenario.world else {}
    return _table(tables[probe].given, believed.about, scenario) if probe in tables else believed.table


def true_reliability(scenario: Scenario, stream: str, probe: str) -> float:
    """The ρ by which the world answers; the believed one unless the world has another for the stream."""
    believed = _find(scenario, stream, probe).reliability
    return scenario.world.reliability.get(stream, believed) if scenario.world else believed


def _find(scenario: Scenario, stream: str, name: str) -> ResolvedProbe:
    for probe in scenario.probes():
        if (probe.stream, probe.name) == (stream, name):
            return probe
    raise KeyError(f"stream {stream!r} has no probe or reading {name!r}")


def _table(given: dict[str, Any], about: tuple[str, ...], scenario: Scenario) -> np.ndarray:
    def rows(part: Any, facets: tuple[str, ...]) -> Any:
        if not facets:
            return part
        return [rows(part[value], facets[1:]) for value in scenario.facets[facets[0]].values]

    return _normalised(np.array(rows(given, about), dtype=float))


def _normalised(table: np.ndarray) -> np.ndarray:
    return _frozen(table / table.sum(axis=-1, keepdims=True))


def _frozen(table: np.ndarray) -> np.ndarray:
    table.setflags(write=False)
    return table
