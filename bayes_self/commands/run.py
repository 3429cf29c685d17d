"""`run`: what the self-model of a scenario believes after its evidence."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bayes_self.commands import options
from bayes_self.commands.inputs import NOTHING_ASKED, read_inputs, read_scenario
from bayes_self.commands.output import print_json, print_lines

if TYPE_CHECKING:
    from bayes_self.scenario import Scenario

Out = Annotated[
    Path | None, options.option("--out", metavar="DIR", help="Also write evidence, results and figures to this folder.")
]

Runs = Annotated[
    int | None, options.option("--runs", metavar="N", min=1, help="Run it N times, each with draws of its own.")
]
Steps = Annotated[
    int | None,
    options.option("--steps", metavar="K", min=0, help="With --runs: trials that each run improvises in the void."),
]


@options.grouped
def run(
    scenario: options.ScenarioName,
    inputs: options.Inputs = NOTHING_ASKED,
    as_json: options.AsJson = False,
    out: Out = None,
    runs: Runs = None,
    steps: Steps = None,
) -> None:
    """Infer what the self-model believes after its evidence; with --runs, what many of them come to believe."""
    if runs is not None:
        from bayes_self.commands.runs import run_many

        if inputs.evidence is not None or inputs.expected:
            raise typer.BadParameter("--runs draws the evidence of each run: give neither --evidence nor --expected")
        asked = read_scenario(scenario, inputs.settings, inputs.seed)
        return run_many(asked, runs, steps, inputs.in_frame, as_json, out)
    if steps is not None:
        raise typer.BadParameter("--steps goes with --runs: how many runs shall improvise?")
    if out is not None:
        from bayes_self.commands.folder import refuse_taken

        refuse_taken(out)
    asked, observed = read_inputs(scenario, inputs)
    from bayes_self.beliefs.posterior import posterior
    from bayes_self.results.contract import RunObject

    result = posterior(asked, observed, inputs.in_frame)
    found = RunObject.of(result)
    if out is not None:
        from bayes_self.commands.folder import save

        save(out, result, found)
    if as_json:
        return print_json(found)
    from bayes_self.report.look import terminal
    from bayes_self.report.posterior import posterior_report

    return print_lines(posterior_report(result, terminal(), _edited(scenario, asked) if inputs.settings else ""))


def _edited(name: str, asked: "Scenario") -> str:
    """What the settings changed in the file, said again: of many edits one loses track."""
    from bayes_self.report.difference import edited
    from bayes_self.scenario import load
    from bayes_self.scenario.difference import difference

    return edited(difference(load(name), asked))
