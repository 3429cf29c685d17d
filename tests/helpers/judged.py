"""What the package found, in the form of its judges, and whether they agree."""

from typing import Any

import pytest

near: Any = {"abs": 1e-9, "rel": 1e-9}


def by_name(array, axis):
    """{name: number} along one axis of a labelled array."""
    return dict(zip(array[axis].values.tolist(), array.values.tolist(), strict=True))


def as_dict(scenario, found):
    """What the package found, in the oracle's form."""
    return {
        "log_evidence": found.log_evidence,
        "identities": by_name(found.identities, "identity"),
        "facets": {
            facet: {v: float(found.facets.sel(facet=facet, value=v)) for v in said["values"]}
            for facet, said in scenario["facets"].items()
        },
        "ownership": by_name(found.ownership, "stream"),
        "broken": flat(found.after.broken),
    }


def flat(by_stream):
    """{"stream/probe": number} of numbers by stream and probe."""
    return {f"{stream}/{probe}": p for stream, probes in by_stream.items() for probe, p in probes.items()}


def check(found, expected):
    assert found["log_evidence"] == pytest.approx(expected["log_evidence"], **near)
    for key in ("identities", "ownership", "broken"):
        assert found[key] == pytest.approx(expected[key], **near)
    for facet, p in expected["facets"].items():
        assert found["facets"][facet] == pytest.approx(p, **near)
