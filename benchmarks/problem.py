"""The work: a self-model of a given size, and settings of its evidence."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

SIZES = ((4, 12, 3), (64, 64, 4), (256, 256, 8))
"""Identities, facets, values."""

N_SETTINGS = 10_000


class Answer(NamedTuple):
    """The beliefs under n settings: log evidence (n,), None if not computed; P(identity) (n, H); P(value) (n, D, V)."""

    log_evidence: np.ndarray | None
    identities: np.ndarray
    facets: np.ndarray | None


@dataclass(frozen=True)
class Problem:
    """One self-model, and log potentials of facet values (N, D, V), in nats, to be believed under."""

    log_prior: np.ndarray
    profile: np.ndarray
    log_facets: np.ndarray

    @property
    def name(self) -> str:
        """Identities, facets, values."""
        return ", ".join(map(str, self.profile.shape))


def problem(sizes: tuple[int, int, int]) -> Problem:
    """A random problem, the same every time."""
    n_identities, n_facets, n_values = sizes
    rng = np.random.default_rng(sizes)
    return Problem(
        np.log(rng.dirichlet(np.ones(n_identities))),
        rng.dirichlet(np.ones(n_values), (n_identities, n_facets)),
        rng.normal(size=(N_SETTINGS, n_facets, n_values)),
    )


def largest_difference(one: Answer, other: Answer) -> float:
    """The largest difference between two answers, over what both computed."""
    return max(float(np.abs(a - b).max()) for a, b in zip(one, other, strict=True) if a is not None and b is not None)
