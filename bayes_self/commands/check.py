"""`check`: whether what scenarios say should come out does come out."""

from pathlib import Path
from typing import Annotated

import typer

from bayes_self.commands import options
from bayes_self.commands.inputs import read_inputs, refuse_both
from bayes_self.commands.output import print_json, print_lines

DOES_NOT_HOLD = 1

ScenarioNames = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SCENARIO...]",
        help="Names from the gallery or paths of TOML files; without any, the whole gallery.",
        autocompletion=options.gallery_names,
        show_default=False,
    ),
]

Robustness = Annotated[
    bool, typer.Option("--robustness", help="Check at many plausible numbers, not at the file's only; exit status 0.")
]
Points = Annotated[
    int | None,
    typer.Option(
        "--points",
        metavar="N",
        help="Over so many points of the plausible space: a power of two, at least 4; default 1024.",
        show_default=False,
    ),
]


def check(
    scenarios: ScenarioNames = None,
    evidence: options.EvidenceFile = None,
    expected: options.Expected = False,
    frame: options.FrameName = None,
    settings: options.Settings = None,
    seed: options.Seed = None,
    as_json: options.AsJson = False,
    robustness: Robustness = False,
    points: Points = None,
) -> None:
    """Check every expectation of scenarios; exit status 1 where one does not hold.

    With --robustness: in what share of the plausible space around a file's numbers each expectation holds.
    """
    from bayes_self.scenario import gallery

    asked = list(dict.fromkeys(scenarios or gallery.names()))
    if evidence is not None and len(asked) != 1:
        raise typer.BadParameter("--evidence is of one scenario: name that one")
    if points is not None and not robustness:
        raise typer.BadParameter("--points is for --robustness")
    if robustness:
        from bayes_self.commands.robust import check_robustness

        refuse_both(evidence, expected)
        return check_robustness(_names(asked), settings, evidence, seed, frame or "self-model", points, as_json)
    found = {name: _findings(name, settings, evidence, expected, seed, frame) for name in asked}
    called = _names(asked)
    if as_json:
        from bayes_self.as_json import findings_object

        print_json({"scenarios": {called[name]: findings_object(each) for name, each in found.items()}})
    else:
        from bayes_self.report import check_report, terminal

        print_lines(check_report({called[name]: each for name, each in found.items()}, terminal()))
    if not all(finding.holds for each in found.values() for finding in each):
        raise typer.Exit(DOES_NOT_HOLD)
    return None


def _findings(
    name: str,
    settings: list[str] | None,
    evidence: Path | None,
    expected: bool,
    seed: int | None,
    frame: options.Frame | None,
) -> list:
    scenario, observed = read_inputs(name, settings, evidence, expected, seed)
    from bayes_self.exact import posterior
    from bayes_self.expectations import findings

    return findings(posterior(scenario, observed, frame or "self-model"))


def _names(asked: list[str]) -> dict[str, str]:
    """{as asked for: the file's stem}, or the whole path where stems would be confused."""
    stems = {name: Path(name).stem if name.endswith(".toml") else name for name in asked}
    twice = [stem for stem in stems.values() if list(stems.values()).count(stem) > 1]
    return {name: name if stem in twice else stem for name, stem in stems.items()}
