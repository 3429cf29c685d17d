"""What the model makes when it is run forward: someone, what is claimed of them, the part, and what probes show."""

from dataclasses import replace
from typing import cast

import jax
import jax.numpy as jnp
from jaxtyping import Float, Int, PRNGKeyArray

from bayes_self.inference.question import Question
from bayes_self.model.arrays import AnyArray
from bayes_self.model.parameters import Claims, Parameters, Probes
from bayes_self.model.potentials import Counts
from bayes_self.model.streams.observations import likelihoods, part
from bayes_self.model.streams.pretraining import log_prior, profiles


def random_numbers(key: PRNGKeyArray, numbers: Parameters) -> Parameters:
    """The numbers with every profile and table drawn anew from flat Dirichlet distributions, zeros staying zeros.

    How surely masks show is drawn from uniform distributions, on the facets that they cover.
    """
    of_profile, of_single, *of_joint = jax.random.split(key, 2 + len(numbers.joint))
    covers = jnp.asarray(numbers.masks.covers)
    shows = jnp.where(covers > 0, jax.random.uniform(jax.random.fold_in(key, 0), covers.shape), 0.0)
    return replace(
        numbers,
        profile=_flat_dirichlet(of_profile, numbers.stands[..., None] * (numbers.base > 0)),
        masks=replace(numbers.masks, covers=shows),
        single=_random_table(of_single, numbers.single),
        joint=tuple(_random_table(of, probe) for of, probe in zip(of_joint, numbers.joint, strict=True)),
    )


def _random_table(key: PRNGKeyArray, probes: Probes) -> Probes:
    exists = jnp.arange(probes.table.shape[-1]) < jnp.asarray(probes.outcomes)[:, None]
    exists = exists.reshape(exists.shape[0], *(1,) * (probes.table.ndim - 2), exists.shape[1])
    values = jnp.sum(probes.table, -1, keepdims=True) > 0
    return replace(probes, table=_flat_dirichlet(key, exists * values))


def _flat_dirichlet(key: PRNGKeyArray, exists: AnyArray) -> Float[AnyArray, "..."]:
    raw = jax.random.exponential(key, exists.shape) * exists
    total = jnp.sum(raw, -1, keepdims=True)
    return jnp.where(total > 0, raw / jnp.where(total > 0, total, 1.0), 0.0)


def simulated(
    key: PRNGKeyArray, question: Question, believed: Parameters, x: Float[AnyArray, " K"], trials: int
) -> tuple[Parameters, Counts]:
    """What the model makes of numbers x: the scenario with the claims that were drawn, and counts of every probe.

    Forward from the definition: me, with a mask or without, what is claimed of me, the part that the claims describe,
    whose evidence each stream is, which probes are broken, and the trials. No inference is used.
    """
    of_me, of_claims, of_part, of_referents, of_trials = jax.random.split(key, 5)
    numbers = question.numbers(x, believed)
    h, z = _someone(of_me, log_prior(jnp, numbers), profiles(numbers))
    goes_by = jnp.array([*range(len(numbers.prior)), *numbers.masks.worn])[h]
    claims = _claimed(jax.random.fold_in(of_claims, 0), numbers.claims, z, numbers.n_values)
    identity = _claimed(
        jax.random.fold_in(of_claims, 1), numbers.identity_claims, goes_by[None], jnp.array([len(numbers.prior)])
    )
    believed = replace(believed, claims=claims, identity_claims=identity)
    numbers = question.numbers(x, believed)
    played = part(jnp, numbers)
    possible = played.possible
    ownership = jnp.where(possible, numbers.ownership, 1.0)
    about_me = jax.random.uniform(of_referents, ownership.shape) < ownership
    n = len(numbers.prior)  # the part wears no mask
    _, z_part = _someone(
        of_part,
        jnp.where(possible, played.log_identities, log_prior(jnp, numbers)[:n]),
        jnp.where(possible, played.values, profiles(numbers)[:n]),
    )
    return believed, _tried(of_trials, numbers, jnp.where(about_me[:, None], z, z_part), trials)


def _someone(
    key: PRNGKeyArray, log_weights: Float[AnyArray, " J"], values: Float[AnyArray, "J D V"]
) -> tuple[Int[AnyArray, ""], Int[AnyArray, " D"]]:
    """An identity, and values of its facets."""
    of_identity, of_values = jax.random.split(key)
    h = jax.random.categorical(of_identity, log_weights)
    return h, jax.random.categorical(of_values, jnp.log(values[h]), axis=-1)


def _claimed(key: PRNGKeyArray, claims: Claims, truth: Int[AnyArray, " D"], sizes: AnyArray) -> Claims:
    """Each claim is true with probability ρ, and else any answer, the true one among them."""
    of_truth, of_answer = jax.random.split(key)
    n = jnp.asarray(sizes)[claims.subject].astype(int)
    anything = jax.random.randint(of_answer, n.shape, 0, n)
    is_true = jax.random.uniform(of_truth, n.shape) < claims.reliability
    return replace(claims, answer=jnp.where(is_true, truth[claims.subject], anything))


def _tried(key: PRNGKeyArray, numbers: Parameters, z: Int[AnyArray, "S D"], trials: int) -> Counts:
    """Counts of `trials` trials of each probe, at the values of its stream's referent; or of one that is broken."""
    single, joint = likelihoods(jnp, numbers)
    rows = [jnp.asarray(table)[tuple(_asked(probe, z))] for table, probe in zip(joint, numbers.joint, strict=True)]
    of_broken = jax.random.split(jax.random.fold_in(key, 1), 1 + len(rows))
    rows = [_or_broken(of, probe, row[None]) for of, probe, row in zip(of_broken[1:], numbers.joint, rows, strict=True)]
    of_single, *of_joint = jax.random.split(key, 1 + len(rows))
    p = jnp.arange(single.shape[0])
    at = jnp.asarray(single)[p, z[numbers.single.stream, numbers.single.facet[:, 0]]]
    return Counts(
        _multinomial(of_single, trials, _or_broken(of_broken[0], numbers.single, at)),
        tuple(_multinomial(of, trials, row) for of, row in zip(of_joint, rows, strict=True)),
    )


def _or_broken(key: PRNGKeyArray, probes: Probes, chances: Float[AnyArray, "P O"]) -> Float[AnyArray, "P O"]:
    """The chances of each probe's outcomes; frequencies of its own, all alike beforehand, where it is broken."""
    of_doubt, of_frequencies = jax.random.split(key)
    broken = jax.random.uniform(of_doubt, probes.doubt.shape) < probes.doubt
    exists = jnp.arange(chances.shape[-1]) < jnp.asarray(probes.outcomes)[:, None]
    return jnp.where(broken[:, None], _flat_dirichlet(of_frequencies, exists), chances)


def _asked(probe: Probes, z: Int[AnyArray, "S D"]) -> list[AnyArray | int]:
    return [0, *z[probe.stream[0], probe.facet[0]]]


def _multinomial(key: PRNGKeyArray, trials: int, p: Float[AnyArray, "P O"]) -> Float[AnyArray, "P O"]:
    outcomes = jax.random.categorical(key, jnp.log(p)[:, None], axis=-1, shape=(p.shape[0], trials))
    return cast(jax.Array, jax.nn.one_hot(outcomes, p.shape[1]).sum(1))
