"""One file for each piece of software: a class that is given a problem once, and then solves settings of it."""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

import numpy as np

from benchmarks.problem import Answer, Problem


class Contender(Protocol):
    """Software that computes beliefs."""

    name: str

    def __init__(self, problem: Problem) -> None: ...

    def solve(self, log_facets: np.ndarray) -> Answer:
        """The beliefs under every setting (n, D, V)."""
        ...


OURS = ("bayes_self_contender:Single", "bayes_self_contender:Batch")
"""What the others are compared with: for one posterior at a time, and for many."""

ONE_AT_A_TIME = ("numpy_contender:Single", "pyagrum_contender:ShaferShenoy", "pgmpy_contender:CliqueTree")
MANY_AT_ONCE = (
    "jax_contender:Plain",
    "numpy_contender:Batch",
    "pyagrum_contender:ShaferShenoy",
    "pgmpy_contender:CliqueTree",
)


def installed(names: tuple[str, ...], say: Callable[[str], None]) -> list[type[Contender]]:
    """The contenders whose software is installed; says which are not."""
    found = []
    for module, _, name in (full.partition(":") for full in names):
        try:
            found.append(getattr(import_module(f"benchmarks.contenders.{module}"), name))
        except ModuleNotFoundError as error:
            say(f"skipped: {name} ({error.name} is not installed)")
    return found
