"""Results as the objects that `--json` prints; what is not finite becomes null when they are written."""

from collections.abc import Iterable
from typing import Any

from bayes_self.exact import Posterior
from bayes_self.expectations import Finding, findings


def run_object(result: Posterior) -> dict[str, Any]:
    """The object of `run`: beliefs before and after, what they rest on, and which expectations hold."""
    return {
        "scenario": result.scenario.name,
        "log_evidence": result.log_evidence,
        "prior": {"identities": result.before.identities, "facets": result.before.facets},
        "identities": result.after.identities,
        "facets": result.after.facets,
        "ownership": result.after.ownership,
        "concentration": result.concentration,
        "bits_to_flip": result.bits_to_flip,
        "verdicts": result.verdicts,
        "expectations": findings_object(findings(result)),
        "evidence": result.evidence.rows(result.scenario),
    }


def findings_object(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """What was expected, what was found, and what is on record: that it failed, or was found afterwards."""
    return [
        {
            "says": each.says,
            "holds": bool(each.holds),
            "found": each.found,
            "failed": each.failed,
            "afterwards": each.afterwards,
        }
        for each in found
    ]
