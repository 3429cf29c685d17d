"""Effective draws a second, from `benchmarks.sampling` in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.measure import Say
from benchmarks.workers import ONE_THREAD, ROOT

TOLD = """The question of `bs.infer`: coherence and the reliability of `rl`, given what the scenario's world shows. Four
chains of 500 steps of warm-up and 1,000 draws, an acceptance rate of 0.9 for all. Effective draws are the bulk
effective sample size (ArviZ) of that number which has fewest, per second of a whole run: starting, warm-up, draws.
Compiling is apart. On jfk_coder NumPyro finds no start for the enumerated program at which log density and gradient are
finite: its chains stay where they are, and their means are no answer."""


def sampled(rounds: int, say: Say) -> dict[str, Any]:
    """All samplers on all scenarios."""
    say("sampling")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sampling.json"
        command = [sys.executable, "-m", "benchmarks.sampling", "--rounds", str(rounds), "--json", str(path)]
        environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
        return {
            "line": "sampling",
            "told": TOLD,
            "machine": machine(),
            "scenarios": json.loads(path.read_text("utf-8")),
        }
