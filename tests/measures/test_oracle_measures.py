"""The oracle's world and measures agree with what can be worked out by hand."""

from math import log2

import oracle
import pytest
from hypothesis import given, settings
from one_facet import one_facet, row
from strategies import cases


def test_the_world_answers_facts_claims_and_nothing_in_the_void():
    scenario = one_facet(rl={"readings": ["d"], "reliability": 0.8})
    scenario["world"] = {"trials": {"rl": {"d": 10}}}
    assert oracle.expected_evidence(scenario) == []
    scenario["streams"]["spec"] = {"claims": {"d": "no"}}
    assert [r["count"] for r in oracle.expected_evidence(scenario)] == pytest.approx([1.0, 9.0])
    scenario["world"] |= {"facts": {"d": "yes"}, "reliability": {"rl": 0.5}}
    assert [r["count"] for r in oracle.expected_evidence(scenario)] == pytest.approx([7.5, 2.5])


def test_landscape_by_hand():
    spec = {"claims": {"d": "yes"}, "reliability": 0.9}
    scenario = one_facet(spec=spec, rl={"readings": ["d"], "reliability": 0.8})
    rows = [row("yes", 2)]
    assert oracle.entrenchment(scenario, rows)["d"]["no"] == pytest.approx(2 * log2(9))
    assert oracle.entrenchment(scenario, rows)["d"]["yes"] == pytest.approx(-2 * log2(9))
    assert oracle.verdicts(scenario, rows) == {"d": "concentrated"}
    assert oracle.verdicts(scenario, []) == {"d": "selected"}
    assert oracle.verdicts(one_facet(), []) == {"d": "flat"}
    p = oracle.posterior(scenario, rows)["facets"]["d"]
    assert oracle.spectrum(scenario, rows) == pytest.approx([4 * p["yes"] * p["no"]])
    assert oracle.steerability(scenario, []) == {"d": pytest.approx(0.9)}
    assert oracle.steerability(one_facet(), []) == {"d": None}


def test_where_the_claim_is_the_fact_removing_it_empties_the_evidence():
    scenario = one_facet(spec={"claims": {"d": "yes"}}, rl={"readings": ["d"], "reliability": 0.8})
    scenario["world"] = {"trials": {"rl": {"d": 10}}}
    rows = oracle.expected_evidence(scenario)
    assert oracle.bits_to_flip(scenario, rows)["d"]["no"] == pytest.approx(0)
    assert oracle.entrenchment(scenario, rows)["d"]["no"] == pytest.approx(8 * log2(9))
    assert oracle.bits_to_flip(scenario, rows, given=True) == oracle.entrenchment(scenario, rows)


def test_two_readings_share_the_credit_and_a_silent_stream_gets_none():
    scenario = one_facet(
        rl={"readings": ["d"], "reliability": 0.8},
        introspection={"readings": ["d"], "reliability": 0.5},
        pretraining={"mentions": {"a": 7, "b": 7}},
    )
    rows = [row("yes", 2), row("yes", 1, "introspection")]
    found = oracle.attribution(scenario, rows, facet="d", value="yes")
    # With one facet and even prior odds, bits of evidence simply add up.
    shares = {"rl": 2 * log2(9), "introspection": log2(3), "pretraining": 0}
    assert found["shares"] == pytest.approx(shares, abs=1e-12)
    assert found["log_odds"] == pytest.approx({"before_training": 0, "posterior": 2 * log2(9) + log2(3)})


def test_asymmetry_by_hand():
    scenario = one_facet(spec={"claims": {"d": "no"}}, rl={"readings": ["d"], "reliability": 0.9999999})
    scenario["world"] = {"facts": {"d": "yes"}, "trials": {"rl": {"d": 1000}}}
    # One facet, fully known: ±log2(0.95/0.05) whatever the spec says, so (A − B)/2 is that number.
    assert oracle.asymmetry(scenario, [], "a", "b") == pytest.approx(log2(19), abs=1e-4)
    assert oracle.asymmetry(scenario, [], "b", "a") == pytest.approx(-log2(19), abs=1e-4)
    del scenario["world"]["facts"]
    assert oracle.asymmetry(scenario, [], "a", "b") == 0  # the claim is gone, so nothing is observed


def test_viability_by_hand():
    scenario = one_facet(rl={"readings": ["d"], "reliability": 1.0})
    scenario["world"] = {"facts": {"d": "yes"}, "trials": {"rl": {"d": 4}}}
    bits = {"a": log2(1 / 0.95), "b": log2(1 / 0.05)}
    assert oracle.viability(scenario) == pytest.approx(bits)
    # Who keeps h and learns the facet pays once, however often it is tried.
    assert oracle.cumulative(scenario, [row("yes", 4)]) == pytest.approx({"a": 0, "b": log2(19)})


def test_realization_by_hand():
    scenario = one_facet(spec={"claims": {"d": "no"}, "reliability": 0.5})
    p = oracle.posterior(scenario, [])
    assert oracle.conviction(scenario, []) == pytest.approx({"a": 0.25, "b": 0.75})
    assert oracle.realization(scenario, []) == pytest.approx({"a": 0, "b": 0.75})
    assert oracle.accuracy(scenario, []) is None
    scenario["world"] = {"facts": {"d": "yes"}}
    assert oracle.realization(scenario, []) == pytest.approx({"a": 0.25, "b": 0})
    assert oracle.accuracy(scenario, []) == pytest.approx(-2)
    agrees = 0.5 * 0.95 * (0.25 + 0.75) / 0.5  # P(h) P(stand given h) P(claim given stand), summed, over Z
    assert oracle.agreement(scenario, []) == pytest.approx(agrees)
    assert p["identities"]["b"] == pytest.approx(0.95 * 0.75 + 0.05 * 0.25)


def test_prediction_by_hand():
    scenario = one_facet(rl={"readings": ["d"], "reliability": 1.0, "ownership": 0.5})
    # The outcome is my value with probability 0.75: it is mine, or it is the part's and happens to agree.
    entropy = -0.75 * log2(0.75) - 0.25 * log2(0.25)
    assert oracle.probe_value(scenario, [], "d")["rl"]["d"] == pytest.approx(1 - entropy)
    assert oracle.probe_value(scenario, [], "rl")["rl"]["d"] == pytest.approx(0)
    assert oracle.probe_value(scenario, [], "frame")["rl"]["d"] == pytest.approx(0)
    fair = one_facet(rl={"readings": ["d"], "reliability": 0.0})
    assert oracle.misfit(fair, [row("yes", 8)]) == {"rl": {"d": pytest.approx(8)}}
    assert oracle.frame_posterior(fair, [row("yes", 8)]) == pytest.approx(dict.fromkeys(oracle.FRAMES, 1 / 3))
    fair["streams"]["rl"]["weight"] = 0.5
    assert set(oracle.frame_posterior(fair, [row("yes", 8)]).values()) == {None}


@given(cases(positive=True, max_facets=2, min_observed=1))
@settings(max_examples=20)
def test_shapley_shares_add_up(case):
    scenario, rows = case
    found = oracle.attribution(scenario, rows, identity="assistant")
    moved = found["log_odds"]["posterior"] - found["log_odds"]["before_training"]
    assert sum(found["shares"].values()) == pytest.approx(moved, abs=1e-7)
