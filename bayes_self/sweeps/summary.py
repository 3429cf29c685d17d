"""A sweep in a few numbers: on what share of its points each identity and each answer is the likeliest."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import xarray as xr

from bayes_self.scenario.parts import VERDICTS

_AT_ONCE = 2**18
"""Points that are read together."""


@dataclass(frozen=True)
class Summary:
    """Shares of the points of a sweep; where the evidence is impossible, nothing is likeliest."""

    points: int
    impossible: int
    """Points at which no self-model allows the evidence."""
    identities: dict[str, float]
    """{identity: share of the points at which it is the likeliest}."""
    facets: dict[str, dict[str, float]]
    """The same for the values of each facet."""
    verdicts: dict[str, dict[str, float]]
    """{facet: {verdict: share}}, verdicts that occur."""


def summary(found: xr.Dataset) -> Summary:
    """Count what is likeliest where, a part of the points at a time."""
    identities = [str(name) for name in found["identity"].values]
    answers = [
        (str(facet), str(value)) for facet, value in zip(found["facet"].values, found["value"].values, strict=True)
    ]
    facets = [str(name) for name in found["facet_name"].values]
    leads, tops = np.zeros(len(identities), int), np.zeros(len(answers), int)
    verdicts, possible, points = np.zeros((len(facets), len(VERDICTS)), int), 0, 0
    columns = {facet: np.flatnonzero([own == facet for own, _ in answers]) for facet in facets}
    for part in _parts(found["log_evidence"].shape):
        fine = np.isfinite(found["log_evidence"][part].values).ravel()
        points, possible = points + fine.size, possible + int(fine.sum())
        p = found["identities"][part].values.reshape(-1, len(identities))[fine]
        leads += np.bincount(p.argmax(1), minlength=len(identities))
        q = found["facets"][part].values.reshape(-1, len(answers))[fine]
        codes = found["verdicts"][part].values.reshape(-1, len(facets))[fine]
        for d, own in enumerate(columns.values()):
            tops[own] += np.bincount(q[:, own].argmax(1), minlength=len(own))
            verdicts[d] += np.bincount(codes[:, d], minlength=len(VERDICTS))
    share = 1 / max(points, 1)
    return Summary(
        points,
        points - possible,
        {name: float(n * share) for name, n in zip(identities, leads, strict=True)},
        {facet: {answers[i][1]: float(tops[i] * share) for i in own} for facet, own in columns.items()},
        {
            facet: {name: float(n * share) for name, n in zip(VERDICTS, verdicts[d], strict=True) if n}
            for d, facet in enumerate(facets)
        },
    )


def _parts(shape: tuple[int, ...]) -> Iterator[tuple[slice, ...]]:
    """Regions of at most so many points, cut along the first dimensions."""
    sizes, room = [], _AT_ONCE
    for n in reversed(shape):
        sizes.append(min(n, max(1, room)))
        room //= sizes[-1]
    sizes.reverse()
    for corner in product(*(range(0, n, size) for n, size in zip(shape, sizes, strict=True))):
        yield tuple(slice(start, start + size) for start, size in zip(corner, sizes, strict=True))
