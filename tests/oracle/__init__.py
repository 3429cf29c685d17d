"""An independent statement of the model, by brute force, that tests compare the package with.

Plain NumPy on plain dicts: a scenario as `tomllib` parses it, and evidence rows {"stream", "probe",
"outcome", "count"}. It imports nothing from the package and takes no shortcut: every table is the full
joint over (identity, value of facet 1, value of facet 2, ...), for every assignment of referents.
"""

from oracle.attribution import asymmetry, attribution, log_odds
from oracle.landscape import bits_to_flip, concentration, entrenchment, spectrum, steerability, verdicts
from oracle.model import (
    FRAMES,
    Belief,
    ImpossibleEvidence,
    believe,
    framed,
    log_evidence,
    posterior,
    prior,
    trajectory,
)
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
from oracle.world import answer, answered_again, expected_evidence, facts

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
