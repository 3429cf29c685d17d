"""A setting: the numbers of a scenario and its world; how a number moves in it, and settings side by side.

What moves may have leading axes, so that many settings are asked about at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float

from bayes_self.model.arrays import AnyArray, expanded, namespace
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.keys import Setter
from bayes_self.model.parameters import Parameters, Probes
from bayes_self.scenario import Scenario
from bayes_self.world.world import World


class Setting(NamedTuple):
    """The numbers of a scenario as a frame has them, and its world."""

    numbers: Parameters
    world: World | None


def put_number(put: Setter, known: tuple[np.ndarray, ...], setting: Setting, x: Float[AnyArray, "..."]) -> Setting:
    """What is believed moves, and what is true with it, except where the world says what is true."""
    moved = setting._replace(numbers=put(setting.numbers, x))
    if setting.world is None:
        return moved
    before, xp = setting.world.truth, namespace(x)
    truth = put(before, x)
    probes = [
        replace(after, reliability=xp.where(said, old.reliability, after.reliability)) if said.any() else after
        for said, old, after in zip(known, _all(before), _all(truth), strict=True)
    ]
    return moved._replace(world=replace(setting.world, truth=replace(truth, single=probes[0], joint=tuple(probes[1:]))))


def _all(numbers: Parameters) -> tuple[Probes, ...]:
    return numbers.single, *numbers.joint


def known_reliabilities(scenario: Scenario, names: Coordinates) -> tuple[np.ndarray, ...]:
    """Of which probes the world says the true reliability: the single-facet ones, then each joint one."""
    said = scenario.world.reliability if scenario.world is not None else {}
    single = np.array([stream in said for stream, _ in names.single], dtype=bool)
    return single, *(np.array([stream in said]) for stream, _ in names.joint)


def put_trials(probe: tuple[str, str], names: Coordinates, setting: Setting, x: Float[AnyArray, "..."]) -> Setting:
    assert setting.world is not None
    xp, alone, several = namespace(x), *setting.world.trials
    single = np.array([name == probe for name in names.single], dtype=bool)
    joint = np.array([name == probe for name in names.joint], dtype=bool)
    trials = (xp.where(single, expanded(x, 1), alone), xp.where(joint, expanded(x, 1), several))
    return setting._replace(world=replace(setting.world, trials=trials))


def arrays_in(structure: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], AnyArray]]:
    """Every array of a structure of dataclasses and tuples, with its place in it."""
    if hasattr(structure, "shape"):
        yield place, structure
    for name, part in _inside(structure).items():
        yield from arrays_in(part, (*place, name))


def with_arrays(structure: Any, new: Mapping[tuple[str | int, ...], AnyArray]) -> Any:
    """The structure with other arrays at some places."""
    if () in new:
        return new[()]
    changed: dict[Any, Any] = {}
    for name, part in _inside(structure).items():
        if below := {place[1:]: array for place, array in new.items() if place[0] == name}:
            changed[name] = with_arrays(part, below)
    if not changed:
        return structure
    if hasattr(structure, "_replace"):
        return structure._replace(**changed)
    if is_dataclass(structure) and not isinstance(structure, type):
        return replace(structure, **changed)
    return tuple(changed.get(i, part) for i, part in _inside(structure).items())


def _inside(structure: Any) -> dict[Any, Any]:
    if is_dataclass(structure):
        return {field.name: getattr(structure, field.name) for field in fields(structure)}
    if hasattr(structure, "_asdict"):
        return structure._asdict()
    return dict(enumerate(structure)) if isinstance(structure, tuple) else {}


def side_by_side(base: Any, moved: Sequence[tuple[int, Any]]) -> Any:
    """Structures like `base`, each for so many settings, as one with a leading axis for all settings.

    An array that none of them has moved stays as it is in `base`, without that axis.
    """
    rows = [(n, dict(arrays_in(each))) for n, each in moved]
    new = {}
    for place, array in arrays_in(base):
        if any(each[place] is not array for _, each in rows):
            parts = [np.broadcast_to(each[place], (n, *np.shape(array))) for n, each in rows]
            new[place] = np.concatenate(parts)
    return with_arrays(base, new) if new else base


def rows_of(base: Any, structure: Any, rows: slice | np.ndarray) -> Any:
    """Some of the settings of a structure made by `side_by_side` from `base`."""
    before = dict(arrays_in(base))
    new = {place: array[rows] for place, array in arrays_in(structure) if array is not before[place]}
    return with_arrays(structure, new) if new else structure
