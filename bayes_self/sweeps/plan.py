"""The plan of a sweep: all that its result hangs on, and how it is cut into chunks."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from itertools import product
from typing import Any

import numpy as np

from bayes_self.evidence.evidence import Evidence
from bayes_self.scenario import Scenario
from bayes_self.sweeps.axes import Axis, Points
from bayes_self.sweeps.evaluate import Evaluator, evaluator

FORMAT = 1
MADE_BY = ("bayes-self", "jax", "numpy", "scipy")
"""Another version of one of these may give other bits, so that a sweep is finished by the versions that began it."""

Region = tuple[slice, ...]
"""A part of the result, along the dimensions of its points."""

_SMALLEST_CHUNK, _LARGEST_CHUNK, _CHUNKS = 2**12, 2**18, 64


@dataclass(frozen=True)
class Plan:
    """A sweep before it is run."""

    scenario: Scenario
    points: Points
    frame: str = "self-model"
    evidence: Evidence | None = None
    """What was observed, at every point; None for what the world of each point gives in expectation."""
    cut: tuple[int, ...] | None = None
    """The size of a chunk along each dimension, where it is not for the plan to say."""

    @property
    def n_points(self) -> int:
        """How many points there are."""
        return math.prod(self.points.shape)

    @cached_property
    def evaluator(self) -> Evaluator:
        """What computes beliefs at points. Raises ScenarioError where an axis is none of the scenario's."""
        return evaluator(self.scenario, self.points.axes, self.frame, self.evidence, self.n_points)

    @cached_property
    def chunk(self) -> tuple[int, ...]:
        """The size of a chunk along each dimension: whole last dimensions, as far as they fit."""
        if self.cut is not None:
            return self.cut
        room = int(np.clip(self.n_points // _CHUNKS, _SMALLEST_CHUNK, _LARGEST_CHUNK))
        sizes = []
        for n in reversed(self.points.shape):
            sizes.append(min(n, max(1, room)))
            room //= sizes[-1]
        return tuple(reversed(sizes))

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The chunks, in order."""
        return tuple(self._regions())

    def _regions(self) -> Iterator[Region]:
        starts = [range(0, n, size) for n, size in zip(self.points.shape, self.chunk, strict=True)]
        for corner in product(*starts):
            ends = zip(corner, self.chunk, self.points.shape, strict=True)
            yield tuple(slice(start, min(start + size, n)) for start, size, n in ends)

    def size(self, index: int) -> int:
        """How many points a chunk has."""
        return math.prod(part.stop - part.start for part in self.regions[index])

    def to_dict(self) -> dict[str, Any]:
        """The plan as JSON has it; equal for equal plans only."""
        evidence = None
        if self.evidence is not None:
            rows = self.evidence.rows(self.scenario)
            evidence = {"from_world": self.evidence.from_world, "rows": rows}
        return {
            "format": FORMAT,
            "made_by": {name: version(name) for name in MADE_BY},
            "scenario": {"name": self.scenario.name, "written": self.scenario.to_dict()},
            "frame": self.frame,
            "evidence": evidence,
            "axes": [
                {"key": axis.key, "values": list(axis.values), "log": axis.log, "continuous": axis.continuous}
                for axis in self.points.axes
            ],
            "sample": self.points.sample,
            "seed": self.points.seed,
            "chunk": list(self.chunk),
        }


def plan_from(written: dict[str, Any]) -> Plan:
    """The plan that `to_dict` wrote."""
    scenario = Scenario.from_dict(written["scenario"]["written"], written["scenario"]["name"])
    axes = tuple(Axis(a["key"], tuple(a["values"]), a["log"], a["continuous"]) for a in written["axes"])
    evidence = None
    if (given := written["evidence"]) is not None:
        counts = Evidence.from_rows(scenario, given["rows"]).counts
        evidence = Evidence(counts, from_world=given["from_world"])
    points = Points(axes, written["sample"], written["seed"])
    return Plan(scenario, points, written["frame"], evidence, tuple(written["chunk"]))


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What a plan says otherwise than an earlier one, each in a few words."""
    from bayes_self.scenario.difference import difference

    found = []
    if before.get("format") != now["format"]:
        return [f"the format of the folder ({before.get('format')}, now {now['format']})"]
    if before["scenario"] != now["scenario"]:
        old, new = (Scenario.from_dict(each["scenario"]["written"]) for each in (before, now))
        changed = difference(old, new)
        keys = [*changed.changed, *changed.added, *changed.removed]
        found.append(
            f"the scenario ({', '.join(keys[:3])}{', …' if len(keys) > 3 else ''})" if keys else "the scenario"
        )
    found += [f"what is swept ({key})" for key in _changed_axes(before["axes"], now["axes"])]
    for field, words in (
        ("frame", "the frame"),
        ("evidence", "the evidence"),
        ("sample", "the number of points"),
        ("seed", "the seed of the points"),
        ("chunk", "the size of chunks"),
        ("made_by", "the versions of the software"),
    ):
        if before[field] != now[field]:
            found.append(words)
    return found


def _changed_axes(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[str]:
    old, new = ({axis["key"]: axis for axis in axes} for axes in (before, now))
    changed = [key for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]
    return changed or (["the order of the keys"] if before != now else [])
