"""Random scenarios and evidence as `tomllib` and CSV readers would give them: dicts and rows, for the oracle."""

from hypothesis import strategies as st

import bayes_self as bs
from bayes_self.laws import strategies

LIMITS = {"min_identities": 2, "max_identities": 4, "max_facets": 4, "max_observed": 3, "world": None}


def scenarios(**limits):
    """A random valid scenario as a dict. `world`: None for either."""
    return strategies.scenarios(**LIMITS | limits).map(lambda scenario: scenario.to_dict())


@st.composite
def evidence_rows(draw, scenario, max_count=1000):
    """Rows for the observation streams: absent, small, fractional, sometimes up to `max_count`."""
    read = bs.Scenario.from_dict(scenario)
    return draw(strategies.evidence(read, float(max_count))).rows(read)


@st.composite
def cases(draw, max_count=1000, **limits):
    """A scenario and evidence for it."""
    scenario = draw(scenarios(**limits))
    return scenario, draw(evidence_rows(scenario, max_count))
