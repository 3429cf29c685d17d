"""The numbers of a scenario, as arrays: everything that the mathematics of section "The model" reads.

A `Parameters` is a tree of arrays with the axes identity (H, those written down), facet (D), value (V), stream (S),
probe (P) and outcome (O). Facets with fewer than V values and probes with fewer than O outcomes are padded with
probability 0. Nothing here is computed yet, so that any number can be replaced, swept, differentiated or inferred
before it is used. Any array may have leading axes (N): settings that are asked about together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from jaxtyping import Inexact, Int, Num

from bayes_self.model.arrays import AnyArray
from bayes_self.model.coordinates import Coordinates
from bayes_self.scenario import Scenario
from bayes_self.scenario.probes import ResolvedProbe
from bayes_self.scenario.stream_schema import ObservationStream, PretrainingStream, SpecStream


@dataclass(frozen=True)
class Claims:
    """What the spec streams say, in the order of the file. A weight of 0 says nothing."""

    subject: Int[AnyArray, "... C"]
    """The facet a claim is about; for "you are h" always 0, there being one identity."""
    answer: Int[AnyArray, "... C"]
    """The value, or the identity, that is claimed."""
    reliability: Inexact[AnyArray, "... C"]
    weight: Inexact[AnyArray, "... C"]


@dataclass(frozen=True)
class Masks:
    """Self-models "g as h": g, who goes by h. Their axis (W) follows that of the identities written down."""

    bits: Inexact[AnyArray, "..."]
    """The price of wearing any mask; infinite where there are none."""
    covers: Inexact[AnyArray, "... D"]
    """How surely a mask shows on each facet; 0 where it covers nothing."""
    beneath: tuple[int, ...] = field(metadata={"static": True})
    """The identity that wears each mask."""
    worn: tuple[int, ...] = field(metadata={"static": True})
    """The identity that each mask shows."""


@dataclass(frozen=True)
class Probes:
    """Probes about one facet (V axes: one) or, joint ones, about several, sharing the shape of their tables."""

    table: Inexact[AnyArray, "..."]
    """P(outcome given values)."""
    reliability: Inexact[AnyArray, "... P"]
    weight: Inexact[AnyArray, "... P"]
    """The stream's weight times the probe's own."""
    doubt: Inexact[AnyArray, "... P"]
    """The probability that a probe says nothing of what it is about."""
    errors: Inexact[AnyArray, "... P O"]
    """Where errors fall: uniform over the outcomes, or a given table."""
    errors_of_part: Inexact[AnyArray, "... P"]
    """1 where errors fall as the part would show instead, else 0."""
    outcomes: Num[AnyArray, " P"]
    """How many outcomes a probe has, padding apart."""
    facet: Int[AnyArray, "P A"]
    """The facets that a probe is about (A: one to three)."""
    stream: Int[AnyArray, " P"]


@dataclass(frozen=True)
class Parameters:
    """Every number of a scenario, in the field's and the file's terms."""

    prior: Inexact[AnyArray, "... H"]
    bits: Inexact[AnyArray, "... H"]
    mentions: Inexact[AnyArray, "... H"]
    pretraining_weight: Inexact[AnyArray, "..."]
    coherence: Inexact[AnyArray, "..."]
    salience: Inexact[AnyArray, "... D"]
    profile: Inexact[AnyArray, "... H D V"]
    """P(value given identity) where it takes a stand, else 0."""
    stands: Inexact[AnyArray, "... H D"]
    """1 where an identity takes a stand on a facet, else 0."""
    base: Inexact[AnyArray, "... D V"]
    n_values: Num[AnyArray, " D"]
    masks: Masks
    claims: Claims
    identity_claims: Claims
    single: Probes
    """All probes about one facet, readings among them."""
    joint: tuple[Probes, ...]
    """Every probe about several facets, each with a probe axis of length one."""
    ownership: Inexact[AnyArray, "... S"]
    stream_weight: Inexact[AnyArray, "... S"]
    """The weight of each observation stream, for what it says beside its probes, which have it in theirs."""
    joint_scopes: tuple[tuple[int, ...], ...] = field(metadata={"static": True})
    """The facets of every joint probe; fixed, because they decide the order of summation."""
    joint_streams: tuple[int, ...] = field(metadata={"static": True})


def parameters_of(scenario: Scenario, coordinates: Coordinates) -> Parameters:
    """The numbers of a scenario as NumPy arrays in float64.

    Shapes are those of `coordinates`; units are those of the file (`bits` in bits, everything else a probability, a
    relative weight or a power).
    """
    facets = [scenario.facets[name] for name in coordinates.facets]
    identities = [scenario.identities[name] for name in coordinates.written]
    shape = (len(identities), len(facets), max(len(facet.values) for facet in facets))
    profile, stands, base = np.zeros(shape), np.zeros(shape[:2]), np.zeros(shape[1:])
    for d, facet in enumerate(facets):
        base[d, : len(facet.values)] = facet.base_probabilities()
        for h, identity in enumerate(identities):
            if stand := identity.profile.get(coordinates.facets[d]):
                stands[h, d] = 1
                profile[h, d, : len(facet.values)] = [stand[value] for value in facet.values]
    single = [probe for probe in scenario.probes() if len(probe.about) == 1]
    joint = [probe for probe in scenario.probes() if len(probe.about) > 1]
    pretraining = next((s for s in scenario.streams.values() if isinstance(s, PretrainingStream)), None)
    observed = [stream for stream in scenario.streams.values() if isinstance(stream, ObservationStream)]
    mentions = pretraining.mentions if pretraining else {}
    facet_claims, identity_claims = _claims(scenario, coordinates)
    return Parameters(
        prior=np.array([identity.prior for identity in identities], dtype=float),
        bits=np.array([identity.bits for identity in identities], dtype=float),
        mentions=np.array([mentions.get(name, 1.0) for name in coordinates.written], dtype=float),
        pretraining_weight=np.array(pretraining.weight if pretraining else 0.0),
        coherence=np.array(scenario.coherence, dtype=float),
        salience=np.array([scenario.salience_of(name) for name in coordinates.facets], dtype=float),
        profile=profile,
        stands=stands,
        base=base,
        n_values=np.array([len(facet.values) for facet in facets], dtype=float),
        masks=_masks(scenario, coordinates),
        claims=facet_claims,
        identity_claims=identity_claims,
        single=_probes(single, scenario, coordinates, shape[2:]),
        joint=tuple(
            _probes(
                [probe],
                scenario,
                coordinates,
                tuple(len(scenario.facets[name].values) for name in probe.about),
            )
            for probe in joint
        ),
        ownership=np.array([stream.ownership for stream in observed], dtype=float),
        stream_weight=np.array([stream.weight for stream in observed], dtype=float),
        joint_scopes=tuple(tuple(map(coordinates.facets.index, probe.about)) for probe in joint),
        joint_streams=tuple(coordinates.streams.index(probe.stream) for probe in joint),
    )


def _masks(scenario: Scenario, coordinates: Coordinates) -> Masks:
    of = scenario.masks
    return Masks(
        bits=np.array(np.inf if of is None else of.bits),
        covers=np.array([0.0 if of is None else of.covers.get(facet, 0.0) for facet in coordinates.facets]),
        beneath=tuple(g for g, _ in coordinates.masks),
        worn=tuple(h for _, h in coordinates.masks),
    )


def _claims(scenario: Scenario, coordinates: Coordinates) -> tuple[Claims, Claims]:
    facets, identities = [], []
    for stream in scenario.streams.values():
        if not isinstance(stream, SpecStream):
            continue
        for name, claim in stream.claims.items():
            rho = stream.reliability if claim.reliability is None else claim.reliability
            d = coordinates.facets.index(name)
            facets.append((d, coordinates.values[d].index(claim.value), rho, stream.weight))
        if claim := stream.identity:
            rho = stream.reliability if claim.reliability is None else claim.reliability
            identities.append((0, coordinates.identities.index(claim.value), rho, stream.weight))
    return _as_claims(facets), _as_claims(identities)


def _as_claims(rows: Iterable[tuple[int, int, float, float]]) -> Claims:
    subject, answer, reliability, weight = np.array(list(rows), dtype=float).reshape(-1, 4).T
    return Claims(subject.astype(int), answer.astype(int), reliability, weight)


def _probes(
    probes: list[ResolvedProbe], scenario: Scenario, coordinates: Coordinates, shape: tuple[int, ...]
) -> Probes:
    """Stack probes, each table padded with zeros to `shape` and to the largest number of outcomes."""
    n, n_outcomes = len(probes), max((len(probe.outcomes) for probe in probes), default=1)
    table, errors = np.zeros((n, *shape, n_outcomes)), np.zeros((n, n_outcomes))
    for p, probe in enumerate(probes):
        table[(p, *(slice(size) for size in probe.table.shape))] = probe.table
        fallible = probe.errors if isinstance(probe.errors, np.ndarray) else 1 / len(probe.outcomes)
        errors[p, : len(probe.outcomes)] = fallible
    return Probes(
        table=table,
        reliability=np.array([probe.reliability for probe in probes], dtype=float),
        weight=np.array([probe.weight * scenario.streams[probe.stream].weight for probe in probes], dtype=float),
        doubt=np.array([probe.doubt for probe in probes], dtype=float),
        errors=errors,
        errors_of_part=np.array([isinstance(p.errors, str) and p.errors == "part" for p in probes], dtype=float),
        outcomes=np.array([len(probe.outcomes) for probe in probes], dtype=float),
        facet=np.array([[coordinates.facets.index(d) for d in p.about] for p in probes], dtype=int).reshape(
            n, max(len(shape), 1)
        ),
        stream=np.array([coordinates.streams.index(probe.stream) for probe in probes], dtype=int),
    )


def with_claim_weights(
    numbers: Parameters, facets: Inexact[AnyArray, "... C"], identities: Inexact[AnyArray, "... I"]
) -> Parameters:
    """The same numbers with other weights of the claims: those about facets, and those that say "you are h"."""
    return replace(
        numbers,
        claims=replace(numbers.claims, weight=facets),
        identity_claims=replace(numbers.identity_claims, weight=identities),
    )
