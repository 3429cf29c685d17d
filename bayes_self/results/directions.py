"""Directions of the landscape spectrum in words: which traits go together, and against which."""

from collections import Counter

import numpy as np
from jaxtyping import Float

from bayes_self.model.arrays import AnyArray
from bayes_self.model.coordinates import Coordinates

_HEARD = 0.35
"""The share of the largest score that a trait needs to be named (an argument)."""
_MOST = 3
"""Traits named on either side."""


def direction_in_words(scores: Float[AnyArray, "D V"], believed: Float[AnyArray, "D V"], names: Coordinates) -> str:
    """The traits of a direction, as in "language model + 2020s against human brain + 1960s".

    One trait of a facet on either side, the largest scores first; the side that is believed opens.
    """
    side = 1.0 if float((np.asarray(scores) * np.asarray(believed)).sum()) >= 0 else -1.0
    return f"{_traits(side * np.asarray(scores), names)} against {_traits(-side * np.asarray(scores), names)}"


def _traits(scores: Float[np.ndarray, "D V"], names: Coordinates) -> str:
    """The traits that score highest."""
    shared = Counter(value for values in names.values for value in values)
    found = []
    for d, (facet, values) in enumerate(zip(names.facets, names.values, strict=True)):
        v = int(scores[d, : len(values)].argmax())
        label = f"{facet}: {values[v]}" if shared[values[v]] > 1 else values[v]
        found.append((float(scores[d, v]), label))
    found.sort(key=lambda trait: -trait[0])
    loud = [label for score, label in found if score >= _HEARD * np.abs(scores).max()] or [found[0][1]]
    more = [f"{len(loud) - _MOST} more"] if len(loud) > _MOST else []
    return " + ".join([*loud[:_MOST], *more])
