"""Times taken side by side: every contender in every round, so that what slows the machine slows them all."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.lines import Line
from benchmarks.machine import machine
from benchmarks.problem import Answer, Sizes, largest_difference
from benchmarks.workers import Failed, Worker

COMPARED = 2
"""Settings whose answers are compared."""

Say = Callable[[str], None]


@dataclass
class Timed:
    """A contender with its seconds per posterior, one for each round."""

    worker: Worker
    n: int
    answer: Answer
    seconds: list[float] = field(default_factory=list)
    whole: float | None = None
    """Seconds for all that is asked, measured once, where a round has only a part of it."""


def measured(line: Line, sizes: Sizes, rounds: int, budget: float, say: Say) -> dict[str, Any]:
    """What the page tells of a line at one size: seconds in each round, memory, differences; who did not answer."""
    ready, skipped = [], []
    try:
        for contender in line.contenders:
            say(f"{line.key} {sizes}: {contender}")
            try:
                ready.append(_prepared(contender, line, sizes, budget))
            except Failed as why:
                skipped.append({"contender": contender, "kind": why.kind, "why": why.why, "missing": why.missing})
        for turn in range(rounds):
            say(f"{line.key} {sizes}: round {turn + 1} of {rounds}")
            for each in ready:
                each.seconds.append(each.worker.ask("time", n=each.n)["seconds"] / each.n)
        ours = ready[0]
        if line.in_chunks and ours.n < line.asked:
            say(f"{line.key} {sizes}: all {line.asked:,} points")
            ours.whole = ours.worker.ask("time", n=line.asked, patience=1200)["seconds"]
        rows = [_row(each, ours) for each in ready]
    finally:
        for each in ready:
            each.worker.end()
    return {"line": line.key, "sizes": sizes, "asked": line.asked, "machine": machine(), "rows": rows} | {
        "skipped": skipped
    }


def _prepared(contender: str, line: Line, sizes: Sizes, budget: float) -> Timed:
    """Set up, answer once, and see how many settings fit into the seconds of `budget` (at most all, at least one)."""
    worker = Worker(contender)
    try:
        worker.prepare(line=line.key, sizes=sizes)
        answer = answered(worker, n=COMPARED)
        n = most = line.asked
        fits = 1
        while fits < most:
            seconds = min(worker.ask("time", n=fits)["seconds"] for _ in range(2))
            if seconds > budget / 4:
                n = min(most, max(1, int(fits * budget / seconds)))
                break
            fits = min(fits * 8, most)
        worker.ask("time", n=n)
    except Failed:
        worker.end()
        raise
    return Timed(worker, n, answer)


def answered(worker: Worker, **what: Any) -> Answer:
    """What a worker says."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.npz"
        worker.ask("answer", to=str(path), **what)
        with np.load(path) as found:
            return Answer(*(found.get(name) for name in Answer._fields))


def _row(each: Timed, ours: Timed) -> dict[str, Any]:
    return {
        "contender": each.worker.contender,
        "name": each.worker.name,
        "told": each.worker.told,
        "n": each.n,
        "seconds": each.seconds,
        "whole": each.whole,
        "memory": each.worker.ask("memory")["bytes"],
        "difference": None if each is ours else largest_difference(each.answer, ours.answer),
    }
