"""The work: a self-model of a given size, readings of its facets, and weights of two streams of them."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

Sizes = tuple[int, int, int]
"""Identities, facets, values."""

SIZES: tuple[Sizes, ...] = ((4, 12, 3), (64, 64, 4), (256, 256, 8))

RELIABILITY = 0.7
"""Of readings: the chance that one shows the value; else it shows any."""


class Answer(NamedTuple):
    """The beliefs under n settings, None for what is not computed."""

    log_evidence: np.ndarray | None
    """(n,), nats."""
    identities: np.ndarray | None
    """P(identity), (n, H)."""
    facets: np.ndarray | None
    """P(value), (n, D, V)."""


@dataclass(frozen=True)
class Problem:
    """One self-model."""

    log_prior: np.ndarray
    """log P(identity), (H,), nats."""
    profile: np.ndarray
    """P(value given identity), (H, D, V)."""

    @property
    def sizes(self) -> Sizes:
        """Identities, facets, values."""
        n_identities, n_facets, n_values = self.profile.shape
        return n_identities, n_facets, n_values

    @cached_property
    def streams(self) -> np.ndarray:
        """The log potentials of the two streams whose weights a sweep changes (2, D, V), nats."""
        return of_counts(counts(self, 2))


def problem(sizes: Sizes) -> Problem:
    """A random self-model, the same every time."""
    n_identities, n_facets, n_values = sizes
    rng = np.random.default_rng(sizes)
    return Problem(
        np.log(rng.dirichlet(np.ones(n_identities))), rng.dirichlet(np.ones(n_values), (n_identities, n_facets))
    )


def counts(given: Problem, n: int) -> np.ndarray:
    """How often each value of each facet was read, n times (n, D, V)."""
    return np.random.default_rng((*given.sizes, 3)).poisson(0.5, size=(n, *given.sizes[1:])).astype(float)


def of_counts(read: np.ndarray) -> np.ndarray:
    """Log potentials of readings (n, D, V), nats."""
    right, any_other = RELIABILITY + (1 - RELIABILITY) / read.shape[-1], (1 - RELIABILITY) / read.shape[-1]
    return read * np.log(right) + (read.sum(-1, keepdims=True) - read) * np.log(any_other)


def grid(n: int) -> tuple[np.ndarray, np.ndarray]:
    """The weights of each of the two streams, whose combinations are n points, as near to a square as they can be."""
    rows = next(r for r in range(math.isqrt(n), 0, -1) if n % r == 0)
    return np.linspace(0, 2, rows), np.linspace(0, 2, n // rows)


def weights(given: Problem, n: int) -> np.ndarray:
    """The points of the grid (n, 2)."""
    return np.stack(np.meshgrid(*grid(n), indexing="ij"), -1).reshape(n, 2)


def largest_difference(one: Answer, other: Answer) -> float:
    """The largest difference between two answers, over what both computed."""
    both = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return max(float(np.abs(a - b).max()) for a, b in both)
