"""Improvisation in the void: the model acts from its own self-model, sees itself act, and takes that as evidence.

One step tries one probe once. The outcome is drawn from the self-model's posterior predictive distribution, of me or
of the part as far as the stream is believed to be about either, and counts as evidence from the next step on.
With weights 1 the posterior is a martingale along the steps.
"""

from collections.abc import Sequence
from dataclasses import replace

import jax
import jax.numpy as jnp
from jaxtyping import Float, Int, PRNGKeyArray

from bayes_self.arrays import AnyArray
from bayes_self.log_evidence import log_evidence, no_tilt
from bayes_self.parameters import Parameters
from bayes_self.potentials import Counts, Potentials, potentials
from bayes_self.streams.observations import likelihoods


def predictive(
    numbers: Parameters, counts: Counts, referents: Float[AnyArray, "M S"]
) -> tuple[Float[AnyArray, "P O"], tuple[Float[AnyArray, "1 _"], ...]]:
    """P(next outcome of each probe given the evidence), untempered: Σ_z P(z of the stream's referent) P(o given z).

    The probabilities of the referent's values are the derivatives of log Z with respect to what a stream's probes say.
    """
    given = potentials(numbers, counts)

    def of_what_is_observed(
        observed: Float[AnyArray, "S D V"], jointly: tuple[Float[AnyArray, "..."], ...]
    ) -> Float[AnyArray, ""]:
        heard: Potentials = replace(given, observed=observed, observed_jointly=jointly)
        return log_evidence(heard, referents, no_tilt(given))

    referent, jointly = jax.grad(of_what_is_observed, argnums=(0, 1))(given.observed, given.observed_jointly)
    single, joint = likelihoods(numbers)
    values = referent[numbers.single.stream, numbers.single.facet[:, 0]]
    return jnp.einsum("pv,pvo->po", values, single), tuple(
        jnp.tensordot(weights, table[0], axes=weights.ndim)[None] for weights, table in zip(jointly, joint, strict=True)
    )


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
    return Counts(counts.single + added[0], tuple(n + new for n, new in zip(counts.joint, added[1:], strict=True)))


def improvise(
    numbers: Parameters,
    counts: Counts,
    referents: Float[AnyArray, "M S"],
    key: PRNGKeyArray,
    probes: Int[AnyArray, " step"],
) -> Counts:
    """The evidence after trying `probes` one by one; vmap over `key` for many runs at once."""

    def step(state: Counts, what: tuple[PRNGKeyArray, Int[AnyArray, ""]]) -> tuple[Counts, None]:
        own_key, probe = what
        return act(numbers, state, referents, own_key, probe), None

    after, _ = jax.lax.scan(step, counts, (jax.random.split(key, len(probes)), probes))
    return after
