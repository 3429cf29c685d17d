"""Synthetic evidence: reality where there is a fact, the spec where it claims, improvisation in the void.

Improvisation: the model acts from its own self-model, sees itself act, and takes that as evidence. One step tries one
probe once; the outcome is drawn from the posterior predictive distribution, of me or of the part as far as the stream
is believed to be about either. With weights 1 the posterior is a martingale along the steps.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from bayes_self.arrays import AnyArray, one_hot
from bayes_self.beliefs import believe
from bayes_self.coordinates import Coordinates
from bayes_self.counts import evidence_of
from bayes_self.draws import Key, multinomial, outcome, uniforms
from bayes_self.evidence import Evidence
from bayes_self.parameters import Parameters
from bayes_self.potentials import Counts
from bayes_self.scenario import Scenario
from bayes_self.self_model import self_model_of
from bayes_self.world import World, answers, expected_counts, row_of, void_probes


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
    """Counts drawn from a world, and improvised in its void by a self-model that believes `believed`."""
    observed, order = shown(world, believed, names, key), turns(world, *void_probes(world, believed))
    *_, after = improvised(believed, observed, order, uniforms(key, "improvisation", len(order)))
    return after


def shown(world: World, believed: Parameters, names: Coordinates, key: Key) -> Counts:
    """What a world that answers shows of facts and claims, by a draw."""
    true = answers(world, believed)

    def draw(probe: tuple[str, str], trials: float, row: Float[AnyArray, "... O"]) -> np.ndarray:
        if trials == 0 or not row.any():
            return np.zeros(row.shape)
        return multinomial(key, "/".join(probe), int(trials), row)

    single = [draw(*each) for each in zip(names.single, world.trials[0], np.moveaxis(true.single, -2, 0), strict=True)]
    joint = (
        draw(probe, trials, row[..., 0, :])[..., None, :]
        for probe, trials, row in zip(names.joint, world.trials[1], true.joint, strict=True)
    )
    return Counts(np.stack(single, -2) if single else np.zeros(true.single.shape), tuple(joint))


def improvised(
    believed: Parameters, counts: Counts, order: Int[np.ndarray, " step"], u: Float[AnyArray, "... step"]
) -> Iterator[Counts]:
    """The evidence before the first turn, and after each: the outcome of probe `order[i]` is the quantile of `u[i]`.

    Leading axes are runs side by side. Probes are counted single-facet ones first, then joint ones.
    """
    yield counts
    for step, probe in enumerate(order.tolist()):
        single, joint = believe(believed, counts).predictive
        row = row_of(Counts(single, tuple(each[..., None, :] for each in joint)), probe)
        counts = _one_more(counts, probe, one_hot(outcome(u[..., step], row), row.shape[-1]))
        yield counts


def _one_more(counts: Counts, probe: int, new: Float[AnyArray, "... O"]) -> Counts:
    """The counts with one trial of a probe more."""
    n = counts.single.shape[-2]
    if probe < n:
        mine = (np.arange(n) == probe)[:, None]
        return counts._replace(single=counts.single + mine * new[..., None, :])
    joint = tuple(seen + new[..., None, :] if j == probe - n else seen for j, seen in enumerate(counts.joint))
    return counts._replace(joint=joint)


def turns(world: World, single: AnyArray, joint: AnyArray) -> Int[np.ndarray, " step"]:
    """The order in which void probes are tried: round by round, each probe once a round until its trials are used."""
    left = np.concatenate([world.trials[0] * single, world.trials[1] * joint]).astype(int)
    rounds = [np.flatnonzero(left > n) for n in range(left.max(initial=0))]
    return np.concatenate(rounds).astype(int) if rounds else np.zeros(0, dtype=int)


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


def trials_in_the_void(scenario: Scenario) -> int:
    """How many trials in the void are improvised, one after the other, to draw the evidence once."""
    model = self_model_of(scenario)
    return 0 if model.world is None else len(turns(model.world, *void_probes(model.world, model.numbers)))
