"""pyAgrum, solving the model as one Bayesian network, is a second judge."""

import network
import numpy as np
import oracle
import pytest
from as_toml import to_toml
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from judged import as_dict, check, flat
from strategies import cases

import bayes_self as bs
from bayes_self.scenario import parse

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pyAgrum sets array shapes

# Counts are small because the network holds probabilities, not logarithms: it would underflow.
small = {"max_identities": 3, "max_facets": 3, "max_observed": 2, "max_count": 20}
small_cases = st.one_of(cases(positive=True, **small), cases(**small))


def solved(scenario, rows):
    """pyAgrum's answer, where there is a part to speak of and the evidence is possible."""
    assume(oracle.log_evidence(scenario, rows) > -np.inf)
    try:
        return network.solve(scenario, rows)
    except network.NoPart:
        assume(False)
        raise


@given(small_cases)
@examples(30)
def test_the_oracle_agrees(case):
    expected = solved(*case)
    broken = flat(oracle.broken(oracle.believe(*case)))
    check(oracle.posterior(*case) | {"broken": broken}, expected)


@given(small_cases)
@examples(8)
def test_the_package_agrees(case):
    scenario, rows = case
    expected = solved(scenario, rows)
    loaded = parse(to_toml(scenario))
    check(as_dict(scenario, bs.posterior(loaded, bs.Evidence.from_rows(loaded, rows))), expected)
