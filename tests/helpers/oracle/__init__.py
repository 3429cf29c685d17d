"""Measures by brute force, that tests compare the package with, on the joint of `bayes_self.laws.enumeration`.

Like that, plain NumPy on plain dicts: a scenario as `tomllib` parses it, and evidence rows {"stream", "probe",
"outcome", "count"}. Neither shares code with the rest of the package.
"""

from bayes_self.laws.enumeration.model import (
    FRAMES,
    Belief,
    ImpossibleEvidence,
    believe,
    broken,
    framed,
    log_evidence,
    masks,
    posterior,
    prior,
    trajectory,
)
from bayes_self.laws.enumeration.world import answer, expected_evidence, facts
from oracle.attribution import asymmetry, attribution, log_odds
from oracle.landscape import bits_to_flip, concentration, entrenchment, spectrum, steerability, verdicts
from oracle.left_out import answered_again
from oracle.prediction import frame_posterior, misfit, predictive, probe_value
from oracle.viability import (
    accuracy,
    agreement,
    conviction,
    cumulative,
    realization,
    viability,
    viability_by_probe,
)

__all__ = [
    "FRAMES",
    "Belief",
    "ImpossibleEvidence",
    "accuracy",
    "agreement",
    "answer",
    "answered_again",
    "asymmetry",
    "attribution",
    "believe",
    "bits_to_flip",
    "broken",
    "concentration",
    "conviction",
    "cumulative",
    "entrenchment",
    "expected_evidence",
    "facts",
    "frame_posterior",
    "framed",
    "log_evidence",
    "log_odds",
    "masks",
    "misfit",
    "posterior",
    "predictive",
    "prior",
    "probe_value",
    "realization",
    "spectrum",
    "steerability",
    "trajectory",
    "verdicts",
    "viability",
    "viability_by_probe",
]
