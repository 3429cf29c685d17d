"""Faults of shape: wrong types, numbers out of range, unknown and missing keys; pydantic's, told plainly."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from bayes_self.scenario import parts
from bayes_self.scenario.keys import Path
from bayes_self.scenario.report import Report
from bayes_self.scenario.stream_schema import (
    KINDS,
    OBSERVATION_KINDS,
    TAG,
    Claim,
    ObservationStream,
    PretrainingStream,
    Probe,
    SpecStream,
    with_kind,
)
from bayes_self.words.spelling import did_you_mean, listed, shown

REQUIRED = {
    "facets": "at least one facet: [facets.NAME]",
    "identities": "at least one identity: [identities.NAME]",
    "values": "two or more values",
    "about": "one to three facets",
    "outcomes": "two or more outcomes",
    "given": "a row of probabilities for every combination of values",
    "value": "a name in quotes",
    "covers": 'the facets that a mask covers, such as ["name"]',
}
TYPES = {
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "tuple_type": "a list",
    "string_type": "a name in quotes",
    "invalid_key": "a name in quotes",
}
_STREAMS = {"pretraining": PretrainingStream, "spec": SpecStream} | dict.fromkeys(OBSERVATION_KINDS, ObservationStream)
_MODELS: dict[tuple[str, ...], type[BaseModel]] = {
    ("facets", "*"): parts.Facet,
    ("identities", "*"): parts.Identity,
    ("expectations", "*"): parts.Expectation,
    ("streams", "*", "identity"): Claim,
    ("streams", "*", "claims", "*"): Claim,
    ("streams", "*", "probes", "*"): Probe,
    ("masks",): parts.Masks,
    ("world",): parts.World,
    ("world", "tables", "*", "*"): parts.WorldTable,
    ("unknown", "*"): parts.UnknownPrior,
}


def check(report: Report, raw: Any, model: type[BaseModel], errors: Sequence[Any]) -> None:
    """Report pydantic's errors of what was written to be a `model`."""
    for error in errors:
        path = tuple(part for part in error["loc"] if not str(part).startswith(TAG))
        if path[1:] and path[-1] == "[key]" and error["input"] == path[-2]:  # pydantic's mark of a key at fault
            path = path[:-1]
        _tell(report, raw, model, path, error)


def _tell(report: Report, raw: Any, model: type[BaseModel], path: Path, error: Any) -> None:
    kind, got, limits = error["type"], error["input"], error.get("ctx", {})
    if kind == "expected":
        hint = did_you_mean(got, limits["choices"]) if isinstance(got, str) else ""
        report.add(path, shown(got), limits["words"], hint)
    elif kind in TYPES:
        report.add(path, shown(got), TYPES[kind])
    elif kind in ("missing", "too_short"):
        report.add(path, "nothing" if kind == "missing" else shown(got), REQUIRED[str(path[-1])])
    elif kind == "extra_forbidden":
        inside = _model_at(raw, path[:-1]) if path[:-1] else model
        keys = _keys_of(inside)
        report.add(path, "an unknown key", "one of " + listed(keys), did_you_mean(str(path[-1]), keys))
    elif kind == "too_long":
        report.add(path, f"{len(got)} of them", REQUIRED[str(path[-1])])
    elif kind == "union_tag_not_found":
        _tell_kind(report, path, got)
    else:
        report.add(path, shown(got), error["msg"])


def _tell_kind(report: Report, path: Path, stream: dict[str, Any]) -> None:
    got = stream["kind"]
    hint = did_you_mean(got, KINDS) if isinstance(got, str) else ""
    expected = "a stream of the kind " + listed(KINDS)
    if got == path[-1]:  # most likely it was taken from the name
        report.add(path, shown(got), expected + ', or kind = "..." in it', hint)
    else:
        report.add((*path, "kind"), shown(got), expected, hint)


def _keys_of(model: type[BaseModel] | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model_at(raw: Any, path: Path) -> type[BaseModel] | None:
    if len(path) == 2 and path[0] == "streams":
        return _STREAMS.get(with_kind(str(path[1]), raw["streams"][path[1]])["kind"])
    for pattern, model in _MODELS.items():
        if len(pattern) == len(path) and all(a in ("*", b) for a, b in zip(pattern, path, strict=True)):
            return model
    return None
