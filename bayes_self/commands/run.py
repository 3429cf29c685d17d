"""`run`: what the self-model of a scenario believes after its evidence."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bayes_self.commands import options
from bayes_self.commands.inputs import Fresh, read_inputs, read_scenario
from bayes_self.commands.output import print_json, print_lines

if TYPE_CHECKING:
    from bayes_self.scenario import Scenario

Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", help="Also write evidence, results and figures to this folder.", show_default=False
    ),
]

Runs = Annotated[
    int | None,
    typer.Option("--runs", metavar="N", min=1, help="Run it N times, each with draws of its own.", show_default=False),
]
Steps = Annotated[
    int | None,
    typer.Option(
        "--steps",
        metavar="K",
        min=0,
        help="With --runs: trials that each run improvises in the void.",
        show_default=False,
    ),
]


def run(
    scenario: options.ScenarioName,
    evidence: options.EvidenceFile = None,
    expected: options.Expected = False,
    frame: options.FrameName = None,
    settings: options.Settings = None,
    seed: options.Seed = None,
    fresh: Fresh = False,
    as_json: options.AsJson = False,
    out: Out = None,
    runs: Runs = None,
    steps: Steps = None,
) -> None:
    """Infer what the self-model believes after its evidence; with --runs, what many of them come to believe."""
    if runs is not None:
        from bayes_self.commands.runs import run_many

        if evidence is not None or expected:
            raise typer.BadParameter("--runs draws the evidence of each run: give neither --evidence nor --expected")
        return run_many(read_scenario(scenario, settings, seed), runs, steps, frame or "self-model", as_json, out)
    if steps is not None:
        raise typer.BadParameter("--steps goes with --runs: how many runs shall improvise?")
    if out is not None:
        from bayes_self.commands.folder import refuse_taken

        refuse_taken(out)
    asked, observed = read_inputs(scenario, settings, evidence, expected, seed, fresh)
    from bayes_self.as_json import run_object
    from bayes_self.exact import posterior

    result = posterior(asked, observed, frame or "self-model")
    found = run_object(result)
    if out is not None:
        from bayes_self.commands.folder import save

        save(out, result, found)
    if as_json:
        return print_json(found)
    from bayes_self.report.look import terminal
    from bayes_self.report.posterior import posterior_report

    return print_lines(posterior_report(result, terminal(), _edited(scenario, asked) if settings else ""))


def _edited(name: str, asked: "Scenario") -> str:
    """What the settings changed in the file, said again: of many edits one loses track."""
    from bayes_self.report.difference import edited
    from bayes_self.scenario import load
    from bayes_self.scenario.difference import difference

    return edited(difference(load(name), asked))
