"""The edge at which beliefs are compiled: once per shape of scenario, whatever its numbers and evidence."""

import numpy as np
import pytest
from one_scenario import scenario
from traces import traces

import bayes_self as bs
from bayes_self import beliefs as edge
from bayes_self.case import case_of


def cached() -> int:
    """How many shapes `believe` has been compiled for."""
    return traces(edge._believe)


def test_editing_numbers_and_evidence_compiles_nothing_new():
    evidence = bs.expect(scenario())
    before = case_of(scenario(), evidence).beliefs
    compiled = cached()
    edits = {"coherence": 0.3, "streams.rl.ownership": 0.0, "streams.spec.weight": 0, "identities.jfk.bits": 9}
    for key, value in edits.items():
        edited = scenario().with_set(key, value)
        assert not np.array_equal(case_of(edited, bs.expect(edited)).beliefs.facets, before.facets), key
    for frame in ("simulator", "persona-selection"):
        _ = case_of(scenario(), evidence, frame).beliefs
    assert cached() == compiled


def test_probabilities_too_small_for_a_float_have_logarithms():
    """10^5 trials against a value: its probability is 0 in float64, the bits against it are finite and right."""
    n = 100_000.0
    two = {
        "facets": {"substrate": {"values": ["lm", "brain"]}},
        "identities": {"somebody": {}},
        "streams": {"rl": {"reliability": 0.9, "readings": ["substrate"]}},
    }
    model = bs.Scenario.from_dict(two)
    rows = [{"stream": "rl", "probe": "substrate", "outcome": "lm", "count": n}]
    result = bs.posterior(model, bs.Evidence.from_rows(model, rows))
    assert float(result.facets.sel(facet="substrate", value="brain")) == 0.0
    assert result.bits_to_flip["substrate"]["brain"] == pytest.approx(n * np.log2(0.95 / 0.05), rel=1e-12)
