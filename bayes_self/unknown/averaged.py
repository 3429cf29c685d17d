"""What is believed at every draw of the unknown numbers: exact beliefs, likelihoods, and replicates of the evidence."""

from collections.abc import Callable
from typing import NamedTuple, cast

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Float, PRNGKeyArray

from bayes_self.arrays import AnyArray
from bayes_self.beliefs import Beliefs, believe
from bayes_self.coordinates import PROBE
from bayes_self.potentials import Counts
from bayes_self.prediction import Referents, referents_of_probes
from bayes_self.simulation import generator
from bayes_self.streams.observations import likelihoods
from bayes_self.unknown.question import Question

_AT_ONCE = 64


class AtDraws(NamedTuple):
    """Beliefs and likelihoods for one body of evidence, with a leading axis over draws (N)."""

    beliefs: Beliefs
    """Exact posterior probabilities, given the unknown numbers of the draw; log Z in nats."""
    without: Float[AnyArray, "N Q"]
    """log Z in nats without the counts of one observed probe (Q of them)."""
    referents: Referents
    """P(values of what each probe is about, of its stream's referent)."""
    tables: tuple[Float[AnyArray, "N P V O"], tuple[Float[AnyArray, "..."], ...]]
    """P(outcome given values), errors included: of single-facet probes, and of each joint one."""


AtEveryDraw = Callable[[np.ndarray, Counts, Counts], AtDraws]


def beliefs_at_draws(question: Question) -> AtEveryDraw:
    """The function from N draws of the unknown numbers (N, K), counts, and counts without each probe, to `AtDraws`.

    Compiled once for all bodies of evidence that observe as many probes.
    """
    referents = jnp.asarray(question.referents)

    def one(x: Float[AnyArray, " K"], counts: Counts, left_out: Counts) -> AtDraws:
        numbers = question.numbers(x)
        return AtDraws(
            believe(numbers, counts, referents),
            lax.map(lambda others: question.log_likelihood(x, others), left_out),
            referents_of_probes(numbers, counts, referents),
            likelihoods(numbers),
        )

    @jax.jit
    def every(x: Float[AnyArray, "N K"], counts: Counts, left_out: Counts) -> AtDraws:
        return lax.map(lambda each: one(each, counts, left_out), x, batch_size=_AT_ONCE)

    return lambda x, counts, left_out: cast(AtDraws, jax.tree.map(np.asarray, every(x, counts, left_out)))


def leaving_out_each(question: Question, counts: Counts) -> tuple[list[PROBE], Counts]:
    """The observed probes, and the counts without each in turn, stacked along a leading axis."""
    names = question.cases[0].names
    probes, without = [], []
    for p, probe in enumerate(names.single):
        if counts.single[p].sum() > 0:
            probes.append(probe)
            without.append(
                counts._replace(single=np.where(np.arange(len(counts.single))[:, None] == p, 0, counts.single))
            )
    for j, probe in enumerate(names.joint):
        if counts.joint[j].sum() > 0:
            probes.append(probe)
            joint = tuple(np.zeros_like(seen) if i == j else seen for i, seen in enumerate(counts.joint))
            without.append(counts._replace(joint=joint))
    if not without:  # JAX maps over no empty axis
        return [], cast(Counts, jax.tree.map(lambda each: each[None], counts))
    return probes, cast(Counts, jax.tree.map(lambda *each: np.stack(each), *without))


def replicates(
    question: Question, found: AtDraws, trials: dict[PROBE, int], *, key: PRNGKeyArray | int
) -> dict[PROBE, Float[np.ndarray, "N O"]]:
    """Counts of each probe as they might have been, one replicate for each draw.

    A replicate draws the values that the probe is about once, from the beliefs about the stream's referent at that
    draw, and then as many trials as there were: one settled self-model answers them all.
    """
    names, drawn = question.cases[0].names, {}
    for probe, n in trials.items():
        weights, table = _of(probe, found, names.single, names.joint)
        rng = generator(key, "replicates/" + "/".join(probe))
        flat = weights.reshape(len(weights), -1)
        flat = flat / flat.sum(-1, keepdims=True)
        cell = (flat.cumsum(-1) < rng.random((len(flat), 1))).sum(-1)
        # Rounding may leave the last sum below 1; the last value that has probability stands for it.
        cell = np.minimum(cell, flat.shape[1] - 1 - (flat[:, ::-1] > 0).argmax(-1))
        rows = table.reshape(len(table), -1, table.shape[-1])[np.arange(len(table)), cell]
        rows = rows[:, : len(names.outcomes[probe])]
        drawn[probe] = rng.multinomial(n, rows / rows.sum(-1, keepdims=True)).astype(float)
    return drawn


def _of(
    probe: PROBE, found: AtDraws, single: tuple[PROBE, ...], joint: tuple[PROBE, ...]
) -> tuple[np.ndarray, np.ndarray]:
    if probe in single:
        p = single.index(probe)
        return np.asarray(found.referents.single)[:, p], np.asarray(found.tables[0])[:, p]
    j = joint.index(probe)
    return np.asarray(found.referents.joint[j]), np.asarray(found.tables[1][j])[:, 0]
