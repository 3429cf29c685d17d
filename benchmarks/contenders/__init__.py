"""One file for each piece of software: classes that are given a problem once, and then solve settings of it."""

from typing import Protocol

import numpy as np

from benchmarks.problem import Answer, Problem


class Contender(Protocol):
    """Software that computes beliefs; its docstring tells the page's reader what is measured."""

    name: str

    def __init__(self, problem: Problem) -> None: ...

    def solve(self, settings: np.ndarray, /) -> Answer:
        """The answer under every setting (n, ...)."""
        ...


def over_weights(kind: type[Contender]) -> type[Contender]:
    """The same contender, given the weights of two streams (n, 2) in place of their summed log potentials."""

    class OverWeights:
        __doc__ = kind.__doc__
        name = kind.name

        def __init__(self, problem: Problem):
            self.inner = kind(problem)
            self.streams, self.shape = problem.streams.reshape(2, -1), problem.streams.shape[1:]

        def solve(self, weights: np.ndarray, /) -> Answer:
            return self.inner.solve((weights @ self.streams).reshape(-1, *self.shape))

    return OverWeights
