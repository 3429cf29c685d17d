"""Scenario and evidence, as what they add to the log probability of every identity and value.

Everything that depends on *which* numbers a scenario has ends here: the log evidence sees only potentials.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Inexact, Int, Num

from bayes_self.model.arrays import AnyArray, namespace
from bayes_self.model.log_domain import power
from bayes_self.model.parameters import Claims, Masks, Parameters, Probes
from bayes_self.model.streams.doubt import Doubts, doubted, has_doubt
from bayes_self.model.streams.observations import Tables, likelihoods, log_likelihood
from bayes_self.model.streams.pretraining import log_prior, profiles
from bayes_self.model.streams.spec import allowed_facets, allowed_identities, facet_claims, identity_claims


class Heard(NamedTuple):
    """What streams of one's own say, in nats; -inf forbids."""

    of_me: Num[AnyArray, "... S D V"]
    """log P(heard given a value of mine), of a stream that is about me."""
    of_part: Num[AnyArray, "... S D V"]
    """The same of the part's values, of a stream that is about the part."""
    constant: Num[AnyArray, "... S"]
    """log P(heard), of a stream that is about the part, whatever the part's values."""


class Counts(NamedTuple):
    """Evidence as arrays: how often each outcome of each probe was observed, and what else was heard."""

    single: Num[AnyArray, "... P O"]
    joint: tuple[Num[AnyArray, "... 1 O"], ...]
    heard: Heard | None = None


@dataclass(frozen=True)
class Potentials:
    """What the log evidence sums over. Logarithms are in nats; every array may have leading axes."""

    log_prior: Inexact[AnyArray, "... J"]
    """log P(self-model): of the identities written down (H), then of every mask."""
    profile: Inexact[AnyArray, "... J D V"]
    """P(value given self-model), coherence and salience applied."""
    claimed_identities: Inexact[AnyArray, "... J"]
    """What the claims say of each self-model."""
    claimed_facets: Inexact[AnyArray, "... D V"]
    """What the claims say of each value."""
    allowed_identities: Inexact[AnyArray, "... H"]
    """-inf where the part cannot be the identity, because another is claimed; else 0."""
    allowed_facets: Inexact[AnyArray, "... D V"]
    """The same of the part's values."""
    ownership: Inexact[AnyArray, "... S"]
    """P(stream is about me), where the part is possible."""
    observed: Inexact[AnyArray, "... S D V"]
    """What the single-facet probes of each stream say of its referent."""
    observed_jointly: tuple[Inexact[AnyArray, "..."], ...]
    """What each joint probe says of its stream's referent (an axis for each of its facets)."""
    heard: Heard | None
    """What streams of one's own say, weighted."""
    common: Inexact[AnyArray, "..."]
    """The part of the log likelihood that is the same whatever the values and whoever the referent."""
    tables: Tables
    """P(outcome given values) of every probe, errors included."""
    doubts: tuple[Doubts, tuple[Doubts, ...]] | None
    """Whether each probe is broken, single-facet ones and joint ones; None where nothing is doubted."""
    scopes: tuple[tuple[int, ...], ...] = field(metadata={"static": True})
    """The facets of each joint probe."""
    streams: tuple[int, ...] = field(metadata={"static": True})
    """The stream of each joint probe."""
    beneath: tuple[int, ...] = field(metadata={"static": True})
    """The identity beneath each self-model; of an identity itself."""
    covered: tuple[int, ...] = field(metadata={"static": True})
    """The facets on which a mask may show: on all others "g as h" is as g."""


