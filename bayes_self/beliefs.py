"""Beliefs: the first derivatives of the log evidence, which are the posterior probabilities.

This is the edge at which the package compiles: `believe` is jitted once per shape of scenario and serves every edit
of a number, every weight, every claim and every evidence; with a leading axis on any of its arrays, `jax.vmap`
batches it.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.executables import Executable
from bayes_self.log_evidence import Tilt, all_referents, log_evidence, no_tilt
from bayes_self.padding import evenly_claimed
from bayes_self.parameters import Parameters
from bayes_self.potentials import Counts, potentials
from bayes_self.precision import in_float64


class Beliefs(NamedTuple):
    """Posterior probabilities, each a derivative of the log evidence with respect to a log potential."""

    log_evidence: Float[AnyArray, ""]
    """log Z in nats; -inf where the evidence is impossible, and then nothing else has a meaning."""
    identities: Float[AnyArray, " H"]
    facets: Float[AnyArray, "D V"]
    """P(value) of every facet of mine, 0 for padding."""
    ownership: Float[AnyArray, " S"]
    """P(stream is about me)."""


def believe(numbers: Parameters, counts: Counts, referents: Float[AnyArray, "M S"]) -> Beliefs:
    """The posterior, as a pure function of every number: differentiable, and batched by `jax.vmap`."""
    given = potentials(numbers, counts)
    log_z, slope = jax.value_and_grad(log_evidence, argnums=2)(given, referents, no_tilt(given))
    return Beliefs(log_z, slope.identities, slope.facets, slope.ownership)


_believe = Executable(believe)


@in_float64
def beliefs(numbers: Parameters, counts: Counts) -> Beliefs:
    """The posterior as NumPy arrays, compiled once per shape."""
    return Beliefs(*map(np.asarray, _believe(evenly_claimed(numbers), counts, live_referents(numbers))))


# Below so many terms of a sum (assignments × identities × facets × values), leaving some out saves less than it costs
# to compile another shape.
_WORTH_LEAVING_OUT = 100_000


def live_referents(numbers: Parameters) -> Float[AnyArray, "M S"]:
    """The assignments of streams to me or the part to sum over: all of them, or those that have prior probability.

    Where the sum is large, the impossible ones are left out. "All about me" is always among them, because that is what
    holds where no identity allows the part.
    """
    every = all_referents(len(numbers.ownership))
    if len(every) * np.prod(numbers.profile.shape) < _WORTH_LEAVING_OUT:
        return every
    ownership = np.asarray(numbers.ownership)
    impossible = ((every == 1) & (ownership == 0)) | ((every == 0) & (ownership == 1))
    return every[~impossible.any(1) | every.all(1)]


def is_possible(found: Beliefs) -> bool:
    """Whether any self-model allows the evidence."""
    return bool(np.isfinite(found.log_evidence))


class LogBeliefs(NamedTuple):
    """Logarithms of posterior probabilities, in nats, also of those too small for a float64."""

    identities: Float[AnyArray, " H"]
    facets: Float[AnyArray, "D V"]


# Below this a probability is no longer told from 0 with full precision by its derivative.
_SMALL = 1e-250


@in_float64
def log_beliefs(numbers: Parameters, counts: Counts) -> LogBeliefs:
    """log P(h) and log P(z_d), in nats: exact where the probability itself would be rounded to 0.

    log P(z_d = v) = log Z(everything but z_d = v forbidden) - log Z, taken where the derivative of log Z underflows.
    """
    found = beliefs(numbers, counts)
    with np.errstate(divide="ignore"):
        logs = LogBeliefs(np.log(found.identities), np.log(found.facets))
    for h in np.flatnonzero(found.identities < _SMALL):
        only = np.where(np.arange(len(logs.identities)) == h, 0.0, -np.inf)
        logs.identities[h] = log_evidence_with(numbers, counts, identities=only) - found.log_evidence
    exists = np.arange(logs.facets.shape[1]) < numbers.n_values[:, None]
    for d, v in zip(*np.nonzero((found.facets < _SMALL) & exists), strict=True):
        only = np.zeros_like(logs.facets)
        only[d] = np.where(np.arange(only.shape[1]) == v, 0.0, -np.inf)
        logs.facets[d, v] = log_evidence_with(numbers, counts, facets=only) - found.log_evidence
    return logs


@in_float64
def log_evidence_with(
    numbers: Parameters,
    counts: Counts,
    identities: Float[AnyArray, " H"] | None = None,
    facets: Float[AnyArray, "D V"] | None = None,
) -> float:
    """log Z in nats with something added to the log potentials of my identity and facets; -inf forbids."""
    identities = np.zeros(numbers.prior.shape) if identities is None else identities
    facets = np.zeros(numbers.base.shape) if facets is None else facets
    return float(_log_evidence_with(evenly_claimed(numbers), counts, live_referents(numbers), identities, facets))


@Executable
def _log_evidence_with(
    numbers: Parameters,
    counts: Counts,
    referents: Float[AnyArray, "M S"],
    identities: Float[AnyArray, " H"],
    facets: Float[AnyArray, "D V"],
) -> Float[AnyArray, ""]:
    tilt = Tilt(jnp.asarray(identities), jnp.asarray(facets), jnp.zeros(referents.shape[1]))
    return log_evidence(potentials(numbers, counts), referents, tilt)
