"""The results that commands print with `--json`: the fields of each type are the keys of its object, in their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from bayes_self.beliefs.expectations import Finding, findings
from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.attribution import Attribution
from bayes_self.measures.comparison import FrameResult
from bayes_self.measures.misfit import Misfit
from bayes_self.measures.realization import Character
from bayes_self.measures.survey import Survey
from bayes_self.model.coordinates import PROBE, Coordinates
from bayes_self.scenario import Scenario

if TYPE_CHECKING:
    from xarray import DataArray

    from bayes_self.beliefs.runs import Runs
    from bayes_self.measures.robustness import Robustness
    from bayes_self.sweeps.axes import Points
    from bayes_self.sweeps.summary import Summary

Beliefs = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True)
class RunObject:
    """`run`: beliefs before and after, what they rest on, and which expectations hold."""

    scenario: str
    log_evidence: float
    prior: Mapping[str, Any]
    identities: Mapping[str, float]
    facets: Beliefs
    ownership: Mapping[str, float]
    concentration: Mapping[str, float]
    bits_to_flip: Beliefs
    verdicts: Mapping[str, str]
    beneath: Mapping[str, float] = field(metadata={"if_any": True})
    """Of each identity, P(it is beneath, with a mask or without); only with masks, as is the next."""
    worn: Mapping[str, float] = field(metadata={"if_any": True})
    broken: Mapping[str, Mapping[str, float]] = field(metadata={"if_any": True})
    """Of each probe with counts and doubt above 0."""
    expectations: Sequence[Finding]
    evidence: Sequence[Mapping[str, Any]]

    @classmethod
    def of(cls, result: Posterior) -> "RunObject":
        after = result.after
        return cls(
            result.scenario.name,
            result.log_evidence,
            {"identities": result.before.identities, "facets": result.before.facets},
            after.identities,
            after.facets,
            after.ownership,
            result.concentration,
            result.bits_to_flip,
            result.verdicts,
            after.beneath,
            after.worn,
            after.broken,
            findings(result),
            result.evidence.rows(result.scenario),
        )


class FrameObject(NamedTuple):
    """A frame of `compare`; one that finds the evidence impossible has null for what it would believe."""

    posterior: float | None
    log_evidence: float | None
    identities: Mapping[str, float | None]
    facets: Beliefs
    verdicts: Mapping[str, str | None]

    @classmethod
    def of(cls, found: FrameResult, scenario: Scenario) -> "FrameObject":
        if (result := found.posterior) is not None:
            after = result.after
            return cls(found.probability, result.log_evidence, after.identities, after.facets, result.verdicts)
        facets = {name: dict.fromkeys(facet.values) for name, facet in scenario.facets.items()}
        return cls(found.probability, None, dict.fromkeys(scenario.self_models), facets, dict.fromkeys(scenario.facets))


def comparison(frames: Mapping[str, FrameResult], scenario: Scenario, with_asymmetry: bool) -> dict[str, Any]:
    """The object of `compare`; the asymmetry is there where two identities are named."""
    asymmetries = {frame: {"asymmetry": each.asymmetry} if with_asymmetry else {} for frame, each in frames.items()}
    return {
        "frames": {
            frame: FrameObject.of(each, scenario)._asdict() | asymmetries[frame] for frame, each in frames.items()
        }
    }


class LandscapeObject(NamedTuple):
    """`measure landscape`; directions stand in the order of their eigenvalues."""

    bits_to_flip: Beliefs
    entrenchment: Beliefs
    verdicts: Mapping[str, str]
    concentration: Mapping[str, float]
    steerability: Mapping[str, float | None]
    spectrum: Any
    directions: Sequence[Beliefs]

    @classmethod
    def of(cls, found: Survey, names: Coordinates) -> "LandscapeObject":
        directions = [
            {
                facet: dict(zip(values, row.tolist(), strict=False))
                for facet, values, row in zip(names.facets, names.values, scores, strict=True)
            }
            for scores in found.spectrum.directions
        ]
        return cls(*found[:5], found.spectrum.eigenvalues, directions)


class AttributionObject(NamedTuple):
    """`measure attribution`."""

    belief: Mapping[str, str]
    log_odds: Mapping[str, float]
    shares: Mapping[str, float]

    @classmethod
    def of(cls, belief: Mapping[str, str], found: Attribution) -> "AttributionObject":
        return cls(belief, {"before_training": found.before_training, "posterior": found.posterior}, found.shares)


class ViabilityObject(NamedTuple):
    """`measure viability`."""

    identities: Mapping[str, float | None]
    by_probe: Mapping[PROBE, Mapping[str, float]]
    cumulative: Mapping[str, float]


class RealizationObject(NamedTuple):
    """`measure realization`."""

    identities: Mapping[str, Character]
    accuracy: float | None
    agreement: float | None


class ProbeValueObject(NamedTuple):
    """`measure probe-value`."""

    about: str
    probes: Mapping[PROBE, float]


class MisfitObject(NamedTuple):
    """`measure misfit`."""

    probes: Mapping[PROBE, Misfit]


class RobustnessObject(NamedTuple):
    """`check --robustness`, of one scenario; `decided_by` has the total indices, the largest first."""

    points: int
    expectations: Sequence[Mapping[str, Any]]

    @classmethod
    def of(cls, points: int, found: "Sequence[Robustness]") -> "RobustnessObject":
        told = [{"says": each.says, "share": each.share, "decided_by": each.decided_by} for each in found]
        return cls(points, told)


class AnswersObject(NamedTuple):
    """A subject over many runs: in how many each answer won, its mean, and how far two runs are apart."""

    won: Mapping[str, int]
    mean: Mapping[str, float]
    spread: float
    certainty: float

    @classmethod
    def of(cls, believed: "DataArray") -> "AnswersObject":
        from bayes_self.beliefs.labels import by_label
        from bayes_self.beliefs.runs import certainty, spread, wins

        return cls(wins(believed), by_label(believed.mean("run")), spread(believed), certainty(believed))


class RunsObject(NamedTuple):
    """`run --runs`."""

    scenario: str
    runs: int
    steps: int
    void: Sequence[str]
    identities: AnswersObject
    facets: Mapping[str, AnswersObject]
    ownership: Mapping[str, float]

    @classmethod
    def of(cls, found: "Runs") -> "RunsObject":
        from bayes_self.beliefs.labels import by_label

        facets = {facet: AnswersObject.of(found.of(facet)) for facet in found.scenario.facets}
        identities, n = AnswersObject.of(found.identities), found.identities.sizes["run"]
        owned = by_label(found.ownership.mean("run"))
        return cls(found.scenario.name, n, found.steps, found.void, identities, facets, owned)


class SweepObject(NamedTuple):
    """`sweep`."""

    scenario: str
    points: int
    impossible: int
    over: Mapping[str, Sequence[Any]]
    likeliest: Beliefs
    verdicts: Beliefs

    @classmethod
    def of(cls, found: "Summary", scenario: Scenario, points: "Points") -> "SweepObject":
        over = {
            axis.key: [min(axis.values), max(axis.values)] if axis.is_number else list(axis.values)
            for axis in points.axes
        }
        likeliest = {"identity": found.identities, **found.facets}
        return cls(scenario.name, found.points, found.impossible, over, likeliest, found.verdicts)
