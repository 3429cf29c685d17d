"""From a dotted key to a function that moves a setting along it: what is pure, and batched by `jax.vmap`.

Numbers that `named_numbers` knows are put where they belong. Any other key (a claim, a fact, an entry of a table) is
set in the scenario once for each of its values, and what differs in the arrays is what it moves. That all keys together
move a setting to where the scenario itself would be with those values is tried at a few points, before anything else.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.coordinates import Coordinates, coordinates_of
from bayes_self.errors import Fault, ScenarioError
from bayes_self.frames import FIXED
from bayes_self.named_numbers import Setter, setter
from bayes_self.parameters import Parameters, Probes
from bayes_self.scenario import Scenario
from bayes_self.scenario.keys import split
from bayes_self.sweeps.axes import Axis, Value
from bayes_self.sweeps.setting import Setting, setting_of

WHERE = "from --over"
LARGEST = 2_000
"""Values of a key for each of which the scenario is written anew."""

Move = Callable[[Setting, Float[AnyArray, ""]], Setting]


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
    names = coordinates_of(start)
    found = tuple(_move(start, axis, frame, names) for axis in axes)
    _refuse_entangled(start, axes, found, frame)
    return found


def _move(start: Scenario, axis: Axis, frame: str, names: Coordinates) -> Move:
    path = [str(part) for part in split(axis.key)]
    if path[0] in FIXED[frame] or path[-1] in FIXED[frame]:
        raise _refusal(axis.key, f"a number that the frame {frame} fixes", "a key that it leaves open")
    if path[:2] == ["world", "trials"] and len(path) == 4:
        return _of_trials((path[2], path[3]), names)
    if axis.is_number:
        try:
            put, _ = setter(axis.key, start, names)
        except ScenarioError:
            pass
        else:
            return partial(_put, put, _known_reliabilities(start, names))
    if axis.continuous or len(axis.values) > LARGEST:
        expected = f"a number of the model, or at most {LARGEST:,} values with commas between them"
        raise _refusal(axis.key, "a key that can only be set value by value", expected)
    return _of_variants(start, axis, frame)


def _put(put: Setter, known: tuple[np.ndarray, ...], setting: Setting, x: Float[AnyArray, ""]) -> Setting:
    """What is believed moves, and what is true with it, except where the world says what is true."""
    moved = setting._replace(numbers=put(setting.numbers, x))
    if setting.truth is None:
        return moved
    truth, before = put(setting.truth, x), setting.truth
    probes = [
        replace(after, reliability=jnp.where(said, old.reliability, after.reliability))
        for said, old, after in zip(known, _all(before), _all(truth), strict=True)
    ]
    return moved._replace(truth=replace(truth, single=probes[0], joint=tuple(probes[1:])))


def _all(numbers: Parameters) -> tuple[Probes, ...]:
    return numbers.single, *numbers.joint


def _known_reliabilities(scenario: Scenario, names: Coordinates) -> tuple[np.ndarray, ...]:
    """Of which probes the world says the true reliability: the single-facet ones, then each joint one."""
    said = scenario.world.reliability if scenario.world is not None else {}
    single = np.array([stream in said for stream, _ in names.single], dtype=bool)
    return single, *(np.array([stream in said]) for stream, _ in names.joint)


def _of_trials(probe: tuple[str, str], names: Coordinates) -> Move:
    single = np.array([name == probe for name in names.single], dtype=bool)
    joint = np.array([name == probe for name in names.joint], dtype=bool)

    def move(setting: Setting, x: Float[AnyArray, ""]) -> Setting:
        assert setting.trials is not None
        alone, several = setting.trials
        return setting._replace(trials=(jnp.where(single, x, alone), jnp.where(joint, x, several)))

    return move


def _of_variants(start: Scenario, axis: Axis, frame: str) -> Move:
    """The scenario with each value of the key; the elements of arrays in which any of them differs are what moves."""
    base, tree = jax.tree.flatten(setting_of(start, frame))
    stacks: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    variants = []
    for value in axis.values:
        leaves, own = jax.tree.flatten(setting_of(start.with_set(axis.key, written(axis, value), WHERE), frame))
        if own != tree or [np.shape(leaf) for leaf in leaves] != [np.shape(leaf) for leaf in base]:
            raise _refusal(axis.key, "values that give the model another shape", "values that change numbers only")
        variants.append(leaves)
    for i, leaf in enumerate(base):
        stack = np.stack([leaves[i] for leaves in variants])
        if (differs := np.any(stack != np.asarray(leaf), axis=0)).any():
            stacks[i] = stack, differs
    if not stacks and len(axis.values) > 1:
        raise _refusal(axis.key, "a key that changes no number of the model", "one that does")
    values = np.asarray(axis.values, dtype=float) if axis.is_number else np.arange(len(axis.values), dtype=float)

    def move(setting: Setting, x: Float[AnyArray, ""]) -> Setting:
        here = jnp.argmin(jnp.abs(jnp.asarray(values) - x))
        leaves = jax.tree.leaves(setting)
        for i, (stack, differs) in stacks.items():
            leaves[i] = jnp.where(differs, jnp.asarray(stack)[here], leaves[i])
        return jax.tree.unflatten(tree, leaves)

    return move


def _refuse_entangled(start: Scenario, axes: Sequence[Axis], found: Sequence[Move], frame: str) -> None:
    """Keys that all hang on one another (a stream's weight and its probe's) must end where the scenario would be."""
    for share in (0.0, 0.5, 1.0):
        at = [round(share * (len(axis.values) - 1)) for axis in axes]
        values = {axis.key: written(axis, axis.values[i]) for axis, i in zip(axes, at, strict=True)}
        there = setting_of(start.with_settings(values, WHERE), frame)
        moved: Setting = setting_of(start, frame)
        for axis, i, move in zip(axes, at, found, strict=True):
            moved = move(moved, jnp.asarray(float(axis.values[i]) if axis.is_number else float(i)))
        for one, other in zip(jax.tree.leaves(moved), jax.tree.leaves(there), strict=True):
            if not np.allclose(np.asarray(one), np.asarray(other), rtol=1e-14, atol=0):
                keys = ", ".join(axis.key for axis in axes)
                raise _refusal(keys, "keys that hang on one another", "keys that can be set independently")


def _refusal(key: str, got: str, expected: str) -> ScenarioError:
    return ScenarioError([Fault(key, WHERE, got, expected)])
