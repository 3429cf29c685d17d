"""Measures as the objects that `measure --json` prints; what is not finite becomes null when they are written."""

from collections.abc import Mapping, Sequence
from typing import Any

from bayes_self.coordinates import PROBE, Coordinates
from bayes_self.measures.attribution import Attribution
from bayes_self.measures.misfit import Misfit
from bayes_self.measures.realization import Character
from bayes_self.measures.robustness import Robustness
from bayes_self.measures.survey import Survey


def landscape_object(found: Survey, names: Coordinates) -> dict[str, Any]:
    """The object of `measure landscape`; directions stand in the order of their eigenvalues."""
    return {
        "bits_to_flip": found.bits_to_flip,
        "entrenchment": found.entrenchment,
        "verdicts": found.verdicts,
        "concentration": found.concentration,
        "steerability": found.steerability,
        "spectrum": found.spectrum.eigenvalues.tolist(),
        "directions": [
            {
                facet: dict(zip(values, row.tolist(), strict=False))
                for facet, values, row in zip(names.facets, names.values, scores, strict=True)
            }
            for scores in found.spectrum.directions
        ],
    }


def attribution_object(belief: Mapping[str, str], found: Attribution) -> dict[str, Any]:
    """The object of `measure attribution`."""
    return {
        "belief": dict(belief),
        "log_odds": {"before_training": found.before_training, "posterior": found.posterior},
        "shares": found.shares,
    }


def viability_object(
    identities: Mapping[str, float | None],
    by_probe: Mapping[PROBE, Mapping[str, float]],
    cumulative: Mapping[str, float],
) -> dict[str, Any]:
    """The object of `measure viability`."""
    return {"identities": dict(identities), "by_probe": nested(by_probe), "cumulative": dict(cumulative)}


def realization_object(
    characters: Mapping[str, Character], accuracy: float | None, agreement: float | None
) -> dict[str, Any]:
    """The object of `measure realization`."""
    identities = {name: character._asdict() for name, character in characters.items()}
    return {"identities": identities, "accuracy": accuracy, "agreement": agreement}


def probe_value_object(about: str, bits: Mapping[PROBE, float]) -> dict[str, Any]:
    """The object of `measure probe-value`."""
    return {"about": about, "probes": nested(bits)}


def misfit_object(found: Mapping[PROBE, Misfit]) -> dict[str, Any]:
    """The object of `measure misfit`."""
    return {"probes": nested({probe: misfit._asdict() for probe, misfit in found.items()})}


def nested(by_probe: Mapping[PROBE, Any]) -> dict[str, dict[str, Any]]:
    """{stream: {probe: x}} of {(stream, probe): x}."""
    streams: dict[str, dict[str, Any]] = {}
    for (stream, probe), x in by_probe.items():
        streams.setdefault(stream, {})[probe] = x
    return streams


def robustness_object(points: int, found: Sequence[Robustness]) -> dict[str, Any]:
    """What `check --robustness` says of one scenario; `decided_by` has the total indices, the largest first."""
    return {
        "points": points,
        "expectations": [{"says": each.says, "share": each.share, "decided_by": each.decided_by} for each in found],
    }
