"""Laws that every posterior obeys, on random scenarios."""

import numpy as np
import pytest
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import evidence_rows, scenarios

import bayes_self as bs
from bayes_self.beliefs import beliefs
from bayes_self.case import case_of
from bayes_self.improvisation import predictive
from bayes_self.labelled import values_of
from bayes_self.log_evidence import all_referents
from bayes_self.potentials import Counts
from bayes_self.precision import in_float64

LAWS = examples(5)


@st.composite
def cases(draw, **restrictions):
    """A random scenario with evidence that is not impossible, as (dict, rows, case)."""
    raw = draw(scenarios(**restrictions))
    rows = draw(evidence_rows(raw, max_count=30))
    scenario = bs.Scenario.from_dict(raw)
    case = case_of(scenario, bs.Evidence.from_rows(scenario, rows))
    assume(np.isfinite(case.beliefs.log_evidence))
    return raw, rows, case


@LAWS
@given(cases())
def test_probabilities_sum_to_one(drawn):
    _, _, case = drawn
    for found in (case.beliefs, case.prior):
        assert found.identities.sum() == pytest.approx(1, abs=1e-12)
        assert found.facets.sum(-1) == pytest.approx(np.ones(len(case.names.facets)), abs=1e-12)
        for array in found[1:]:
            assert ((array >= 0) & (array <= 1 + 1e-12)).all()


@LAWS
@given(cases(), st.randoms(use_true_random=False))
def test_order_carries_no_information(drawn, random):
    """Neither the order of rows, nor of identities, nor of observation streams changes a belief."""
    raw, rows, case = drawn
    shuffled = random.sample(rows, len(rows))
    other = dict(raw)
    for axis in ("identities", "facets"):
        other[axis] = dict(random.sample(list(raw[axis].items()), len(raw[axis])))
    scenario = bs.Scenario.from_dict(other)
    found = bs.posterior(scenario, bs.Evidence.from_rows(scenario, shuffled))
    for h, name in enumerate(case.names.identities):
        assert float(found.identities.sel(identity=name)) == pytest.approx(case.beliefs.identities[h], abs=1e-9)
    for d, name in enumerate(case.names.facets):
        own = values_of(found.facets, name)
        for v, value in enumerate(case.names.values[d]):
            assert own[value] == pytest.approx(case.beliefs.facets[d, v], abs=1e-9)


@LAWS
@given(cases())
def test_what_is_weighed_twice_is_observed_twice(drawn):
    raw, rows, case = drawn
    doubled = bs.Evidence.from_rows(case.scenario, rows + rows)
    heavier = raw | {
        "streams": {
            name: stream | {"weight": 2 * stream.get("weight", 1.0)}
            if stream.get("kind", name) in ("rl", "introspection")
            else stream
            for name, stream in raw["streams"].items()
        }
    }
    scenario = bs.Scenario.from_dict(heavier)
    once = case_of(scenario, bs.Evidence.from_rows(scenario, rows)).beliefs
    twice = case_of(case.scenario, doubled).beliefs
    assume(np.isfinite(twice.log_evidence))
    assert once.log_evidence == pytest.approx(twice.log_evidence, rel=1e-10, abs=1e-9)
    assert once.identities == pytest.approx(twice.identities, abs=1e-9)


@LAWS
@given(cases())
def test_a_weight_of_0_is_silence(drawn):
    """A stream of weight 0 is as good as absent, whatever its evidence; ownership of it stays where it was."""
    raw, rows, case = drawn
    assume(case.names.streams)
    silent = case.names.streams[0]
    off = bs.Scenario.from_dict(raw).with_weight(silent, 0.0)
    heard = case_of(off, bs.Evidence.from_rows(off, rows)).beliefs
    absent = case_of(off, bs.Evidence.from_rows(off, [row for row in rows if row["stream"] != silent])).beliefs
    assume(np.isfinite(absent.log_evidence))
    for found, expected in zip(heard, absent, strict=True):
        assert found == pytest.approx(expected, abs=1e-12)


@LAWS
@given(cases(weights_one=True))
def test_beliefs_are_expected_to_stay(drawn):
    """Σ_o P(next outcome o) P(h after o) = P(h): no probe is expected to move a belief in a known direction."""
    _, _, case = drawn
    assume(case.names.single)
    single, _ = in_float64(predictive)(case.believed, case.counts, all_referents(len(case.names.streams)))
    row = np.asarray(single)[0]
    assert row.sum() == pytest.approx(1, abs=1e-9)
    expected = np.zeros(len(case.names.identities))
    for o in np.flatnonzero(row > 1e-12):
        counts = np.array(case.counts.single)
        counts[0, o] += 1
        expected += row[o] * beliefs(case.believed, Counts(counts, case.counts.joint)).identities
    assert expected == pytest.approx(case.beliefs.identities, abs=1e-9)


@LAWS
@given(cases(weights_one=True, max_spec=0, max_observed=1))
def test_ownership_stays_where_the_spec_is_silent(drawn):
    """Without a claim the part is as I am, and learns as I do: nothing tells whose a single stream's evidence is."""
    _, _, case = drawn
    assert case.beliefs.ownership == pytest.approx(case.believed.ownership, abs=1e-9)


@LAWS
@given(cases())
def test_the_simulator_learns_nothing_about_itself(drawn):
    _raw, rows, case = drawn
    simulator = case_of(case.scenario, bs.Evidence.from_rows(case.scenario, rows), "simulator")
    assume(np.isfinite(simulator.beliefs.log_evidence) and (simulator.beliefs.ownership == 0).all())
    told = case_of(case.scenario, None, "simulator").beliefs
    assert simulator.beliefs.identities == pytest.approx(told.identities, abs=1e-9)


@LAWS
@given(cases())
def test_evidence_concentrates_or_costs_nothing(drawn):
    """Relative entropies are at least 0, and the likeliest answer is the one that costs no bits."""
    _, _, case = drawn
    result = bs.posterior(case.scenario, bs.Evidence.from_rows(case.scenario, drawn[1]))
    assert all(bits >= -1e-12 for bits in result.concentration.values())
    for bits in result.bits_to_flip.values():
        assert min(bits.values()) <= 1e-9


@LAWS
@given(st.floats(0.5, 0.99), st.integers(2, 6), st.floats(0.1, 3))
def test_a_claim_supplies_its_bits(reliability, n_values, weight):
    """w · log2(1 + Kρ / (1 - ρ)) bits of log odds, where nothing hangs on the facet."""
    values = [f"value {i}" for i in range(n_values)]
    scenario = bs.Scenario.from_dict(
        {
            "facets": {"name": {"values": values}},
            "identities": {"somebody": {}},
            "streams": {"spec": {"reliability": reliability, "weight": weight, "claims": {"name": values[0]}}},
        }
    )
    p = case_of(scenario).log_beliefs.facets[0]
    assert (p[0] - p[1]) / np.log(2) == pytest.approx(weight * np.log2(1 + n_values * reliability / (1 - reliability)))
