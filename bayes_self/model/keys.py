"""Numbers by their dotted key: where in the arrays `streams.rl.reliability` is, and how to put another number there.

A sweep, a derivative and an inference all ask the same of a key: a function from a number to `Parameters`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from jaxtyping import Inexact

from bayes_self.errors import Fault, ScenarioError
from bayes_self.model.arrays import AnyArray, namespace
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.parameters import Parameters
from bayes_self.scenario import Scenario
from bayes_self.scenario.keys import Path, split

Number = Inexact[AnyArray, "..."] | float
Setter = Callable[[Parameters, Number], Parameters]
"""Puts a number where a key points; pure, and differentiable in the number."""


def setter(key: str, scenario: Scenario, names: Coordinates) -> tuple[Setter, float]:
    """How to set the number that a dotted key names, and what the scenario says it is.

    Keys are those of `scenario.number_keys` that are believed. A number moves all that inherits it: a stream's
    reliability is that of its claims, readings and probes without one of their own.

    Raises:
        ScenarioError: the key names no number of the scenario.

    """
    path = split(key)
    row = scenario.number_keys().get(path)
    value = None if row is None or not row.is_believed else scenario.number(*path)
    if row is None or value is None:
        expected = "coherence, salience, or a prior, bits, weight, reliability, doubt, ownership or mentions"
        raise ScenarioError([Fault(key, None, "a key that names no number", expected)], scenario.name)
    return _setter(row.pattern, path, scenario, names), value


def _setter(pattern: str, path: tuple[str, ...], scenario: Scenario, names: Coordinates) -> Setter:
    match pattern, path:
        case "coherence", _:
            return _whole("coherence")
        case "streams.PRETRAINING.weight", _:
            return _whole("pretraining_weight")
        case "masks.bits", _:
            return lambda numbers, x: replace(numbers, masks=replace(numbers.masks, bits=namespace(x).asarray(x)))
        case "masks.covers.FACET", (*_, name):
            covers = _entries("covers", names.facets, (name,))
            return lambda numbers, x: replace(numbers, masks=covers(numbers.masks, x))
        case "salience", _:
            return _entries("salience", names.facets, names.facets)
        case "salience.FACET", (field, name):
            return _entries(field, names.facets, (name,))
        case (("identities.IDENTITY.prior" | "identities.IDENTITY.bits"), (_, name, field)):
            return _entries(field, names.written, (name,))
        case "streams.PRETRAINING.mentions.IDENTITY", (*_, field, name):
            return _entries(field, names.written, (name,))
        case "streams.OBSERVATION.ownership", (_, name, field):
            return _entries(field, names.streams, (name,))
        case "streams.OBSERVATION.weight", (_, name, _):
            cells, beside = partial(_of_cells, path, scenario, names), _entries("stream_weight", names.streams, (name,))
            return lambda numbers, x: beside(cells(numbers, x), x)
    return partial(_of_cells, path, scenario, names)


def _whole(field: str) -> Setter:
    return lambda numbers, x: replace(numbers, **{field: namespace(x).asarray(x)})


def _entries(field: str, names: tuple[str, ...], chosen: tuple[str, ...]) -> Any:
    mask = np.array([name in chosen for name in names], bool)
    return lambda numbers, x: replace(numbers, **{field: _where(mask, x, getattr(numbers, field))})


def _where(
    mask: np.ndarray, x: Number, old: Inexact[AnyArray, "... K"], times: Any = 1.0
) -> Inexact[AnyArray, "... K"]:
    """The entries in `mask` set to x, which may have leading axes, times a factor of their own."""
    if not mask.any():
        return old
    xp = namespace(x, old)
    return xp.where(mask, xp.asarray(x)[..., None] * times, old)


def over_cells(numbers: Parameters, names: Coordinates, change: Callable[[Any, Sequence[Path]], Any]) -> Parameters:
    """The numbers with their claims and probes changed by a function of each of their tables and its rows' paths."""
    return replace(
        numbers,
        claims=change(numbers.claims, [("streams", s, "claims", d) for s, d in names.facet_claims]),
        identity_claims=change(numbers.identity_claims, [("streams", s, "identity") for s in names.identity_claims]),
        single=change(numbers.single, [("streams", s, "probes", p) for s, p in names.single]),
        joint=tuple(
            change(probe, [("streams", s, "probes", p)])
            for probe, (s, p) in zip(numbers.joint, names.joint, strict=True)
        ),
    )


def _of_cells(path: Path, scenario: Scenario, names: Coordinates, numbers: Parameters, x: Number) -> Parameters:
    """Sets the number of every claim and probe that it is, is inherited by, or is a factor of."""
    field = str(path[-1])

    def change(rows: Any, cells: Sequence[Path]) -> Any:
        factors = [_factor(path, (*cell, field), scenario) for cell in cells]
        mask, times = np.array([factor is not None for factor in factors], bool), np.array([f or 0.0 for f in factors])
        return replace(rows, **{field: _where(mask, x, getattr(rows, field), times)}) if mask.any() else rows

    return over_cells(numbers, names, change)


def _factor(path: Path, own: Path, scenario: Scenario) -> float | None:
    """What a number is multiplied by where `own` is a claim's or a probe's; None where it does not reach it."""
    stream, row = (*own[:2], own[-1]), scenario.number_keys().get(own)
    if path not in (own, stream):
        return None
    if row is None:
        return 1.0
    if row.kind == "weight":  # a probe's power is its own weight times its stream's
        return scenario.number(*(stream if path == own else own))
    return 1.0 if path == own or scenario.inherited(*own) else None
