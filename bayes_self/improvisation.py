"""Improvisation in the void: the model acts from its own self-model, sees itself act, and takes that as evidence.

One step tries one probe once. The outcome is drawn from the self-model's posterior predictive distribution, of me or
of the part as far as the stream is believed to be about either, and counts as evidence from the next step on.
With weights 1 the posterior is a martingale along the steps.
"""

from collections.abc import Sequence

import jax
import jax.numpy as jnp
from jaxtyping import Float, Int, PRNGKeyArray

from bayes_self.arrays import AnyArray
from bayes_self.parameters import Parameters
from bayes_self.potentials import Counts
from bayes_self.prediction import predictive


def act(
    numbers: Parameters,
    counts: Counts,
    referents: Float[AnyArray, "M S"],
    key: PRNGKeyArray,
    probe: Int[AnyArray, ""],
) -> Counts:
    """The evidence after one more trial of one probe, its outcome drawn from the predictive distribution.

    `probe` counts the single-facet probes first, then the joint ones.
    """
    single, joint = predictive(numbers, counts, referents)
    rows: Sequence[Float[AnyArray, "N O"]] = (single, *joint)
    keys = jax.random.split(key, len(rows))
    position, added = 0, []
    for row, own_key in zip(rows, keys, strict=True):
        drawn = jax.random.categorical(own_key, jnp.log(row), axis=-1)
        chosen = position + jnp.arange(row.shape[0]) == probe
        added.append(jnp.where(chosen[:, None], jax.nn.one_hot(drawn, row.shape[1]), 0.0))
        position += row.shape[0]
    joint = tuple(n + new for n, new in zip(counts.joint, added[1:], strict=True))
    return counts._replace(single=counts.single + added[0], joint=joint)


def improvise(
    numbers: Parameters,
    counts: Counts,
    referents: Float[AnyArray, "M S"],
    key: PRNGKeyArray,
    probes: Int[AnyArray, " step"],
    turns: Int[AnyArray, ""] | int | None = None,
) -> Counts:
    """The evidence after trying `probes` one by one; vmap over `key` for many runs at once.

    With `turns`, only so many of them are tried: any number of turns is then one compiled program. Each turn has a key
    of its own, which does not depend on how many follow.
    """
    if not len(probes):
        return counts
    keys = jax.random.split(key, len(probes))
    return jax.lax.fori_loop(
        0,
        len(probes) if turns is None else turns,
        lambda turn, state: act(numbers, state, referents, keys[turn], probes[turn]),
        counts,
    )
