"""Numbers by their dotted key: where in the arrays `streams.rl.reliability` is, and how to put another number there.

A sweep, a derivative and an inference all ask the same of a key: a function from a number to `Parameters`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from jaxtyping import Bool, Inexact

from bayes_self.errors import Fault, ScenarioError
from bayes_self.model.arrays import AnyArray, namespace
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.parameters import Claims, Parameters, Probes
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
    value = None if row is None or row.of_world else scenario.number(*path)
    if row is None or value is None:
        expected = "coherence, salience, or a prior, bits, weight, reliability, ownership or mentions of the scenario"
        raise ScenarioError([Fault(key, None, "a key that names no number", expected)], scenario.name)
    return _setter(row.pattern, path, scenario, names), value


def _setter(pattern: str, path: tuple[str, ...], scenario: Scenario, names: Coordinates) -> Setter:
    match pattern, path:
        case "coherence", _:
            return _whole("coherence")
        case "streams.PRETRAINING.weight", _:
            return _whole("pretraining_weight")
        case "salience", _:
            return _entries("salience", names.facets, names.facets)
        case "salience.FACET", (field, name):
            return _entries(field, names.facets, (name,))
        case (("identities.IDENTITY.prior" | "identities.IDENTITY.bits"), (_, name, field)):
            return _entries(field, names.identities, (name,))
        case "streams.PRETRAINING.mentions.IDENTITY", (*_, field, name):
            return _entries(field, names.identities, (name,))
        case "streams.OBSERVATION.ownership", (_, name, field):
            return _entries(field, names.streams, (name,))
        case "streams.OBSERVATION.weight", (_, name, _):
            beside = _entries("stream_weight", names.streams, (name,))
            return lambda numbers, x: beside(_of_cells(path, scenario, names)(numbers, x), x)
    return _of_cells(path, scenario, names)


def _whole(field: str) -> Setter:
    return lambda numbers, x: replace(numbers, **{field: namespace(x).asarray(x)})


def _entries(field: str, names: tuple[str, ...], chosen: tuple[str, ...]) -> Setter:
    mask = np.array([name in chosen for name in names], bool)
    return lambda numbers, x: replace(numbers, **{field: _where(mask, x, getattr(numbers, field))})


def _where(mask: Bool[np.ndarray, " K"], x: Number, old: Inexact[AnyArray, "... K"]) -> Inexact[AnyArray, "... K"]:
    """The entries in `mask` set to x, which may have leading axes."""
    if not mask.any():
        return old
    xp = namespace(x, old)
    return xp.where(mask, xp.asarray(x)[..., None], old)


def _of_cells(path: tuple[str, ...], scenario: Scenario, names: Coordinates) -> Setter:
    """Sets the number of every claim and probe that it is, is inherited by, or is a factor of."""
    put = partial(_with, path, scenario)

    def set_all(numbers: Parameters, x: Number) -> Parameters:
        return replace(
            numbers,
            claims=put(numbers.claims, [("streams", s, "claims", d) for s, d in names.facet_claims], x),
            identity_claims=put(
                numbers.identity_claims, [("streams", s, "identity") for s in names.identity_claims], x
            ),
            single=put(numbers.single, [("streams", s, "probes", p) for s, p in names.single], x),
            joint=tuple(
                put(probe, [("streams", s, "probes", p)], x)
                for probe, (s, p) in zip(numbers.joint, names.joint, strict=True)
            ),
        )

    return set_all


def _with[T: (Claims, Probes)](path: Path, scenario: Scenario, rows: T, cells: Sequence[Path], x: Number) -> T:
    """Claims or probes, whose paths are `cells`, with the number at `path` set in those that it reaches."""
    field = str(path[-1])
    factors = [_factor(path, (*cell, field), scenario) for cell in cells]
    mask = np.array([factor is not None for factor in factors], bool)
    if not mask.any():
        return rows
    times, old = np.array([1.0 if factor is None else factor for factor in factors]), getattr(rows, field)
    xp = namespace(x, old)
    return replace(rows, **{field: xp.where(mask, xp.asarray(x)[..., None] * times, old)})


def _factor(path: Path, own: Path, scenario: Scenario) -> float | None:
    """What a number is multiplied by where `own` is a claim's or a probe's; None where it does not reach it."""
    stream = (*own[:2], own[-1])
    row = scenario.number_keys().get(own)
    if path not in (own, stream):
        return None
    if row is None:
        return 1.0
    if row.inherits:
        return 1.0 if path == own or scenario.inherited(*own) else None
    return scenario.number(*(stream if path == own else own))
