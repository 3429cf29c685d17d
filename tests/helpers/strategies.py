"""Random scenarios and evidence as `tomllib` and CSV readers would give them: dicts and rows, for the oracle."""

from hypothesis import strategies as st

import bayes_self as bs
from bayes_self.laws import strategies


def scenarios(
    max_identities=4,
    max_facets=4,
    max_values=3,
    max_spec=2,
    max_observed=3,
    positive=False,
    weights_one=False,
    with_world=None,
    min_spec=0,
    min_observed=0,
):
    """A random valid scenario as a dict. `with_world`: None for either."""
    return strategies.scenarios(
        min_identities=2,
        max_identities=max_identities,
        max_facets=max_facets,
        max_values=max_values,
        min_spec=min_spec,
        max_spec=max_spec,
        min_observed=min_observed,
        max_observed=max_observed,
        positive=positive,
        weights_one=weights_one,
        world=with_world,
    ).map(lambda scenario: scenario.to_dict())


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
