"""Observation streams (rl, introspection): what a trial of a probe shows, of me or of the part."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Float, Num

from bayes_self.arrays import AnyArray
from bayes_self.log_domain import Potential, log_power
from bayes_self.parameters import Parameters, Probes
from bayes_self.streams.part import Part, part


def likelihoods(numbers: Parameters) -> tuple[Float[AnyArray, "P V O"], tuple[Float[AnyArray, "1 ... _"], ...]]:
    """P(outcome given values), errors included: ρ A + (1 - ρ) e, for single-facet probes and for each joint one.

    The errors e are uniform, or a given table, or what the part would be expected to show through the same table:
    ρ E_part[A] + (1 - ρ) / |outcomes|. They are uniform where no identity allows the part.
    """
    played = part(numbers)
    marginals = jnp.einsum("h,hdv->dv", played.identities, played.facets)
    expected = jnp.einsum("pv,pvo->po", marginals[numbers.single.facet[:, 0]], numbers.single.table)
    single = _with_errors(numbers.single, expected, played.possible)
    joint = tuple(
        _with_errors(probe, _expected(probe, scope, played)[None], played.possible)
        for probe, scope in zip(numbers.joint, numbers.joint_scopes, strict=True)
    )
    return single, joint


def _with_errors(
    probes: Probes, expected: Float[AnyArray, "P O"], possible: Float[AnyArray, ""]
) -> Float[AnyArray, "P *V O"]:
    trust, errors = jnp.asarray(probes.reliability)[:, None], jnp.asarray(probes.errors)
    if not _known_to_be_zero(probes.errors_of_part):
        shown = trust * expected + (1 - trust) * errors
        parrots = jnp.asarray(probes.errors_of_part)[:, None] * possible
        errors = parrots * shown + (1 - parrots) * errors
    outer = (slice(None), *(None,) * (probes.table.ndim - 2))
    return trust[outer] * probes.table + ((1 - trust) * errors)[outer]


def _known_to_be_zero(of_part: Float[AnyArray, " P"]) -> bool:
    """Whether no error follows the part, whatever is traced: then a sweep over the prior leaves the evidence alone."""
    return isinstance(of_part, np.ndarray) and not of_part.any()


def _expected(probe: Probes, scope: tuple[int, ...], played: Part) -> Float[AnyArray, " O"]:
    """E[A] over the part's values of the facets in `scope`, which hang together through its identity."""
    joint = played.identities
    for d, size in zip(scope, probe.table.shape[1:-1], strict=True):
        joint = joint[..., None] * played.facets[:, d, :size].reshape(-1, *(1,) * (joint.ndim - 1), size)
    return jnp.tensordot(jnp.sum(joint, 0), probe.table[0], axes=joint.ndim - 1)


def log_likelihood(
    likelihood: Float[AnyArray, "P *V O"], probes: Probes, counts: Num[AnyArray, "P O"]
) -> tuple[Potential, Float[AnyArray, " P"]]:
    """Π_o P(o given values)^(n_o · w) of each probe, as what depends on the values (P *V) and what does not, in nats.

    The second is taken out outcome by outcome (the largest likelihood of each), so that 10^9 observations that say
    nothing about a facet leave it exactly where it was.
    """
    axes = tuple(range(1, likelihood.ndim - 1))
    largest = lax.stop_gradient(jnp.max(likelihood, axes, keepdims=True))
    largest = jnp.where(largest > 0, largest, 1.0)
    heeded = (counts * probes.weight[:, None]).reshape(counts.shape[0], *(1,) * len(axes), counts.shape[1])
    depends = jax.tree.map(lambda of_outcome: jnp.sum(of_outcome, -1), log_power(likelihood / largest, heeded))
    return depends, jnp.sum((heeded * jnp.log(largest)).reshape(counts.shape), -1)