def potentials(numbers: Parameters, counts: Counts) -> Potentials:
    """All potentials of a scenario whose numbers are `numbers`, with evidence `counts`."""
    xp = namespace_of(numbers, counts)
    single, joint = tables = likelihoods(xp, numbers)
    every = [(numbers.single, single, counts.single, 1)]
    every += [
        (probe, table, seen, len(scope))
        for table, probe, seen, scope in zip(joint, numbers.joint, counts.joint, numbers.joint_scopes, strict=True)
    ]
    said, doubts, in_doubt = [], [], any(has_doubt(probes) for probes, *_ in every)
    for probes, table, seen, n_axes in every:
        x = seen * probes.weight[..., None]
        depends, common = log_likelihood(xp, table, x, n_axes)
        if in_doubt:
            depends, common, of_probe = doubted(xp, probes, depends, common, x, n_axes)
            doubts.append(of_probe)
        said.append((depends, common))
    (depends, common), *jointly = said
    return Potentials(
        log_prior=log_prior(xp, numbers),
        profile=profiles(numbers),
        claimed_identities=identity_claims(xp, numbers),
        claimed_facets=facet_claims(xp, numbers),
        allowed_identities=allowed_identities(xp, numbers),
        allowed_facets=allowed_facets(xp, numbers),
        ownership=numbers.ownership,
        observed=_by_stream(xp, depends, numbers),
        observed_jointly=tuple(
            said[(..., 0, *(slice(None),) * len(scope))]
            for (said, _), scope in zip(jointly, numbers.joint_scopes, strict=True)
        ),
        heard=None if counts.heard is None else _weighted(xp, counts.heard, numbers.stream_weight),
        common=sum((same[..., 0] for _, same in jointly), xp.sum(common, axis=-1)),
        tables=tables,
        doubts=(doubts[0], tuple(doubts[1:])) if in_doubt else None,
        scopes=numbers.joint_scopes,
        streams=numbers.joint_streams,
        beneath=(*range(numbers.prior.shape[-1]), *numbers.masks.beneath),
        covered=_covered(numbers.masks),
    )


def _covered(masks: Masks) -> tuple[int, ...]:
    shows = np.ones(masks.covers.shape, bool) if not isinstance(masks.covers, np.ndarray) else masks.covers != 0
    return tuple(np.flatnonzero(shows.reshape(-1, shows.shape[-1]).any(0)).tolist()) if masks.worn else ()


def _by_stream(xp: Any, depends: Inexact[AnyArray, "... P V"], numbers: Parameters) -> Inexact[AnyArray, "... S D V"]:
    """What the probes of each stream say of each facet, added up."""
    n_streams, n_facets = numbers.ownership.shape[-1], numbers.base.shape[-2]
    cell = np.asarray(numbers.single.stream) * n_facets + np.asarray(numbers.single.facet)[:, 0]
    silence = xp.zeros((*depends.shape[:-2], 1, depends.shape[-1]))
    every = xp.concatenate([depends, silence], axis=-2)
    said = sum(every[..., probes, :] for probes in _in_turn(cell, n_streams * n_facets))
    return xp.reshape(said, (*depends.shape[:-2], n_streams, n_facets, depends.shape[-1]))


def _in_turn(cell: Int[np.ndarray, " P"], n_cells: int) -> Int[np.ndarray, "K C"]:
    """The position of the first probe of each cell, then of the second, and so on; -1 where a cell has no more."""
    probes = np.argsort(cell, kind="stable")
    turn = np.arange(len(cell)) - np.searchsorted(cell[probes], cell[probes])
    found = np.full((int(np.max(turn, initial=0)) + 1, n_cells), -1)
    found[turn, cell[probes]] = probes
    return found


def _weighted(xp: Any, heard: Heard, weight: Inexact[AnyArray, "... S"]) -> Heard:
    per_value = weight[..., None, None]
    return Heard(
        power(xp, heard.of_me, per_value), power(xp, heard.of_part, per_value), power(xp, heard.constant, weight)
    )


def namespace_of(numbers: Parameters, counts: Counts | None = None) -> Any:
    """NumPy, unless some number or count is an array of another library."""
    every = [vars(numbers), *(vars(part) for part in _parts(numbers))]
    seen = [] if counts is None else [counts.single, *counts.joint, *(counts.heard or ())]
    return namespace(*(array for fields in every for array in fields.values()), *seen)


def _parts(numbers: Parameters) -> tuple[Claims | Masks | Probes, ...]:
    return numbers.masks, numbers.claims, numbers.identity_claims, numbers.single, *numbers.joint
