"""The oracle agrees with what can be worked out by hand, and its tables and strategies are sound."""

import tomllib
from math import log, log2

import numpy as np
import oracle
import pytest
from as_toml import to_toml
from hypothesis import given, settings
from one_facet import one_facet, row
from strategies import cases, scenarios


def odds(p, name):
    return p[name] / (1 - p[name])


def test_one_reading_by_hand():
    scenario = one_facet(rl={"reliability": 0.8, "readings": ["d"]})
    p = oracle.posterior(scenario, [row("yes", 3), row("no", 1)])
    yes, no = 0.9**3 * 0.1, 0.1**3 * 0.9  # 0.8 + 0.2/2 = 0.9 and 0.1
    assert p["log_evidence"] == pytest.approx(log(0.5 * yes + 0.5 * no))
    assert p["facets"]["d"]["yes"] == pytest.approx(yes / (yes + no))
    assert p["identities"]["a"] == pytest.approx((0.95 * yes + 0.05 * no) / (yes + no))
    assert p["ownership"] == {"rl": 1.0}


def test_one_facet_tells_at_most_4_25_bits():
    scenario = one_facet(rl={"readings": ["d"]})
    p = oracle.posterior(scenario, [row("yes", 1e4)])
    assert log2(odds(p["identities"], "a")) == pytest.approx(log2(0.95 / 0.05))
    assert log2(0.95 / 0.05) == pytest.approx(4.25, abs=0.005)


@pytest.mark.parametrize(("rho", "weight", "size"), [(0.9, 1.0, 2), (0.5, 2.0, 3), (0.0, 1.0, 2)])
def test_bits_of_a_claim(rho, weight, size):
    values = ["yes", "no", "maybe"][:size]
    spec = {"reliability": rho, "weight": weight, "claims": {"d": "yes"}}
    scenario = {"facets": {"d": {"values": values}}, "identities": {"a": {}}, "streams": {"spec": spec}}
    p = oracle.posterior(scenario, [])["facets"]["d"]
    bits = weight * log2(1 + size * rho / (1 - rho))
    assert log2(p["yes"] / p["no"]) == pytest.approx(bits)


def test_a_certain_claim_of_weight_zero_says_nothing():
    spec = {"reliability": 1.0, "weight": 0.0, "claims": {"d": "yes"}, "identity": "a"}
    assert oracle.posterior(one_facet(spec=spec), [])["facets"]["d"]["yes"] == pytest.approx(0.5)
    assert oracle.facts(one_facet(spec=spec)) == {"d": None}


def test_mentions_bits_and_prior_by_hand():
    scenario = one_facet(pretraining={"weight": 0.5, "mentions": {"a": 16}})
    scenario["identities"]["a"] |= {"bits": 3, "prior": 5}
    p = oracle.posterior(scenario, [])
    assert odds(p["identities"], "a") == pytest.approx(5 / 8 * 4)
    assert p["log_evidence"] == pytest.approx(0)


def test_salience_of_one_facet_and_base():
    scenario = one_facet()
    scenario["salience"] = {"d": 0.5}
    scenario["facets"]["d"]["base"] = {"yes": 0.2, "no": 0.8}
    scenario["identities"] = {"a": {"profile": {"d": {"yes": 1.0}}}}
    p = oracle.posterior(scenario, [])
    assert p["facets"]["d"]["yes"] == pytest.approx(0.45 + 0.55 * 0.2)


def test_of_contradicting_claims_the_later_is_the_part():
    scenario = one_facet(
        spec={"claims": {"d": "yes"}, "reliability": 0.5},
        prompt={"kind": "spec", "claims": {"d": "no"}, "reliability": 0.5},
        rl={"readings": ["d"], "reliability": 1.0, "ownership": 0.25},
    )
    p = oracle.posterior(scenario, [row("no", 1)])
    # The part says "no" for certain; I am in two minds.
    assert p["ownership"]["rl"] == pytest.approx(0.25 * 0.5 / (0.25 * 0.5 + 0.75))
    impossible_for_the_part = oracle.posterior(scenario, [row("yes", 1)])
    assert impossible_for_the_part["ownership"]["rl"] == 1.0
    assert impossible_for_the_part["facets"]["d"]["yes"] == 1.0


