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
from benchmarks.lines import LINES, POSTERIOR
from benchmarks.problem import problem


class Work:
    """A contender, ready, with the settings that it is asked about."""

    def __init__(self, contender: str, line: str = "", sizes: tuple[int, int, int] = (0, 0, 0), case: str = ""):
        module, _, name = contender.partition(":")
        self.line, self.case = LINES.get(line, POSTERIOR), CASES.get(case)
        self.problem = self.case.problem if self.case else problem(sizes)
        begin = time.process_time()
        kind = getattr(import_module(f"benchmarks.contenders.{module}"), name)
        imported = time.process_time()
        self.ready = kind(self.problem)
        building = time.process_time() - imported
        told = " ".join((kind.__doc__ or "").split())
        self.reply = {"name": kind.name, "told": told, "importing": imported - begin, "building": building}
        self.kept: tuple[int, Any] = -1, None

    def settings(self, n: int) -> Any:
        """The first n settings, as the contender takes them; made once, while the same are asked for."""
        if self.kept[0] != n:
            given = self.case.log_facets if self.case else self.line.settings(self.problem, n)
            as_potentials = np.asarray if self.case else self.line.potentials
            self.kept = n, getattr(self.ready, "prepared", as_potentials)(given)
        return self.kept[1]

    def time(self, n: int) -> dict[str, Any]:
        """Seconds of the processor for the first n settings."""
        settings = self.settings(n)
        begin = time.process_time()
        self.ready.solve(settings)
        return {"seconds": time.process_time() - begin}

    def answer(self, n: int, to: str) -> dict[str, Any]:
        """The beliefs under the first n settings, or those of a case, in a file."""
        found = self.ready.solve(self.settings(n))._asdict()
        arrays: dict[str, Any] = {name: np.asarray(array) for name, array in found.items() if array is not None}
        np.savez(to, **arrays)
        return {}

    def memory(self) -> dict[str, Any]:
        """The most memory that this process has had, in bytes."""
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {"bytes": most if sys.platform == "darwin" else most * 1024}


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
                reply = work.reply
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
