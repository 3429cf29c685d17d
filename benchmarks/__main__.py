"""Measure all lines of the table, or some, and write the page: `python -m benchmarks --write docs/benchmarks.md`."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.limits import limits
from benchmarks.lines import LINES
from benchmarks.measure import measured
from benchmarks.page import page
from benchmarks.sampled import sampled
from benchmarks.startup import started
from benchmarks.workers import pin

PAGE = Path("docs/benchmarks.md")


def main() -> None:
    """Measure what is missing, a file for each part, then write the page from the files."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--write", type=Path, default=PAGE, metavar="PAGE", help="the page; numbers go beside it")
    options.add_argument(
        "--only", nargs="+", choices=[*LINES, "sampling", "startup", "limits"], help="lines to measure; all"
    )
    options.add_argument("--again", action="store_true", help="measure also what has been measured")
    options.add_argument("--sizes", type=int, default=3, help="how many of the sizes, from the smallest")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--budget", type=float, default=0.4, help="seconds for each contender in a round")
    options.add_argument("--said", help="what the page is to say of the machine: was it idle?")
    given = options.parse_args()
    pin()
    folder = given.write.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    if given.said:
        _write(folder / "said.json", json.dumps({"line": "said", "said": given.said}, ensure_ascii=False) + "\n")
    wanted = {
        name: work
        for name, (line, work) in parts(given.rounds, given.budget, given.sizes).items()
        if given.only is None or line in given.only
    }
    if given.again:  # all at once, so that an interrupted run goes on without --again
        for name in wanted:
            (folder / f"{name}.json").unlink(missing_ok=True)
    for name, work in wanted.items():
        path = folder / f"{name}.json"
        if not path.exists():
            _write(path, json.dumps(work(), indent=1, ensure_ascii=False) + "\n")
    _write(
        given.write, page({path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))})
    )


def parts(rounds: int, budget: float, n_sizes: int) -> dict[str, tuple[str, Callable[[], dict[str, Any]]]]:
    """By the name of its file, the line that a part belongs to, and how it is measured."""
    found: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {"limits": ("limits", lambda: limits(say))}
    for line in LINES.values():
        for sizes in line.sizes[:n_sizes]:
            name = f"{line.key}-{'x'.join(map(str, sizes))}"
            found[name] = line.key, lambda line=line, sizes=sizes: measured(line, sizes, rounds, budget, say)
    found["startup"] = "startup", lambda: started(rounds, say)
    found["sampling"] = "sampling", lambda: sampled(min(rounds, 3), say)
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
