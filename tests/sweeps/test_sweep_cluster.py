"""Chunks on other processes: a worker that is killed in the middle loses nothing, and changes nothing."""

import os
import signal
from pathlib import Path
from typing import cast

import numpy as np
import one_scenario
import pytest

from bayes_self.sweeps import execution, store
from bayes_self.sweeps.axes import grid
from bayes_self.sweeps.plan import Plan

pytest.importorskip("distributed")


def test_a_worker_killed_in_the_middle_loses_nothing_and_changes_nothing(tmp_path):
    from bayes_self.sweeps.cluster import client_of, run_on

    plan = Plan(one_scenario.scenario(), grid({"coherence": np.linspace(0, 0.9, 40)}), cut=(4,))
    assert len(plan.regions) == 10
    folder, alone = tmp_path / "cluster", tmp_path / "alone"
    store.prepare(folder, plan)
    done: list[int] = []
    with client_of(None, 2) as client:
        pids = cast(dict[str, int], client.run(os.getpid))

        def tick(n: int) -> None:
            done.append(n)
            if len(done) == 3:
                os.kill(next(iter(pids.values())), signal.SIGKILL)

        run_on(client, folder, range(10), tick)
    assert sum(done) == 40
    assert execution.missing_chunks(folder, plan) == []
    store.prepare(alone, plan)
    execution.run(alone, plan, range(10))
    files = [path.relative_to(alone) for path in alone.rglob("*") if path.is_file()]
    assert {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} == set(files)
    assert all((folder / path).read_bytes() == (alone / path).read_bytes() for path in files)
    assert not list(Path(folder).rglob("*.partial"))
