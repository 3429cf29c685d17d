"""Leaving things out: streams, or claims, and with claims what hangs on them (the part, and errors that follow it)."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from jaxtyping import Bool

from bayes_self.arrays import AnyArray
from bayes_self.coordinates import Coordinates
from bayes_self.parameters import Parameters, with_claim_weights
from bayes_self.potentials import Counts, Heard

IDENTITY = "identity"
"""What "you are h" is about, where a facet's name would stand; no facet may be called so."""


def without_streams(
    numbers: Parameters, counts: Counts, names: Coordinates, left_out: Collection[str]
) -> tuple[Parameters, Counts]:
    """The numbers and the evidence as if the named streams had never been.

    Leaving pretraining out removes its mentions; salience stays, which is a trait of the self-model and not evidence.
    """
    if names.pretraining in left_out:
        numbers = replace(numbers, pretraining_weight=np.zeros(()))
    numbers = with_claim_weights(
        numbers,
        _silenced(numbers.claims.weight, [stream in left_out for stream, _ in names.facet_claims]),
        _silenced(numbers.identity_claims.weight, [stream in left_out for stream in names.identity_claims]),
    )
    single = np.where([[stream in left_out] for stream, _ in names.single] or np.zeros((0, 1), bool), 0, counts.single)
    joint = tuple(
        np.zeros_like(seen) if stream in left_out else seen
        for (stream, _), seen in zip(names.joint, counts.joint, strict=True)
    )
    heard = counts.heard and _unheard(counts.heard, np.array([stream in left_out for stream in names.streams]))
    return numbers, Counts(single, joint, heard)


def _unheard(heard: Heard, silent: Bool[np.ndarray, " S"]) -> Heard:
    each = silent[:, None, None]
    return Heard(
        np.where(each, 0.0, heard.of_me), np.where(each, 0.0, heard.of_part), np.where(silent, 0.0, heard.constant)
    )


def without_claims(numbers: Parameters, names: Coordinates, subject: str | None = None) -> Parameters:
    """The numbers without the claims about one facet, without "you are h" (`IDENTITY`), or without any (None)."""
    about = [subject in (None, facet) for _, facet in names.facet_claims]
    return with_claim_weights(
        numbers,
        _silenced(numbers.claims.weight, about),
        _silenced(numbers.identity_claims.weight, [subject in (None, IDENTITY)] * len(names.identity_claims)),
    )


def _silenced(weight: AnyArray, silent: list[bool]) -> np.ndarray:
    return np.where(np.array(silent, dtype=bool), 0.0, weight)


def no_counts(numbers: Parameters) -> Counts:
    """No observations."""
    return Counts(np.zeros(numbers.single.errors.shape), tuple(np.zeros(p.errors.shape) for p in numbers.joint))
