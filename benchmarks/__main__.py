"""Measure all lines of the table, or some, and write the page: `python -m benchmarks`."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.cases import BREAKING
from benchmarks.commands import commanded
from benchmarks.limits import limits
from benchmarks.lines import LINES
from benchmarks.measure import measured
from benchmarks.page import page
from benchmarks.problem import SIZES
from benchmarks.sampling import sampled
from benchmarks.workers import pin

PAGE, TRIED = Path("docs/benchmarks.md"), Path("out/benchmarks.md")
BEFORE = "BAYES_SELF_BEFORE"


def main() -> None:
    """Measure what is missing, a file for each part, then write the page from the files."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--write", type=Path, metavar="PAGE", help=f"the page; numbers go beside it; {PAGE}")
    options.add_argument("--only", nargs="+", choices=[*LINES, "commands", "sampling", "limits"], help="lines; all")
    options.add_argument("--again", action="store_true", help="measure also what has been measured")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument(
        "--before",
        default=os.environ.get(BEFORE),
        metavar="PYTHON",
        help=f"the Python of an environment with an older commit of the package, to run side by side; ${BEFORE}",
    )
    options.add_argument("--quick", action="store_true", help=f"try everything: least of all, once, to {TRIED}")
    given = options.parse_args()
    pin()
    to = given.write or (TRIED if given.quick else PAGE)
    folder = to.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    every = parts(given.rounds, given.before, quick=given.quick)
    wanted = {name: work for name, (line, work) in every.items() if given.only is None or line in given.only}
    if given.again:  # all at once, so that an interrupted run goes on without --again
        for name in wanted:
            (folder / f"{name}.json").unlink(missing_ok=True)
    for name, work in wanted.items():
        path = folder / f"{name}.json"
        if not path.exists():
            _write(path, json.dumps(work(), indent=1, ensure_ascii=False) + "\n")
    _write(to, page({path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}))


def parts(rounds: int, before: str | None, *, quick: bool) -> dict[str, tuple[str, Callable[[], dict[str, Any]]]]:
    """By the name of its file, the line that a part belongs to, and how it is measured."""
    rounds, budget, sizes = (1, 0.02, SIZES[:1]) if quick else (rounds, 0.4, SIZES)
    few = min(rounds, 3)
    found: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
        "commands": ("commands", lambda: commanded(few, before, *(5_000, 50) if quick else (1_000_000, 1_000), say))
    }
    for line in LINES.values():
        if quick:
            most = 4 if line.key == "sweep-many" else None
            line = replace(line, asked=dict.fromkeys(sizes, 1_000), contenders=line.contenders[:most])
        for size in sizes:
            times = few if line.whole else rounds
            work = partial(measured, line, size, times, budget, say)
            found[f"{line.key}-{'x'.join(map(str, size))}"] = line.key, work
    found["sampling"] = "sampling", lambda: sampled(few, ["naming"] if quick else ["naming", "jfk_coder"], say)
    kinds = tuple(kind for kind in BREAKING if not quick or "numpy" in kind or "bayes" in kind)
    found["limits"] = "limits", lambda: limits(kinds, say)
    return found


def say(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)


def _write(path: Path, text: str) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, path)


if __name__ == "__main__":
    main()
