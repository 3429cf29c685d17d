"""What can be left out of a scenario: one thing at a time, with all that refers to it."""

from collections.abc import Iterator
from typing import Any

from bayes_self.laws.draft import Raw


def smaller(raw: Raw) -> Iterator[Raw]:
    """Every scenario with one thing fewer, the largest things first. Some of them may be no scenarios."""
    for key in ("expectations", "unknown", "world", "question", "masks"):
        if key in raw:
            yield _without(raw, key)
    for name in raw.get("streams", {}):
        yield raw | {"streams": _without(raw["streams"], name)}
    for facet in raw["facets"]:
        yield without_facet(raw, facet)
    for identity in raw["identities"]:
        yield without_identity(raw, identity)
    for name, stream in raw.get("streams", {}).items():
        for less in _smaller_stream(stream):
            yield raw | {"streams": raw["streams"] | {name: less}}
    for h, identity in raw["identities"].items():
        for less in _smaller_identity(identity):
            yield raw | {"identities": raw["identities"] | {h: less}}
    for d, facet in raw["facets"].items():
        for key in ("base", "question"):
            if key in facet:
                yield raw | {"facets": raw["facets"] | {d: _without(facet, key)}}
    for key in ("salience", "coherence"):
        if key in raw:
            yield _without(raw, key)
    for less in _smaller_masks(raw.get("masks", {})):
        yield raw | {"masks": less}


def _without(table: Raw, name: str) -> Raw:
    return {other: said for other, said in table.items() if other != name}


def without_facet(raw: Raw, facet: str) -> Raw:
    """Without one facet, its claims, its readings and the probes about it."""
    found = raw | {"facets": _without(raw["facets"], facet)}
    if isinstance(raw.get("salience"), dict):
        found["salience"] = _without(raw["salience"], facet)
    if "masks" in raw:
        found |= {"masks": raw["masks"] | {"covers": _fewer(raw["masks"]["covers"], facet)}}
        found = found if found["masks"]["covers"] else _without(found, "masks")
    found["identities"] = {
        h: said | {"profile": _without(said.get("profile", {}), facet)} for h, said in raw["identities"].items()
    }
    found["streams"] = {name: _of_stream(stream, facet) for name, stream in raw.get("streams", {}).items()}
    return found


def _of_stream(stream: Raw, facet: str) -> Raw:
    found = dict(stream)
    if "claims" in stream:
        found["claims"] = _without(stream["claims"], facet)
    if "readings" in stream:
        found["readings"] = [d for d in stream["readings"] if d != facet]
    if "probes" in stream:
        found["probes"] = {p: probe for p, probe in stream["probes"].items() if facet not in probe["about"]}
    return found


def without_identity(raw: Raw, identity: str) -> Raw:
    """Without one identity, its mentions, and claims that one is it."""
    streams = {}
    for name, stream in raw.get("streams", {}).items():
        kept = dict(stream)
        if "mentions" in stream:
            kept["mentions"] = _without(stream["mentions"], identity)
        said: Any = stream.get("identity")
        if said is not None and (said if isinstance(said, str) else said["value"]) == identity:
            kept = _without(kept, "identity")
        streams[name] = kept
    found = raw | {"identities": _without(raw["identities"], identity), "streams": streams}
    if "masks" not in raw:
        return found
    lists = {side: _fewer(raw["masks"][side], identity) for side in ("beneath", "worn") if side in raw["masks"]}
    return found | {"masks": raw["masks"] | lists} if all(lists.values()) else _without(found, "masks")


def _fewer(names: Any, name: str) -> Any:
    """A table or a list without one of its names."""
    return _without(names, name) if isinstance(names, dict) else [other for other in names if other != name]


def _smaller_masks(masks: Raw) -> Iterator[Raw]:
    for part in ("covers", "beneath", "worn"):
        for name in masks.get(part, ()):
            if less := _fewer(masks[part], name):
                yield masks | {part: less}
    for key in ("beneath", "worn", "bits"):
        if key in masks:
            yield _without(masks, key)
    if isinstance(masks.get("covers"), dict):
        yield masks | {"covers": list(masks["covers"])}


def _smaller_stream(stream: Raw) -> Iterator[Raw]:
    for part in ("claims", "probes", "mentions"):
        for name in stream.get(part, {}):
            yield stream | {part: _without(stream[part], name)}
    for facet in stream.get("readings", []):
        yield stream | {"readings": [d for d in stream["readings"] if d != facet]}
    for key in ("identity", "errors", "ownership", "weight", "reliability", "doubt"):
        if key in stream:
            yield _without(stream, key)
    for name, probe in stream.get("probes", {}).items():
        for key in ("errors", "reliability", "weight", "doubt", "question"):
            if key in probe:
                yield stream | {"probes": stream["probes"] | {name: _without(probe, key)}}


def _smaller_identity(identity: Raw) -> Iterator[Raw]:
    for facet in identity.get("profile", {}):
        yield identity | {"profile": _without(identity["profile"], facet)}
    for key in ("bits", "prior", "label"):
        if key in identity:
            yield _without(identity, key)
