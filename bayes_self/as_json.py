"""Results as the objects that `--json` prints; what is not finite becomes null when they are written."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from xarray import DataArray

from bayes_self.exact import Posterior
from bayes_self.expectations import Finding, findings
from bayes_self.labelled import by_label, values_of
from bayes_self.measures.comparison import FrameResult
from bayes_self.measures.difference import BeliefDifference
from bayes_self.runs import Runs, certainty, spread, wins
from bayes_self.scenario import Scenario
from bayes_self.scenario.difference import FileDifference


def run_object(result: Posterior) -> dict[str, Any]:
    """The object of `run`: beliefs before and after, what they rest on, and which expectations hold."""
    return {
        "scenario": result.scenario.name,
        "log_evidence": result.log_evidence,
        "prior": {
            "identities": by_label(result.prior_identities),
            "facets": facets_object(result.prior_facets),
        },
        "identities": by_label(result.identities),
        "facets": facets_object(result.facets),
        "ownership": by_label(result.ownership),
        "concentration": result.concentration,
        "bits_to_flip": result.bits_to_flip,
        "verdicts": result.verdicts,
        "expectations": findings_object(findings(result)),
        "evidence": result.evidence.rows(result.scenario),
    }


def findings_object(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """What was expected, what was found, and whether it is on record as failed."""
    return [
        {"says": each.says, "holds": bool(each.holds), "found": each.found, "failed": each.failed} for each in found
    ]


def facets_object(facets: DataArray) -> dict[str, dict[str, float]]:
    """{facet: {value: number}} of an array with the dimensions facet and value."""
    return {str(facet): values_of(facets, str(facet)) for facet in facets["facet"].values}


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
        "identities": by_label(result.identities) if result else dict.fromkeys(scenario.identities),
        "facets": facets_object(result.facets)
        if result
        else {name: dict.fromkeys(facet.values) for name, facet in scenario.facets.items()},
        "verdicts": result.verdicts if result else dict.fromkeys(scenario.facets),
    }
    return believed | ({"asymmetry": found.asymmetry} if with_asymmetry else {})


def difference_object(files: FileDifference, beliefs: BeliefDifference) -> dict[str, Any]:
    """The object of `compare SCENARIO OTHER`; null stands for an answer, or a facet, that one of them does not have."""
    return {"files": asdict(files), "beliefs": asdict(beliefs)}


def runs_object(found: Runs) -> dict[str, Any]:
    """The object of `run --runs`: in how many runs each answer won, its mean, and how far two runs are apart."""
    return {
        "scenario": found.scenario.name,
        "runs": found.identities.sizes["run"],
        "steps": found.steps,
        "void": list(found.void),
        "identities": _among_runs(found.identities),
        "facets": {facet: _among_runs(found.of(facet)) for facet in found.scenario.facets},
        "ownership": by_label(found.ownership.mean("run")),
    }


def _among_runs(believed: DataArray) -> dict[str, Any]:
    return {
        "won": wins(believed),
        "mean": by_label(believed.mean("run")),
        "spread": spread(believed),
        "certainty": certainty(believed),
    }
