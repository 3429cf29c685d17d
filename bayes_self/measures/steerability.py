"""Steerability: how far the spec's word moves a facet."""

from itertools import combinations

import numpy as np

from bayes_self.beliefs import is_possible
from bayes_self.case import Case
from bayes_self.claiming import claiming, first_spec


def steerability(case: Case) -> dict[str, float | None]:
    """Per facet, from 0 to 1: the mean total variation of its posterior between two values that the spec claims.

    The mean is over unordered pairs of values; all other claims stay, the world answers again. None for every facet
    without a spec stream, and for a facet of which some claim would be impossible together with the rest.
    """
    if first_spec(case.scenario) is None:
        return dict.fromkeys(case.names.facets)
    return {facet: _of_facet(case, d, facet) for d, facet in enumerate(case.names.facets)}


def _of_facet(case: Case, d: int, facet: str) -> float | None:
    found = []
    for value in case.names.values[d]:
        told = case.edited(lambda numbers, value=value: claiming(numbers, case.scenario, case.names, facet, value))
        if not is_possible(told.beliefs):
            return None
        found.append(told.beliefs.facets[d])
    return float(np.mean([np.abs(p - q).sum() / 2 for p, q in combinations(found, 2)]))
