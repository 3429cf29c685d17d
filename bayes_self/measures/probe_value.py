"""Probe value: which next observation would tell most about who I am, whose evidence it is, or which frame is right."""

from dataclasses import replace
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.beliefs import live_referents
from bayes_self.case import Case
from bayes_self.coordinates import PROBE, Coordinates
from bayes_self.frames import FRAMES, framed
from bayes_self.leaving_out import IDENTITY
from bayes_self.log_evidence import Tilt, log_evidence, no_tilt
from bayes_self.parameters import Parameters, parameters_of
from bayes_self.potentials import Counts, potentials
from bayes_self.precision import in_float64
from bayes_self.prediction import Predictive, predictive

FRAME = "frame"
"""What a probe may also tell about: which of the three frames is right."""


def probe_value(case: Case, about: str = IDENTITY) -> dict[PROBE, float]:
    """Mutual information between the next outcome of each probe and what it may be `about`, in bits per trial.

    `about` is "identity", a facet, an observation stream (whose evidence this is), or "frame" (with equal prior
    weights). Under the posterior, untempered; 0 for a probe on which the hypotheses agree. Raises ValueError where
    there is nothing of that name.
    """
    names = case.names
    if about == FRAME:
        shown = [_by_probe(names, _shown(_in_frame(case, frame), case.counts)) for frame in FRAMES]
        joint = {probe: np.stack([rows[probe] for rows in shown]) / len(FRAMES) for probe in shown[0]}
    else:
        joint = _by_probe(names, _joint_about(case, about))
    return {probe: _mutual_information(table) for probe, table in joint.items()}


def _mutual_information(joint: Float[np.ndarray, "X O"]) -> float:
    """I(X; O) = Σ P(x, o) log2( P(x, o) / (P(x) P(o)) ), in bits."""
    independent = joint.sum(1, keepdims=True) * joint.sum(0)
    seen = (joint > 0) & (independent > 0)
    return max(0.0, float((joint[seen] * np.log2(joint[seen] / independent[seen])).sum()))


def _in_frame(case: Case, frame: str) -> Parameters:
    numbers = parameters_of(case.scenario, case.names)
    return framed(replace(numbers, claims=case.believed.claims, identity_claims=case.believed.identity_claims), frame)


@in_float64
def _shown(numbers: Parameters, counts: Counts) -> Predictive:
    found = jax.jit(predictive)(numbers, counts, live_referents(numbers))
    return jax.tree.map(np.asarray, found)


@in_float64
def _joint_about(case: Case, about: str) -> Predictive:
    """P(x, next outcome of each probe) with the axis of x last but one: probe, x, outcome."""
    names, numbers = case.names, case.believed
    if about == IDENTITY:
        subject, d = "identities", 0
    elif about in names.facets:
        subject, d = "facets", names.facets.index(about)
    elif about in names.streams:
        subject, d = "ownership", names.streams.index(about)
    else:
        known = ", ".join((IDENTITY, FRAME, *names.streams, *names.facets))
        raise ValueError(f"a probe cannot be worth anything about {about!r}: there are {known}")
    return jax.tree.map(np.asarray, _joint(numbers, case.counts, live_referents(numbers), d, subject))


@partial(jax.jit, static_argnames="subject")
def _joint(
    numbers: Parameters, counts: Counts, referents: Float[AnyArray, "M S"], index: AnyArray | int, subject: str
) -> Predictive:
    """P(x, o) = P(x) P(o) + ∂P(o)/∂(log potential of x): their covariance is a derivative of what is expected."""
    start = no_tilt(potentials(numbers, counts))

    def tilted(x: Float[AnyArray, " X"]) -> Tilt:
        if subject == "facets":
            return start._replace(facets=jnp.asarray(start.facets).at[index].set(x))
        if subject == "ownership":
            return start._replace(ownership=jnp.asarray(start.ownership).at[index].set(x[0]))
        return start._replace(identities=x)

    size = {"facets": start.facets.shape[-1], "ownership": 1}.get(subject, start.identities.shape[0])
    zero = jnp.zeros(size)
    covariance = jax.jacfwd(lambda x: predictive(numbers, counts, referents, tilted(x)))(zero)
    p = jax.grad(lambda x: _log_z(numbers, counts, referents, tilted(x)))(zero)
    expected = predictive(numbers, counts, referents)

    def joint(cov: Float[AnyArray, "P O X"], row: Float[AnyArray, "P O"]) -> Float[AnyArray, "P _ O"]:
        mine = jnp.swapaxes(cov, 1, 2) + p[:, None] * row[:, None, :]
        return jnp.concatenate([mine, row[:, None, :] - mine], 1) if subject == "ownership" else mine

    return jax.tree.map(joint, covariance, expected)


def _log_z(numbers: Parameters, counts: Counts, referents: Float[AnyArray, "M S"], tilt: Tilt) -> Float[AnyArray, ""]:
    return log_evidence(potentials(numbers, counts), referents, tilt)


def _by_probe(names: Coordinates, found: Predictive) -> dict[PROBE, np.ndarray]:
    arrays = {probe: found.single[p] for p, probe in enumerate(names.single)}
    arrays |= {probe: array[0] for probe, array in zip(names.joint, found.joint, strict=True)}
    return {probe: np.asarray(array)[..., : len(names.outcomes[probe])] for probe, array in arrays.items()}
