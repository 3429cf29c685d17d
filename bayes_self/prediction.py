"""Prediction: what the next trial of each probe would show, and what it would tell.

The stream's referent may be me or the part; the probabilities of its values are the derivatives of log Z with respect
to what the stream's probes say, so that the referents are mixed as they should be.
"""

from dataclasses import replace
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.log_evidence import Tilt, log_evidence, no_tilt
from bayes_self.parameters import Parameters
from bayes_self.potentials import Counts, potentials
from bayes_self.streams.observations import likelihoods


class Referents(NamedTuple):
    """P(values of what each probe is about, of its stream's referent), given the evidence."""

    single: Float[AnyArray, "P V"]
    joint: tuple[Float[AnyArray, "*V"], ...]


class Predictive(NamedTuple):
    """P(next outcome of each probe), given the evidence."""

    single: Float[AnyArray, "P O"]
    joint: tuple[Float[AnyArray, "1 _"], ...]


def referents_of_probes(
    numbers: Parameters, counts: Counts, referents: Float[AnyArray, "M S"], tilt: Tilt | None = None
) -> Referents:
    """Probabilities of the values that each probe asks its stream's referent about."""
    given = potentials(numbers, counts)
    tilt = no_tilt(given) if tilt is None else tilt

    def of_what_is_observed(
        observed: Float[AnyArray, "S D V"], jointly: tuple[Float[AnyArray, "..."], ...]
    ) -> Float[AnyArray, ""]:
        own = given.observed._replace(exponent=observed)
        several = tuple(said._replace(exponent=x) for said, x in zip(given.observed_jointly, jointly, strict=True))
        return log_evidence(replace(given, observed=own, observed_jointly=several), referents, tilt)

    single, joint = jax.grad(of_what_is_observed, argnums=(0, 1))(
        given.observed.exponent, tuple(said.exponent for said in given.observed_jointly)
    )
    return Referents(single[numbers.single.stream, numbers.single.facet[:, 0]], joint)


def predictive(
    numbers: Parameters, counts: Counts, referents: Float[AnyArray, "M S"], tilt: Tilt | None = None
) -> Predictive:
    """P(next outcome of each probe given the evidence), untempered: Σ_z P(z of the stream's referent) P(o given z)."""
    asked = referents_of_probes(numbers, counts, referents, tilt)
    single, joint = likelihoods(numbers)
    return Predictive(
        jnp.einsum("pv,pvo->po", asked.single, single),
        tuple(
            jnp.tensordot(weights, table[0], axes=weights.ndim)[None]
            for weights, table in zip(asked.joint, joint, strict=True)
        ),
    )
