"""Cases of random scenarios, and comparing nested results with the oracle's."""

import math

import numpy as np
import oracle
import pytest
from hypothesis import assume
from hypothesis import strategies as st
from strategies import evidence_rows, scenarios

import bayes_self as bs


def close(found, expected, tolerance):
    """The same nested dictionaries; what is not finite is None, NaN or infinite in both."""
    if isinstance(expected, dict):
        assert set(found) == set(expected)
        for key in expected:
            close(found[key], expected[key], tolerance)
    elif isinstance(expected, str):
        assert found == expected
    elif expected is None or not math.isfinite(expected):
        assert found is None or not math.isfinite(found)
    else:
        assert found == pytest.approx(expected, abs=tolerance, rel=tolerance)


@st.composite
def observed(draw, **restrictions):
    """A scenario as a dict, its evidence as rows, and the same as the package has them; never impossible."""
    raw = draw(scenarios(**restrictions))
    scenario = bs.Scenario.from_dict(raw)
    if "world" in raw:
        rows, evidence = oracle.expected_evidence(raw), bs.expect(scenario)
    else:
        rows = draw(evidence_rows(raw))
        evidence = bs.Evidence.from_rows(scenario, rows)
    assume(np.isfinite(oracle.log_evidence(raw, rows)))
    return raw, rows, scenario, evidence
