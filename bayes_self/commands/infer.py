"""`infer`: what the evidence says of numbers of the scenario that nobody knows."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bayes_self.commands import options
from bayes_self.commands.group import INTERRUPTED
from bayes_self.commands.inputs import read_inputs, read_scenario
from bayes_self.commands.output import note, print_json, print_lines, visible

if TYPE_CHECKING:
    from bayes_self.evidence.evidence import Evidence
    from bayes_self.inference.inference import Inference
    from bayes_self.scenario import Scenario

NOT_CONVERGED = 3
FILES = ("inference.json", "inference.nc", "unknown.png", "belief_spread.png")
DRAWS_ONLY = "not_converged.nc"

Unknown = Annotated[
    list[str] | None,
    options.option(
        "--unknown",
        metavar="KEY",
        help="A dotted key whose number is unknown, e.g. streams.rl.reliability. May be repeated.",
    ),
]
EvidenceFiles = Annotated[
    list[Path] | None,
    options.option(
        "--evidence",
        metavar="FILE",
        help="Read the evidence from a file. Repeated: each file a self-model of its own, partially pooled.",
    ),
]
Chains = Annotated[int, typer.Option("--chains", metavar="N", min=2, help="Independent chains; R-hat compares them.")]
Out = Annotated[
    Path | None, options.option("--out", metavar="DIR", help="Also write the object, the draws and a picture there.")
]


@dataclass(frozen=True)
class Inputs(options.Inputs):
    """The same, with one body of evidence or several."""

    evidence: EvidenceFiles = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Effort:
    """How much is drawn."""

    draws: options.Draws = 1000
    warmup: options.Warmup = 1000
    chains: Chains = 4


NOTHING_ASKED, EFFORT = Inputs(), Effort()


@options.grouped
def infer(
    scenario: options.ScenarioName,
    unknown: Unknown = None,
    inputs: Inputs = NOTHING_ASKED,
    effort: Effort = EFFORT,
    as_json: options.AsJson = False,
    out: Out = None,
) -> None:
    """Infer unknown numbers (reliabilities, ownership, coherence, salience) by NUTS, and beliefs averaged over them."""
    if out is not None:
        from bayes_self.commands.folder import refuse_taken

        refuse_taken(out, (*FILES, DRAWS_ONLY))
    _refuse_early(scenario, inputs, unknown)
    asked, observed = _read(scenario, inputs)
    from bayes_self.inference.inference import infer as by_nuts

    key = inputs.seed if inputs.seed is not None else asked.world.seed if asked.world is not None else 0
    with typer.progressbar(length=effort.warmup + effort.draws, label="NUTS", file=sys.stderr) as bar:
        found = by_nuts(
            asked,
            observed,
            unknown or (),
            key=key,
            frame=inputs.in_frame,
            **vars(effort),
            tick=bar.update,
        )
    _tell(found, as_json, out)
    if found.stopped:
        raise typer.Exit(INTERRUPTED)


def _refuse_early(scenario: str, inputs: Inputs, unknown: list[str] | None) -> None:
    """What cannot be asked is refused before anything slow is loaded."""
    from bayes_self.inference.refusals import accepted

    accepted(read_scenario(scenario, inputs.settings), unknown or (), inputs.in_frame)


def _read(scenario: str, inputs: Inputs) -> "tuple[Scenario, Evidence | dict[str, Evidence]]":
    files = inputs.evidence or []
    if len(files) < 2:
        file = files[0] if files else None
        one = options.Inputs(file, inputs.expected, inputs.frame, inputs.settings, inputs.seed, inputs.fresh)
        return read_inputs(scenario, one)
    from bayes_self.evidence.files import read_evidence
    from bayes_self.files.names import stem_of

    asked = read_scenario(scenario, inputs.settings, inputs.seed)
    stems = [stem_of(file) for file in files]
    names = stems if len(set(stems)) == len(stems) else [str(file) for file in files]
    if len(set(names)) < len(names):
        raise typer.BadParameter("--evidence: the same file twice would count its observations twice")
    return asked, {name: read_evidence(file, asked) for name, file in zip(names, files, strict=True)}


def _tell(found: "Inference", as_json: bool, out: Path | None) -> None:
    if found.stopped:
        drawn, asked = found.tree["posterior"].sizes["draw"], found.asked
        note(f"stopped after {drawn:,} of {asked:,} draws of each chain; what follows is of these")
    if not found.converged:
        _refuse_result(found, out)
    from bayes_self.results.inference import InferenceObject

    if out is not None:
        _save(found, out)
    if as_json:
        return print_json(InferenceObject.of(found).printed())
    from bayes_self.report.look import terminal
    from bayes_self.report.unknown import inference_report

    return print_lines(inference_report(found, terminal()))


def _refuse_result(found: "Inference", out: Path | None) -> None:
    """Say why the draws are no posterior; keep them, where a folder was given, under a name that says so."""
    if out is not None:
        from bayes_self.commands.folder import write_all
        from bayes_self.files.writing import write_netcdf

        write_all(out, {DRAWS_ONLY: lambda path: write_netcdf(path, found.tree)})
    lines = ["the sampler has not converged, and no result is given:", *found.diagnosis.failures]
    if found.diagnosis.warnings:
        lines += ["what was seen in the draws, such as they are:", *found.diagnosis.warnings]
    lines.append("more --warmup and --draws may help; where the question is ill posed, another kind of evidence will")
    typer.echo(visible("bayes-self: " + "\n  ".join(lines)), err=True)
    raise typer.Exit(NOT_CONVERGED)


def _save(found: "Inference", out: Path) -> None:
    from bayes_self import plots
    from bayes_self.commands.folder import object_writer, write_all
    from bayes_self.files.writing import write_netcdf
    from bayes_self.results.inference import InferenceObject

    write_all(
        out,
        {
            "inference.json": object_writer(InferenceObject.of(found).printed()),
            "inference.nc": lambda path: write_netcdf(path, found.tree),
            "unknown.png": lambda path: plots.save(plots.plot_unknown(found), path),
            "belief_spread.png": lambda path: plots.save(plots.plot_belief_spread(found), path),
        },
    )
