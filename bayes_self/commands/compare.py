"""`compare`: the three frames on the same evidence, or two scenarios, in their files and in their beliefs."""

from typing import TYPE_CHECKING, Annotated

import typer

from bayes_self.commands import options
from bayes_self.commands.inputs import NOTHING_ASKED, read_inputs
from bayes_self.commands.output import print_json, print_lines
from bayes_self.errors import Fault, ScenarioError

if TYPE_CHECKING:
    from bayes_self.evidence.evidence import Evidence
    from bayes_self.scenario import Scenario

OtherScenario = Annotated[
    str | None,
    options.argument(
        metavar="OTHER",
        help="Another scenario, such as an edited copy: what differs, in the files and in the beliefs?",
        autocompletion=options.gallery_names,
    ),
]
IdentityA = Annotated[
    str | None, options.option("--a", metavar="A", help="With --b: how much reality favours A over B, in bits.")
]
IdentityB = Annotated[str | None, options.option("--b", metavar="B", help="The identity that A is held against.")]


@options.grouped
def compare(
    scenario: options.ScenarioName,
    other: OtherScenario = None,
    a: IdentityA = None,
    b: IdentityB = None,
    inputs: options.Inputs = NOTHING_ASKED,
    as_json: options.AsJson = False,
) -> None:
    """Compare the three frames on the same evidence (with --frame, one of them); with OTHER, compare two scenarios.

    All options then go for both scenarios: each reads the evidence of --evidence as its own, or its world draws.
    """
    if other is not None and (a is not None or b is not None):
        raise typer.BadParameter("--a and --b are for the frames of one scenario: give them, or OTHER")
    if (a is None) != (b is None):
        raise typer.BadParameter("--a and --b go together: they are the two identities to compare")
    asked, observed = read_inputs(scenario, inputs)
    if other is not None:
        another = read_inputs(other, inputs)
        return _two((scenario, other), ((asked, observed), another), inputs.in_frame, as_json)
    _refuse_unknown(asked, {"--a": a, "--b": b})
    from bayes_self.measures import comparison

    frames = comparison.compare(asked, observed, a, b)
    if inputs.frame:
        frames = {inputs.frame: frames[inputs.frame]}
    if as_json:
        from bayes_self.results.contract import comparison as as_frames

        return print_json(as_frames(frames, asked, with_asymmetry=a is not None))
    from bayes_self.report.comparison import comparison_report
    from bayes_self.report.look import terminal

    return print_lines(comparison_report(frames, asked, (a, b) if a and b else None, terminal()))


def _two(
    called: tuple[str, str],
    inputs: "tuple[tuple[Scenario, Evidence], tuple[Scenario, Evidence]]",
    frame: str,
    as_json: bool,
) -> None:
    from bayes_self.beliefs.posterior import posterior
    from bayes_self.measures import difference as of_beliefs
    from bayes_self.scenario import difference as of_files

    files = of_files.difference(inputs[0][0], inputs[1][0])
    results = posterior(*inputs[0], frame), posterior(*inputs[1], frame)
    beliefs = of_beliefs.difference(*results)
    if as_json:
        return print_json({"files": files, "beliefs": beliefs})
    from bayes_self.report.difference import difference_report
    from bayes_self.report.look import terminal

    return print_lines(difference_report(called, results, files, beliefs, terminal()))


def _refuse_unknown(scenario: "Scenario", named: dict[str, str | None]) -> None:
    from bayes_self.words.spelling import did_you_mean, listed, shown

    known = list(scenario.identities)
    faults = [
        Fault(option, None, shown(name), f"one of the identities: {listed(known)}", did_you_mean(name, known))
        for option, name in named.items()
        if name is not None and name not in known
    ]
    if faults:
        raise ScenarioError(faults, scenario.name)
