"""Edits of a scenario as it is written, which laws compare it with. Each leaves its argument as it was."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from bayes_self.evidence.evidence import Evidence
from bayes_self.scenario import Scenario
from bayes_self.scenario.stream_schema import OBSERVATION_KINDS

Raw = dict[str, Any]


def inferred_from(scenario: Scenario) -> Raw:
    """What inference reads of a scenario: all but its expectations, its unknown numbers and its world."""
    raw = scenario.to_dict()
    for key in ("expectations", "unknown", "world"):
        raw.pop(key, None)
    return raw


def scenario_of(raw: Raw) -> Scenario:
    """The scenario that is written so."""
    return Scenario.from_dict(raw, "counterexample")


def kind(raw: Raw, stream: str) -> str:
    """A stream's kind is its name, where none is given."""
    return raw["streams"][stream].get("kind", stream)


def streams(raw: Raw, *kinds: str) -> list[str]:
    """The streams of these kinds, in the order of the file."""
    return [name for name in raw.get("streams", {}) if kind(raw, name) in kinds]


def observed(raw: Raw) -> list[str]:
    """The observation streams."""
    return streams(raw, *OBSERVATION_KINDS)


def claims(raw: Raw) -> list[tuple[str, str | None]]:
    """(stream, facet) of every claim that counts, the facet being None for "you are h"."""
    found: list[tuple[str, str | None]] = []
    for name in streams(raw, "spec"):
        if raw["streams"][name].get("weight", 1.0) > 0:
            found += [(name, facet) for facet in raw["streams"][name].get("claims", {})]
            found += [(name, None)] if "identity" in raw["streams"][name] else []
    return found


def without_claims(raw: Raw) -> Raw:
    """The spec streams are there and say nothing."""
    changed = deepcopy(raw)
    for name in streams(raw, "spec"):
        changed["streams"][name].pop("identity", None)
        changed["streams"][name].pop("claims", None)
    return changed


def with_only(raw: Raw, kept: Iterable[str]) -> Raw:
    """Only these streams, in the order of the file."""
    kept = set(kept)
    return raw | {"streams": {name: stream for name, stream in raw.get("streams", {}).items() if name in kept}}


def with_stream(raw: Raw, name: str, stream: Raw, after: str | None = None) -> Raw:
    """With another stream: after the one named, or last."""
    found: Raw = {}
    for other, its in raw.get("streams", {}).items():
        found[other] = its
        if other == after:
            found[name] = stream
    return raw | {"streams": found | ({} if name in found else {name: stream})}


def changed_stream(raw: Raw, name: str, **fields: Any) -> Raw:
    """With other fields of one stream."""
    return raw | {"streams": raw["streams"] | {name: raw["streams"][name] | fields}}


def about_me(raw: Raw) -> Raw:
    """With every observation about me, and no errors that follow the part: what the spec says changes no evidence."""
    changed = deepcopy(raw)
    for name in observed(raw):
        stream = changed["streams"][name]
        stream["ownership"] = 1.0
        for said in (stream, *stream.get("probes", {}).values()):
            if said.get("errors") == "part":
                said["errors"] = "uniform"
    return changed


def without_masks(raw: Raw) -> Raw:
    """Nobody goes by another name."""
    return {name: part for name, part in raw.items() if name != "masks"}


def without_doubt(raw: Raw) -> Raw:
    """No probe is doubted."""
    changed = deepcopy(raw)
    for name in observed(raw):
        stream = changed["streams"][name]
        for said in (stream, *stream.get("probes", {}).values()):
            said.pop("doubt", None)
    return changed


def as_probe(raw: Raw, stream: str, name: str, **fields: Any) -> Raw:
    """With other fields of one probe; of a reading too, which is written out as the probe that it is."""
    said = raw["streams"][stream]
    readings = [facet for facet in said.get("readings", []) if facet != name]
    probe = said.get("probes", {}).get(name) or reading(raw, name)
    return changed_stream(raw, stream, readings=readings, probes=said.get("probes", {}) | {name: probe | fields})


def reading(raw: Raw, facet: str) -> Raw:
    """The probe that a reading of a facet is."""
    values = list(raw["facets"][facet]["values"])
    table = {value: [float(value == other) for other in values] for value in values}
    return {"about": [facet], "outcomes": values, "given": table}


def unused(taken: Iterable[str], name: str) -> str:
    """A name that is not taken yet."""
    taken = set(taken)
    while name in taken:
        name += "'"
    return name


def keeping(evidence: Evidence, cells: Iterable[tuple[str, str]]) -> Evidence:
    """The evidence of these (stream, probe) alone."""
    cells = set(cells)
    return Evidence({cell: counts for cell, counts in evidence.counts.items() if cell in cells})


def given(evidence: Evidence) -> Evidence:
    """The same counts, as evidence that stays as it is."""
    return Evidence(evidence.counts)
