"""The work: a self-model of a given size, and settings of its evidence, of weights, or of its prior."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

Sizes = tuple[int, int, int]
"""Identities, facets, values."""

SIZES: tuple[Sizes, ...] = ((4, 12, 3), (64, 64, 4), (256, 256, 8))

RELIABILITY = 0.7
"""Of readings, where evidence is counts of them."""


class Answer(NamedTuple):
    """The beliefs under n settings, None for what is not computed."""

    log_evidence: np.ndarray | None
    """(n,), nats."""
    identities: np.ndarray | None
    """P(identity), (n, H)."""
    facets: np.ndarray | None
    """P(value), (n, D, V)."""
    spectrum: np.ndarray | None = None
    """Eigenvalues of the landscape spectrum, ascending, (n, D (V - 1))."""


@dataclass(frozen=True)
class Problem:
    """One self-model, with evidence of it."""

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
        """The log potentials of two streams, (2, D, V), nats."""
        return np.random.default_rng((*self.sizes, 1)).normal(size=(2, *self.sizes[1:]))

    def at(self, log_prior: np.ndarray) -> "Problem":
        """The same with another prior."""
        return replace(self, log_prior=log_prior)


def problem(sizes: Sizes) -> Problem:
    """A random self-model, the same every time."""
    n_identities, n_facets, n_values = sizes
    rng = np.random.default_rng(sizes)
    return Problem(
        np.log(rng.dirichlet(np.ones(n_identities))), rng.dirichlet(np.ones(n_values), (n_identities, n_facets))
    )


Settings = Callable[[Problem, int, int], np.ndarray]
"""The settings from one number to another, the same however they are cut."""


def potentials(given: Problem, start: int, stop: int) -> np.ndarray:
    """Log potentials of facet values (n, D, V), nats."""
    assert start == 0
    return np.random.default_rng((*given.sizes, 2)).normal(size=(stop, *given.sizes[1:]))


def weights(given: Problem, start: int, stop: int) -> np.ndarray:
    """Weights of the two streams (n, 2): a grid of 1,000 × 1,000."""
    row, column = np.divmod(np.arange(start, stop), 1000)
    return np.stack([row, column], -1) / 999 * 2


def priors(given: Problem, start: int, stop: int) -> np.ndarray:
    """Logarithms of priors (n, H), nats: from even to steep ones."""
    steepness = np.linspace(0, 2, 1_000_000)[start:stop, None]
    drawn = steepness * given.log_prior
    return drawn - np.log(np.exp(drawn).sum(-1, keepdims=True))


def counts(given: Problem, start: int, stop: int) -> np.ndarray:
    """How often each value of each facet was read (n, D, V)."""
    assert start == 0
    return np.random.default_rng((*given.sizes, 3)).poisson(0.5, size=(stop, *given.sizes[1:])).astype(float)


def of_counts(read: np.ndarray) -> np.ndarray:
    """Log potentials of readings (n, D, V), nats: a reading tells the value with `RELIABILITY`, else any."""
    right, any_other = RELIABILITY + (1 - RELIABILITY) / read.shape[-1], (1 - RELIABILITY) / read.shape[-1]
    return read * np.log(right) + (read.sum(-1, keepdims=True) - read) * np.log(any_other)


def largest_difference(one: Answer, other: Answer) -> float:
    """The largest difference between two answers, over what both computed; nan where one is none."""
    both = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return max(float(np.abs(a - b).max()) for a, b in both)
