"""Chunks on other processes or machines, by Dask: each is computed where there is room, and written from there.

All machines see the same folder. A chunk that dies with its worker is given to another; one that was written and not
marked is written again, to the same bytes; one that is marked is not touched.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bayes_self.errors import BayesSelfError
from bayes_self.sweeps import store
from bayes_self.sweeps.execution import Tick, into
from bayes_self.sweeps.plan import Plan, plan_from

if TYPE_CHECKING:
    from distributed import Client


@contextmanager
def client_of(scheduler: str | None, workers: int | None) -> "Iterator[Client]":
    """A client of the scheduler at an address, or of so many workers started here, each a process of its own.

    Raises:
        BayesSelfError: Dask is not installed, or nothing answers at the address.

    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise BayesSelfError('a cluster needs Dask: pip install "bayes-self[cluster]"') from None
    if scheduler is not None:
        try:
            client = Client(scheduler, timeout="10s")
        except (OSError, ValueError) as error:
            raise BayesSelfError(f"--scheduler {scheduler}: no Dask scheduler answers there ({error})") from None
        with client:
            yield client
        return
    # processes, because a fork after JAX was used hangs; no dashboard, which would open a port
    quiet: dict[str, Any] = {"dashboard_address": None, "silence_logs": 50}
    with (
        LocalCluster(n_workers=workers or 1, threads_per_worker=1, processes=True, **quiet) as cluster,
        Client(cluster) as client,
    ):
        yield client


def run_on(client: "Client", folder: Path, missing: Sequence[int], tick: Tick = lambda n: None) -> None:
    """Have the missing chunks computed; where workers die, by others.

    Raises:
        BayesSelfError: a chunk that no worker could compute.

    """
    from distributed import KilledWorker, as_completed

    where = str(folder.absolute())
    futures = client.map(_chunk, [where] * len(missing), list(missing), pure=False, retries=2)
    try:
        for future in as_completed(futures):
            tick(future.result())
    except KilledWorker as error:
        raise BayesSelfError(f"workers died on a chunk again and again, perhaps for want of memory: {error}") from None
    finally:
        client.cancel(futures)


def _chunk(folder: str, index: int) -> int:
    """Compute, write and mark one chunk, on a worker; the number of its points."""
    import zarr

    at = Path(folder)
    plan = _plan(json.dumps(store.read_plan(at)))
    if not store.is_done(at, index):
        into(zarr.open_group(store.local(at / store.STORE), mode="r+"), plan, index)
        store.mark_done(at, index)
    return plan.size(index)


@lru_cache(maxsize=2)
def _plan(written: str) -> Plan:
    """The plan, with its compiled code, kept between the chunks of a worker."""
    return plan_from(json.loads(written))
