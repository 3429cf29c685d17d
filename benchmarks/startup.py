"""How long a person waits for a command that computes hardly anything: whole processes, one after the other."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.measure import Say
from benchmarks.workers import ROOT

TOLD = """Whole processes, from their start to their end, in turn; compiled modules (`.pyc`) are there, and what was
compiled is in the cache that `bayes-self` keeps for its user, both from one run before the first that counts. Importing
JAX is the floor of all that infers. `run` loads the executables that the run before it made, and traces nothing; its
pictures take Matplotlib and xarray."""

COMMANDS = {
    "import jax, one array": ["-c", "import jax; jax.numpy.zeros(1).block_until_ready()"],
    "bayes-self --help": ["-m", "bayes_self", "--help"],
    "bayes-self list": ["-m", "bayes_self", "list"],
    "bayes-self validate jfk_coder": ["-m", "bayes_self", "validate", "jfk_coder"],
    "bayes-self run jfk_coder": ["-m", "bayes_self", "run", "jfk_coder"],
    "bayes-self run jfk_coder --out (three pictures)": ["-m", "bayes_self", "run", "jfk_coder", "--out", "OUT"],
}


def started(rounds: int, say: Say) -> dict[str, Any]:
    """Seconds by the clock and of the processor for every command and round; the first in the list is the floor."""
    rows = [{"name": name, "clock": [], "processor": []} for name in COMMANDS]
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = kept | {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": folder}
        for turn in range(rounds + 1):
            say(f"start-up: round {turn} of {rounds}")
            for row, command in zip(rows, COMMANDS.values(), strict=True):
                clock, processor = _once(command, Path(folder) / "out", environment)
                if turn:
                    row["clock"].append(clock)
                    row["processor"].append(processor)
    return {"line": "startup", "told": TOLD, "machine": machine(), "rows": rows}


def _once(command: list[str], out: Path, environment: dict[str, str]) -> tuple[float, float]:
    arguments = [str(out) if part == "OUT" else part for part in command]
    start, used = time.perf_counter(), _used()
    subprocess.run(
        [sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    return time.perf_counter() - start, _used() - used


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime
