"""One contender in a process of its own, told over a pipe what to do: `python -m benchmarks.worker`.

A process each, so that peak memory is its own, and so that its requirements may conflict with ours. It is timed here,
around nothing but its own work. Requests and replies are JSON, one a line.
"""

import json
import os
import resource
import sys
import time
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.cases import CASES
from benchmarks.lines import LINES, Line
from benchmarks.problem import Problem, problem


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


class Work:
    """A contender, ready, with the settings that it is asked about."""

    def __init__(self, contender: str, line: str | None = None, sizes: list[int] | None = None, case: str = ""):
        module, _, name = contender.partition(":")
        kind = getattr(import_module(f"benchmarks.contenders.{module}"), name)
        self.name, self.told = kind.name, " ".join((kind.__doc__ or "").split())
        self.imported, self.input = peak(), 0
        self.line: Line | None = LINES[line] if line else None
        h, d, v = sizes or (0, 0, 0)
        self.problem: Problem = problem((h, d, v)) if sizes else CASES[case].problem
        self.ready = kind(self.problem)
        self.kept: tuple[tuple[int, int], np.ndarray] | None = None

    def settings(self, start: int, stop: int) -> np.ndarray:
        """Settings from one to another; made once, while the same are asked for."""
        if self.kept is None or self.kept[0] != (start, stop):
            assert self.line is not None
            self.kept = (start, stop), self.line.settings(self.problem, start, stop)
            self.input = max(self.input, self.kept[1].nbytes)
        return self.kept[1]

    def time(self, n: int) -> dict[str, Any]:
        """Seconds for the first n settings."""
        assert self.line is not None
        chunk, seconds = self.line.chunk(self.problem.sizes), 0.0
        for start in range(0, n, chunk):
            settings = self.settings(start, min(start + chunk, n))
            begin = time.perf_counter()
            self.ready.solve(settings)
            seconds += time.perf_counter() - begin
        return {"seconds": seconds}

    def answer(self, n: int, to: str) -> dict[str, Any]:
        """What it says of the first n settings, or of a case, in a file."""
        asked = self.settings(0, n) if self.line else CASES[self.case].log_facets
        found = self.ready.solve(asked)._asdict()
        arrays: dict[str, Any] = {name: np.asarray(array) for name, array in found.items() if array is not None}
        np.savez(to, **arrays)
        return {}

    case = ""

    def memory(self) -> dict[str, Any]:
        """Peak memory beyond imports and the settings themselves, in bytes."""
        return {"bytes": max(0, peak() - self.imported - self.input)}


def main() -> None:
    """Answer requests until there are no more; an error is an answer too."""
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever the software prints is not a reply
    work: Work | None = None
    for request in sys.stdin:
        told = json.loads(request)
        try:
            if (do := told.pop("do")) == "prepare":
                work = Work(**told)
                work.case = told.get("case", "")
                reply = {"name": work.name, "told": work.told}
            else:
                reply = getattr(work, do)(**told)
        except BaseException as error:  # of whatever kind: software may raise what it likes
            missing = error.name if isinstance(error, ModuleNotFoundError) else None
            text = str(error).strip().splitlines()
            reply = {"error": type(error).__name__, "why": text[0][:300] if text else "", "missing": missing}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
