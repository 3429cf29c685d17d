"""The plausible space around a scenario: which of its numbers move together, and what a point of the space is.

A point is one number in [0, 1] for each number that moves, all independent and uniform; `ranges` says how far it
moves. Points may lie along leading axes. Where numbers are said in one place, they move together: all reliabilities of
a stream, a salience of all facets, the trials of a stream. The world moves along: what is believed and what is true get
the same shift, so that a belief that is right in the file is right everywhere, and one that is wrong stays wrong.
Facts, claims, base probabilities, errors that are given as a table, priors (bits move in their place), and whatever the
frame fixes, stay as they are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from bayes_self.beliefs.case import Case
from bayes_self.measures.ranges import BITS, MENTIONS, TRIALS, WEIGHT, factor, reshaped, shifted
from bayes_self.model.arrays import AnyArray
from bayes_self.model.frames import fixes
from bayes_self.model.keys import over_cells
from bayes_self.model.parameters import Parameters, Probes
from bayes_self.scenario.keys import Path, dotted

Unit = Float[AnyArray, "... K"]
"""Numbers in [0, 1]: where between the ends of its range each number lies."""


class Point(NamedTuple):
    """The numbers of a scenario, and how often its world tries each probe, somewhere in the space."""

    numbers: Parameters
    trials: tuple[Float[np.ndarray, "... P"], Float[np.ndarray, "... J"]]


class Group(NamedTuple):
    """Numbers that are said in one place of the file, and are held responsible together."""

    path: tuple[str, ...]
    size: int
    """How many numbers in [0, 1] say where they are."""
    put: Callable[[Point, Unit], Point]

    @property
    def key(self) -> str:
        """The dotted key of that place."""
        return dotted(self.path)


def groups(case: Case) -> tuple[Group, ...]:
    """All that moves in a case: single numbers first, then profiles and tables, entry by entry."""
    found = (*_of_self_models(case), *_of_streams(case), *_trials(case), *_profiles(case), *_tables(case))
    return tuple(group for group in found if group.size and not fixes(case.frame, group.path))


def at(point: Point, space: tuple[Group, ...], cube: Unit) -> Point:
    """The numbers at a point of the space; `cube` has the sizes of all groups, one after the other."""
    start = 0
    for group in space:
        point = group.put(point, cube[..., start : start + group.size])
        start += group.size
    return point


def _changing(change: Callable[[Parameters, Unit], Parameters]) -> Callable[[Point, Unit], Point]:
    return lambda point, u: point._replace(numbers=change(point.numbers, u))


def _of_self_models(case: Case) -> Iterator[Group]:
    yield Group(("coherence",), 1, _changing(lambda n, u: replace(n, coherence=shifted(n.coherence, u[..., 0]))))
    each = len(case.names.facets) if isinstance(case.scenario.salience, dict) else 1
    yield Group(("salience",), each, _changing(lambda n, u: replace(n, salience=shifted(n.salience, u))))
    for h, identity in enumerate(case.names.written):
        yield Group(("identities", identity, "bits"), 1, _changing(partial(_cheaper_or_dearer, h)))
    if case.names.masks:
        yield Group(("masks", "bits"), 1, _changing(_masked))
    if (name := case.names.pretraining) is not None:
        mentions = partial(_scaled_field, "mentions", MENTIONS)
        yield Group(("streams", name, "mentions"), len(case.names.written), _changing(mentions))
        weight = _changing(lambda n, u: _scaled_field("pretraining_weight", WEIGHT, n, u[..., 0]))
        yield Group(("streams", name, "weight"), 1, weight)


def _cheaper_or_dearer(h: int, numbers: Parameters, u: Unit) -> Parameters:
    return replace(numbers, bits=numbers.bits + BITS * (2 * u - 1) * (np.arange(numbers.bits.shape[-1]) == h))


def _masked(numbers: Parameters, u: Unit) -> Parameters:
    return replace(numbers, masks=replace(numbers.masks, bits=numbers.masks.bits + BITS * (2 * u[..., 0] - 1)))


def _scaled_field(field: str, largest: float, numbers: Parameters, u: Float[np.ndarray, "..."]) -> Parameters:
    return replace(numbers, **{field: getattr(numbers, field) * factor(largest, u)})


def _of_streams(case: Case) -> Iterator[Group]:
    """The weight and the reliability of every stream that claims or observes, and the ownership of the latter."""
    for name in case.scenario.streams:
        if name != case.names.pretraining:
            for field, move in (("weight", _scaled), ("reliability", shifted)):
                yield Group(("streams", name, field), 1, _changing(partial(_in_stream, case, name, field, move)))
        if name in case.names.streams:
            if getattr(case.scenario.streams[name], "doubt", 0.0) > 0:
                yield Group(("streams", name, "doubt"), 1, _changing(partial(_in_stream, case, name, "doubt", shifted)))
            yield Group(("streams", name, "ownership"), 1, _changing(partial(_owned, case.names.streams.index(name))))


def _scaled(weight: Float[AnyArray, "... P"], u: Float[AnyArray, "... 1"]) -> Float[AnyArray, "... P"]:
    return weight * factor(WEIGHT, u)


def _owned(s: int, numbers: Parameters, u: Unit) -> Parameters:
    mine = np.arange(numbers.ownership.shape[-1]) == s
    return replace(numbers, ownership=np.where(mine, shifted(numbers.ownership, u), numbers.ownership))


def _in_stream(
    case: Case, stream: str, field: str, move: Callable[..., np.ndarray], numbers: Parameters, u: Unit
) -> Parameters:
    """Move a field of every claim and probe of a stream."""

    def moved(rows: Any, cells: Sequence[Path]) -> Any:
        mine = np.array([cell[1] == stream for cell in cells], dtype=bool)
        if not mine.any():
            return rows
        values = getattr(rows, field)
        return replace(rows, **{field: np.where(mine, move(values, u), values)})

    return over_cells(numbers, case.names, moved)


def _trials(case: Case) -> Iterator[Group]:
    if case.world is None:
        return
    cells = (case.names.single, case.names.joint)
    for stream in case.names.streams:
        mine = tuple(np.array([name == stream for name, _ in probes], dtype=bool) for probes in cells)
        tried = any((n * own).any() for n, own in zip(case.world.trials, mine, strict=True))
        yield Group(("world", "trials", stream), int(tried), partial(_tried, mine))


def _tried(mine: tuple[Bool[np.ndarray, " _"], ...], point: Point, u: Unit) -> Point:
    times = factor(TRIALS, u)
    single, joint = (np.where(own, n * times, n) for own, n in zip(mine, point.trials, strict=True))
    return point._replace(trials=(single, joint))


def _profiles(case: Case) -> Iterator[Group]:
    for h, identity in enumerate(case.names.written):
        free = _free(case.believed.profile[h])
        yield Group(("identities", identity, "profile"), int(free.sum()), _changing(partial(_imply, h, free)))


def _imply(h: int, free: Bool[np.ndarray, "D V"], numbers: Parameters, u: Unit) -> Parameters:
    row = reshaped(numbers.profile[..., h, :, :], free, u)
    mine = (np.arange(numbers.profile.shape[-3]) == h)[:, None, None]
    return replace(numbers, profile=np.where(mine, row[..., None, :, :], numbers.profile))


def _tables(case: Case) -> Iterator[Group]:
    for stream in case.names.streams:
        single = _free_tables(case, stream, lambda numbers: numbers.single, [name for name, _ in case.names.single])
        joint = tuple(
            _free_tables(case, stream, lambda numbers, j=j: numbers.joint[j], [name])
            for j, (name, _) in enumerate(case.names.joint)
        )
        size = sum(int(free.sum()) for free in (single, *joint))
        yield Group(("streams", stream, "probes"), size, _changing(partial(_show, single, joint)))


def _free_tables(
    case: Case, stream: str, probes: Callable[[Parameters], Probes], streams: list[str]
) -> Bool[np.ndarray, "P *V O"]:
    """The entries of a stream's tables that can move, in what is believed or in what is true."""
    free = _free(probes(case.believed).table)
    if case.world is not None:
        free |= _free(probes(case.world.truth).table)
    mine = np.array([name == stream for name in streams], dtype=bool)
    return free & mine.reshape(-1, *(1,) * (free.ndim - 1))


def _show(
    single: Bool[np.ndarray, "P V O"], joint: tuple[Bool[np.ndarray, "..."], ...], numbers: Parameters, u: Unit
) -> Parameters:
    sizes = np.cumsum([free.sum() for free in (single, *joint)])[:-1]
    first, *others = np.split(u, sizes, axis=-1)
    return replace(
        numbers,
        single=_with_table(numbers.single, single, first),
        joint=tuple(map(_with_table, numbers.joint, joint, others)),
    )


def _with_table(probes: Probes, free: Bool[np.ndarray, "..."], u: Unit) -> Probes:
    return replace(probes, table=reshaped(probes.table, free, u))


def _free(p: Float[AnyArray, "... O"]) -> Bool[AnyArray, "... O"]:
    """Entries that are neither 0 nor 1."""
    possible = np.asarray(p) > 0
    return possible & (possible.sum(-1, keepdims=True) > 1)
