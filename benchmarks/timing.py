"""Times taken side by side: every contender in every round, so that what slows the machine slows them all."""

import time
from dataclasses import dataclass, field

import numpy as np

from benchmarks.contenders import Contender
from benchmarks.problem import Answer, Problem, largest_difference


@dataclass
class Timed:
    """A contender with its seconds per posterior, one for each round."""

    contender: Contender
    n_settings: int
    """How many posteriors are measured in a round."""
    answer: Answer
    """Of the first settings, the same for all."""
    seconds: list[float] = field(default_factory=list)


COMPARED = 2
"""Settings whose answers are compared."""


def prepared(contender: type[Contender], problem: Problem, budget: float) -> Timed:
    """Set up, answer once, and see how many posteriors fit into the seconds of `budget` (at most all, at least one)."""
    ready = contender(problem)
    answer = ready.solve(problem.log_facets[:COMPARED])
    fits, most = 1, len(problem.log_facets)
    while fits < most:
        seconds = _time(ready, problem, fits)
        seconds = min(seconds, _time(ready, problem, fits))
        if seconds > budget / 4:
            fits = max(1, int(fits * budget / seconds))
            break
        fits *= 4
    return Timed(ready, min(fits, most), answer)


def run(contenders: list[Timed], problem: Problem, rounds: int) -> None:
    """Measure all contenders, round by round."""
    for timed in contenders:
        _time(timed.contender, problem, timed.n_settings)
    for _ in range(rounds):
        for timed in contenders:
            timed.seconds.append(_time(timed.contender, problem, timed.n_settings) / timed.n_settings)


def _time(contender: Contender, problem: Problem, n_settings: int) -> float:
    start = time.perf_counter()
    contender.solve(problem.log_facets[:n_settings])
    return time.perf_counter() - start


def times_slower(other: Timed, ours: Timed) -> tuple[float, float, float]:
    """How many times longer than we another takes per posterior: median over rounds, smallest, largest."""
    ratios = np.array(other.seconds) / np.array(ours.seconds)
    return float(np.median(ratios)), float(ratios.min()), float(ratios.max())


def disagreement(other: Timed, ours: Timed) -> float:
    """The largest difference between the answers."""
    return largest_difference(other.answer, ours.answer)
