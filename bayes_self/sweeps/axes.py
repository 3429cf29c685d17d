"""What is swept: dotted keys, the values that each takes, and which combinations of them are asked for."""

import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from bayes_self.errors import Fault, ScenarioError

Value = float | int | str
"""A number, or a name (of a claim, say)."""


@dataclass(frozen=True)
class Axis:
    """A dotted key of the scenario file with the values that it takes."""

    key: str
    values: tuple[Value, ...]
    """The values of a grid; of quasi-random points the two ends of a range, or the names to draw from."""
    log: bool = False
    """Whether numbers between the two ends lie evenly on a logarithmic scale."""
    continuous: bool = False
    """Whether quasi-random points may have any number between the two ends."""

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers, not names."""
        return all(isinstance(value, float | int) and not isinstance(value, bool) for value in self.values)

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return self.key.startswith("world.trials.")


@dataclass(frozen=True)
class Points:
    """The points of a sweep, in order; a point is a position (or a number) on every axis."""

    axes: tuple[Axis, ...]
    sample: int | None = None
    """How many quasi-random points; None for all the points of the grid."""
    seed: int = 0
    """Scrambles the quasi-random sequence."""

    @property
    def shape(self) -> tuple[int, ...]:
        """How many points there are along each dimension of the result."""
        return tuple(len(axis.values) for axis in self.axes) if self.sample is None else (self.sample,)

    @property
    def dims(self) -> tuple[str, ...]:
        """The dimensions of the result: the keys of a grid, or the one `point`."""
        return tuple(axis.key for axis in self.axes) if self.sample is None else ("point",)

    def coordinates(self, region: tuple[slice, ...]) -> list[np.ndarray]:
        """The value of every axis at the points of a region of the result, in C order: positions where it has names."""
        if self.sample is None:
            at = np.meshgrid(*(np.arange(part.start, part.stop) for part in region), indexing="ij", sparse=False)
            return [_values(axis)[positions.ravel()] for axis, positions in zip(self.axes, at, strict=True)]
        cube = _sobol(len(self.axes), region[0].start, region[0].stop, self.seed)
        return [_drawn(axis, u) for axis, u in zip(self.axes, cube.T, strict=True)]


def _values(axis: Axis) -> Float[np.ndarray, " N"]:
    return np.array(axis.values, dtype=float) if axis.is_number else np.arange(len(axis.values), dtype=float)


def _drawn(axis: Axis, u: Float[np.ndarray, " N"]) -> Float[np.ndarray, " N"]:
    """Where points in [0, 1) fall on an axis."""
    if not axis.continuous:
        return _values(axis)[np.minimum((u * len(axis.values)).astype(int), len(axis.values) - 1)]
    low, high = (float(value) for value in axis.values)
    x = np.exp(np.log(low) + u * np.log(high / low)) if axis.log else low + u * (high - low)
    return np.rint(x) if axis.is_whole else np.clip(x, low, high)


def _sobol(size: int, start: int, stop: int, seed: int) -> Float[np.ndarray, "N K"]:
    """Points of a scrambled Sobol sequence, from any place of it."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(size, rng=seed)
    if start:
        sequence.fast_forward(start)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The balance properties", category=UserWarning)
        return sequence.random(stop - start)


def grid(over: Mapping[str, Sequence[Value] | np.ndarray]) -> Points:
    """The grid of all combinations of the values given for each key.

    Raises:
        ScenarioError: an axis without values, or one that has a value twice, or numbers and names together.

    """
    axes = [Axis(key, tuple(_plain(value) for value in values)) for key, values in over.items()]
    return Points(tuple(checked(axes)))


def sample(over: Mapping[str, Sequence[Value] | np.ndarray], points: int, seed: int = 0) -> Points:
    """Quasi-random points: of a key with two numbers anything between them, of names each equally often.

    Raises:
        ScenarioError: as `grid`, or a range whose ends are in the wrong order.

    """
    axes = []
    for key, given in over.items():
        values = tuple(_plain(value) for value in given)
        numbers = all(not isinstance(value, str | bool) for value in values)
        axes.append(Axis(key, values, continuous=numbers and len(values) == 2))
    return Points(tuple(checked(axes)), points, seed)


def checked(axes: Sequence[Axis]) -> Sequence[Axis]:
    """The axes, if each is one. Raises ScenarioError with all their faults."""
    faults = [Fault(axis.key, "from --over", got, expected) for axis in axes for got, expected in _faults(axis)]
    twice = {axis.key for axis in axes if [other.key for other in axes].count(axis.key) > 1}
    faults += [Fault(key, "from --over", "a key that is swept twice", "each key once") for key in sorted(twice)]
    if not axes:
        faults.append(Fault("", "from --over", "nothing to sweep over", "at least one --over KEY=FROM:TO:N"))
    if faults:
        raise ScenarioError(faults)
    return axes


def _faults(axis: Axis) -> list[tuple[str, str]]:
    if not axis.values:
        return [("no values", "at least one")]
    kinds = {isinstance(value, str | bool) for value in axis.values}
    if len(kinds) > 1:
        return [("numbers and names together", "either")]
    if axis.is_number and not all(math.isfinite(float(value)) for value in axis.values):
        return [("a number that is not finite", "finite numbers")]
    if axis.continuous and not float(axis.values[0]) < float(axis.values[1]):
        return [(f"{axis.values[0]:g}:{axis.values[1]:g}", "a range from the smaller number to the larger")]
    if axis.log and float(axis.values[0]) <= 0:
        return [(f"a logarithmic range from {axis.values[0]:g}", "one from a number above 0")]
    if len(set(axis.values)) < len(axis.values):
        return [("a value twice", "values that differ")]
    return []


def _plain(value: Any) -> Value:
    """A value as Python's own type, which can be written and compared."""
    return value.item() if isinstance(value, np.generic) else value
