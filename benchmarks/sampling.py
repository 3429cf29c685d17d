"""Effective draws of unknown numbers per second, next to other samplers: `python -m benchmarks.sampling`."""

import argparse
import gc
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jax
import numpy as np
import xarray as xr
from arviz_stats.sampling_diagnostics import ess

import bayes_self as bs
from benchmarks.samplers import CHAINS, DRAWS, SAMPLERS, WARMUP, Sampler

QUESTIONS = ("naming", "jfk_coder")
KEYS = ("coherence", "streams.rl.reliability")
HEADER = """
| scenario | sampler | compiling | a run | effective | per second | times ours: median (least to most) | mean |
| --- | --- | --- | --- | --- | --- | --- | --- |"""


@dataclass
class Timed:
    """A sampler with what each round took and gave."""

    sampler: Sampler
    compiling: float
    """Seconds of the first run, which compiles, less those of the median run."""
    seconds: list[float] = field(default_factory=list)
    effective: list[float] = field(default_factory=list)
    """The bulk effective sample size of that unknown number which has fewest."""
    mean: list[np.ndarray] = field(default_factory=list)

    @property
    def rates(self) -> np.ndarray:
        """Effective draws per second, warm-up included, one for each round."""
        return np.array(self.effective) / np.array(self.seconds)


def main() -> None:
    """Every sampler in every round on the same question, with a seed of the round's own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--without", nargs="*", default=[], help="samplers to leave out, by class")
    options.add_argument("--json", type=Path, help="a file for the numbers")
    options.add_argument("scenarios", nargs="*", default=QUESTIONS)
    given = options.parse_args()
    print(f"{CHAINS} chains of {WARMUP} + {DRAWS}; unknown: {', '.join(KEYS)}{HEADER}")
    samplers = [kind for kind in SAMPLERS if kind.__name__ not in given.without]
    with jax.enable_x64(True):
        found = [report(name, given.rounds, samplers) for name in given.scenarios]
    if given.json:
        given.json.write_text(json.dumps(found), encoding="utf-8")


def report(name: str, rounds: int, samplers: list[type[Sampler]]) -> dict[str, Any]:
    """A line for each sampler, the first of which is ours; and the numbers, with who did not sample."""
    scenario = bs.load(name)
    assert scenario.world is not None
    evidence = bs.simulate(scenario, key=scenario.world.seed)
    tried = [prepared(kind, scenario, evidence) for kind in samplers]
    timed = [each for each in tried if isinstance(each, Timed)]
    for seed in range(1, rounds + 1):
        for each in timed:
            once(each, seed)
    for each in timed:
        ratio = each.rates / timed[0].rates
        told = "1" if each is timed[0] else f"{np.median(ratio):.2g} ({ratio.min():.2g} to {ratio.max():.2g})"
        run = float(np.median(each.seconds))
        print(
            f"| {name} | {each.sampler.name} | {each.compiling - run:.1f} s | {run:.2f} s "
            f"| {np.median(each.effective):,.0f} | {np.median(each.rates):,.0f} | {told} "
            f"| {', '.join(f'{x:.3f}' for x in np.mean(each.mean, 0))} |",
            flush=True,
        )
    gc.collect()
    rows = [
        {
            "name": each.sampler.name,
            "compiling": each.compiling - float(np.median(each.seconds)),
            "seconds": each.seconds,
            "effective": each.effective,
            "rates": each.rates.tolist(),
        }
        for each in timed
    ]
    return {"name": name, "rows": rows, "skipped": [why for why in tried if isinstance(why, str)]}


def prepared(kind: type[Sampler], scenario: bs.Scenario, evidence: bs.Evidence) -> Timed | str:
    """The sampler, compiled; or why not, where it is not installed or cannot do it."""
    start = time.perf_counter()
    try:
        sampler = kind(scenario, evidence, KEYS)
        sampler.draw(0)
    except (ImportError, ValueError, NotImplementedError, RuntimeError) as why:
        told = f"{kind.name}: {type(why).__name__}: {str(why).splitlines()[0]}"
        print(f"skipped: {told}", flush=True)
        return told
    return Timed(sampler, time.perf_counter() - start)


def once(timed: Timed, seed: int) -> None:
    """One run, timed, and its effective sample size."""
    start = time.perf_counter()
    drawn = timed.sampler.draw(seed)
    timed.seconds.append(time.perf_counter() - start)
    draws = xr.Dataset({str(k): (("chain", "draw"), drawn[..., k]) for k in range(drawn.shape[-1])})
    bulk = ess(draws, method="bulk")
    timed.effective.append(min(float(bulk[name]) for name in bulk.data_vars))
    timed.mean.append(drawn.mean((0, 1)))


if __name__ == "__main__":
    main()
