"""Probe value: which next observation would tell most about who I am, whose evidence it is, or which frame is right."""

from dataclasses import replace

import numpy as np
from jaxtyping import Float

from bayes_self.beliefs.case import Case
from bayes_self.beliefs.information import mutual_information
from bayes_self.model.beliefs import Predictive, Tilt, believe
from bayes_self.model.coordinates import PROBE, Coordinates
from bayes_self.model.frames import FRAMES, framed
from bayes_self.model.log_domain import log_sum, ratio
from bayes_self.model.silence import IDENTITY

FRAME = "frame"
"""What a probe may also tell about: which of the three frames is right."""


def probe_value(case: Case, about: str = IDENTITY) -> dict[PROBE, float]:
    """Mutual information between the next outcome of each probe and what it may be `about`, in bits per trial.

    `about` is "identity", a facet, an observation stream (whose evidence this is), or "frame" (with equal prior
    weights). Under the posterior, untempered; 0 for a probe on which the hypotheses agree. Raises ValueError where
    there is nothing of that name.
    """
    if about == FRAME:
        return _about_the_frame(case)
    found = believe(case.believed, case.counts, _only_one(case, about))
    p = np.exp(ratio(np, found.log_evidence, log_sum(np, found.log_evidence, 0)))
    rows = _by_probe(case.names, found.predictive)
    return {probe: mutual_information(np.where(p > 0, p, 0.0)[:, None] * row) for probe, row in rows.items()}


def _about_the_frame(case: Case) -> dict[PROBE, float]:
    own = replace(case.model.numbers, claims=case.believed.claims, identity_claims=case.believed.identity_claims)
    shown = [_by_probe(case.names, believe(framed(own, frame), case.counts).predictive) for frame in FRAMES]
    return {probe: mutual_information(np.stack([rows[probe] for rows in shown]) / len(FRAMES)) for probe in shown[0]}


def _only_one(case: Case, about: str) -> Tilt:
    """A condition on each answer to what is asked, along a leading axis."""
    names = case.names
    if about == IDENTITY:
        return Tilt(identities=_alone(len(names.identities)))
    if about in names.facets:
        d = names.facets.index(about)
        facets = np.zeros((len(names.values[d]), *case.believed.base.shape))
        facets[:, d] = _alone(facets.shape[-1])[: len(facets)]
        return Tilt(facets=facets)
    if about in names.streams:
        ownership = np.zeros((2, len(names.streams), 2))
        ownership[:, names.streams.index(about)] = _alone(2)
        return Tilt(ownership=ownership)
    known = ", ".join((IDENTITY, FRAME, *names.streams, *names.facets))
    raise ValueError(f"a probe cannot be worth anything about {about!r}: there are {known}")


def _alone(n: int) -> Float[np.ndarray, "N N"]:
    """log 1 for one answer, and log 0 for all others; a row for each answer."""
    return np.where(np.eye(n, dtype=bool), 0.0, -np.inf)


def _by_probe(names: Coordinates, found: Predictive) -> dict[PROBE, Float[np.ndarray, "... O"]]:
    rows = {probe: found.single[..., p, :] for p, probe in enumerate(names.single)}
    rows |= dict(zip(names.joint, found.joint, strict=True))
    return {probe: row[..., : len(names.outcomes[probe])] for probe, row in rows.items()}
