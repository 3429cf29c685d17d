"""Times taken side by side: every contender in every round, so that what slows the machine slows them all."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.cases import Case
from benchmarks.lines import Line
from benchmarks.machine import machine
from benchmarks.problem import Answer, Sizes, largest_difference, problem
from benchmarks.workers import Failed, Worker

COMPARED = 2
"""Settings whose answers are compared with the exact one."""
PATIENCE = 900.0
"""Seconds after which a first call, or a whole sweep, is given up."""
LONG = 60.0
"""Seconds of our first call above which there is one round only."""

Say = Callable[[str], None]


@dataclass
class Timed:
    """A contender with its seconds per setting, one for each round."""

    worker: Worker
    n: int
    answer: Answer
    first: float
    """Seconds of the first call: of one setting, or where a line is whole and it is ours, of all."""
    seconds: list[float] = field(default_factory=list)


def measured(line: Line, sizes: Sizes, rounds: int, budget: float, say: Say) -> dict[str, Any]:
    """What the page tells of a line at one size: seconds in each round, memory, differences; who did not answer."""
    ready, skipped = [], []
    exact = _exact(line, sizes)
    try:
        for contender in line.contenders:
            say(f"{line.key} {sizes}: {contender}")
            try:
                ready.append(_prepared(contender, line, sizes, budget))
            except Failed as why:
                skipped.append({"contender": contender, "kind": why.kind, "why": why.why, "missing": why.missing})
        rounds = 1 if ready[0].first > LONG else rounds
        for turn in range(rounds):
            say(f"{line.key} {sizes}: round {turn + 1} of {rounds}")
            for each in ready:
                each.seconds.append(each.worker.ask("time", PATIENCE, n=each.n)["seconds"] / each.n)
        rows = [_row(each, exact) for each in ready]
    finally:
        for each in ready:
            each.worker.end()
    told = {"line": line.key, "sizes": sizes, "asked": line.asked[sizes], "machine": machine()}
    return {**told, "rows": rows, "skipped": skipped}


def _exact(line: Line, sizes: Sizes) -> Answer:
    """The first answers to fifty digits, rounded once."""
    given = problem(sizes)
    settings = line.potentials(line.settings(given, COMPARED))
    u = np.tensordot(settings, given.streams, 1) if line.whole else settings
    return Case("", np.exp(given.log_prior), given.profile, u).exact


def _prepared(contender: str, line: Line, sizes: Sizes, budget: float) -> Timed:
    """Set up, answer, and see how many settings fit into the seconds of `budget` (at most all, at least one)."""
    worker, most = Worker(contender), line.asked[sizes]
    all_at_once = line.whole and contender == line.contenders[0]
    try:
        worker.prepare(line=line.key, sizes=sizes)
        first = worker.ask("time", PATIENCE, n=most if all_at_once else 1)["seconds"]
        answer = answered(worker, n=COMPARED)
        n = most if all_at_once else _fitting(worker, most, budget)
    except Failed:
        worker.end()
        raise
    return Timed(worker, n, answer, first)


def _fitting(worker: Worker, most: int, budget: float) -> int:
    fits = 1
    while fits < most:
        seconds = min(worker.ask("time", n=fits)["seconds"] for _ in range(2))
        if seconds > budget / 4:
            fits = min(most, max(1, int(fits * budget / seconds)))
            break
        fits = min(fits * 8, most)
    worker.ask("time", n=fits)
    return fits


def answered(worker: Worker, **what: Any) -> Answer:
    """The answer of a worker."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.npz"
        worker.ask("answer", to=str(path), **what)
        with np.load(path) as found:
            return Answer(*(found.get(name) for name in Answer._fields))


def _row(each: Timed, exact: Answer) -> dict[str, Any]:
    return {
        "contender": each.worker.contender,
        **each.worker.told,
        "n": each.n,
        "first": each.first,
        "seconds": each.seconds,
        "memory": each.worker.ask("memory")["bytes"],
        "difference": largest_difference(each.answer, exact),
    }
