"""Streams of one's own against enumeration: beliefs, trajectories and measures of what they say."""

import copy
import math

import numpy as np
import oracle
import pytest
from compared import close
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from own_stream import RAW
from strategies import evidence_rows, scenarios

import bayes_self as bs
from bayes_self.beliefs import landscape
from bayes_self.beliefs.case import case_of
from bayes_self.beliefs.labels import by_label, values_of
from bayes_self.laws.enumeration.draft import observation_streams
from bayes_self.measures.attribution import attribution
from bayes_self.measures.comparison import asymmetry, frame_probabilities
from bayes_self.measures.viability import cumulative_bill

LOGS = st.one_of(st.floats(-8, 2), st.sampled_from([0.0, -40.0, -math.inf]))


def evidence_of(scenario, rows):
    """What the oracle's rows are to the package."""
    said = [row for row in rows if "values" in row]
    found = bs.Evidence.from_rows(scenario, [row for row in rows if "values" not in row])
    for row in said:
        found += bs.listen(scenario, {row["stream"]: lambda _, row=row: bs.LogPotentials(row["values"], row["part"])})
    return found


@st.composite
def said(draw, raw):
    """A row of the oracle: one stream says something of some facets."""
    facets = draw(st.lists(st.sampled_from(list(raw["facets"])), min_size=1, max_size=2, unique=True))
    return {
        "stream": draw(st.sampled_from(list(observation_streams(raw)))),
        "values": {facet: {v: draw(LOGS) for v in raw["facets"][facet]["values"]} for facet in facets},
        "part": draw(st.one_of(st.none(), LOGS)),
    }


@st.composite
def heard(draw):
    """One scenario with other weights and ownerships, its rows of counts and of what was heard, and the package's."""
    raw = copy.deepcopy(RAW)
    for stream in ("rl", "judge"):
        raw["streams"][stream]["ownership"] = draw(st.sampled_from([0.0, 0.3, 0.8, 1.0]))
        raw["streams"][stream]["weight"] = draw(st.sampled_from([0.0, 0.5, 1.0, 1.0]))
    rows = draw(evidence_rows(raw, max_count=5))
    rows += draw(st.lists(said(raw), min_size=1, max_size=3))
    assume(np.isfinite(oracle.log_evidence(raw, rows)))
    scenario = bs.Scenario.from_dict(raw)
    return raw, rows, scenario, evidence_of(scenario, rows)


def check_posterior(raw, rows, scenario, evidence):
    result, truth = bs.posterior(scenario, evidence), oracle.posterior(raw, rows)
    assert result.log_evidence == pytest.approx(truth["log_evidence"], abs=1e-9)
    close(dict(zip(scenario.self_models, result.identities.values, strict=True)), truth["identities"], 1e-9)
    close({facet: values_of(result.facets, facet) for facet in scenario.facets}, truth["facets"], 1e-9)
    close(by_label(result.ownership), truth["ownership"], 1e-9)


@examples(20)
@given(heard())
def test_the_posterior_and_the_trajectory_are_those_of_enumeration(drawn):
    raw, rows, scenario, evidence = drawn
    check_posterior(*drawn)
    steps = bs.trajectory(scenario, evidence)
    for i, (_, belief) in enumerate(oracle.trajectory(raw, rows)):
        close(dict(zip(scenario.self_models, steps.identities.values[i], strict=True)), belief["identities"], 1e-9)


@examples(2)
@given(st.data())
def test_so_it_is_on_random_scenarios(data):
    raw = data.draw(scenarios(min_observed=1))
    rows = [*data.draw(evidence_rows(raw)), data.draw(said(raw)), data.draw(said(raw))]
    scenario = bs.Scenario.from_dict(raw)
    evidence = evidence_of(scenario, rows)
    if np.isfinite(oracle.log_evidence(raw, rows)):
        check_posterior(raw, rows, scenario, evidence)
    else:
        with pytest.raises(bs.EvidenceError, match=r"no self-model allows|contradict"):
            bs.posterior(scenario, evidence)


@examples(2)
@given(heard())
def test_measures_are_those_of_enumeration(drawn):
    """Attribution, verdicts and bits where the world answers again, frames, asymmetry, the bill."""
    raw, rows, scenario, evidence = drawn
    case = case_of(scenario, bs.Evidence(evidence.counts, from_world=True, potentials=evidence.potentials))
    shares = attribution(case, facet="name", value="Jack")
    try:
        truth = oracle.attribution(raw, rows, facet="name", value="Jack")
        bits, frames = oracle.bits_to_flip(raw, rows), oracle.frame_posterior(raw, rows)
        asymmetric = oracle.asymmetry(raw, rows, "assistant", "jfk")
    except oracle.ImpossibleEvidence:
        return
    close(shares.shares, truth["shares"], 1e-7)
    close(landscape.bits_to_flip(case), bits, 1e-7)
    close(frame_probabilities({f: case_of(scenario, evidence, f) for f in oracle.FRAMES}), frames, 1e-9)
    close(asymmetry(case, "assistant", "jfk"), asymmetric, 1e-7)
    close(cumulative_bill(case), oracle.cumulative(raw, rows), 1e-7)
