"""Many runs as the object that `run --runs --json` prints."""

from typing import Any

from xarray import DataArray

from bayes_self.labelled import by_label
from bayes_self.runs import Runs, certainty, spread, wins


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
