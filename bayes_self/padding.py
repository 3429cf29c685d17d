"""One shape for scenarios that differ only in how much is said or tried, so that saying less or more compiles nothing.

What is added says nothing: claims of weight 0, and turns that are not taken.
"""

from dataclasses import replace

import numpy as np
from jaxtyping import Int

from bayes_self.arrays import AnyArray
from bayes_self.parameters import Claims, Parameters

_FEWEST_TURNS = 512


def evenly_claimed(numbers: Parameters) -> Parameters:
    """The same numbers with claims of weight 0 added.

    There are then a multiple of the number of facets of them, and, of those that say "you are h", a power of two.
    """
    n_facets = numbers.base.shape[0]
    facets, identities = len(numbers.claims.weight), len(numbers.identity_claims.weight)
    return replace(
        numbers,
        claims=_padded(numbers.claims, n_facets * max(1, -(-facets // n_facets))),
        identity_claims=_padded(numbers.identity_claims, _power_of_two(identities)),
    )


def even_turns(probes: Int[np.ndarray, " step"]) -> Int[np.ndarray, " even"]:
    """The probes in the order in which they are tried, filled up to a power of two by some that are not."""
    size = max(_FEWEST_TURNS, _power_of_two(len(probes)))
    return np.concatenate([probes, np.zeros(size - len(probes), dtype=probes.dtype)])


def _padded(claims: Claims, size: int) -> Claims:
    def filled(array: AnyArray) -> np.ndarray:
        return np.concatenate([np.asarray(array), np.zeros(size - len(array), dtype=np.asarray(array).dtype)])

    return Claims(*map(filled, (claims.subject, claims.answer, claims.reliability, claims.weight)))


def _power_of_two(n: int) -> int:
    return 1 << max(0, n - 1).bit_length()
