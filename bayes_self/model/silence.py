"""Leaving things out: streams, or claims, and with claims what hangs on them (the part, and errors that follow it).

What is left out is a setting along a leading axis, so that many of them are asked about at once.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Bool

from bayes_self.model.arrays import AnyArray
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.parameters import Parameters, with_claim_weights
from bayes_self.model.potentials import Counts, Heard

IDENTITY = "identity"
"""What "you are h" is about, where a facet's name would stand; no facet may be called so."""


def without_streams(
    numbers: Parameters, counts: Counts, names: Coordinates, left_out: Sequence[Collection[str]]
) -> tuple[Parameters, Counts]:
    """The numbers and the evidence as if the named streams had never been; a leading axis, one row for each set.

    Leaving pretraining out removes its mentions; salience stays, which is a trait of the self-model and not evidence.
    """

    def speaks(streams: Sequence[str]) -> Bool[np.ndarray, "W N"]:
        rows = [[stream not in gone for stream in streams] for gone in left_out]
        return np.array(rows, dtype=bool).reshape(len(left_out), len(streams))

    if names.pretraining is not None:
        weight = numbers.pretraining_weight * speaks([names.pretraining])[:, 0]
        numbers = replace(numbers, pretraining_weight=weight)
    numbers = with_claim_weights(
        numbers,
        numbers.claims.weight * speaks([stream for stream, _ in names.facet_claims]),
        numbers.identity_claims.weight * speaks(names.identity_claims),
    )
    single = counts.single * speaks([stream for stream, _ in names.single])[..., None]
    joint = tuple(
        seen * speaks([stream])[..., None] for (stream, _), seen in zip(names.joint, counts.joint, strict=True)
    )
    heard = None if counts.heard is None else _still_heard(counts.heard, speaks(names.streams))
    return numbers, Counts(single, joint, heard)


def _still_heard(heard: Heard, speaks: Bool[np.ndarray, "W S"]) -> Heard:
    each = speaks[..., None, None]
    return Heard(
        np.where(each, heard.of_me, 0.0), np.where(each, heard.of_part, 0.0), np.where(speaks, heard.constant, 0.0)
    )


def without_claims(numbers: Parameters, names: Coordinates, subject: str | None = None) -> Parameters:
    """The numbers without the claims about one facet, without "you are h" (`IDENTITY`), or without any (None)."""
    return _speaking(numbers, names, [subject], lambda rows: rows[0])


def without_claims_on_each(
    numbers: Parameters, names: Coordinates, subjects: Sequence[str | None], before: int = 0
) -> Parameters:
    """The same for several subjects, along a new axis before so many leading axes that the numbers have."""
    return _speaking(numbers, names, subjects, lambda rows: rows.reshape(len(rows), *(1,) * before, rows.shape[1]))


def subjects(names: Coordinates) -> tuple[str, ...]:
    """What is claimed: "identity", if "you are h" is said, and every facet with a claim, in the order of the facets."""
    claimed = {facet for _, facet in names.facet_claims}
    return (*([IDENTITY] if names.identity_claims else []), *(facet for facet in names.facets if facet in claimed))


def _speaking(numbers: Parameters, names: Coordinates, subjects: Sequence[str | None], rows: AnyArray) -> Parameters:
    about = [[subject not in (None, facet) for _, facet in names.facet_claims] for subject in subjects]
    me = [[subject not in (None, IDENTITY)] * len(names.identity_claims) for subject in subjects]
    shape = len(subjects)
    return with_claim_weights(
        numbers,
        numbers.claims.weight * rows(np.array(about, dtype=float).reshape(shape, len(names.facet_claims))),
        numbers.identity_claims.weight * rows(np.array(me, dtype=float).reshape(shape, len(names.identity_claims))),
    )


def no_counts(numbers: Parameters) -> Counts:
    """No observations."""
    return Counts(np.zeros(numbers.single.errors.shape), tuple(np.zeros(p.errors.shape) for p in numbers.joint))
