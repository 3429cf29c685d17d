"""The number of the format in which results are saved, so that a file can say that it is from another time.

Scenario files carry theirs as `schema`; evidence tables are their four columns and have none.
"""

from collections.abc import Hashable, Mapping
from importlib.metadata import version
from typing import Any

from bayes_self.errors import BayesSelfError

RESULTS = 1
"""Of DataTrees and NetCDF files: their groups, names and dimensions."""


def written_by() -> dict[str, Any]:
    """Attributes that every saved result has."""
    return {
        "inference_library": "bayes_self",
        "inference_library_version": version("bayes-self"),
        "bayes_self_format": RESULTS,
    }


def refuse_other(attributes: Mapping[Hashable, Any] | Mapping[str, Any], where: str) -> None:
    """Raise BayesSelfError where a result is of a later format; one without a number is from before there were any."""
    found = attributes.get("bayes_self_format", RESULTS)
    if found != RESULTS:
        writer = attributes.get("inference_library_version", "another version")
        raise BayesSelfError(
            f"{where}: bayes_self_format: got {found} (written by bayes_self {writer}), expected {RESULTS}; "
            f"this is bayes_self {version('bayes-self')}: read it with the version that wrote it, or a newer one"
        )
