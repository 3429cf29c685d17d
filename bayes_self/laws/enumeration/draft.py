"""What is written in a scenario, with its defaults filled in, and edits of it."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Raw = dict[str, Any]
"""A scenario, or a part of one, as `tomllib` parses it."""
Number = float | int
Rows = list[dict[str, Any]]
"""Evidence: {"stream", "probe", "outcome", "count"}."""
ORDER = ("pretraining", "spec", "rl", "introspection")


def values(scenario: Raw) -> dict[str, list[str]]:
    """{facet: its values}, in the order of the file."""
    return {facet: written["values"] for facet, written in scenario["facets"].items()}


def streams(scenario: Raw, *kinds: str) -> dict[str, Raw]:
    """{name: stream} of these kinds, in the order of the file; a stream's kind is its name unless given."""
    written = scenario.get("streams", {})
    return {name: stream for name, stream in written.items() if stream.get("kind", name) in kinds}


def observation_streams(scenario: Raw) -> dict[str, Raw]:
    return streams(scenario, "rl", "introspection")


def distribution(written: Any, names: Sequence[str]) -> np.ndarray:
    """A table {name: probability} as an array; unlisted names 0; sums to one exactly."""
    p = np.array([float(written.get(name, 0.0)) for name in names])
    return p / p.sum()


def base(scenario: Raw, facet: str) -> np.ndarray:
    names = values(scenario)[facet]
    return distribution(scenario["facets"][facet].get("base", dict.fromkeys(names, 1.0)), names)


def profile(scenario: Raw, identity: str, facet: str) -> np.ndarray | None:
    """P(value given identity) as written, or None where the identity takes no stand."""
    written = scenario["identities"][identity].get("profile", {}).get(facet)
    if written is None:
        return None
    if isinstance(written, str):
        written = {written: 1.0}
    return distribution(written, values(scenario)[facet])


def self_models(scenario: Raw) -> dict[str, tuple[str, str | None]]:
    """{name: (who is beneath, who is worn)}: the identities, which wear nobody, then every "g as h"."""
    every = list(scenario["identities"])
    found: dict[str, tuple[str, str | None]] = {h: (h, None) for h in every}
    if "masks" in scenario:
        beneath, worn = (scenario["masks"].get(side, every) for side in ("beneath", "worn"))
        found |= {f"{g} as {h}": (g, h) for g in beneath for h in worn if g != h}
    return found


def covers(scenario: Raw, facet: str) -> Number:
    """How surely a mask shows on a facet."""
    written = scenario["masks"]["covers"]
    return written.get(facet, 0.0) if isinstance(written, dict) else float(facet in written)


def salience(scenario: Raw, facet: str) -> Number:
    written = scenario.get("salience", 1.0)
    return written.get(facet, 1.0) if isinstance(written, dict) else written


def claim(written: Any, stream: Raw) -> tuple[str, Number]:
    """(value, reliability) of a claim: its own reliability, else its stream's."""
    stream_reliability = stream.get("reliability", 0.95)
    if isinstance(written, str):
        return written, stream_reliability
    return written["value"], written.get("reliability", stream_reliability)


@dataclass
class Probe:
    """A probe of an observation stream: `table` has one axis for each facet in `about`, then the outcomes."""

    about: list[str]
    outcomes: list[str]
    table: np.ndarray
    reliability: Number
    weight: Number
    errors: Any  # "uniform", "part", or a table {outcome: probability}
    doubt: Number


def table(given: Any, about: Sequence[str], outcomes: Sequence[str], names: Mapping[str, Sequence[str]]) -> np.ndarray:
    """The nested `given` as an array (values of each facet in `about`, outcomes)."""
    if not about:
        p = np.array(given, dtype=float)
        assert p.shape == (len(outcomes),)
        return p / p.sum()
    return np.stack([table(given[value], about[1:], outcomes, names) for value in names[about[0]]])


def probes(scenario: Raw, stream_name: str) -> dict[str, Probe]:
    """{name: Probe} of a stream. A reading is a probe named after its facet, whose table is the identity."""
    stream, names = scenario["streams"][stream_name], values(scenario)
    reliability, errors = stream.get("reliability", 0.95), stream.get("errors", "uniform")
    doubt = stream.get("doubt", 0.0)
    found = {}
    for facet in stream.get("readings", []):
        found[facet] = Probe([facet], names[facet], np.eye(len(names[facet])), reliability, 1.0, errors, doubt)
    for name, p in stream.get("probes", {}).items():
        found[name] = Probe(
            p["about"],
            p["outcomes"],
            table(p["given"], p["about"], p["outcomes"], names),
            p.get("reliability", reliability),
            p.get("weight", 1.0),
            p.get("errors", errors),
            p.get("doubt", doubt),
        )
    return found


def counts(rows: Rows, stream: str, probe: str, outcome: str) -> Number:
    """Repeated rows add up."""
    named = {"stream": stream, "probe": probe, "outcome": outcome}
    return sum(row["count"] for row in rows if named.items() <= row.items())


def said(rows: Rows, stream: str) -> Rows:
    """What a user's own stream said: rows {"stream", "values": {facet: {value: log P(said given value)}}, "part"}.

    `part` is log P(said) if it is about the part, whatever its values, or None: then `values` are of the part's.
    """
    return [row for row in rows if row["stream"] == stream and "values" in row]


# Edits: each returns a new scenario.


def keeping_streams(scenario: Raw, names: Iterable[str]) -> Raw:
    """Only these streams, in the order of the file; what is left out is left out of the part too."""
    kept = copy.deepcopy(scenario)
    kept["streams"] = {name: s for name, s in kept.get("streams", {}).items() if name in names}
    return kept


def without_identity_claims(scenario: Raw) -> Raw:
    changed = copy.deepcopy(scenario)
    for stream in streams(changed, "spec").values():
        stream.pop("identity", None)
    return changed


def without_claims(scenario: Raw) -> Raw:
    """The spec streams are there and say nothing."""
    changed = without_identity_claims(scenario)
    for stream in streams(changed, "spec").values():
        stream.pop("claims", None)
    return changed
