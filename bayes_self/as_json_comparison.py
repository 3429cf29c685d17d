"""Comparisons of frames and of scenarios as the objects that `--json` prints."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bayes_self.measures.comparison import FrameResult
from bayes_self.measures.difference import BeliefDifference
from bayes_self.scenario import Scenario
from bayes_self.scenario.difference import FileDifference


def compare_object(
    frames: Mapping[str, FrameResult], scenario: Scenario, with_asymmetry: bool = False
) -> dict[str, Any]:
    """The object of `compare`; a frame that finds the evidence impossible has null for what it would believe."""
    return {"frames": {frame: _frame_object(found, scenario, with_asymmetry) for frame, found in frames.items()}}


def _frame_object(found: FrameResult, scenario: Scenario, with_asymmetry: bool) -> dict[str, Any]:
    result = found.posterior
    believed = {
        "posterior": found.probability,
        "log_evidence": result.log_evidence if result else None,
        "identities": result.after.identities if result else dict.fromkeys(scenario.identities),
        "facets": result.after.facets
        if result
        else {name: dict.fromkeys(facet.values) for name, facet in scenario.facets.items()},
        "verdicts": result.verdicts if result else dict.fromkeys(scenario.facets),
    }
    return believed | ({"asymmetry": found.asymmetry} if with_asymmetry else {})


def difference_object(files: FileDifference, beliefs: BeliefDifference) -> dict[str, Any]:
    """The object of `compare SCENARIO OTHER`; null stands for an answer, or a facet, that one of them does not have."""
    return {"files": asdict(files), "beliefs": asdict(beliefs)}
