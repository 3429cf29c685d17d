"""Synthetic evidence: reality where there is a fact, the spec where it claims, improvisation in the void."""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import jax
import numpy as np
from jaxtyping import Float, PRNGKeyArray

from bayes_self.arrays import AnyArray
from bayes_self.beliefs import live_referents
from bayes_self.coordinates import coordinates_of
from bayes_self.counts import evidence_of
from bayes_self.evidence import Evidence
from bayes_self.executables import Executable
from bayes_self.improvisation import improvise
from bayes_self.padding import even_turns, evenly_claimed
from bayes_self.parameters import parameters_of
from bayes_self.potentials import Counts
from bayes_self.precision import in_float64
from bayes_self.scenario import Scenario
from bayes_self.world import World, answers, expected_counts, void_probes, world_of


def expect(scenario: Scenario) -> Evidence:
    """The evidence that the scenario's world gives in expectation; nothing is improvised, and no key is needed."""
    names = coordinates_of(scenario)
    world = world_of(scenario, names)
    if world is None:
        return Evidence(from_world=True)
    return evidence_of(expected_counts(world, parameters_of(scenario, names)), names, from_world=True)


@in_float64
def simulate(scenario: Scenario, *, key: PRNGKeyArray | int) -> Evidence:
    """Evidence drawn from the scenario's world.

    Each probe draws with a key of its own, made from `key` (a JAX key, or a whole number to make one from) and the
    probe's name, so that editing one probe leaves the draws of the others as they were. Probes about the void are
    then tried in turn, one trial at a time, and answered by the self-model itself.
    """
    names = coordinates_of(scenario)
    world = world_of(scenario, names)
    if world is None:
        return Evidence(from_world=True)
    key = _key_of(key) if isinstance(key, int) else key
    believed = parameters_of(scenario, names)
    shown = answers(world, believed)
    single = [
        _draw(key, probe, n, row) for probe, n, row in zip(names.single, world.trials[0], shown.single, strict=True)
    ]
    joint = tuple(
        _draw(key, probe, n, row[0])[None]
        for probe, n, row in zip(names.joint, world.trials[1], shown.joint, strict=True)
    )
    counts = Counts(np.array(single).reshape(shown.single.shape), joint)
    order = turns(world, *void_probes(world, believed))
    if len(order):
        told = evenly_claimed(believed)
        counts = _improvise(told, counts, live_referents(believed), key, even_turns(order), len(order))
    return evidence_of(jax.tree.map(np.asarray, counts), names, from_world=True)


def observed_in(scenario: Scenario, given: Sequence[Mapping[str, Any]] | None, *, expected: bool) -> Evidence:
    """The evidence of a scenario: the rows that were given, else what its world answers.

    Args:
        scenario: the scenario, with whatever was edited in it.
        given: rows of evidence that do not hang on the scenario's numbers, None where there are none.
        expected: whether the world gives its expectation, in place of a draw with its seed.

    """
    if given is not None or scenario.world is None:
        return Evidence.from_rows(scenario, given) if given else Evidence.empty()
    return expect(scenario) if expected else simulate(scenario, key=scenario.world.seed)


MOST_IMPROVISED = 400
"""Trials in the void that are worth waiting for where evidence is drawn again and again: each is a step of its own."""


def improvised(scenario: Scenario) -> int:
    """How many trials in the void are improvised, one after the other, to draw the evidence once."""
    names = coordinates_of(scenario)
    world = world_of(scenario, names)
    if world is None:
        return 0
    voids = void_probes(world, parameters_of(scenario, names))
    return int(sum(float((n * np.asarray(void)).sum()) for n, void in zip(world.trials, voids, strict=True)))


_improvise = Executable(improvise)
_key_of = Executable(jax.random.key)


def generator(key: PRNGKeyArray | int, name: str) -> np.random.Generator:
    """NumPy's generator for one purpose: its seed is made of the key and of the purpose's name."""
    key = jax.random.key(key) if isinstance(key, int) else key
    words = np.asarray(jax.random.key_data(key)).ravel().tolist()
    return np.random.Generator(np.random.PCG64([*words, zlib.crc32(name.encode())]))


def _draw(
    key: PRNGKeyArray, probe: tuple[str, str], trials: float | AnyArray, row: Float[AnyArray, " O"]
) -> np.ndarray:
    """A multinomial draw, by NumPy, which has nothing to compile."""
    if trials == 0 or not row.any():
        return np.zeros(len(row))
    chances = np.asarray(row, dtype=float)
    return generator(key, "/".join(probe)).multinomial(int(trials), chances / chances.sum()).astype(float)


def turns(world: World, single: AnyArray, joint: tuple[bool, ...]) -> np.ndarray:
    """The order in which void probes are tried: round by round, each probe once a round until its trials are used."""
    left = np.concatenate([world.trials[0] * single, world.trials[1] * np.array(joint, dtype=bool)]).astype(int)
    rounds = [np.flatnonzero(left > n) for n in range(left.max(initial=0))]
    return np.concatenate(rounds).astype(int) if rounds else np.zeros(0, dtype=int)
