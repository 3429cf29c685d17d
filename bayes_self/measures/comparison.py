"""The three frames on the same evidence: what each believes, how well each predicted it, and how asymmetric it is."""

from dataclasses import dataclass, replace

import numpy as np

from bayes_self.beliefs.case import Case, case_of
from bayes_self.beliefs.contradiction import refuse_impossible
from bayes_self.beliefs.other_claims import first_spec, told
from bayes_self.beliefs.posterior import Posterior
from bayes_self.evidence.evidence import Evidence
from bayes_self.model.beliefs import believe
from bayes_self.model.frames import FRAMES
from bayes_self.model.log_domain import log_sum, ratio
from bayes_self.model.silence import no_counts
from bayes_self.scenario import Scenario
from bayes_self.world.world import expected_counts


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
    evidence = Evidence() if evidence is None else evidence
    cases = {frame: case_of(scenario, evidence, frame) for frame in FRAMES}
    if not any(case.beliefs.is_possible for case in cases.values()):
        refuse_impossible(cases[FRAMES[-1]], evidence.held)
    probability = frame_probabilities(cases)
    return {
        frame: FrameResult(
            Posterior(case, evidence) if case.beliefs.is_possible else None,
            probability[frame],
            asymmetry(case, a, b) if a is not None and b is not None else None,
        )
        for frame, case in cases.items()
    }


def frame_probabilities(cases: dict[str, Case]) -> dict[str, float | None]:
    """P(frame) given the observations, equal prior weights: log Z(claims, observations) - log Z(claims), normalised.

    None for all where an observation stream or probe with evidence has a weight other than 1.
    """
    if any(_tempered(case) for case in cases.values()):
        return dict.fromkeys(cases)
    scores = np.array([_log_score(case) for case in cases.values()])
    return dict(zip(cases, np.exp(ratio(np, scores, log_sum(np, scores, 0))).tolist(), strict=True))


def _log_score(case: Case) -> float:
    """log P(observations given claims), in nats; -inf where the frame forbids either."""
    claims = believe(case.believed, no_counts(case.believed)).log_evidence
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
    case = told(case, [a, b])
    if case.world is not None:
        answers = expected_counts(case.world, case.believed)
        case = replace(case, counts=answers._replace(heard=case.counts.heard))
    i, j = case.names.written.index(a), case.names.written.index(b)
    before, after = believe(case.believed, no_counts(case.believed)), case.beliefs
    with np.errstate(invalid="ignore"):
        odds = [(found.log_beneath[:, i] - found.log_beneath[:, j]) / np.log(2) for found in (before, after)]
        when_told_a, when_told_b = odds[1] - odds[0]
    bits = (when_told_a + when_told_b) / 2
    return float(bits) if np.isfinite(bits) else None
