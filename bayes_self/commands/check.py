"""`check`: whether what scenarios say should come out does come out."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bayes_self.commands import options
from bayes_self.commands.inputs import NOTHING_ASKED, read_inputs
from bayes_self.commands.output import print_json, print_lines

DOES_NOT_HOLD = 1

ScenarioNames = Annotated[
    list[str] | None,
    options.argument(
        metavar="[SCENARIO...]",
        help="Names from the gallery or paths of TOML files; without any, the whole gallery.",
        autocompletion=options.gallery_names,
    ),
]

Robustness = Annotated[
    bool, typer.Option("--robustness", help="Check at many plausible numbers, not at the file's only; exit status 0.")
]
Points = Annotated[
    int | None,
    options.option(
        "--points",
        metavar="N",
        help="Over so many points of the plausible space: a power of two, at least 4; default 1024.",
    ),
]
Laws = Annotated[
    bool, typer.Option("--laws", help="Hold each against the laws that posteriors obey, too; see docs/laws.md.")
]


@options.grouped
def check(
    scenarios: ScenarioNames = None,
    inputs: options.Inputs = NOTHING_ASKED,
    as_json: options.AsJson = False,
    robustness: Robustness = False,
    points: Points = None,
    laws: Laws = False,
) -> None:
    """Check every expectation of scenarios; exit status 1 where one does not come out as the file says.

    An expectation holds; one with `failed = true`, which did not come out, is on record, and still does not.

    With --laws: the laws that posteriors obey, too; exit status 1 where one is broken, with a small counterexample.
    With --robustness: in what share of the plausible space around a file's numbers each expectation holds.
    """
    from bayes_self.scenario import gallery

    asked = list(dict.fromkeys(scenarios or gallery.names()))
    if inputs.evidence is not None and len(asked) != 1:
        raise typer.BadParameter("--evidence is of one scenario: name that one")
    if points is not None and not robustness:
        raise typer.BadParameter("--points is for --robustness")
    if laws and robustness:
        raise typer.BadParameter("ask for --laws or for --robustness, not for both at once")
    if robustness:
        from bayes_self.commands.robustness import check_robustness

        return check_robustness(_names(asked), inputs, points, as_json)
    read = {name: read_inputs(name, inputs) for name in asked}
    called = _names(asked)
    found = {called[name]: _findings(*read[name], inputs.in_frame) for name in asked}
    held = _held({called[name]: read[name] for name in asked}, inputs.seed) if laws else None
    if as_json:
        _print_object(found, held)
    else:
        _print_report(found, held)
    broken = any(law.broken for each in (held or {}).values() for law in each)
    if broken or not all(finding.as_recorded for each in found.values() for finding in each):
        raise typer.Exit(DOES_NOT_HOLD)
    return None


def _findings(scenario: Any, observed: Any, frame: options.Frame) -> list:
    from bayes_self.beliefs.expectations import findings
    from bayes_self.beliefs.posterior import posterior

    return findings(posterior(scenario, observed, frame))


def _held(inputs: dict[str, tuple[Any, Any]], seed: int | None) -> dict[str, list]:
    from bayes_self.commands.laws import laws_of

    return laws_of(inputs, seed)


def _print_object(found: dict[str, list], held: dict[str, list] | None) -> None:
    from bayes_self.commands.laws import laws_object

    print_json({"scenarios": found} | ({} if held is None else {"laws": laws_object(held)}))


def _print_report(found: dict[str, list], held: dict[str, list] | None) -> None:
    from bayes_self.report.check import check_report
    from bayes_self.report.look import terminal

    print_lines(check_report(found, terminal()))
    if held is not None:
        from bayes_self.report.laws import laws_report

        print_lines(["", *laws_report(held, terminal())])


def _names(asked: list[str]) -> dict[str, str]:
    """{as asked for: the file's stem}, or the whole path where stems would be confused."""
    stems = {name: Path(name).stem if name.endswith(".toml") else name for name in asked}
    twice = [stem for stem in stems.values() if list(stems.values()).count(stem) > 1]
    return {name: name if stem in twice else stem for name, stem in stems.items()}
