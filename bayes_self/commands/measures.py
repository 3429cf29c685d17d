"""One measure, computed: the object of `--json`, the report for a terminal, and the picture."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from bayes_self.beliefs.case import case_of
from bayes_self.beliefs.posterior import Posterior
from bayes_self.commands.folder import object_writer, write_all
from bayes_self.commands.measure import Question
from bayes_self.commands.output import note
from bayes_self.errors import BayesSelfError
from bayes_self.measures.attribution import attribution
from bayes_self.measures.misfit import misfit
from bayes_self.measures.probe_value import FRAME, probe_value
from bayes_self.measures.realization import accuracy, agreement, characters
from bayes_self.measures.survey import survey
from bayes_self.measures.viability import cumulative_bill, viability, viability_by_probe
from bayes_self.model.frames import FRAMES
from bayes_self.report.look import Look
from bayes_self.report.measures_attribution import attribution_report
from bayes_self.report.measures_landscape import landscape_report
from bayes_self.report.measures_probes import misfit_report, probe_value_report
from bayes_self.report.measures_realization import realization_report
from bayes_self.report.measures_viability import viability_report
from bayes_self.results.contract import (
    AttributionObject,
    LandscapeObject,
    MisfitObject,
    ProbeValueObject,
    RealizationObject,
    ViabilityObject,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy import ndarray


@dataclass(frozen=True)
class Measurement:
    """What was found, in three forms."""

    object: Any
    report: Callable[[Look], list[str]]
    picture: "Callable[[], Axes | ndarray]"


def measured(name: str, result: Posterior, question: Question, seed: int | None) -> Measurement:
    """The measure of that name; `seed` is for the draws of misfit."""
    return _misfit(result, seed) if name == "misfit" else _MEASURES[name](result, question)


def save(folder: Path, files: tuple[str, str], found: Measurement) -> None:
    """Write the object and the picture."""
    as_object, as_picture = files
    drawn = {as_picture: lambda path: _plots().save(found.picture(), path)}
    write_all(folder, {as_object: object_writer(found.object), **drawn})


def _landscape(result: Posterior, question: Question) -> Measurement:
    found = survey(result.case)
    return Measurement(
        LandscapeObject.of(found, result.case.names),
        lambda look: landscape_report(result, found, look),
        lambda: _plots().plot_landscape(found, result),
    )


def _attribution(result: Posterior, question: Question) -> Measurement:
    identity = question.identity
    if identity is None and question.facet is None:
        p = result.after.identities
        identity = max(p, key=lambda name: p[name])
        note(f"attribution of the likeliest identity, {identity}; --identity, or --facet and --value, name another")
    named = {"identity": identity, "facet": question.facet, "value": question.value}
    belief = {key: label for key, label in named.items() if label is not None}
    found = attribution(result.case, **belief)
    return Measurement(
        AttributionObject.of(belief, found),
        lambda look: attribution_report(result, belief, found, look),
        lambda: _plots().plot_attribution(found, belief, result.scenario),
    )


def _viability(result: Posterior, question: Question) -> Measurement:
    case = result.case
    found = viability(case), viability_by_probe(case), cumulative_bill(case)
    return Measurement(
        ViabilityObject(*found),
        lambda look: viability_report(result, *found, look),
        lambda: _plots().plot_viability(*found, result.scenario),
    )


def _realization(result: Posterior, question: Question) -> Measurement:
    case = result.case
    found = characters(case), accuracy(case), agreement(case)
    return Measurement(
        RealizationObject(*found),
        lambda look: realization_report(result, *found, look),
        lambda: _plots().plot_realization(found[0], result),
    )


def _probe_value(result: Posterior, question: Question) -> Measurement:
    about = question.about or "identity"
    if about == FRAME:
        _refuse_impossible_frames(result)
    found = probe_value(result.case, about)
    return Measurement(
        ProbeValueObject(about, found),
        lambda look: probe_value_report(result, about, found, look),
        lambda: _plots().plot_probe_value(found, about, result.scenario),
    )


def _misfit(result: Posterior, seed: int | None) -> Measurement:
    world = result.scenario.world
    found = misfit(result.case, key=seed if seed is not None else world.seed if world else 0)
    return Measurement(
        MisfitObject(found),
        lambda look: misfit_report(result, found, look),
        lambda: _plots().plot_misfit(found, result.scenario),
    )


def _plots() -> ModuleType:
    """Matplotlib takes a second to load, and is not needed where no picture is asked for."""
    from bayes_self import plots

    return plots


def _refuse_impossible_frames(result: Posterior) -> None:
    """Raise where a frame cannot predict anything, because it finds what was observed impossible."""
    for frame in FRAMES:
        if not case_of(result.scenario, result.evidence, frame).beliefs.is_possible:
            raise BayesSelfError(
                f"{result.scenario.name or 'the scenario'}: to the frame {frame} the evidence is impossible, "
                "so that no further probe could tell anything about the frames; see `compare`"
            )


_MEASURES: dict[str, Callable[[Posterior, Question], Measurement]] = {
    "landscape": _landscape,
    "attribution": _attribution,
    "viability": _viability,
    "realization": _realization,
    "probe-value": _probe_value,
}
