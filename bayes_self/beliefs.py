"""Beliefs: the first derivatives of the log evidence, which are the posterior probabilities.

This is the edge at which the package compiles: `believe` is jitted once per shape of scenario and serves every edit
of a number, every weight and every evidence; with a leading axis on any of its arrays, `jax.vmap` batches it.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from bayes_self.log_evidence import all_referents, log_evidence, no_tilt
from bayes_self.parameters import Parameters
from bayes_self.potentials import Counts, potentials
from bayes_self.precision import in_float64


class Beliefs(NamedTuple):
    """Posterior probabilities, each a derivative of the log evidence with respect to a log potential."""

    log_evidence: Float[Array, ""]
    """log Z in nats; -inf where the evidence is impossible, and then nothing else has a meaning."""
    identities: Float[Array, " H"]
    facets: Float[Array, "D V"]
    """P(value) of every facet of mine, 0 for padding."""
    ownership: Float[Array, " S"]
    """P(stream is about me)."""


def believe(numbers: Parameters, counts: Counts, referents: Float[Array, "M S"]) -> Beliefs:
    """The posterior, as a pure function of every number: differentiable, and batched by `jax.vmap`."""
    given = potentials(numbers, counts)
    log_z, slope = jax.value_and_grad(log_evidence, argnums=2)(given, referents, no_tilt(given))
    return Beliefs(log_z, slope.identities, slope.facets, slope.ownership)


_believe = jax.jit(believe)


@in_float64
def beliefs(numbers: Parameters, counts: Counts) -> Beliefs:
    """The posterior as NumPy arrays, compiled once per shape."""
    return Beliefs(*map(np.asarray, _believe(numbers, counts, live_referents(numbers))))


def live_referents(numbers: Parameters) -> Float[np.ndarray, "M S"]:
    """The assignments of streams to me or the part that have prior probability.

    "All about me" is always among them, because that is what holds where no identity allows the part.
    """
    every = all_referents(len(numbers.ownership))
    ownership = np.asarray(numbers.ownership)
    impossible = ((every == 1) & (ownership == 0)) | ((every == 0) & (ownership == 1))
    return every[~impossible.any(1) | every.all(1)]


def prior_predictive(numbers: Parameters) -> Beliefs:
    """p0: what is believed with bits and mentions, and without claims or observations."""
    return beliefs(without_spec(numbers), no_counts(numbers))


def no_counts(numbers: Parameters) -> Counts:
    """No observations."""
    return Counts(np.zeros(numbers.single.errors.shape), tuple(np.zeros(p.errors.shape) for p in numbers.joint))


def without_spec(numbers: Parameters) -> Parameters:
    """The same numbers, every claim left out: also of the part, and so of errors that follow it."""
    from bayes_self.parameters import with_claims

    return with_claims(
        numbers, np.zeros(len(numbers.claims.weight)), np.zeros(len(numbers.identity_claims.weight))
    )


def is_possible(found: Beliefs) -> bool:
    """Whether any self-model allows the evidence."""
    return bool(jnp.isfinite(found.log_evidence))
