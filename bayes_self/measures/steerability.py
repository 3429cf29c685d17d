"""Steerability: how far the spec's word moves a facet."""

from itertools import combinations

import numpy as np
from jaxtyping import Float

from bayes_self.beliefs.case import Case
from bayes_self.beliefs.other_claims import claiming, first_spec


def steerability(case: Case) -> dict[str, float | None]:
    """Per facet, from 0 to 1: the mean total variation of its posterior between two values that the spec claims.

    The mean is over unordered pairs of values; all other claims stay, the world answers again. None for every facet
    without a spec stream, and for a facet of which some claim would be impossible together with the rest.
    """
    if first_spec(case.scenario) is None:
        return dict.fromkeys(case.names.facets)
    claims = [(d, v) for d, values in enumerate(case.names.values) for v in range(len(values))]
    told = case.edited(lambda numbers: claiming(numbers, case.scenario, case.names, claims)).beliefs
    about = np.array([d for d, _ in claims])
    rows, possible = told.facets[np.arange(len(claims)), about], told.is_possible
    return {
        facet: _of_facet(rows[about == d]) if possible[about == d].all() else None
        for d, facet in enumerate(case.names.facets)
    }


def _of_facet(found: Float[np.ndarray, "W V"]) -> float:
    return float(np.mean([np.abs(p - q).sum() / 2 for p, q in combinations(found, 2)]))
