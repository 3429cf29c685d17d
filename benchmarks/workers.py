"""Worker processes from outside: starting them, in this environment or in one of their own, and asking them."""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.lines import OF_THEIR_OWN

ROOT = Path(__file__).parent.parent
ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"),
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "JAX_PLATFORMS": "cpu",
}
PATIENCE = 150.0
"""Seconds after which a worker that has not answered is given up."""


class Failed(Exception):
    """A contender that did not answer; says why, and what package it missed, if that was it."""

    def __init__(self, kind: str, why: str, missing: str | None = None):
        super().__init__(f"{kind}: {why}")
        self.kind, self.why, self.missing = kind, why, missing


def pin() -> int | None:
    """Keep this process, and all that it starts, on one processor core; which one."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


class Worker:
    """A contender in a process of its own."""

    def __init__(self, contender: str, memory: int | None = None):
        """Start it; with at most `memory` bytes, if given."""
        command = _command(contender)
        if memory is not None:
            command = ["/bin/sh", "-c", f'ulimit -v {memory // 1024}; exec "$@"', "sh", *command]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )
        self.contender = contender
        self.told: dict[str, Any] = {"name": contender, "told": ""}
        """Its name and its own words, and the seconds that importing and building took."""

    def prepare(self, **what: Any) -> None:
        """Import the software and set up the work."""
        self.told = self.ask("prepare", contender=self.contender, **what)

    def ask(self, do: str, patience: float = PATIENCE, **what: Any) -> dict[str, Any]:
        """Have it do something. Raises Failed."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(json.dumps({"do": do, **what}).encode() + b"\n")
            stdin.flush()
        except BrokenPipeError:
            raise Failed("died", "its process ended") from None
        if not select.select([stdout], [], [], patience)[0]:
            self.end()
            raise Failed("too slow", f"no answer after {patience:.0f} s")
        line = stdout.readline()
        if not line:
            raise Failed("died", "its process ended")
        reply = json.loads(line)
        if "error" in reply:
            raise Failed(reply["error"], reply["why"], reply["missing"])
        return reply

    def end(self) -> None:
        """End the process and what it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _command(contender: str) -> list[str]:
    here = [sys.executable, "-m", "benchmarks.worker"]
    needs = OF_THEIR_OWN.get(contender.partition(":")[0])
    if needs is None:
        return here
    local = ROOT / ".uv" / "bin" / "uv"
    uv = os.environ.get("UV") or shutil.which("uv") or (str(local) if local.exists() else None)
    if uv is None:
        raise Failed("ModuleNotFoundError", "no uv to make an environment of its own with", "uv, for " + needs[0])
    base = [uv, "run", "-q", "--no-project", "--isolated", "--python", sys.executable]
    return [*base, *(part for need in needs for part in ("--with", need)), "python", "-m", "benchmarks.worker"]
