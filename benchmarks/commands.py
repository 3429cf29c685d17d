"""Whole processes in turn, and calls inside them: commands that people type; side by side with an older package."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.measure import Say
from benchmarks.workers import ONE_THREAD, ROOT

RUN, CHECK = ["-m", "bayes_self", "run"], ["-m", "bayes_self", "check", "--laws"]
OURS, BEFORE = "ours", "before"


@dataclass(frozen=True)
class Command:
    """A command line of Python. NEW stands for a scenario file whose shape changes from round to round."""

    name: str
    arguments: list[str]
    compared: bool = True
    """Whether the older package runs it, too."""


@dataclass(frozen=True)
class Call:
    """A function of `calls.py`, called twice in a process, with the scenario, its evidence and a number."""

    name: str
    call: str
    scenario: str
    n: int


@dataclass
class Row:
    """What one command or call took: by package, seconds of each round, by the clock and of the processor."""

    name: str
    clock: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, list[float]] = field(default_factory=dict)

    def add(self, package: str, seconds: tuple[float, float]) -> None:
        """Another round's."""
        for kept, own in zip((self.clock, self.processor), seconds, strict=True):
            kept.setdefault(package, []).append(own)


COMMANDS = (
    Command("import jax, one array", ["-c", "import jax; jax.numpy.zeros(1).block_until_ready()"], compared=False),
    Command("import pyagrum", ["-c", "import pyagrum"], compared=False),
    Command("import pgmpy.inference", ["-c", "import pgmpy.inference"], compared=False),
    Command("bayes-self --help", ["-m", "bayes_self", "--help"]),
    Command("bayes-self list", ["-m", "bayes_self", "list"]),
    Command("bayes-self run NEW, a scenario never seen", [*RUN, "NEW"]),
    Command("bayes-self run NEW, a second time", [*RUN, "NEW"]),
    Command("bayes-self run jfk_coder", [*RUN, "jfk_coder"]),
    Command("bayes-self run jfk_coder --out (three pictures)", [*RUN, "jfk_coder", "--out", "OUT"]),
    Command("bayes-self check --laws naming", [*CHECK, "naming"]),
)


def calls(many: int, draws: int) -> tuple[Call, ...]:
    """The calls, the second time of which is a row of its own."""
    return (
        Call("bs.posterior and all measures of a new shape", "survey", "NEW", 0),
        Call("bs.sweep of jfk_coder, 1,000 points", "sweep", "jfk_coder", 1_000),
        Call(f"bs.sweep of jfk_coder, {many:,} points", "sweep", "jfk_coder", many),
        Call(f"bs.infer of naming, 4 chains of {draws:,}", "infer", "naming", draws),
    )


def commanded(rounds: int, before: str | None, many: int, draws: int, say: Say) -> dict[str, Any]:
    """Seconds for every command, call and round; of the older package whose Python is `before`, too."""
    packages = {OURS: sys.executable} | ({BEFORE: before} if before else {})
    rows: dict[str, Row] = {}
    with tempfile.TemporaryDirectory() as folder:
        places = {package: Path(folder) / package for package in packages}
        for package, place in places.items():
            place.mkdir()
            _python(package, packages[package], ["-m", "bayes_self", "list"], place)  # leaves compiled modules
        for turn in range(rounds):
            say(f"commands: round {turn + 1} of {rounds}")
            for command in COMMANDS:
                row = rows.setdefault(command.name, Row(command.name))
                for package, place in places.items():
                    if package == OURS or command.compared:
                        line = _filled(command.arguments, place, 5 + turn)
                        row.add(package, _python(package, packages[package], line, place)[1])
            for call in calls(many, draws):
                line = ["-P", str(ROOT / "benchmarks" / "calls.py"), call.call, call.scenario, str(call.n)]
                for package, place in places.items():
                    told, _ = _python(package, packages[package], _filled(line, place, 25 + turn), place)
                    for which, seconds in zip(("first", "second"), json.loads(told.splitlines()[-1]), strict=True):
                        name = f"{call.name}: {which} call"
                        rows.setdefault(name, Row(name)).add(package, tuple(seconds))
    return {"line": "commands", "machine": machine(), "rows": [vars(row) for row in rows.values()]}


def _filled(arguments: list[str], place: Path, n_facets: int) -> list[str]:
    new = place / f"new{n_facets}.toml"
    new.write_text(_scenario(n_facets), encoding="utf-8")
    return [{"NEW": str(new), "OUT": str(place / "out")}.get(part, part) for part in arguments]


def _scenario(n_facets: int) -> str:
    """A scenario of a shape that was not there before: three identities, and so many facets, all of them read."""
    facets = [f"d{i}" for i in range(n_facets)]
    lines = ["schema = 1", 'title = "A new shape"', "coherence = 0.9", "salience = 0.8"]
    lines += [f'[facets.{d}]\nvalues = ["a", "b", "c"]' for d in facets]
    for h, value in enumerate("abc"):
        lines.append(f"[identities.h{h}]")
        lines += [f'profile.{d} = "{value}"' for d in facets[h:]]
    readings = ", ".join(f'"{d}"' for d in facets)
    lines += ["[streams.spec]", "reliability = 0.9", 'claims.d0 = "b"']
    lines += [f"[streams.{stream}]\nreliability = 0.7\nreadings = [{readings}]" for stream in ("rl", "introspection")]
    facts = ", ".join(f'{d} = "a"' for d in facets)
    lines += ["[world]", "seed = 3", f"facts = {{ {facts} }}"]
    lines += [f"trials.{stream} = {{ {', '.join(f'{d} = 3' for d in facets)} }}" for stream in ("rl", "introspection")]
    return "\n".join([*lines, ""])


def _python(package: str, python: str, arguments: list[str], place: Path) -> tuple[str, tuple[float, float]]:
    """What a process printed, and its seconds by the clock and of the processor."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= ONE_THREAD | {"XDG_CACHE_HOME": str(place), "PYTHONPATH": str(ROOT) if package == OURS else ""}
    start, used = time.perf_counter(), _used()
    done = subprocess.run([python, *arguments], cwd=place, env=environment, check=False, capture_output=True, text=True)
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:  # 1: an expectation does not hold
        raise RuntimeError(f"{' '.join(arguments)} of {package}: {done.stderr[-2000:]}")
    return done.stdout, (time.perf_counter() - start, _used() - used)


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime
