"""The package against the brute-force oracle, which shares no code with it, on random scenarios."""

import numpy as np
import oracle
import pytest
from compared import close, observed
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import evidence_rows, scenarios

import bayes_self as bs
from bayes_self.beliefs import landscape
from bayes_self.beliefs.case import case_of
from bayes_self.beliefs.labels import values_of
from bayes_self.measures.comparison import asymmetry, frame_probabilities

FEW = examples(6)


@examples(16)
@given(st.data())
def test_log_evidence_and_posterior(data):
    raw = data.draw(scenarios())
    rows = data.draw(evidence_rows(raw))
    scenario = bs.Scenario.from_dict(raw)
    evidence = bs.Evidence.from_rows(scenario, rows)
    expected = oracle.log_evidence(raw, rows)
    if not np.isfinite(expected):
        with pytest.raises(bs.EvidenceError, match=r"no self-model allows|contradict"):
            bs.posterior(scenario, evidence)
        return
    result, truth = bs.posterior(scenario, evidence), oracle.posterior(raw, rows)
    assert result.log_evidence == pytest.approx(expected, abs=1e-8, rel=1e-12)
    close(dict(zip(scenario.self_models, result.identities.values, strict=True)), truth["identities"], 1e-9)
    believed = oracle.believe(raw, rows)
    masks = {"beneath": result.after.beneath, "worn": result.after.worn} if scenario.masks else {}
    close(masks, oracle.masks(believed), 1e-9)
    close(result.after.broken, oracle.broken(believed), 1e-9)
    close({facet: values_of(result.facets, facet) for facet in scenario.facets}, truth["facets"], 1e-9)
    close(
        {str(s): float(result.ownership.sel(stream=s)) for s in result.ownership.stream.values},
        truth["ownership"],
        1e-9,
    )
    close(
        dict(zip(scenario.self_models, result.prior_identities.values, strict=True)),
        oracle.prior(raw)["identities"],
        1e-9,
    )


@FEW
@given(observed())
def test_trajectory(drawn):
    raw, rows, scenario, evidence = drawn
    found = bs.trajectory(scenario, evidence)
    truth = oracle.trajectory(raw, rows)
    assert found.sizes["step"] == len(truth)
    for i, (_, belief) in enumerate(truth):
        close(dict(zip(scenario.self_models, found.identities.values[i], strict=True)), belief["identities"], 1e-9)
        close({f: values_of(found.facets.isel(step=i), f) for f in scenario.facets}, belief["facets"], 1e-9)


@FEW
@given(scenarios(world=True))
def test_expected_evidence(raw):
    scenario = bs.Scenario.from_dict(raw)
    expected = {(r["stream"], r["probe"], r["outcome"]): r["count"] for r in oracle.expected_evidence(raw)}
    found = {(r["stream"], r["probe"], r["outcome"]): r["count"] for r in bs.expect(scenario).rows(scenario)}
    close(found, {cell: n for cell, n in expected.items() if n > 0}, 1e-10)


SHARP = 0.9 - 1e-4
"""No round number, which scenarios may hit: rounding would decide."""


@examples(6)
@given(observed(), st.sampled_from(oracle.FRAMES))
def test_landscape(drawn, frame):
    raw, rows, scenario, evidence = drawn
    assume(np.isfinite(oracle.log_evidence(oracle.framed(raw, frame), rows)))
    case, stays = case_of(scenario, evidence, frame), not evidence.from_world
    try:
        bits = oracle.bits_to_flip(raw, rows, frame, given=stays)
        verdicts = oracle.verdicts(raw, rows, frame, given=stays, sharp=SHARP)
    except oracle.ImpossibleEvidence:
        assume(False)
    close(landscape.concentration(case), oracle.concentration(raw, rows, frame), 1e-7)
    close(landscape.bits_to_flip(case), bits, 1e-7)
    close(landscape.entrenchment(case), oracle.entrenchment(raw, rows, frame), 1e-7)
    close(landscape.verdicts(case, SHARP), verdicts, 0)


@FEW
@given(observed(min_spec=1))
def test_frames_and_asymmetry(drawn):
    raw, rows, scenario, evidence = drawn
    cases = {frame: case_of(scenario, evidence, frame) for frame in oracle.FRAMES}
    try:
        close(frame_probabilities(cases), oracle.frame_posterior(raw, rows), 1e-9)
    except oracle.ImpossibleEvidence:
        assume(False)
    a, b = list(raw["identities"])[:2]
    for frame, case in cases.items():
        try:
            expected = oracle.asymmetry(raw, rows, a, b, frame, given=not evidence.from_world)
        except oracle.ImpossibleEvidence:
            continue
        close(asymmetry(case, a, b), expected, 1e-7)
