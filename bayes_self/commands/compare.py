"""`compare`: the three frames on the same evidence."""

from typing import TYPE_CHECKING, Annotated

import typer

from bayes_self.commands import options
from bayes_self.commands.inputs import read_inputs
from bayes_self.commands.output import print_json, print_lines
from bayes_self.errors import Fault, ScenarioError

if TYPE_CHECKING:
    from bayes_self.scenario import Scenario

IdentityA = Annotated[
    str | None,
    typer.Option("--a", metavar="A", help="With --b: how much reality favours A over B, in bits.", show_default=False),
]
IdentityB = Annotated[
    str | None, typer.Option("--b", metavar="B", help="The identity that A is held against.", show_default=False)
]


def compare(
    scenario: options.ScenarioName,
    a: IdentityA = None,
    b: IdentityB = None,
    evidence: options.EvidenceFile = None,
    expected: options.Expected = False,
    frame: options.FrameName = None,
    settings: options.Settings = None,
    seed: options.Seed = None,
    as_json: options.AsJson = False,
) -> None:
    """Compare the three frames on the same evidence; with --frame, show one of them."""
    if (a is None) != (b is None):
        raise typer.BadParameter("--a and --b go together: they are the two identities to compare")
    asked, observed = read_inputs(scenario, settings, evidence, expected, seed)
    _refuse_unknown(asked, {"--a": a, "--b": b})
    from bayes_self.measures import comparison

    frames = comparison.compare(asked, observed, a, b)
    if frame:
        frames = {frame: frames[frame]}
    if as_json:
        from bayes_self.as_json import compare_object

        return print_json(compare_object(frames, asked, with_asymmetry=a is not None))
    from bayes_self.report import comparison_report, terminal

    return print_lines(comparison_report(frames, asked, (a, b) if a and b else None, terminal()))


def _refuse_unknown(scenario: "Scenario", named: dict[str, str | None]) -> None:
    from bayes_self.scenario.report import did_you_mean, listed, shown

    known = list(scenario.identities)
    faults = [
        Fault(option, None, shown(name), f"one of the identities: {listed(known)}", did_you_mean(name, known))
        for option, name in named.items()
        if name is not None and name not in known
    ]
    if faults:
        raise ScenarioError(faults, scenario.name)
