"""pyAgrum, solving the model as one Bayesian network, is a second judge."""

import network
import oracle
import pytest
from hypothesis import assume, given, settings
from strategies import cases

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pyAgrum sets array shapes

# Counts are small because the network holds probabilities, not logarithms: it would underflow.
small = cases(max_identities=3, max_facets=3, max_observed=2, positive=True, max_count=20)


def solved(scenario, rows):
    try:
        return network.solve(scenario, rows)
    except network.NoPart:
        assume(False)
        raise


def check(found, expected):
    assert found["log_evidence"] == pytest.approx(expected["log_evidence"], abs=1e-9, rel=1e-9)
    for key in ("identities", "ownership"):
        assert found[key] == pytest.approx(expected[key], abs=1e-9)
    for facet, p in expected["facets"].items():
        assert found["facets"][facet] == pytest.approx(p, abs=1e-9)


@given(small)
@settings(max_examples=40, deadline=None)
def test_the_oracle_agrees(case):
    check(oracle.posterior(*case), solved(*case))
