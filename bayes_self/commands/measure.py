"""`measure`: what a self-model's beliefs are made of, what holds them, and what they cost."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bayes_self.commands import options
from bayes_self.commands.inputs import NOTHING_ASKED, read_inputs, read_scenario
from bayes_self.commands.output import print_json, print_lines
from bayes_self.errors import Fault, ScenarioError
from bayes_self.scenario.stream_schema import OBSERVATION_KINDS

if TYPE_CHECKING:
    from bayes_self.scenario import Scenario

Measure = Literal["landscape", "attribution", "viability", "realization", "probe-value", "misfit"]
MeasureName = Annotated[Measure, options.argument(metavar="NAME", help="What to measure.")]

Identity = Annotated[
    str | None, options.option("--identity", metavar="H", help="Attribution: of the belief that it is H.")
]
Facet = Annotated[
    str | None, options.option("--facet", metavar="F", help="Attribution: of a belief about the facet F.")
]
Value = Annotated[str | None, options.option("--value", metavar="V", help="Attribution: with --facet, its value.")]
About = Annotated[
    str | None,
    options.option(
        "--about",
        metavar="SUBJECT",
        help="Probe value: about identity (the default), frame, an observation stream or a facet.",
    ),
]
Out = Annotated[
    Path | None, options.option("--out", metavar="DIR", help="Also write the object and its picture there.")
]


@dataclass(frozen=True)
class Question:
    """Which belief is attributed, and what a probe may tell about."""

    identity: Identity = None
    facet: Facet = None
    value: Value = None
    about: About = None


NO_QUESTION = Question()


@options.grouped
def measure(
    name: MeasureName,
    scenario: options.ScenarioName,
    question: Question = NO_QUESTION,
    inputs: options.Inputs = NOTHING_ASKED,
    as_json: options.AsJson = False,
    out: Out = None,
) -> None:
    """Measure a self-model: landscape, attribution, viability, realization, probe-value or misfit."""
    _refuse_strangers(name, question)
    if out is not None:
        from bayes_self.commands.folder import refuse_taken

        refuse_taken(out, files_of(name))
    # Misfit draws with the seed even where there is no world to draw from.
    seed = inputs.seed
    if seed is not None and name == "misfit" and read_scenario(scenario, inputs.settings).world is None:
        inputs = replace(inputs, seed=None)
    asked, observed = read_inputs(scenario, inputs)
    _refuse_unknown(asked, question)
    from bayes_self.beliefs.posterior import posterior
    from bayes_self.commands.measures import measured

    result = posterior(asked, observed, inputs.in_frame)
    found = measured(name, result, question, seed)
    if out is not None:
        from bayes_self.commands.measures import save

        save(out, files_of(name), found)
    if as_json:
        return print_json(found.object)
    from bayes_self.report.look import terminal

    return print_lines(found.report(terminal()))


def files_of(name: str) -> tuple[str, str]:
    """What `--out` writes."""
    stem = name.replace("-", "_")
    return f"{stem}.json", f"{stem}.png"


def _refuse_strangers(name: str, question: Question) -> None:
    """Raise a usage error for options that do not go with the measure, or with each other."""
    belief = {f"--{option}": getattr(question, option) for option in ("identity", "facet", "value")}
    foreign = [option for option, given in belief.items() if given is not None and name != "attribution"]
    if foreign:
        raise typer.BadParameter(f"{foreign[0]} is for attribution, not for {name}")
    if question.about is not None and name != "probe-value":
        raise typer.BadParameter(f"--about is for probe-value, not for {name}")
    if belief["--identity"] is not None and (belief["--facet"] is not None or belief["--value"] is not None):
        raise typer.BadParameter("give --identity, or --facet and --value: a belief is about one of them")
    if belief["--value"] is not None and belief["--facet"] is None:
        raise typer.BadParameter("--value goes with --facet: which facet has that value?")


def _refuse_unknown(scenario: "Scenario", question: Question) -> None:
    """Raise ScenarioError where an option names what the scenario does not have."""
    facet, value, facets = question.facet, question.value, list(scenario.facets)
    faults = [
        *_unless_known("--identity", question.identity, list(scenario.self_models), "one of the identities"),
        *_unless_known("--facet", facet, facets, "one of the facets"),
    ]
    if facet in scenario.facets:
        values = list(scenario.facets[facet].values)
        what = f"a value of {facet}"
        faults += (
            [Fault("--value", None, "nothing", f"{what}: {', '.join(values)}")]
            if value is None
            else _unless_known("--value", value, values, what)
        )
    streams = [name for name, stream in scenario.streams.items() if stream.kind in OBSERVATION_KINDS]
    subjects = ["identity", "frame", *streams, *facets]
    faults += _unless_known("--about", question.about, subjects, "identity, frame, an observation stream or a facet")
    if faults:
        raise ScenarioError(faults, scenario.name)


def _unless_known(option: str, given: str | None, known: list[str], what: str) -> list[Fault]:
    from bayes_self.words.spelling import did_you_mean, listed, shown

    if given is None or given in known:
        return []
    return [Fault(option, None, shown(given), f"{what}: {listed(known)}", did_you_mean(given, known))]
