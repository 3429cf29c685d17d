from .beliefs.expectations import findings
from .beliefs.posterior import Posterior, posterior, trajectory
from .errors import BayesSelfError, EvidenceError, ScenarioError
from .evidence.evidence import Evidence, listen
from .evidence.files import read_evidence, write_evidence
from .evidence.own_streams import EvidenceStream, LogPotentials
from .inference.calibration import Calibration, calibrate
from .inference.inference import Inference, infer
from .inference.program import program
from .measures.comparison import compare
from .scenario.load import load
from .scenario.schema import Scenario
from .sweeps.execution import sweep
from .world.simulation import expect, simulate

__all__ = [
    "BayesSelfError",
    "Calibration",
    "Evidence",
    "EvidenceError",
    "EvidenceStream",
    "Inference",
    "LogPotentials",
    "Posterior",
    "Scenario",
    "ScenarioError",
    "calibrate",
    "compare",
    "expect",
    "findings",
    "infer",
    "listen",
    "load",
    "posterior",
    "program",
    "read_evidence",
    "simulate",
    "sweep",
    "trajectory",
    "write_evidence",
]
