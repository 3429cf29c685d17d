"""Second and mixed derivatives of the log evidence: the landscape, and how beliefs answer to a small change."""

import numpy as np

from bayes_self.beliefs.case import Case, case_of
from bayes_self.beliefs.labels import by_label, values_of
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree, require
from bayes_self.laws.bayes import LARGEST_JOINT, too_large
from bayes_self.laws.beliefs import named, rounding
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.laws.enumeration import model
from bayes_self.laws.enumeration.joint import log_sum
from bayes_self.measures.sensitivity import sensitivity
from bayes_self.measures.spectrum import spectrum
from bayes_self.model.beliefs import believe
from bayes_self.model.keys import setter
from bayes_self.scenario import Scenario
from bayes_self.scenario.keys import dotted
from bayes_self.scenario.stream_schema import ObservationStream, PretrainingStream

_VARIANCE = 1e-6
_EIGENVALUE = 1e-5
"""How near 1 a flat eigenvalue is: variances from 10^-10 up count, and are known to 10^-16."""


@law(
    statement="Flat directions have eigenvalue 1: all of them where nothing is claimed or observed, and those of "
    "a facet that nothing is said of, whatever is claimed and observed of others, whose eigenvalues it "
    "leaves alone.",
    reason="The covariance of what the evidence leaves alone is that under p0; of independent blocks, spectra "
    "are joined.",
    conditions="no identity takes a stand on the facet, no probe or claim is about it. The law adds one, before it "
    "looks",
)
def flat_directions_have_eigenvalue_1(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.inferred_from(scenario)
    flat = draft.unused(raw["facets"], "a flat facet")
    values = [f"this {flat}", f"that {flat}", f"another {flat}"]
    more = draft.scenario_of(raw | {"facets": raw["facets"] | {flat: {"values": values}}})
    untouched = spectrum(case_of(draft.scenario_of(draft.without_claims(draft.inferred_from(more))))).eigenvalues
    worst = float(np.abs(untouched - 1).max(initial=0.0))
    require(worst < _EIGENVALUE, f"with nothing said an eigenvalue is off 1 by {worst:.3g}")
    found, own = spectrum(case_of(more, evidence)).eigenvalues, spectrum(case_of(scenario, evidence)).eigenvalues
    expected = np.sort(np.concatenate([own, np.ones(len(values) - 1)]))
    if len(found) == len(expected):  # a variance under p0 that is nearly 0 may count in one and not in the other
        for one, other in zip(found, expected, strict=True):
            agree("an eigenvalue of the spectrum", float(one), float(other), _EIGENVALUE)
    flats = int((np.abs(found - 1) < _EIGENVALUE).sum())
    require(flats >= len(values) - 1, f"{len(values) - 1} directions are flat, and {flats} eigenvalues are 1")


@law(
    statement="An eigenvalue of the landscape is the variance of its direction's score, in units of that under p0.",
    reason="The generalised eigenvalues of two covariances are the stationary ratios of their quadratic forms.",
    conditions=f"the joint has at most {LARGEST_JOINT} cells, over which the variances are summed",
    unless=too_large,
)
def eigenvalues_are_ratios_of_variances(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw, found = draft.inferred_from(scenario), spectrum(case_of(scenario, evidence))
    after, rest = model.believe(raw, evidence.rows(scenario)), rounding(scenario, evidence)
    before = model.believe(raw | {"streams": {n: raw["streams"][n] for n in draft.streams(raw, "pretraining")}}, [])
    for size, direction in zip(found.eigenvalues, found.directions, strict=True):
        now, once = _variance(after, direction, scenario), _variance(before, direction, scenario)
        if once > _VARIANCE:
            agree("the ratio of variances that an eigenvalue is", float(size), now / once, _EIGENVALUE + rest / once)


def _variance(belief: model.Belief, direction: np.ndarray, scenario: Scenario) -> float:
    p = np.exp(log_sum(belief.me, axis=(0, 1)) - belief.log_evidence)
    score = np.zeros(p.shape)
    for d, facet in enumerate(scenario.facets.values()):
        score = score + direction[d, : len(facet.values)].reshape([-1 if i == d else 1 for i in range(p.ndim)])
    return float((p * score**2).sum() - (p * score).sum() ** 2)


@law(
    statement="Derivatives equal differences: how a belief answers to a small change of a number is the limit of "
    "what it does when the number is changed.",
    reason="The definition of the derivative, by central differences extrapolated (Richardson).",
    conditions="the number is inside its range (at 0 and 1 there is a one-sided derivative, and none to compare with)",
)
def derivatives_equal_differences(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    case = case_of(scenario, evidence)
    name, value, room = one_of(choices(key, "derivative"), _inside(scenario))
    seen = sum(float(counts.sum()) for counts in evidence.counts.values())
    step = min(1e-3, room / 4) / (1 + seen / 1000)
    coarse, fine = _difference(case, name, value, step), _difference(case, name, value, step / 2)
    if coarse is None or fine is None:
        return
    found = _slopes(case, name)
    for belief, slope in found.items():
        tolerance = 1e-6 + 4 * abs(fine[belief] - coarse[belief]) + rounding(scenario, evidence) / step
        agree(f"the derivative by {name} of P({belief})", slope, fine[belief], tolerance)


def _inside(scenario: Scenario) -> list[tuple[str, float, float]]:
    """Numbers inside their range: key, value, and how far the end of the range is."""
    keys = [(dotted(("identities", h, "bits")), i.bits, 1.0) for h, i in scenario.identities.items()]
    shares = [("coherence", scenario.coherence)]
    if scenario.masks:
        keys += [("masks.bits", scenario.masks.bits, 1.0)]
        shares += [(dotted(("masks", "covers", d)), shows) for d, shows in scenario.masks.covers.items()]
    for name, stream in scenario.streams.items():
        keys += [(dotted(("streams", name, "weight")), stream.weight, min(1.0, stream.weight))]
        if not isinstance(stream, PretrainingStream):
            shares += [(dotted(("streams", name, "reliability")), stream.reliability)]
        if isinstance(stream, ObservationStream):
            shares += [(dotted(("streams", name, "ownership")), stream.ownership)]
            shares += [(dotted(("streams", name, "doubt")), stream.doubt)]
    return [each for each in (*keys, *((k, p, min(p, 1 - p)) for k, p in shares)) if each[2] > 0]


def _difference(case: Case, name: str, value: float, step: float) -> dict[str, float] | None:
    """(8 (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12h of every belief; None where one is impossible."""
    put, _ = setter(name, case.scenario, case.names)
    at = {k: believe(put(case.believed, np.asarray(value + k * step)), case.counts) for k in (-2, -1, 1, 2)}
    if not all(found.is_possible for found in at.values()):
        return None
    p = {k: named(found, case.names) for k, found in at.items()}
    return {b: (8 * (p[1][b] - p[-1][b]) - (p[2][b] - p[-2][b])) / (12 * step) for b in p[1]}


def _slopes(case: Case, name: str) -> dict[str, float]:
    found = sensitivity(case, name)
    slopes = {f"identity = {h}": slope for h, slope in by_label(found.identities).items()}
    for facet in case.names.facets:
        slopes |= {f"{facet} = {v}": slope for v, slope in values_of(found.facets, facet).items()}
    return slopes | {f"{s} is about me": slope for s, slope in by_label(found.ownership).items()}
