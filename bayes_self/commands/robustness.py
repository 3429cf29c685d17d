"""`check --robustness`: whether expectations hold around the numbers of a file too."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from bayes_self.commands.inputs import read_inputs, read_scenario
from bayes_self.commands.options import Inputs
from bayes_self.commands.output import print_json, print_lines

if TYPE_CHECKING:
    from bayes_self.measures.robustness import Robustness


def check_robustness(called: Mapping[str, str], inputs: Inputs, points: int | None, as_json: bool) -> None:
    """Tell of every scenario, under the name it is called, how robust its expectations are."""
    if points is not None and (points < 4 or points & (points - 1)):
        raise typer.BadParameter(f"--points: expected a power of two, at least 4, got {points}")
    from bayes_self.measures.robustness import POINTS

    points = points or POINTS
    found = {name: _robustness(asked, name, inputs, points) for asked, name in called.items()}
    if as_json:
        from bayes_self.results.contract import RobustnessObject

        print_json({"scenarios": {name: RobustnessObject.of(points, each) for name, each in found.items()}})
    else:
        from bayes_self.report.look import terminal
        from bayes_self.report.robustness import robustness_report

        print_lines(robustness_report(found, points, terminal()))


def _robustness(asked: str, name: str, inputs: Inputs, points: int) -> "list[Robustness]":
    """On evidence that was given, or else on what the world gives in expectation."""
    in_world, seed = read_scenario(asked, inputs.settings).world is not None, inputs.seed
    expected = in_world and inputs.evidence is None
    scenario, observed = read_inputs(asked, replace(inputs, expected=expected, seed=seed if in_world else None))
    from bayes_self.beliefs.posterior import posterior
    from bayes_self.measures.robustness import robustness, steps

    result = posterior(scenario, observed, inputs.in_frame)
    scrambled = seed if seed is not None else scenario.world.seed if scenario.world else 0
    with typer.progressbar(length=steps(result), label=f"{name}: {points} points", file=sys.stderr) as bar:
        return robustness(result, points=points, seed=scrambled, tick=bar.update)
