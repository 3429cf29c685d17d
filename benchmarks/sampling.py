"""Effective draws of unknown numbers per second, next to other samplers, in a process of its own."""

import json
import os
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

KEYS = ("coherence", "streams.rl.reliability")


def sampled(rounds: int, scenarios: list[str], say: Say) -> dict[str, Any]:
    """All samplers on all scenarios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sampling.json"
        command = [sys.executable, "-m", "benchmarks.sampling", str(path), str(rounds), *scenarios]
        environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)}
        say("sampling")
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
        return {"line": "sampling", "machine": machine(), "scenarios": json.loads(path.read_text("utf-8"))}


@dataclass
class Timed:
    """A sampler with what each round took and gave."""

    sampler: Any
    first: float
    """Seconds of the processor for the first run, which compiles."""
    seconds: list[float] = field(default_factory=list)
    effective: list[float] = field(default_factory=list)
    """The bulk effective sample size of that unknown number which has fewest."""


def main() -> None:
    """Every sampler in every round on the same question, with a seed of the round's own; the numbers as JSON."""
    import jax

    to, rounds, *scenarios = sys.argv[1:]
    with jax.enable_x64(True):
        found = [_report(name, int(rounds)) for name in scenarios]
    Path(to).write_text(json.dumps(found), encoding="utf-8")


def _report(name: str, rounds: int) -> dict[str, Any]:
    """A row for each sampler, the first of which is ours, and why others did not sample."""
    import bayes_self as bs
    from benchmarks.samplers import SAMPLERS

    scenario = bs.load(name)
    evidence = bs.simulate(scenario, key=1)
    tried = [_prepared(kind, scenario, evidence) for kind in SAMPLERS]
    timed = [each for each in tried if isinstance(each, Timed)]
    for seed in range(1, rounds + 1):
        for each in timed:
            _once(each, seed)
    rows = [{**vars(each), "sampler": each.sampler.name, "told": each.sampler.__doc__} for each in timed]
    return {"name": name, "rows": rows, "skipped": [why for why in tried if isinstance(why, str)]}


def _prepared(kind: type, scenario: Any, evidence: Any) -> Timed | str:
    """The sampler, compiled; or why not, where it is not installed or cannot do it."""
    start = time.process_time()
    try:
        sampler = kind(scenario, evidence, KEYS)
        sampler.draw(0)
    except (ImportError, ValueError, NotImplementedError, RuntimeError) as why:
        return f"{kind.__name__}: {type(why).__name__}: {str(why).splitlines()[0]}"
    return Timed(sampler, time.process_time() - start)


def _once(timed: Timed, seed: int) -> None:
    """One run, in processor time, and its effective sample size."""
    import xarray as xr
    from arviz_stats.sampling_diagnostics import ess

    start = time.process_time()
    drawn = timed.sampler.draw(seed)
    timed.seconds.append(time.process_time() - start)
    draws = xr.Dataset({str(k): (("chain", "draw"), drawn[..., k]) for k in range(drawn.shape[-1])})
    bulk = ess(draws, method="bulk")
    timed.effective.append(min(float(bulk[name]) for name in bulk.data_vars))


if __name__ == "__main__":
    main()
