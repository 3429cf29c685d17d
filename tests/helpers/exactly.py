"""Beliefs of one self-model in fifty digits, by Python's decimals: no shift, no logarithm of a sum, no underflow."""

from decimal import Decimal, localcontext

import numpy as np

DIGITS = 50


def exactly(prior, profile, log_facets):
    """(log Z, P(identity), P(value)) as floats, rounded once at the end. The prior need not be normalised."""
    with localcontext() as context:
        context.prec, context.Emin, context.Emax = DIGITS, -(10**12), 10**12
        likelihood = [[said(u) for u in facet] for facet in log_facets]
        values, identities = [], []
        for own_prior, own_profile in zip(prior, profile, strict=True):
            terms = [
                [Decimal(float(p)) * e for p, e in zip(row, facet, strict=True)]
                for row, facet in zip(own_profile, likelihood, strict=True)
            ]
            joint = Decimal(float(own_prior))
            for facet in terms:
                joint *= sum(facet)
            identities.append(joint)
            values.append([[term * joint / sum(facet) if sum(facet) else joint for term in facet] for facet in terms])
        z = sum(identities, Decimal(0))
        facets = [[sum(own[d][v] for own in values) / z for v in range(len(u))] for d, u in enumerate(log_facets)]
        return float(z.ln()), np.array([float(p / z) for p in identities]), np.array(facets, dtype=float)


def said(log_potential):
    return Decimal(0) if log_potential == -np.inf else Decimal(float(log_potential)).exp()
