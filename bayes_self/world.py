"""The world: what is true, and what probes show because of it. Inference never sees it.

A facet with a fact is answered by reality, whatever the spec said. A facet without one has the value that is claimed,
with certainty: the claim establishes the fact. Where the spec is silent too is the void, and the world says nothing.
"""

from dataclasses import dataclass, replace

import jax
import numpy as np
from jaxtyping import Array, Float, Int

from bayes_self.arrays import AnyArray
from bayes_self.coordinates import Coordinates
from bayes_self.executables import Executable
from bayes_self.padding import evenly_claimed
from bayes_self.parameters import Parameters, Probes, parameters_of
from bayes_self.potentials import Counts
from bayes_self.precision import in_float64
from bayes_self.scenario import Scenario
from bayes_self.streams.observations import likelihoods

VOID = -1


@dataclass(frozen=True)
class World:
    """A scenario's world as arrays."""

    truth: Parameters
    """The scenario's numbers with the true tables and reliabilities in them; claims as in the scenario."""
    facts: Int[AnyArray, " D"]
    """The true value of each facet, -1 where there is no fact."""
    trials: tuple[Float[AnyArray, " P"], Float[AnyArray, " J"]]
    """How often each single-facet probe is tried, and each joint one."""


class Answers(Counts):
    """P(outcome) of each probe in the world; 0 for every outcome of a probe about the void."""


def world_of(scenario: Scenario, names: Coordinates) -> World | None:
    """The scenario's world, or None if it has none."""
    if scenario.world is None:
        return None
    believed = parameters_of(scenario, names)
    facts = np.full(len(names.facets), VOID)
    for facet, value in scenario.world.facts.items():
        d = names.facets.index(facet)
        facts[d] = names.values[d].index(value)
    tries = scenario.world.trials
    truth = replace(
        believed,
        single=_true(believed.single, names.single, scenario),
        joint=tuple(_true(p, (name,), scenario) for p, name in zip(believed.joint, names.joint, strict=True)),
    )
    trials = tuple(
        np.array([tries.get(stream, {}).get(probe, 0) for stream, probe in probes], dtype=float)
        for probes in (names.single, names.joint)
    )
    return World(truth, facts, (trials[0], trials[1]))


def _true(believed: Probes, names: tuple[tuple[str, str], ...], scenario: Scenario) -> Probes:
    table = np.array(believed.table)
    for p, name in enumerate(names):
        true = scenario.true_table(*name)
        table[(p, *(slice(size) for size in true.shape))] = true
    return replace(believed, table=table, reliability=np.array([scenario.true_reliability(*name) for name in names]))


def facts_in_force(world: World, claims: Parameters) -> Int[AnyArray, " D"]:
    """The value that is true of each facet: the fact, else what `claims` says of it (last), else -1 (the void)."""
    facts = world.facts.copy()
    said = claims.claims
    for d, value, weight in zip(said.subject, said.answer, said.weight, strict=True):
        if weight > 0 and world.facts[d] == VOID:
            facts[d] = value
    return facts


def answers(world: World, claims: Parameters) -> Answers:
    """What probes show, P(outcome): ρ_true A_true + (1 - ρ_true) e at the facts in force, under the claims of `claims`.

    The same in every frame: a frame is a belief, and changes nothing outside.
    """
    facts = facts_in_force(world, claims)
    truth = replace(world.truth, claims=claims.claims, identity_claims=claims.identity_claims)
    single, joint = jax.tree.map(np.asarray, _likelihoods(evenly_claimed(truth)))
    return _shown(facts, truth, single, joint)


def _shown(
    facts: Int[AnyArray, " D"],
    truth: Parameters,
    single: Float[AnyArray, "P V O"],
    joint: tuple[Float[AnyArray, "1 ... _"], ...],
) -> Answers:
    about = facts[truth.single.facet[:, 0]]
    shown = single[np.arange(len(about)), about] * (about != VOID)[:, None]
    return Answers(
        shown, tuple(_at(table, facts[np.array(d)]) for table, d in zip(joint, truth.joint_scopes, strict=True))
    )


_likelihoods = in_float64(Executable(likelihoods))


def _at(table: Float[AnyArray, "1 *V O"], facts: Int[AnyArray, " A"]) -> Float[AnyArray, "1 O"]:
    return table[(slice(None), *facts)] * (facts != VOID).all()


def expected_counts(world: World, claims: Parameters) -> Counts:
    """Trials times P(outcome) in the world; nothing in the void."""
    return _tried(answers(world, claims), world.trials)


def expected_counts_at(
    facts: Int[AnyArray, " D"], truth: Parameters, trials: tuple[Float[AnyArray, " P"], Float[AnyArray, " J"]]
) -> Counts:
    """The same as a pure function of the numbers of a world, given its facts in force: batched by `jax.vmap`."""
    return _tried(_shown(facts, truth, *likelihoods(truth)), trials)


def _tried(shown: Answers, trials: tuple[Float[AnyArray, " P"], Float[AnyArray, " J"]]) -> Counts:
    single, joint = trials
    return Counts(single[:, None] * shown.single, tuple(n * row for n, row in zip(joint, shown.joint, strict=True)))


def answered_again(world: World, counts: Counts, before: Parameters, after: Parameters) -> Counts:
    """The evidence when the claims change from those of `before` to those of `after` and the world answers again.

    Rows of probes about a facet whose fact changed, and of probes whose errors follow the part, are replaced by
    expected counts (nothing, in the void). All other rows are kept.
    """
    changed = facts_in_force(world, before) != facts_in_force(world, after)
    new = expected_counts(world, after)
    follows = world.truth.single.errors_of_part > 0
    again = follows | changed[world.truth.single.facet[:, 0]]
    joint = tuple(
        fresh if probe.errors_of_part[0] > 0 or changed[list(scope)].any() else old
        for old, fresh, probe, scope in zip(
            counts.joint, new.joint, world.truth.joint, world.truth.joint_scopes, strict=True
        )
    )
    return counts._replace(single=np.where(again[:, None], new.single, counts.single), joint=joint)


def void_probes(world: World, claims: Parameters) -> tuple[Array | np.ndarray, tuple[bool, ...]]:
    """Which single-facet probes, and which joint ones, are about the void."""
    void = facts_in_force(world, claims) == VOID
    return void[world.truth.single.facet[:, 0]], tuple(bool(void[list(d)].any()) for d in world.truth.joint_scopes)
