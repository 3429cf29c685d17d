"""Run all benchmarks and print them as tables: `python -m benchmarks [--rounds N] [--budget SECONDS]`."""

import argparse
import gc
import os
import platform
from datetime import date

from benchmarks.contenders import MANY_AT_ONCE, ONE_AT_A_TIME, OURS, Contender, installed
from benchmarks.problem import N_SETTINGS, SIZES, Problem, problem
from benchmarks.timing import disagreement, prepared, run, times_slower

HEADER = """
| H, D, V | software | per posterior | times ours: median (smallest to largest) | measured | largest difference |
| --- | --- | --- | --- | --- | --- |"""


def main() -> None:
    """Measure one posterior at a time, then many at once."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--budget", type=float, default=0.7, help="seconds for each contender in a round")
    options.add_argument("--sizes", type=int, default=len(SIZES), help="how many of the sizes, from the smallest")
    given = options.parse_args()
    print(f"{date.today()}, {os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}")
    single, batch = installed(OURS, print)
    one_at_a_time, many_at_once = installed(ONE_AT_A_TIME, print), installed(MANY_AT_ONCE, print)
    problems = [problem(sizes) for sizes in SIZES[: given.sizes]]

    print(f"\nOne posterior at a time{HEADER}")
    for case in problems:
        report(case, [single, *one_at_a_time], given.rounds, given.budget, whole=False)
    print(f"\n{N_SETTINGS:,} posteriors at once{HEADER}")
    for case in problems:
        report(case, [batch, *many_at_once], given.rounds, given.budget, whole=True)


def report(case: Problem, contenders: list[type[Contender]], rounds: int, budget: float, *, whole: bool) -> None:
    """One line for each contender, the first of which is the one to compare with (`whole`: on all the settings)."""
    ours, *others = [
        prepared(contender, case, float("inf") if whole and i == 0 else budget)
        for i, contender in enumerate(contenders)
    ]
    run([ours, *others], case, rounds)
    for timed in (ours, *others):
        median, smallest, largest = times_slower(timed, ours)
        ratio = "1" if timed is ours else f"{figures(median)} ({figures(smallest)} to {figures(largest)})"
        difference = "" if timed is ours else f"{disagreement(timed, ours):.0e}"
        cost = time_of(sorted(timed.seconds)[len(timed.seconds) // 2])
        print(
            f"| {case.name} | {timed.contender.name} | {cost} | {ratio} | {timed.n_settings} | {difference} |",
            flush=True,
        )
    gc.collect()


def figures(number: float) -> str:
    """Two significant figures, no exponent."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.2g}"


def time_of(seconds: float) -> str:
    """Seconds in a unit that suits them."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


if __name__ == "__main__":
    main()
