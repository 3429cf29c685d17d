"""The landscape of a self-model: where it has concentrated, where it is flat, and what it would take to change it."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.beliefs import LogBeliefs, log_beliefs
from bayes_self.case import Case
from bayes_self.leaving_out import IDENTITY, without_claims
from bayes_self.measures.information import kl_bits

SHARP = 0.9
LEANING = 0.25

ByValue = dict[str, dict[str, float]]
"""Bits per facet and value; the identity stands first, under "identity"."""


def concentration(case: Case) -> dict[str, float]:
    """KL(p ‖ p0) in bits: how much the evidence has told, about the identity and about each facet."""
    p, p0 = case.beliefs, case.prior
    per_facet = kl_bits(p.facets, p0.facets)
    return {IDENTITY: float(kl_bits(p.identities, p0.identities)), **_by_facet(case, per_facet)}


def bits_to_flip(case: Case) -> ByValue:
    """log2(max over v' ≠ v of q_d(v') / q_d(v)) for each facet and value, and for the identity; in bits.

    q_d is the posterior without the claims on d, the world answering again: the log odds against v before d is
    claimed at all. Negative where v is the likeliest already; about 0 for every v where the landscape is flat;
    infinite where v, or everything else, is impossible.
    """
    return _odds_against(case, lambda subject: case.without_claims_on(subject).log_beliefs)


def entrenchment(case: Case) -> ByValue:
    """Bits to flip with all evidence kept as it is: what a change of mind would cost now; in bits."""
    return _odds_against(
        case, lambda subject: log_beliefs(without_claims(case.believed, case.names, subject), case.counts)
    )


def verdicts(case: Case, sharp: float = SHARP, leaning: float = LEANING) -> dict[str, str]:
    """What has become of each facet; the first that holds, "sharp" meaning a largest probability of at least `sharp`.

    `given`: p0 and p sharp on the same value, r not sharp elsewhere. `concentrated`: r and p sharp on the same value.
    `contested`: r sharp, and p not sharp or sharp elsewhere. `selected`: p sharp. `unsettled`: p0 sharp.
    `leaning`: KL(p ‖ p0) at least `leaning` bits. `flat`: the rest. p0 is the prior predictive, p the posterior, and
    r the posterior without any spec stream, the world answering again.
    """
    p0, p, r = case.prior.facets, case.beliefs.facets, case.without_spec.beliefs.facets
    return {facet: verdict(p0[d], p[d], r[d], sharp, leaning) for d, facet in enumerate(case.names.facets)}


def verdict(
    p0: Float[AnyArray, " V"],
    p: Float[AnyArray, " V"],
    r: Float[AnyArray, " V"],
    sharp: float = SHARP,
    leaning: float = LEANING,
) -> str:
    """The verdict on one facet from its probabilities under p0, p and r."""
    leans = bool(kl_bits(p, p0) >= leaning)
    return _verdict(_peak(p0, sharp), _peak(p, sharp), _peak(r, sharp), leans)


def _verdict(p0: int | None, p: int | None, r: int | None, leans: bool) -> str:
    """The verdict from where p0, p and r are sharp (None: nowhere)."""
    if p0 is not None and p0 == p and r in (None, p):
        return "given"
    if r is not None:
        return "concentrated" if r == p else "contested"
    if p is not None:
        return "selected"
    if p0 is not None:
        return "unsettled"
    return "leaning" if leans else "flat"


def _peak(probabilities: Float[AnyArray, " V"], sharp: float) -> int | None:
    likeliest = int(probabilities.argmax())
    return likeliest if probabilities[likeliest] >= sharp else None


def _odds_against(case: Case, without: Callable[[str], LogBeliefs]) -> ByValue:
    """Log odds against every answer under q, which is p itself for what nothing is claimed about."""
    names, kept = case.names, case.log_beliefs
    claimed = {facet for _, facet in names.facet_claims}
    identities = (without(IDENTITY) if names.identity_claims else kept).identities
    odds = {IDENTITY: dict(zip(names.identities, _bits_against(identities), strict=True))}
    for d, (facet, values) in enumerate(zip(names.facets, names.values, strict=True)):
        q = (without(facet) if facet in claimed else kept).facets[d, : len(values)]
        odds[facet] = dict(zip(values, _bits_against(q), strict=True))
    return odds


def _bits_against(log_probabilities: Float[AnyArray, " N"]) -> list[float]:
    """log2 of the odds of the best rival of each entry; infinite where one of the two is impossible."""
    bits = []
    for i, own in enumerate(log_probabilities):
        rival = np.delete(log_probabilities, i).max(initial=-np.inf)
        both_impossible = np.isneginf(own) and np.isneginf(rival)
        bits.append(np.nan if both_impossible else float((rival - own) / np.log(2)))
    return bits


def _by_facet(case: Case, array: Float[AnyArray, " D"]) -> dict[str, float]:
    return dict(zip(case.names.facets, map(float, array), strict=True))
