"""Synthetic evidence: reality where there is a fact, the spec where it claims, improvisation in the void.

Improvisation: the model acts from its own self-model, sees itself act, and takes that as evidence. One step tries one
probe once; the outcome is drawn from the posterior predictive distribution, of me or of the part as far as the stream
is believed to be about either. With weights 1 the posterior is a martingale along the steps.
"""

import math
from collections.abc import Iterator

import numpy as np
from jaxtyping import Float, Int, Num

from bayes_self.evidence.evidence import Evidence
from bayes_self.model.arrays import AnyArray, one_hot
from bayes_self.model.beliefs import Predictive, believe
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.counts import evidence_of
from bayes_self.model.parameters import Parameters
from bayes_self.model.potentials import Counts
from bayes_self.scenario import Scenario
from bayes_self.world.draws import Key, multinomial, outcome, uniforms
from bayes_self.world.self_model import self_model_of
from bayes_self.world.world import World, answers, expected_counts, void_probes


def expect(scenario: Scenario) -> Evidence:
    """The evidence that the scenario's world gives in expectation; nothing is improvised, and no key is needed."""
    model = self_model_of(scenario)
    if model.world is None:
        return Evidence(from_world=True)
    return evidence_of(expected_counts(model.world, model.numbers), model.names, from_world=True)


def simulate(scenario: Scenario, *, key: Key) -> Evidence:
    """Evidence drawn from the scenario's world.

    Each probe draws with numbers of its own, made from `key` (a whole number, or a key of JAX) and the probe's name, so
    that editing one probe leaves the draws of the others as they were. Probes about the void are then tried in turn,
    one trial at a time, and answered by the self-model itself.
    """
    model = self_model_of(scenario)
    if model.world is None:
        return Evidence(from_world=True)
    return evidence_of(drawn(model.world, model.numbers, model.names, key), model.names, from_world=True)


def drawn(world: World, believed: Parameters, names: Coordinates, key: Key) -> Counts:
    """Counts drawn from a world, and improvised in its void by a self-model that believes `believed`.

    Leading axes of the numbers and of the world are settings, each of which draws what it would draw alone.
    """
    observed, order = shown(world, believed, names, key), turns(world, *void_probes(world, believed))
    *_, after = improvised(believed, observed, order, uniforms(key, "improvisation", order.shape[-1]))
    return after


def shown(world: World, believed: Parameters, names: Coordinates, key: Key) -> Counts:
    """What a world that answers shows of facts and claims, by a draw."""
    true, (alone, several) = answers(world, believed), world.trials

    def draw(probe: tuple[str, str], trials: Num[AnyArray, "..."], row: Float[AnyArray, "... O"]) -> np.ndarray:
        trials = np.broadcast_to(trials, np.broadcast_shapes(trials.shape, row.shape[:-1]))
        row = np.broadcast_to(row, (*trials.shape, row.shape[-1]))
        counts, speaks = np.zeros(row.shape), row.any(-1)
        for n in np.unique(trials[(trials > 0) & speaks]):
            tried = speaks & (trials == n)
            counts[tried] = multinomial(key, "/".join(probe), int(n), row[tried])
        return counts

    single = [draw(probe, alone[..., p], true.single[..., p, :]) for p, probe in enumerate(names.single)]
    joint = (draw(probe, several[..., j], true.joint[j][..., 0, :]) for j, probe in enumerate(names.joint))
    return Counts(
        np.stack(single, -2) if single else np.zeros(true.single.shape), tuple(seen[..., None, :] for seen in joint)
    )


def improvised(
    believed: Parameters, counts: Counts, order: Int[np.ndarray, "... step"], u: Float[AnyArray, "... step"]
) -> Iterator[Counts]:
    """The evidence before the first turn, and after each: the outcome of probe `order[i]` is the quantile of `u[i]`.

    Leading axes are runs, or settings, side by side. Probes are counted single-facet ones first, then joint ones; -1
    is the turn of none.
    """
    yield counts
    for step in range(order.shape[-1]):
        turn = one_hot(order[..., step], counts.single.shape[-2] + len(counts.joint))
        row = _row(turn, believe(believed, counts).predictive)
        new = one_hot(outcome(u[..., step], row), row.shape[-1])
        counts = _one_more(counts, turn, new * turn.any(-1, keepdims=True))
        yield counts


def _row(turn: Float[AnyArray, "... Q"], predictive: Predictive) -> Float[AnyArray, "... O"]:
    """P(outcome) of the probe whose turn it is; certainty of the first outcome where it is the turn of none."""
    rows = [*np.moveaxis(predictive.single, -2, 0), *predictive.joint]
    width = max(row.shape[-1] for row in rows)
    found = np.zeros(width)
    for q, row in enumerate(rows):
        if turn[..., q].any():
            wide = np.pad(row, [(0, 0)] * (row.ndim - 1) + [(0, width - row.shape[-1])])
            found = np.where(turn[..., q, None] > 0, wide, found)
    return np.where(turn.any(-1, keepdims=True), found, np.arange(width) == 0)


def _one_more(counts: Counts, turn: Float[AnyArray, "... Q"], new: Float[AnyArray, "... O"]) -> Counts:
    """The counts with one trial more of the probe whose turn it is."""
    n, width = counts.single.shape[-2:]
    single = counts.single + turn[..., :n, None] * new[..., None, :width] if n else counts.single
    joint = (
        seen + turn[..., n + j, None, None] * new[..., None, : seen.shape[-1]] for j, seen in enumerate(counts.joint)
    )
    return counts._replace(single=single, joint=tuple(joint))


def turns(world: World, single: AnyArray, joint: AnyArray) -> Int[np.ndarray, "... step"]:
    """The order in which void probes are tried: round by round, each probe once a round until its trials are used.

    With leading axes each setting has an order of its own, -1 after its end.
    """
    left = np.concatenate([world.trials[0] * single, world.trials[1] * joint], axis=-1).astype(int)
    every = left.reshape(math.prod(left.shape[:-1]), left.shape[-1])
    orders = np.full((len(every), int(every.sum(-1).max(initial=0))), -1)
    for order, trials in zip(orders, every, strict=True):
        probe = np.repeat(np.arange(len(trials)), trials)
        rounds = np.arange(len(probe)) - np.repeat(np.cumsum(trials) - trials, trials)
        order[: len(probe)] = probe[np.argsort(rounds, kind="stable")]
    return orders.reshape(*left.shape[:-1], orders.shape[-1])


MOST_IMPROVISED = 400
"""Trials in the void that are worth waiting for where evidence is drawn again and again: each is a step of its own."""


def trials_in_the_void(scenario: Scenario) -> int:
    """How many trials in the void are improvised, one after the other, to draw the evidence once."""
    model = self_model_of(scenario)
    return 0 if model.world is None else int(improvised_trials(model.world, model.numbers))


def improvised_trials(world: World, claims: Parameters) -> Num[AnyArray, "..."]:
    """How many trials in the void a world has; leading axes are settings."""
    single, joint = void_probes(world, claims)
    return (world.trials[0] * single).sum(-1) + (world.trials[1] * joint).sum(-1)
