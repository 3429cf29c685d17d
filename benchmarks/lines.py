"""The lines of the table: what is asked, how much of it, and who answers. The first of each line is ours."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.problem import Problem, Sizes, counts, of_counts, weights

OF_THEIR_OWN = {"pymdp_contender": ("inferactively-pymdp>=1.0",)}
"""Contenders whose requirements conflict with ours, and what each needs: they run in an environment of their own."""


def _as_they_are(settings: np.ndarray) -> np.ndarray:
    return settings


@dataclass(frozen=True)
class Line:
    """One question, asked of all contenders at several sizes."""

    key: str
    title: str
    asked: dict[Sizes, int]
    """How many settings, by size."""
    settings: Callable[[Problem, int], np.ndarray]
    contenders: tuple[str, ...]
    """module:class, in `benchmarks.contenders`."""
    potentials: Callable[[np.ndarray], np.ndarray] = _as_they_are
    """What a contender without `prepared` is given of the settings."""
    whole: bool = False
    """Whether ours is one call for all that is asked; the others do what fits in a round's budget."""


POSTERIOR = Line(
    "posterior",
    "One posterior at a time: `bs.posterior`",
    {(4, 12, 3): 1_000, (64, 64, 4): 1_000, (256, 256, 8): 100},
    counts,
    (
        "bayes_self_contender:Posterior",
        "numpy_contender:OneAtATime",
        "numba_contender:OneAtATime",
        "c_contender:OneAtATime",
        "jax_contender:OneAtATime",
        "numpyro_contender:OneAtATime",
        "numpyro_contender:SiteForEachFacet",
        "memo_contender:OneAtATime",
        "memo_contender:Natural",
        "pymdp_contender:OneAtATime",
        "pymdp_contender:MeanField",
        "pyagrum_contender:ShaferShenoy",
        "pgmpy_contender:CliqueTree",
        "pgmpy_contender:VirtualEvidence",
    ),
    of_counts,
)
_SWEEPERS = (
    "bayes_self_contender:Sweep",
    "c_contender:OverWeights",
    "numba_contender:OverWeights",
    "numpy_contender:OverWeights",
    "jax_contender:OverWeights",
    "jax_contender:OverWeightsByHand",
    "numpyro_contender:OverWeights",
    "memo_contender:OverWeights",
    "pymdp_contender:OverWeights",
    "pyagrum_contender:OverWeights",
    "pgmpy_contender:OverWeights",
)
FEW = Line(
    "sweep-few",
    "A sweep of 1,000 points: `bs.sweep`",
    {(4, 12, 3): 1_000, (64, 64, 4): 1_000, (256, 256, 8): 1_000},
    weights,
    _SWEEPERS,
    whole=True,
)
MANY = Line(
    "sweep-many",
    "A sweep of many points: `bs.sweep`",
    {(4, 12, 3): 1_000_000, (64, 64, 4): 100_000, (256, 256, 8): 10_000},
    weights,
    _SWEEPERS,
    whole=True,
)

LINES = {line.key: line for line in (POSTERIOR, FEW, MANY)}
