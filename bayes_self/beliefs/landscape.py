"""The landscape of a self-model: where it has concentrated, where it is flat, and what it would take to change it."""

from typing import Any

import numpy as np
from jaxtyping import Float, Int

from bayes_self.beliefs.case import Case
from bayes_self.beliefs.information import kl_bits
from bayes_self.model.arrays import AnyArray, namespace
from bayes_self.model.beliefs import Beliefs, believe
from bayes_self.model.silence import IDENTITY, without_claims_on_each
from bayes_self.scenario.parts import VERDICTS

SHARP = 0.9
LEANING = 0.25
_ROUNDING = 1e-12
"""A probability of exactly 0.9 is sharp, however it was rounded."""

ByValue = dict[str, dict[str, float]]
"""Bits per facet and value; the identity stands first, under "identity"."""


def concentration(case: Case) -> dict[str, float]:
    """KL(p ‖ p0) in bits: how much the evidence has told, about the identity and about each facet."""
    p, p0 = case.beliefs, case.prior
    per_facet = kl_bits(p.facets, p0.facets)
    of_facets = dict(zip(case.names.facets, map(float, per_facet), strict=True))
    return {IDENTITY: float(kl_bits(p.identities, p0.identities)), **of_facets}


def bits_to_flip(case: Case) -> ByValue:
    """log2(max over v' ≠ v of q_d(v') / q_d(v)) for each facet and value, and for the identity; in bits.

    q_d is the posterior without the claims on d, the world answering again: the log odds against v before d is
    claimed at all. Negative where v is the likeliest already; about 0 for every v where the landscape is flat;
    infinite where v, or everything else, is impossible.
    """
    return _odds_against(case, case.silences, first=1)


def entrenchment(case: Case) -> ByValue:
    """Bits to flip with all evidence kept as it is: what a change of mind would cost now; in bits."""
    if not case.subjects:
        return _odds_against(case, case.beliefs, first=0)
    silent = without_claims_on_each(case.believed, case.names, case.subjects)
    return _odds_against(case, believe(silent, case.counts), first=0)


def _odds_against(case: Case, without: Beliefs, first: int) -> ByValue:
    """Log odds against every answer under q, which is p itself for what nothing is claimed about.

    The row of `without` at `first` is that without the claims on the first of the case's subjects.
    """
    names = case.names
    identities, facets = case.beliefs.log_identities, np.array(case.beliefs.log_facets)
    for w, subject in enumerate(case.subjects, start=first):
        if subject == IDENTITY:
            identities = without.log_identities[w]
        else:
            d = names.facets.index(subject)
            facets[d] = without.log_facets[w, d]
    bits = {facet: bits_against(row).tolist() for facet, row in zip(names.facets, facets, strict=True)}
    return {
        IDENTITY: dict(zip(names.identities, bits_against(identities).tolist(), strict=True)),
        **{d: dict(zip(values, bits[d], strict=False)) for d, values in zip(names.facets, names.values, strict=True)},
    }


def bits_against(log_probabilities: Float[AnyArray, "... V"]) -> Float[AnyArray, "... V"]:
    """log2 of the odds of the best rival of each entry; infinite where one of the two is impossible, NaN where both."""
    xp = namespace(log_probabilities)
    likeliest = xp.argmax(log_probabilities, axis=-1, keepdims=True)
    is_likeliest = np.arange(log_probabilities.shape[-1]) == likeliest
    top = xp.max(log_probabilities, axis=-1, keepdims=True)
    second = xp.max(xp.where(is_likeliest, -np.inf, log_probabilities), axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        return (xp.where(is_likeliest, second, top) - log_probabilities) / np.log(2.0)


def verdicts(case: Case, sharp: float = SHARP, leaning: float = LEANING) -> dict[str, str]:
    """What has become of each facet; the first that holds, "sharp" meaning a largest probability of at least `sharp`.

    `given`: p0 and p sharp on the same value, r not sharp elsewhere. `concentrated`: r and p sharp on the same value.
    `contested`: r sharp, and p not sharp or sharp elsewhere. `selected`: p sharp. `unsettled`: p0 sharp.
    `leaning`: KL(p ‖ p0) at least `leaning` bits. `flat`: the rest. p0 is the prior predictive, p the posterior, and
    r the posterior without any spec stream, the world answering again.
    """
    codes = verdict_codes(case.prior.facets, case.beliefs.facets, case.silences.facets[0], sharp, leaning)
    return {facet: VERDICTS[code] for facet, code in zip(case.names.facets, codes.tolist(), strict=True)}


def verdict_codes(
    p0: Float[AnyArray, "... D V"],
    p: Float[AnyArray, "... D V"],
    r: Float[AnyArray, "... D V"],
    sharp: float = SHARP,
    leaning: float = LEANING,
) -> Int[AnyArray, "... D"]:
    """The position of each facet's verdict in `VERDICTS`, from its probabilities under p0, p and r."""
    xp = namespace(p0, p, r)
    before, now, without = (_peak(xp, each, sharp) for each in (p0, p, r))
    is_given = (before >= 0) & (before == now) & ((without < 0) | (without == now))
    either = xp.where(without == now, VERDICTS.index("concentrated"), VERDICTS.index("contested"))
    code = xp.where(kl_bits(p, p0) >= leaning, VERDICTS.index("leaning"), VERDICTS.index("flat"))
    code = xp.where(before >= 0, VERDICTS.index("unsettled"), code)
    code = xp.where(now >= 0, VERDICTS.index("selected"), code)
    code = xp.where(without >= 0, either, code)
    return xp.where(is_given, VERDICTS.index("given"), code).astype(np.int8)


def _peak(xp: Any, p: Float[AnyArray, "... D V"], sharp: float) -> Int[AnyArray, "... D"]:
    """The value of which it is sure; -1 for none."""
    return xp.where(xp.max(p, axis=-1) >= sharp - _ROUNDING, xp.argmax(p, axis=-1), -1)
