"""A scenario as entries: every dotted key of its file with what stands there, or what holds where nothing is written.

Short forms and long ones are one entry (`claims.name = "Jack"` and `claims.name = { value = "Jack" }`), and a
probability table that sums to one is one value. Numbers are those of the file.
"""

from collections.abc import Iterator
from typing import Any

from bayes_self.scenario.keys import Path, dotted, split
from bayes_self.scenario.schema import Scenario
from bayes_self.scenario.stream_schema import ObservationStream, Stream
from bayes_self.scenario.unknowns import prior_parameters, unknown_keys

Entries = dict[Path, Any]

TABLE: dict[str, Any] = {}
"""What stands at the key of a table, whose content has keys of its own."""


def written(scenario: Scenario) -> Entries:
    """What the file says, and nothing else; a table has an entry only where there is nothing in it."""
    raw = scenario.to_dict()
    if isinstance(scenario.salience, dict):  # a table of saliences speaks of every facet
        raw["salience"] = {facet: scenario.salience_of(facet) for facet in scenario.facets}
    found = dict(_walk((), raw))
    above = {path[:-1] for path in found}
    return {path: value for path, value in found.items() if value != TABLE or path not in above}


def in_force(scenario: Scenario) -> Entries:
    """What the file says, and what holds by default where it says nothing; every table has an entry, too."""
    filled = dict(_walk((), scenario.model_dump(mode="json", by_alias=True, exclude_none=True, warnings=False)))
    for path, value in _inherited(scenario):
        filled.setdefault(path, value)
    return filled | dict(_walk((), scenario.to_dict()))


def _walk(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    """Every entry at and below a path."""
    match path, value:
        case (("identities", _, "profile", _), dict()):
            yield path, _stand(value)
        case ((("facets", _, "base") | ("streams", _, "probes", _, "errors")), dict()):
            yield path, _likely(value)
        case ((("streams", _, "identity") | ("streams", _, "claims", _)), dict()):
            yield path, value["value"]
            if "reliability" in value:
                yield (*path, "reliability"), value["reliability"]
        case (("expectations",), list()):
            for index, expectation in enumerate(value):
                yield from _walk((*path, index), expectation)
        case (_, dict()):
            if path:
                yield path, TABLE
            for key, item in value.items():
                yield from _walk((*path, dotted(split(key)) if path == ("unknown",) else key), item)
        case _:
            yield path, value


def _likely(table: dict[str, float | int]) -> dict[str, float | int]:
    """A distribution without the answers of probability 0, which need not be written."""
    return {answer: probability for answer, probability in table.items() if probability != 0}


def _stand(table: dict[str, float | int]) -> Any:
    """A stand: the value's name where it is certain."""
    likely = _likely(table)
    return next(iter(likely)) if list(likely.values()) == [1] else likely


def _inherited(scenario: Scenario) -> Iterator[tuple[Path, Any]]:
    """What holds where nothing is written, if that is not one number for all files."""
    for path in scenario.number_keys():
        if path[:2] != ("world", "reliability") or not _has_own_reliability(scenario.streams[str(path[2])]):
            yield path, scenario.number(*path)
    for name, facet in scenario.facets.items():
        yield ("facets", name, "base"), dict.fromkeys(facet.values, 1 / len(facet.values))
    for name, stream in scenario.streams.items():
        if isinstance(stream, ObservationStream):
            for key, probe in stream.probes.items():
                yield ("streams", name, "probes", key, "errors"), stream.errors
                if scenario.world is not None:
                    yield from _walk(("world", "tables", name, key, "given"), probe.given)
    for key in unknown_keys(scenario.number_keys()):
        if key not in scenario.unknown:
            kind, *parameters = prior_parameters(scenario, split(key))
            yield ("unknown", key, kind), parameters


def _has_own_reliability(stream: Stream) -> bool:
    """Whether the probes of a stream are trusted differently, so that they inherit no one number."""
    return isinstance(stream, ObservationStream) and any(p.reliability is not None for p in stream.probes.values())
