"""How axes are written on the command line: `KEY=FROM:TO:N`, `KEY=FROM:TO:N:log` or `KEY=a,b,c`."""

import re
from collections.abc import Sequence

import numpy as np

from bayes_self.errors import Fault, ScenarioError
from bayes_self.scenario.assign import parse_assignment
from bayes_self.scenario.keys import split_assignment
from bayes_self.sweeps.axes import Axis, Points, Value, checked
from bayes_self.words.spelling import shown

WHERE = "from --over"
GRID = "FROM:TO:N, FROM:TO:N:log, or values with commas between them"
RANGE = "FROM:TO, FROM:TO:log, or values with commas between them"

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_RANGE = re.compile(rf"({_NUMBER}):({_NUMBER})(?::(\d+))?(:log)?\Z")
_ITEM = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^,]*?)\s*(?:,|\Z)""")


def read_points(written: Sequence[str], points: int | None, seed: int = 0) -> Points:
    """The points that `--over` (repeated) and `--points` ask for.

    Raises:
        ScenarioError: with every fault of every axis.

    """
    axes, faults = [], []
    for text in written:
        try:
            axes.append(_axis(text, points is not None))
        except ScenarioError as error:
            faults += error.faults
    if faults:
        raise ScenarioError(faults)
    return Points(tuple(checked(axes)), points, seed)


def _axis(text: str, sampled: bool) -> Axis:
    expected = RANGE if sampled else GRID
    try:
        key, written = split_assignment(text)
    except ValueError:
        raise ScenarioError([Fault(text, WHERE, "what is no axis", f"KEY={expected}")]) from None
    if found := _RANGE.match(written):
        low, high, count, log = float(found[1]), float(found[2]), found[3], found[4] is not None
        if sampled and count is None:
            return Axis(key, (low, high), log, continuous=True)
        if not sampled and count is not None and int(count) > 0:
            return _even(key, low, high, int(count), log)
    elif ":" not in written and (values := _listed(key, written)):
        return Axis(key, values)
    hint = "with --points no N is given to an axis" if sampled and found else ""
    raise ScenarioError([Fault(key, WHERE, shown(written), expected, hint)])


def _even(key: str, low: float, high: float, count: int, log: bool) -> Axis:
    """A grid's axis: so many numbers, evenly from end to end; whole ones, and no two the same, for trials."""
    if log and min(low, high) <= 0:
        raise ScenarioError([Fault(key, WHERE, f"{low:g}:{high:g}:{count}:log", "ends above 0")])
    values = np.geomspace(low, high, count) if log else np.linspace(low, high, count)
    axis = Axis(key, tuple(values.tolist()), log)
    if axis.is_whole:
        return Axis(key, tuple(int(value) for value in dict.fromkeys(np.rint(values).tolist())), log)
    return axis


def _listed(key: str, written: str) -> tuple[Value, ...]:
    """The values of a list, each read as `--set` would read it."""
    values, at = [], 0
    while at < len(written):
        found = _ITEM.match(written, at)
        if found is None or not found[1]:
            return ()
        values.append(parse_assignment(f"{key}={found[1]}")[1])
        at = found.end()
    return tuple(values)
