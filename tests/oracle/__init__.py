"""An independent statement of the model, by brute force, that tests compare the package with.

Plain NumPy on plain dicts: a scenario as `tomllib` parses it, and evidence rows {"stream", "probe",
"outcome", "count"}. It imports nothing from the package and takes no shortcut: every table is the full
joint over (identity, value of facet 1, value of facet 2, ...), for every assignment of referents.
"""

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

__all__ = [
    "FRAMES",
    "Belief",
    "ImpossibleEvidence",
    "believe",
    "framed",
    "log_evidence",
    "posterior",
    "prior",
    "trajectory",
]