def test_no_part_means_that_everything_is_about_me():
    scenario = one_facet(
        spec={"identity": "a", "claims": {"d": "no"}, "reliability": 0.5},
        rl={"readings": ["d"], "ownership": 0.0, "errors": "part", "reliability": 0.5},
    ) | {"coherence": 1.0}
    p = oracle.posterior(scenario, [row("yes", 2)])
    claims = 0.75 * 0.25  # for (a, yes) the identity claim is right and the other wrong; for (b, no) likewise
    assert p["ownership"]["rl"] == 1.0
    assert odds(p["identities"], "a") == pytest.approx(0.75**2 * claims / (0.25**2 * 0.25 * 0.75))


def test_an_introspection_that_parrots_the_spec():
    """Part errors: with a claim, ρ of the errors read the part's value, the rest are uniform."""
    stream = {"readings": ["d"], "reliability": 0.6, "errors": "part"}
    scenario = one_facet(spec={"claims": {"d": "no"}, "reliability": 0.0}, introspection=stream)
    p = oracle.posterior(scenario, [row("yes", 1, "introspection")])
    error_yes = 0.6 * 0 + 0.4 / 2
    assert odds(p["facets"]["d"], "yes") == pytest.approx((0.6 + 0.4 * error_yes) / (0.4 * error_yes))


def test_impossible_evidence_and_how_weight_zero_lifts_it():
    scenario = one_facet(rl={"readings": ["d"], "reliability": 1.0})
    rows = [row("yes", 1), row("no", 1)]
    assert oracle.log_evidence(scenario, rows) == -np.inf
    with pytest.raises(oracle.ImpossibleEvidence):
        oracle.posterior(scenario, rows)
    scenario["streams"]["rl"]["weight"] = 0.0
    assert oracle.log_evidence(scenario, rows) == pytest.approx(0)


def test_a_probe_about_two_facets_in_another_order_than_the_file():
    scenario = one_facet(
        rl={
            "reliability": 1.0,
            "probes": {
                "p": {
                    "about": ["e", "d"],
                    "outcomes": ["o", "x"],
                    "given": {
                        "1": {"yes": [0.1, 0.9], "no": [0.2, 0.8]},
                        "2": {"yes": [0.3, 0.7], "no": [0.4, 0.6]},
                        "3": {"yes": [0.5, 0.5], "no": [0.6, 0.4]},
                    },
                }
            },
        }
    )
    scenario["facets"]["e"] = {"values": ["1", "2", "3"]}
    p = oracle.posterior(scenario, [row("o", 1, probe="p")])
    assert p["facets"]["d"]["no"] == pytest.approx((0.2 + 0.4 + 0.6) / 2.1)
    assert p["facets"]["e"]["2"] == pytest.approx(0.7 / 2.1)


@given(scenarios())
def test_strategies_draw_what_toml_can_hold(scenario):
    assert tomllib.loads(to_toml(scenario)) == scenario


@given(cases(weights_one=True, positive=True, max_facets=2, min_observed=1))
@settings(max_examples=30)
def test_the_posterior_is_a_martingale(case):
    """With weights 1, the mean of the next posterior under the predictive of any probe is this posterior."""
    scenario, rows = case
    belief = oracle.believe(scenario, rows)
    now = list(oracle.posterior(scenario, rows)["identities"].values())
    for name, stream in scenario["streams"].items():
        if name in belief.referents[0] and stream["probes"]:
            probe, said = next(iter(stream["probes"].items()))
            mean = np.zeros(len(now))
            for p, outcome in zip(oracle.predictive(belief, name, probe), said["outcomes"], strict=True):
                then = oracle.posterior(scenario, [*rows, row(outcome, 1, name, probe)])
                mean += p * np.array(list(then["identities"].values()))
            np.testing.assert_allclose(mean, now, atol=1e-9)
