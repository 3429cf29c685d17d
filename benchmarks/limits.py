"""What each contender says of the cases on which software breaks, each cell from running it."""

from typing import Any

import numpy as np

from benchmarks.cases import CASES
from benchmarks.machine import machine
from benchmarks.measure import Say, answered
from benchmarks.problem import Answer
from benchmarks.workers import Failed, Worker

RIGHT = 1e-7
"""A difference from the exact answer that is still called right, in probability, or in nats for a nat of log evidence;
float32's rounding is not, and is told as a number."""
MEMORY = 12 * 2**30
"""Bytes that a contender may take."""
SECONDS = 60.0


def limits(contenders: tuple[str, ...], say: Say) -> dict[str, Any]:
    """A row for each contender, a cell for each case."""
    rows, skipped = [], []
    for contender in contenders:
        say(f"limits: {contender}")
        try:
            rows.append(_row(contender))
        except Failed as why:
            skipped.append({"contender": contender, "kind": why.kind, "why": why.why, "missing": why.missing})
    return {"line": "limits", "machine": machine(), "rows": rows, "skipped": skipped}


def _row(contender: str) -> dict[str, Any]:
    """A cell for each case. Raises Failed where the software is not installed."""
    worker, name, cells = Worker(contender, MEMORY), contender, {}
    try:
        for key, case in CASES.items():
            if worker.process.poll() is not None:
                worker = Worker(contender, MEMORY)
            try:
                worker.prepare(case=key)
                name = worker.told["name"]
                cells[key] = verdict(answered(worker, n=0, patience=SECONDS), case.exact)
            except Failed as why:
                if why.missing is not None:
                    raise
                cells[key] = f"{why.kind}: {why.why}"[:80]
    finally:
        worker.end()
    return {"contender": contender, "name": name, "cells": cells}


def verdict(found: Answer, exact: Answer) -> str:
    """What is wrong with an answer, part by part; "right" where nothing is."""
    said = []
    for name, one, other in zip(("log Z", "P(identity)", "P(value)"), found[:3], exact[:3], strict=True):
        if one is None:
            continue
        assert other is not None
        wrong = _wrong(one, other)
        said.append((name, wrong))
    faults = [f"{name} {wrong}" for name, wrong in said if wrong]
    if len(faults) > 1 and len({wrong for _, wrong in said}) == 1:
        return f"all {said[0][1]}"
    return ", ".join(faults) or "right"


def _wrong(found: np.ndarray, exact: np.ndarray) -> str:
    if np.isnan(found).any():
        return "NaN"
    if np.isinf(found).any():
        return "−∞" if (found[np.isinf(found)] < 0).all() else "∞"
    if found.ndim > 1 and not found.any():
        return "0 throughout"
    off = np.abs(found - exact) / np.maximum(1, np.abs(exact))
    if off.max() < RIGHT:
        return ""
    if found.ndim == 2 and len(found) > 1:
        variation = np.abs(found - exact).sum(-1) / 2
        wrong = (found.argmax(-1) != exact.argmax(-1)).mean()
        return f"off by {np.median(variation):.2f} (median total variation), {wrong:.0%} wrong winners"
    return f"off by {np.abs(found - exact).max():.2g}"
