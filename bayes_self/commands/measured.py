"""One measure, computed: the object of `--json`, the report for a terminal, and the picture."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from bayes_self import as_json_measures
from bayes_self.beliefs import is_possible
from bayes_self.case import case_of
from bayes_self.commands.folder import write_all
from bayes_self.commands.output import as_text, note
from bayes_self.errors import BayesSelfError
from bayes_self.exact import Posterior
from bayes_self.files.writing import write_text
from bayes_self.frames import FRAMES
from bayes_self.measures.attribution import attribution
from bayes_self.measures.misfit import misfit
from bayes_self.measures.probe_value import FRAME, probe_value
from bayes_self.measures.realization import accuracy, agreement, characters
from bayes_self.measures.survey import survey
from bayes_self.measures.viability import cumulative_bill, viability, viability_by_probe
from bayes_self.report.look import Look
from bayes_self.report.measures_attribution import attribution_report
from bayes_self.report.measures_landscape import landscape_report
from bayes_self.report.measures_probes import misfit_report, probe_value_report
from bayes_self.report.measures_realization import realization_report
from bayes_self.report.measures_viability import viability_report

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy import ndarray


@dataclass(frozen=True)
class Asked:
    """What the options of `measure` say, beside scenario and evidence."""

    identity: str | None = None
    facet: str | None = None
    value: str | None = None
    about: str = "identity"
    seed: int | None = None


@dataclass(frozen=True)
class Measured:
    """What was found, in three forms."""

    object: dict[str, Any]
    report: Callable[[Look], list[str]]
    picture: "Callable[[], Axes | ndarray]"


def measured(name: str, result: Posterior, asked: Asked) -> Measured:
    """The measure of that name."""
    return _MEASURES[name](result, asked)


def save(folder: Path, files: tuple[str, str], found: Measured) -> None:
    """Write the object and the picture."""
    as_object, as_picture = files
    text = as_text(found.object, ascii_only=False) + "\n"
    write_all(
        folder,
        {
            as_object: lambda path: write_text(path, text),
            as_picture: lambda path: _plots().save(found.picture(), path),
        },
    )


def _landscape(result: Posterior, asked: Asked) -> Measured:
    found = survey(result.case)
    return Measured(
        as_json_measures.landscape_object(found, result.case.names),
        lambda look: landscape_report(result, found, look),
        lambda: _plots().plot_landscape(found, result),
    )


def _attribution(result: Posterior, asked: Asked) -> Measured:
    identity = asked.identity
    if identity is None and asked.facet is None:
        p = result.after.identities
        identity = max(p, key=lambda name: p[name])
        note(f"attribution of the likeliest identity, {identity}; --identity, or --facet and --value, name another")
    named = {"identity": identity, "facet": asked.facet, "value": asked.value}
    belief = {key: label for key, label in named.items() if label is not None}
    found = attribution(result.case, **belief)
    return Measured(
        as_json_measures.attribution_object(belief, found),
        lambda look: attribution_report(result, belief, found, look),
        lambda: _plots().plot_attribution(found, belief, result.scenario),
    )


def _viability(result: Posterior, asked: Asked) -> Measured:
    case = result.case
    found = viability(case), viability_by_probe(case), cumulative_bill(case)
    return Measured(
        as_json_measures.viability_object(*found),
        lambda look: viability_report(result, *found, look),
        lambda: _plots().plot_viability(*found, result.scenario),
    )


def _realization(result: Posterior, asked: Asked) -> Measured:
    case = result.case
    found = characters(case), accuracy(case), agreement(case)
    return Measured(
        as_json_measures.realization_object(*found),
        lambda look: realization_report(result, *found, look),
        lambda: _plots().plot_realization(found[0], result),
    )


def _probe_value(result: Posterior, asked: Asked) -> Measured:
    if asked.about == FRAME:
        _refuse_impossible_frames(result)
    found = probe_value(result.case, asked.about)
    return Measured(
        as_json_measures.probe_value_object(asked.about, found),
        lambda look: probe_value_report(result, asked.about, found, look),
        lambda: _plots().plot_probe_value(found, asked.about, result.scenario),
    )


def _misfit(result: Posterior, asked: Asked) -> Measured:
    world = result.scenario.world
    seed = asked.seed if asked.seed is not None else world.seed if world else 0
    found = misfit(result.case, key=seed)
    return Measured(
        as_json_measures.misfit_object(found),
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
        if not is_possible(case_of(result.scenario, result.evidence, frame).beliefs):
            raise BayesSelfError(
                f"{result.scenario.name or 'the scenario'}: to the frame {frame} the evidence is impossible, "
                "so that no further probe could tell anything about the frames; see `compare`"
            )


_MEASURES: dict[str, Callable[[Posterior, Asked], Measured]] = {
    "landscape": _landscape,
    "attribution": _attribution,
    "viability": _viability,
    "realization": _realization,
    "probe-value": _probe_value,
    "misfit": _misfit,
}
