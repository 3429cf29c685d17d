"""Running a sweep: chunk after chunk, on the threads of one machine, from where an earlier run was ended."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bayes_self.evidence.evidence import Evidence
from bayes_self.files.claims import claimed
from bayes_self.scenario import Scenario
from bayes_self.sweeps import store
from bayes_self.sweeps.axes import Value, grid, sample
from bayes_self.sweeps.plan import Plan

if TYPE_CHECKING:
    import xarray as xr
    import zarr

Tick = Callable[[int], object]
"""Told, as the work goes on, how many more points are done."""


@dataclass(frozen=True)
class Estimate:
    """What a sweep will take, from a block of points that was timed."""

    points: int
    """Still to be computed."""
    chunks: int
    seconds: float
    memory: float
    """Bytes."""
    disk: float
    """Bytes, before compression."""

    @property
    def rate(self) -> float:
        """Points per second."""
        return self.points / self.seconds if self.seconds > 0 else float("inf")


def threads() -> int:
    """How many chunks are computed side by side."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def estimate(plan: Plan, missing: Sequence[int], workers: int) -> Estimate:
    """Time a block of points on one thread, twice: the first time it is compiled."""
    region = tuple(slice(0, n) for n in plan.chunk)
    sizes = [part.stop - part.start for part in region]
    block = min(plan.evaluator.block, int(np.prod(sizes)))
    coordinates = [x[:block] for x in plan.points.coordinates(region)]
    found = plan.evaluator.evaluate(coordinates)
    seconds = min(_timed(plan, coordinates) for _ in range(3)) / block
    per_point = sum(rows.nbytes for rows in found.values()) / block
    chunk = max(block, int(np.prod(sizes)))
    points = sum(plan.size(i) for i in missing)
    side_by_side = min(workers, max(len(missing), 1))
    return Estimate(
        points, len(missing), points * seconds / side_by_side, 4e8 + 3 * per_point * chunk * workers, per_point * points
    )


def _timed(plan: Plan, coordinates: list[np.ndarray]) -> float:
    start = time.perf_counter()
    plan.evaluator.evaluate(coordinates)
    return time.perf_counter() - start


def missing_chunks(folder: Path, plan: Plan) -> list[int]:
    """The chunks that are not whole yet."""
    return [index for index in range(len(plan.regions)) if not store.is_done(folder, index)]


def run(folder: Path, plan: Plan, missing: Sequence[int], tick: Tick = lambda n: None) -> None:
    """Compute the missing chunks into the folder's store.

    An interruption (KeyboardInterrupt) lets the chunks that are being computed come to their end, and goes on upwards.
    """
    import zarr

    group = zarr.open_group(store.local(folder / store.STORE), mode="r+")

    def chunk(index: int) -> int:
        into(group, plan, index)
        store.mark_done(folder, index)
        return plan.size(index)

    for done in _side_by_side(chunk, missing, threads()):
        tick(done)


def into(group: "zarr.Group", plan: Plan, index: int) -> None:
    """Compute a chunk and write it."""
    region = plan.regions[index]
    store.write(group, plan, region, plan.evaluator.evaluate(plan.points.coordinates(region)))


def _side_by_side(work: Callable[[int], int], items: Sequence[int], workers: int) -> Iterator[int]:
    """Results as they come; few are begun ahead, so that little is lost and little is waited for."""
    waiting = iter(items)
    with ThreadPoolExecutor(workers) as pool:
        running: set[Future[int]] = {pool.submit(work, item) for item in islice(waiting, workers)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for each in done:
                yield each.result()
                running |= {pool.submit(work, item) for item in islice(waiting, 1)}


def sweep(  # noqa: PLR0913 (options by name)
    scenario: Scenario,
    over: Mapping[str, Sequence[Value] | np.ndarray],
    evidence: Evidence | None = None,
    *,
    points: int | None = None,
    seed: int = 0,
    frame: str = "self-model",
    out: str | os.PathLike[str] | None = None,
    tick: Tick = lambda n: None,
) -> "xr.Dataset":
    """Beliefs at every point of a grid of a scenario's numbers, or at quasi-random points.

    Args:
        scenario: the scenario, of which every dotted key may be swept.
        over: {dotted key: its values}, numbers or names; with `points`, two numbers are the ends of a range.
        evidence: what was observed, kept at every point; None for what the world of each point gives in expectation.
        points: so many quasi-random points (scrambled Sobol) in place of the grid of all combinations.
        seed: scrambles the quasi-random points.
        frame: as which picture of a character the evidence is read.
        out: a folder to write the result to, chunk by chunk; one that was ended before its time is gone on with.
        tick: called as the work goes on, with the number of points done since.

    Returns:
        A Dataset whose dimensions are the keys (or `point`): `log_evidence` (nats), `identities`, `facets` and
        `ownership` (probabilities), `identity_bits_to_flip` and `facet_bits_to_flip` (bits), `verdicts` (codes that
        its `flag_meanings` explain, -1 for impossible evidence). Every answer of a facet has a place on `answer`:
        `found.facets.sel(facet="name", value="Claude")`. With `out` it is read from disk when it is used.

    Raises:
        ScenarioError: a key that is none of the scenario's, or a value that cannot stand there.
        BayesSelfError: `out` has another sweep, or the scenario has no world and no evidence was given.

    """
    plan = Plan(scenario, grid(over) if points is None else sample(over, points, seed), frame, evidence)
    if out is not None:
        folder = Path(out)
        with claimed(folder):
            store.prepare(folder, plan)
            run(folder, plan, missing_chunks(folder, plan), tick)
        return store.open_sweep(folder / store.STORE)
    from zarr.storage import MemoryStore

    kept = MemoryStore()
    group = store.create(kept, plan)
    for index in range(len(plan.regions)):
        into(group, plan, index)
        tick(plan.size(index))
    return store.open_sweep(kept).load()
