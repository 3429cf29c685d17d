"""Every measure against the brute-force oracle, on random scenarios."""

import numpy as np
import oracle
import pytest
from compared import close, observed
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st

from bayes_self.beliefs.case import case_of
from bayes_self.measures.attribution import attribution
from bayes_self.measures.misfit import misfit
from bayes_self.measures.probe_value import probe_value
from bayes_self.measures.realization import accuracy, agreement, characters
from bayes_self.measures.spectrum import covariance, spectrum
from bayes_self.measures.steerability import steerability
from bayes_self.measures.viability import cumulative_bill, viability, viability_by_probe

FEW = examples(4)
FRAME = st.sampled_from(oracle.FRAMES)


def nested(by_probe):
    """{(stream, probe): x} as {stream: {probe: x}}."""
    found = {}
    for (stream, probe), x in by_probe.items():
        found.setdefault(stream, {})[probe] = x
    return found


def seen_by(drawn, frame):
    """The case in a frame that allows the evidence."""
    raw, rows, scenario, evidence = drawn
    assume(np.isfinite(oracle.log_evidence(oracle.framed(raw, frame), rows)))
    return raw, rows, case_of(scenario, evidence, frame), not evidence.from_world


@FEW
@given(observed(max_observed=2), FRAME, st.data())
def test_attribution(drawn, frame, data):
    raw, rows, case, _ = seen_by(drawn, frame)
    identity = data.draw(st.sampled_from(list(raw["identities"])))
    facet = data.draw(st.sampled_from(list(raw["facets"])))
    for belief in ({"identity": identity}, {"facet": facet, "value": raw["facets"][facet]["values"][0]}):
        try:
            expected = oracle.attribution(raw, rows, frame, **belief)
        except oracle.ImpossibleEvidence:
            assume(False)
        found = attribution(case, **belief)
        close(found.shares, expected["shares"], 1e-7)
        if np.isfinite([found.before_training, found.posterior, *found.shares.values()]).all():
            assert sum(found.shares.values()) == pytest.approx(found.posterior - found.before_training, abs=1e-9)


@FEW
@given(observed(world=True), FRAME)
def test_viability(drawn, frame):
    raw, rows, case, _ = seen_by(drawn, frame)
    close(nested(viability_by_probe(case)), oracle.viability_by_probe(raw, frame), 1e-9)
    close(viability(case), oracle.viability(raw, frame), 1e-9)
    close(cumulative_bill(case), oracle.cumulative(raw, rows, frame), 1e-7)


@FEW
@given(observed(), FRAME)
def test_realization(drawn, frame):
    raw, rows, case, _ = seen_by(drawn, frame)
    found = characters(case)
    close({h: c.conviction for h, c in found.items()}, oracle.conviction(raw, rows, frame), 1e-9)
    if "world" in raw:
        close({h: c.realization for h, c in found.items()}, oracle.realization(raw, rows, frame), 1e-9)
        close(accuracy(case), oracle.accuracy(raw, rows, frame), 1e-7)
    close(agreement(case), oracle.agreement(raw, rows, frame), 1e-8)


@FEW
@given(observed(min_observed=1), FRAME, st.data())
def test_probe_value(drawn, frame, data):
    raw, rows, case, _ = seen_by(drawn, frame)
    about = data.draw(st.sampled_from(["identity", *raw["facets"], case.names.streams[0]]))  # each is compiled anew
    close(nested(probe_value(case, about)), oracle.probe_value(raw, rows, about, frame), 1e-8)


@FEW
@given(observed(min_observed=1))
def test_probe_value_of_frames(drawn):
    raw, rows, case, _ = seen_by(drawn, "self-model")
    for frame in oracle.FRAMES:
        seen_by(drawn, frame)
    close(nested(probe_value(case, "frame")), oracle.probe_value(raw, rows, "frame"), 1e-8)


@FEW
@given(observed(), FRAME)
def test_misfit(drawn, frame):
    raw, rows, case, _ = seen_by(drawn, frame)
    found = misfit(case, key=1, replicates=200)
    close(nested({probe: m.bits for probe, m in found.items()}), oracle.misfit(raw, rows, frame), 1e-7)
    assert all(0 < m.tail <= 1 for m in found.values())


@FEW
@given(observed(), FRAME)
def test_spectrum(drawn, frame):
    raw, rows, case, _ = seen_by(drawn, frame)
    found = spectrum(case)
    assert found.eigenvalues == pytest.approx(np.array(oracle.spectrum(raw, rows, frame)), abs=1e-6, rel=1e-6)
    after = covariance(case.beliefs)
    scores = found.directions.reshape(len(found.eigenvalues), len(after))  # there may be none
    assert np.abs(found.directions.sum(-1)).max(initial=0) < 1e-9, "mean zero per facet"
    variances = np.einsum("ni,ij,nj->n", scores, after, scores)
    prior = covariance(case_of(case.scenario, None, frame).prior)
    ratios = variances / np.einsum("ni,ij,nj->n", scores, prior, scores)
    assert ratios == pytest.approx(found.eigenvalues, abs=1e-6, rel=1e-5)


@FEW
@given(observed(), FRAME)
def test_steerability(drawn, frame):
    raw, rows, case, stays = seen_by(drawn, frame)
    try:
        expected = oracle.steerability(raw, rows, frame, given=stays)
    except oracle.ImpossibleEvidence:
        assume(False)
    close(steerability(case), expected, 1e-8)
