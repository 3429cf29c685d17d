"""A scenario under other names, and in another order: the same model."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np

from bayes_self.laws.draft import Raw, observed

Rename = Callable[[str], str]
_LISTS = ("covers", "beneath", "worn")


def twice_named(raw: Raw) -> tuple[Raw, Rename]:
    """The scenario with every name changed, and how: each is prefixed."""

    def new(name: str) -> str:
        return f"another {name}"

    found = raw | {
        "facets": {new(d): _facet(facet, new) for d, facet in raw["facets"].items()},
        "identities": {new(h): _identity(identity, new) for h, identity in raw["identities"].items()},
        "streams": {new(s): _stream(s, stream, new) for s, stream in raw.get("streams", {}).items()},
    }
    if isinstance(raw.get("salience"), dict):
        found["salience"] = _table(raw["salience"], new)
    if "masks" in raw:
        found["masks"] = _masks(raw["masks"], new)
    return found, new


def _masks(masks: Raw, new: Rename) -> Raw:
    lists = {name: list(map(new, said)) for name, said in masks.items() if isinstance(said, list | tuple)}
    return masks | {"covers": _table(masks["covers"], new)} | lists


def _table(table: Any, new: Rename) -> Any:
    return {new(name): number for name, number in table.items()} if isinstance(table, dict) else table


def _facet(facet: Raw, new: Rename) -> Raw:
    renamed = facet | {"values": [new(value) for value in facet["values"]]}
    return renamed | ({"base": _table(facet["base"], new)} if facet.get("base") is not None else {})


def _identity(identity: Raw, new: Rename) -> Raw:
    profile = identity.get("profile", {})
    stands = {new(d): new(said) if isinstance(said, str) else _table(said, new) for d, said in profile.items()}
    return identity | {"profile": stands}


def _stream(name: str, stream: Raw, new: Rename) -> Raw:
    renamed = {"kind": stream.get("kind", name)} | stream
    if "mentions" in stream:
        renamed["mentions"] = _table(stream["mentions"], new)
    if stream.get("identity") is not None:
        renamed["identity"] = _claim(stream["identity"], new)
    if "claims" in stream:
        renamed["claims"] = {new(d): _claim(said, new) for d, said in stream["claims"].items()}
    if "readings" in stream:
        renamed["readings"] = [new(d) for d in stream["readings"]]
    if "probes" in stream:
        renamed["probes"] = {new(p): _probe(probe, new) for p, probe in stream["probes"].items()}
    return renamed


def _claim(said: Any, new: Rename) -> Any:
    return new(said) if isinstance(said, str) else said | {"value": new(said["value"])}


def _probe(probe: Raw, new: Rename) -> Raw:
    def nested(given: Any) -> Any:
        return {new(value): nested(inner) for value, inner in given.items()} if isinstance(given, dict) else given

    renamed = probe | {
        "about": [new(d) for d in probe["about"]],
        "outcomes": [new(o) for o in probe["outcomes"]],
        "given": nested(probe["given"]),
    }
    return renamed | ({"errors": _table(probe["errors"], new)} if isinstance(probe.get("errors"), dict) else {})


def shuffled(raw: Raw, rng: np.random.Generator) -> Raw:
    """The scenario in another order of everything but its spec streams, and the facets of a probe too."""

    def mixed(table: Any) -> Any:
        if isinstance(table, dict):
            names = list(table)
            return {names[i]: table[names[i]] for i in rng.permutation(len(names))}
        return [table[i] for i in rng.permutation(len(table))]

    found = deepcopy(raw)
    found["facets"] = mixed({d: facet | {"values": mixed(facet["values"])} for d, facet in raw["facets"].items()})
    found["identities"] = mixed(raw["identities"])
    if "masks" in raw:
        found["masks"] |= {name: mixed(raw["masks"][name]) for name in _LISTS if name in raw["masks"]}
    for name in observed(raw):
        stream = found["streams"][name]
        stream["readings"] = mixed(stream.get("readings", []))
        stream["probes"] = mixed({p: _mixed_probe(probe, rng) for p, probe in stream.get("probes", {}).items()})
    if "streams" in raw:
        order = iter(mixed(observed(raw)))
        found["streams"] = {
            name: found["streams"][name]
            for name in (next(order) if name in observed(raw) else name for name in raw["streams"])
        }
    return found


def _mixed_probe(probe: Raw, rng: np.random.Generator) -> Raw:
    """The probe with its outcomes in another order."""
    order = rng.permutation(len(probe["outcomes"])).tolist()

    def nested(given: Any) -> Any:
        if isinstance(given, dict):
            return {value: nested(inner) for value, inner in given.items()}
        return [given[i] for i in order]

    return probe | {"outcomes": [probe["outcomes"][i] for i in order], "given": nested(probe["given"])}
