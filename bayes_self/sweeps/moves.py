"""From a dotted key to a function that moves a setting along it, for any number of points at once.

Numbers that `named_numbers` knows are put where they belong. Any other key (a claim, a fact, an entry of a table) is
set in the scenario once for each of its values, and what differs in the arrays is what it moves. That all keys together
move a setting to where the scenario itself would be with those values is tried at a few points, before anything else.
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from jaxtyping import Float

from bayes_self.errors import Fault, ScenarioError
from bayes_self.model.arrays import AnyArray, expanded, namespace
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.frames import fixes, framed
from bayes_self.model.keys import setter
from bayes_self.scenario import Scenario
from bayes_self.scenario.keys import split
from bayes_self.sweeps.axes import Axis, Value
from bayes_self.world.self_model import self_model_of
from bayes_self.world.setting import Setting, arrays_in, known_reliabilities, put_number, put_trials, with_arrays

WHERE = "from --over"
LARGEST = 2_000
"""Values of a key for each of which the scenario is written anew."""


Move = Callable[[Setting, Float[AnyArray, "..."]], Setting]
"""Moves a setting to a number, or to the position of a name."""


def setting_of(scenario: Scenario, frame: str) -> Setting:
    """A scenario as a setting."""
    model = self_model_of(scenario)
    return Setting(framed(model.numbers, frame), model.world)


def start_of(scenario: Scenario, axes: Sequence[Axis]) -> Scenario:
    """The scenario at the first value of every axis, if it is one there and at the last.

    Raises:
        ScenarioError: a key that the file does not have, or a value that cannot stand there.

    """
    first = scenario.with_settings({axis.key: written(axis, axis.values[0]) for axis in axes}, WHERE)
    for axis in axes:
        ends = (min(axis.values), max(axis.values)) if axis.is_number else axis.values[:LARGEST]
        for value in ends:
            first.with_set(axis.key, written(axis, value), WHERE)
    return first


def written(axis: Axis, value: Value) -> Value:
    """A value as the file has it: trials are whole numbers."""
    return int(value) if axis.is_whole and float(value) == int(value) else value


def moves(start: Scenario, axes: Sequence[Axis], frame: str) -> tuple[Move, ...]:
    """How each axis moves a setting: by its number, or by the position of its name.

    Raises:
        ScenarioError: a key that moves nothing, that the frame fixes, or that does not go with another.

    """
    found = tuple(_move(start, axis, frame, self_model_of(start).names) for axis in axes)
    _refuse_entangled(start, axes, found, frame)
    return found


def _move(start: Scenario, axis: Axis, frame: str, names: Coordinates) -> Move:
    path = split(axis.key)
    if fixes(frame, path):
        raise _refusal(axis.key, f"a number that the frame {frame} fixes", "a key that it leaves open")
    if path[:2] == ("world", "trials") and len(path) == 4:
        return partial(put_trials, (path[2], path[3]), names)
    if axis.is_number:
        try:
            put, _ = setter(axis.key, start, names)
        except ScenarioError:
            pass
        else:
            return partial(put_number, put, known_reliabilities(start, names))
    if axis.continuous or len(axis.values) > LARGEST:
        expected = f"a number of the model, or at most {LARGEST:,} values with commas between them"
        raise _refusal(axis.key, "a key that can only be set value by value", expected)
    return _of_variants(start, axis, frame)


def _of_variants(start: Scenario, axis: Axis, frame: str) -> Move:
    """The scenario with each value of the key; the elements of arrays in which any of them differs are what moves."""
    base = dict(arrays_in(setting_of(start, frame)))
    variants = [
        dict(arrays_in(setting_of(start.with_set(axis.key, written(axis, value), WHERE), frame)))
        for value in axis.values
    ]
    if any({k: a.shape for k, a in each.items()} != {k: a.shape for k, a in base.items()} for each in variants):
        raise _refusal(axis.key, "values that give the model another shape", "values that change numbers only")
    stacks = {place: np.stack([each[place] for each in variants]) for place in base}
    differing = {place: (stack != base[place]).any(0) for place, stack in stacks.items()}
    moving = {place: (stacks[place], differs) for place, differs in differing.items() if differs.any()}
    if not moving and len(axis.values) > 1:
        raise _refusal(axis.key, "a key that changes no number of the model", "one that does")
    values = np.asarray(axis.values, dtype=float) if axis.is_number else np.arange(len(axis.values), dtype=float)

    def move(setting: Setting, x: Float[AnyArray, "..."]) -> Setting:
        xp = namespace(x)
        here = xp.argmin(xp.abs(values - expanded(x, 1)), axis=-1)
        now = dict(arrays_in(setting))
        return with_arrays(
            setting,
            {
                place: xp.where(differs, xp.asarray(stack)[here], now[place])
                for place, (stack, differs) in moving.items()
            },
        )

    return move


def _refuse_entangled(start: Scenario, axes: Sequence[Axis], found: Sequence[Move], frame: str) -> None:
    """Keys that all hang on one another (a stream's weight and its probe's) must end where the scenario would be."""
    for share in (0.0, 0.5, 1.0):
        at = [round(share * (len(axis.values) - 1)) for axis in axes]
        values = {axis.key: written(axis, axis.values[i]) for axis, i in zip(axes, at, strict=True)}
        there = dict(arrays_in(setting_of(start.with_settings(values, WHERE), frame)))
        moved = setting_of(start, frame)
        for axis, i, move in zip(axes, at, found, strict=True):
            moved = move(moved, np.asarray(float(axis.values[i]) if axis.is_number else float(i)))
        for place, array in arrays_in(moved):
            if not np.allclose(array, there[place], rtol=1e-14, atol=0):
                keys = ", ".join(axis.key for axis in axes)
                raise _refusal(keys, "keys that hang on one another", "keys that can be set independently")


def _refusal(key: str, got: str, expected: str) -> ScenarioError:
    return ScenarioError([Fault(key, WHERE, got, expected)])
