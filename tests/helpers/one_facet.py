"""The smallest scenario: two identities with opposite stands on one facet."""

from typing import Any


def one_facet(values=("yes", "no"), **streams) -> dict[str, Any]:
    """Two identities with equal priors and opposite stands; κ = 0.9."""
    return {
        "facets": {"d": {"values": list(values)}},
        "identities": {"a": {"profile": {"d": values[0]}}, "b": {"profile": {"d": values[1]}}},
        "coherence": 0.9,
        "streams": streams,
    }


def row(outcome, count, stream="rl", probe="d"):
    return {"stream": stream, "probe": probe, "outcome": outcome, "count": count}
