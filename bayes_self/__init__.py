"""What does a language model think it is, and what would change its mind?

Candidate self-identities are latent hypotheses, updated by four kinds of evidence (pretraining, spec, RL and
introspection). Names are loaded when they are first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bayes_self.errors import BayesSelfError, EvidenceError, ScenarioError
    from bayes_self.evidence import Evidence, listen
    from bayes_self.evidence import read as read_evidence
    from bayes_self.evidence import write as write_evidence
    from bayes_self.exact import Posterior, posterior, trajectory
    from bayes_self.expectations import findings
    from bayes_self.generative import program
    from bayes_self.measures.comparison import compare
    from bayes_self.scenario import Scenario, load
    from bayes_self.simulation import expect, simulate
    from bayes_self.streams.own import EvidenceStream, LogPotentials
    from bayes_self.sweeps.running import sweep
    from bayes_self.unknown.calibration import Calibration, calibrate
    from bayes_self.unknown.inference import Inference, infer

_HOME = {
    "BayesSelfError": "errors",
    "Calibration": "unknown.calibration",
    "Evidence": "evidence",
    "EvidenceError": "errors",
    "EvidenceStream": "streams.own",
    "Inference": "unknown.inference",
    "LogPotentials": "streams.own",
    "Posterior": "exact",
    "Scenario": "scenario",
    "ScenarioError": "errors",
    "calibrate": "unknown.calibration",
    "compare": "measures.comparison",
    "expect": "simulation",
    "findings": "expectations",
    "infer": "unknown.inference",
    "listen": "evidence",
    "load": "scenario",
    "posterior": "exact",
    "program": "generative",
    "read_evidence": "evidence:read",
    "simulate": "simulation",
    "sweep": "sweeps.running",
    "trajectory": "exact",
    "write_evidence": "evidence:write",
}

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


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'bayes_self' has no attribute {name!r}")
    module, _, own_name = _HOME[name].partition(":")
    found = getattr(import_module(f"bayes_self.{module}"), own_name or name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
