"""The world: what is true, and what probes show because of it. Inference never sees it.

A facet with a fact is answered by reality, whatever the spec said. A facet without one has the value that is claimed,
with certainty: the claim establishes the fact. Where the spec is silent too is the void, and the world says nothing.
Claims and numbers may have leading axes, and the world then answers each setting.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from jaxtyping import Bool, Inexact, Int

from bayes_self.model.arrays import AnyArray
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.parameters import Parameters, Probes
from bayes_self.model.potentials import Counts, namespace_of
from bayes_self.model.streams.observations import likelihoods
from bayes_self.model.streams.spec import SILENT, in_force
from bayes_self.scenario import Scenario

VOID = SILENT


@dataclass(frozen=True)
class World:
    """A scenario's world as arrays."""

    truth: Parameters
    """The scenario's numbers with the true tables and reliabilities in them; claims as in the scenario."""
    facts: Int[AnyArray, "... D"]
    """The true value of each facet, -1 where there is no fact."""
    trials: tuple[Inexact[AnyArray, "... P"], Inexact[AnyArray, "... J"]]
    """How often each single-facet probe is tried, and each joint one."""


def world_of(scenario: Scenario, names: Coordinates, believed: Parameters) -> World | None:
    """The scenario's world, or None if it has none; `believed` are the scenario's numbers."""
    if scenario.world is None:
        return None
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
    single, joint = (
        np.array([tries.get(stream, {}).get(probe, 0) for stream, probe in probes], dtype=float)
        for probes in (names.single, names.joint)
    )
    return World(truth, facts, (single, joint))


def _true(believed: Probes, names: tuple[tuple[str, str], ...], scenario: Scenario) -> Probes:
    table = np.array(believed.table)
    for p, name in enumerate(names):
        true = scenario.true_table(*name)
        table[(p, *(slice(size) for size in true.shape))] = true
    return replace(believed, table=table, reliability=np.array([scenario.true_reliability(*name) for name in names]))


def facts_in_force(world: World, claims: Parameters) -> Int[AnyArray, "... D"]:
    """The value that is true of each facet: the fact, else what `claims` says of it (last), else -1 (the void)."""
    xp = namespace_of(claims)
    return xp.where(world.facts == VOID, in_force(xp, claims.claims, world.facts.shape[-1]), world.facts)


def answers(world: World, claims: Parameters) -> Counts:
    """What probes show, P(outcome): ρ_true A_true + (1 - ρ_true) e at the facts in force, under the claims of `claims`.

    0 for every outcome of a probe about the void. The same in every frame: a frame is a belief, and changes nothing
    outside.
    """
    facts = facts_in_force(world, claims)
    truth = replace(world.truth, claims=claims.claims, identity_claims=claims.identity_claims)
    xp = namespace_of(truth)
    single, joint = likelihoods(xp, truth)
    shown = _at(xp, single, facts[..., truth.single.facet[:, 0], None])
    rows = []
    for table, scope in zip(joint, truth.joint_scopes, strict=True):
        rows.append(_at(xp, table[(..., 0, *(slice(None),) * (len(scope) + 1))], facts[..., list(scope)])[..., None, :])
    return Counts(shown, tuple(rows))


def _at(xp: Any, table: Inexact[AnyArray, "..."], facts: Int[AnyArray, "... A"]) -> Inexact[AnyArray, "... O"]:
    """The row of a table (..., values, outcome) at the facts; 0 where one of them is void."""
    k = facts.shape[-1]
    sizes, n_outcomes = table.shape[-1 - k : -1], table.shape[-1]
    cell = np.zeros(facts.shape[:-1], dtype=int)
    for i, size in enumerate(sizes):
        cell = cell * size + xp.where(facts[..., i] == VOID, 0, facts[..., i])
    lead = np.broadcast_shapes(cell.shape, table.shape[: table.ndim - 1 - k])
    flat = xp.reshape(table, (*table.shape[: table.ndim - 1 - k], int(np.prod(sizes)), n_outcomes))
    flat = xp.broadcast_to(flat, (*lead, *flat.shape[-2:]))
    row = xp.take_along_axis(flat, xp.broadcast_to(xp.asarray(cell), lead)[..., None, None], axis=-2)[..., 0, :]
    return xp.where((facts == VOID).any(-1)[..., None], 0.0, row)


def expected_counts(world: World, claims: Parameters) -> Counts:
    """Trials times P(outcome) in the world; nothing in the void."""
    shown, (single, joint) = answers(world, claims), world.trials
    rows = (joint[..., j, None, None] * row for j, row in enumerate(shown.joint))
    return Counts(single[..., None] * shown.single, tuple(rows))


def answered_again(world: World, counts: Counts, before: Parameters, after: Parameters) -> Counts:
    """The evidence when the claims change from those of `before` to those of `after` and the world answers again.

    Rows of probes about a facet whose fact changed, and of probes whose errors follow the part, are replaced by
    expected counts (nothing, in the void). All other rows are kept.
    """
    changed = facts_in_force(world, before) != facts_in_force(world, after)
    new, xp = expected_counts(world, after), namespace_of(after, counts)
    again = (world.truth.single.errors_of_part > 0) | changed[..., world.truth.single.facet[:, 0]]
    joint = tuple(
        xp.where(((probe.errors_of_part[..., 0] > 0) | changed[..., list(scope)].any(-1))[..., None, None], fresh, old)
        for old, fresh, probe, scope in zip(
            counts.joint, new.joint, world.truth.joint, world.truth.joint_scopes, strict=True
        )
    )
    return counts._replace(single=xp.where(again[..., None], new.single, counts.single), joint=joint)


def void_probes(world: World, claims: Parameters) -> tuple[Bool[AnyArray, "... P"], Bool[AnyArray, "... J"]]:
    """Which single-facet probes, and which joint ones, are about the void."""
    void = facts_in_force(world, claims) == VOID
    joint = [void[..., list(scope)].any(-1) for scope in world.truth.joint_scopes]
    none = np.zeros((*void.shape[:-1], 0), dtype=bool)
    return void[..., world.truth.single.facet[:, 0]], np.stack(joint, -1) if joint else none
