"""The three frames on the same evidence: what each believes, how well each predicted it, and how asymmetric it is."""

from dataclasses import dataclass, replace

import numpy as np

from bayes_self.beliefs import beliefs, log_beliefs
from bayes_self.case import Case, case_of
from bayes_self.claiming import first_spec, told
from bayes_self.errors import EvidenceError
from bayes_self.evidence import Evidence
from bayes_self.exact import Posterior, posterior
from bayes_self.frames import FRAMES
from bayes_self.leaving_out import no_counts
from bayes_self.scenario import Scenario
from bayes_self.world import expected_counts


@dataclass(frozen=True)
class FrameResult:
    """One frame among the three."""

    posterior: Posterior | None
    """What the frame believes; None where it finds the evidence impossible."""
    probability: float | None
    """Its posterior probability given the same observations; None where evidence was tempered, which is no evidence."""
    asymmetry: float | None
    """Of the identities a and b, in bits; None unless both are named and the spec can speak."""


def compare(
    scenario: Scenario, evidence: Evidence | None = None, a: str | None = None, b: str | None = None
) -> dict[str, FrameResult]:
    """The three frames side by side: simulator, persona-selection, self-model.

    P(frame) ∝ Z(claims, observations) / Z(claims), with equal prior weights.

    Raises:
        EvidenceError: no frame allows the evidence.

    """
    found: dict[str, Posterior | None] = {}
    refusals = []
    for frame in FRAMES:
        try:
            found[frame] = posterior(scenario, evidence, frame)
        except EvidenceError as refusal:
            found[frame] = None
            refusals.append(refusal)
    if len(refusals) == len(FRAMES):
        raise refusals[-1]
    cases = {frame: case_of(scenario, evidence, frame) for frame in FRAMES}
    probability = frame_probabilities(cases)
    return {
        frame: FrameResult(
            found[frame],
            probability[frame],
            asymmetry(cases[frame], a, b) if a is not None and b is not None else None,
        )
        for frame in FRAMES
    }


def frame_probabilities(cases: dict[str, Case]) -> dict[str, float | None]:
    """P(frame) given the observations, equal prior weights: log Z(claims, observations) - log Z(claims), normalised.

    None for all where an observation stream or probe with evidence has a weight other than 1.
    """
    if any(_tempered(case) for case in cases.values()):
        return dict.fromkeys(cases)
    from scipy.special import softmax  # a quarter of a second, which `run` need not wait for

    scores = np.array([_log_score(case) for case in cases.values()])
    return dict(zip(cases, map(float, softmax(scores)), strict=True))


def _log_score(case: Case) -> float:
    """log P(observations given claims), in nats; -inf where the frame forbids either."""
    claims = beliefs(case.believed, no_counts(case.believed)).log_evidence
    return float(case.beliefs.log_evidence - claims) if np.isfinite(claims) else -np.inf


def _tempered(case: Case) -> bool:
    arrays = [
        (case.believed.single, case.counts.single),
        *zip(case.believed.joint, case.counts.joint, strict=True),
    ]
    tempered = [bool(((probes.weight != 1) & (counts.sum(-1) > 0)).any()) for probes, counts in arrays]
    if heard := case.counts.heard:
        speaks = (heard.of_me != 0).any((1, 2)) | (heard.constant != 0)
        tempered.append(bool((speaks & (case.believed.stream_weight != 1)).any()))
    return any(tempered)


def asymmetry(case: Case, a: str, b: str) -> float | None:
    """(A - B) / 2 in bits, for all trials together; None where it is not finite or no spec stream can speak.

    A: the spec says "you are a" and nothing else, and the world answers in full, in expectation; the change of
    log2[P(a) / P(b)] that the observations make. B likewise for b, with log2[P(b) / P(a)]. 0 is the simulator's
    symmetry; positive: reality favours a, whatever was said. Evidence that was given stays as it is.
    """
    if first_spec(case.scenario) is None:
        return None
    bits = (_change_when_told(case, a, b) - _change_when_told(case, b, a)) / 2
    return float(bits) if np.isfinite(bits) else None


def _change_when_told(case: Case, one: str, other: str) -> float:
    case = told(case, one)
    if case.world is not None:
        answers = expected_counts(case.world, case.believed)
        case = replace(case, counts=answers._replace(heard=case.counts.heard))
    i, j = case.names.identities.index(one), case.names.identities.index(other)
    before = log_beliefs(case.believed, no_counts(case.believed)).identities
    after = log_beliefs(case.believed, case.counts).identities
    with np.errstate(invalid="ignore"):
        return float(((after[i] - after[j]) - (before[i] - before[j])) / np.log(2))
