"""Numbers by their dotted key: where in the arrays `streams.rl.reliability` is, and how to put another number there.

A sweep, a derivative and an inference all ask the same of a key: a function from a number to `Parameters`.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from jaxtyping import Bool, Inexact

from bayes_self.errors import Fault, ScenarioError
from bayes_self.model.arrays import AnyArray, namespace
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.parameters import Parameters, Probes
from bayes_self.scenario import Scenario
from bayes_self.scenario.keys import split
from bayes_self.scenario.stream_schema import Claim, ObservationStream, PretrainingStream, SpecStream

Number = Inexact[AnyArray, "..."] | float
Setter = Callable[[Parameters, Number], Parameters]
"""Puts a number where a key points; pure, and differentiable in the number."""


def setter(key: str, scenario: Scenario, names: Coordinates) -> tuple[Setter, float]:
    """How to set the number that a dotted key names, and what the scenario says it is.

    Keys are the file's: `coherence`, `salience` (a number for all facets) or `salience.FACET`; `identities.H.prior` and
    `.bits`; `streams.S.weight`, `.reliability`, `.ownership`; a probe's or a claim's own `reliability` or `weight`;
    `streams.S.mentions.H`. A stream's reliability is that of its claims, readings and probes without one of their own.

    Raises:
        ScenarioError: the key names no number of the scenario.

    """
    match [str(part) for part in split(key)]:
        case ["coherence"]:
            return _whole("coherence"), scenario.coherence
        case ["salience"] if not isinstance(scenario.salience, dict):
            return _entries("salience", np.ones(len(names.facets), bool)), scenario.salience
        case ["salience", facet] if facet in names.facets:
            return _entries("salience", np.array([name == facet for name in names.facets])), scenario.salience_of(facet)
        case ["identities", h, ("prior" | "bits") as field] if h in names.identities:
            mask = np.array([name == h for name in names.identities])
            return _entries(field, mask), getattr(scenario.identities[h], field)
        case ["streams", s, *rest] if s in scenario.streams:
            if found := _of_stream(s, rest, scenario, names):
                return found
    raise ScenarioError(
        [
            Fault(
                key,
                None,
                "a key that names no number",
                "coherence, salience, or a prior, bits, weight, reliability, ownership or mentions of the scenario",
            )
        ],
        scenario.name,
    )


def _of_stream(s: str, rest: list[str], scenario: Scenario, names: Coordinates) -> tuple[Setter, float] | None:
    match scenario.streams[s], rest:
        case PretrainingStream() as stream, ["weight"]:
            return _whole("pretraining_weight"), stream.weight
        case PretrainingStream() as stream, ["mentions", h] if h in names.identities:
            mask = np.array([name == h for name in names.identities])
            return _entries("mentions", mask), stream.mentions.get(h, 1.0)
        case SpecStream() as stream, [("weight" | "reliability") as field]:
            apart = {
                d for d, claim in stream.claims.items() if field == "reliability" and claim.reliability is not None
            }
            facets = [name == s and d not in apart for name, d in names.facet_claims]
            mine = field == "reliability" and stream.identity is not None and stream.identity.reliability is not None
            me = [name == s and not mine for name in names.identity_claims]
            return _of_claims(field, np.array(facets, bool), np.array(me, bool)), getattr(stream, field)
        case SpecStream() as stream, ["claims", d, "reliability"] if d in stream.claims:
            facets = np.array([cell == (s, d) for cell in names.facet_claims], bool)
            return _of_claims("reliability", facets, np.zeros(len(names.identity_claims), bool)), _either(
                stream.claims[d].reliability, stream.reliability
            )
        case SpecStream(identity=Claim() as claim) as stream, ["identity", "reliability"]:
            me = np.array([name == s for name in names.identity_claims], bool)
            put = _of_claims("reliability", np.zeros(len(names.facet_claims), bool), me)
            return put, _either(claim.reliability, stream.reliability)
        case ObservationStream() as stream, ["ownership"]:
            return _entries("ownership", np.array([name == s for name in names.streams])), stream.ownership
        case ObservationStream() as stream, ["reliability"]:
            given = {name for name, probe in stream.probes.items() if probe.reliability is not None}
            return _of_probes(
                "reliability", lambda cell: cell[0] == s and cell[1] not in given, names
            ), stream.reliability
        case ObservationStream() as stream, ["weight"]:
            share = {name: probe.weight for name, probe in stream.probes.items()}
            of_probes = _of_probes("weight", lambda cell: cell[0] == s, names, share)
            beside = _entries("stream_weight", np.array([name == s for name in names.streams]))
            return (lambda numbers, x: beside(of_probes(numbers, x), x)), stream.weight
        case ObservationStream() as stream, ["probes", p, "reliability"] if p in stream.probes:
            value = _either(stream.probes[p].reliability, stream.reliability)
            return _of_probes("reliability", lambda cell: cell == (s, p), names), value
        case ObservationStream() as stream, ["probes", p, "weight"] if p in stream.probes:
            whole = _of_probes("weight", lambda cell: cell == (s, p), names, {p: stream.weight})
            return whole, stream.probes[p].weight
    return None


def _either(own: float | None, inherited: float) -> float:
    return inherited if own is None else own


def _whole(field: str) -> Setter:
    return lambda numbers, x: replace(numbers, **{field: namespace(x).asarray(x)})


def _entries(field: str, mask: Bool[np.ndarray, " N"]) -> Setter:
    return lambda numbers, x: replace(numbers, **{field: _where(mask, x, getattr(numbers, field))})


def _where(mask: Bool[np.ndarray, " K"], x: Number, old: Inexact[AnyArray, "... K"]) -> Inexact[AnyArray, "... K"]:
    """The entries in `mask` set to x, which may have leading axes."""
    if not mask.any():
        return old
    xp = namespace(x, old)
    return xp.where(mask, xp.asarray(x)[..., None], old)


def _of_claims(field: str, facets: Bool[np.ndarray, " C"], me: Bool[np.ndarray, " I"]) -> Setter:
    def put(numbers: Parameters, x: Number) -> Parameters:
        claims = replace(numbers.claims, **{field: _where(facets, x, getattr(numbers.claims, field))})
        mine = replace(numbers.identity_claims, **{field: _where(me, x, getattr(numbers.identity_claims, field))})
        return replace(numbers, claims=claims, identity_claims=mine)

    return put


def _of_probes(
    field: str,
    chosen: Callable[[tuple[str, str]], bool],
    names: Coordinates,
    share: dict[str, float] | None = None,
) -> Setter:
    """`share` is what the number is multiplied by for each probe: a probe's weight is its stream's times its own."""
    factor = share or {}

    def put(numbers: Parameters, x: Number) -> Parameters:
        single = _with(numbers.single, names.single, x)
        joint = tuple(_with(probe, (cell,), x) for probe, cell in zip(numbers.joint, names.joint, strict=True))
        return replace(numbers, single=single, joint=joint)

    def _with(probes: Probes, cells: tuple[tuple[str, str], ...], x: Number) -> Probes:
        mask, old = np.array([chosen(cell) for cell in cells], bool), getattr(probes, field)
        if not mask.any():
            return probes
        times, xp = np.array([factor.get(cell[1], 1.0) for cell in cells]), namespace(x, old)
        return replace(probes, **{field: xp.where(mask, xp.asarray(x)[..., None] * times, old)})

    return put
