"""Options that commands share are declared once, and a group of them is one parameter."""

import inspect
from dataclasses import dataclass
from typing import Annotated

import pytest
import typer
from commanded import refused
from typer.main import get_command
from typer.testing import CliRunner

from bayes_self.commands import options
from bayes_self.commands.app import app

SHARED = ["evidence", "expected", "frame", "settings", "seed"]
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["show", "run", "measure", "compare", "check", "report", "explore", "infer", "sweep"])
def test_commands_about_a_scenario_share_their_options(name):
    names = [each.name for each in COMMANDS[name].params]
    start = names.index("evidence")
    assert names[start : start + 5] == SHARED
    run = {each.name: each for each in COMMANDS["run"].params}
    for each in COMMANDS[name].params[start + 1 : start + 5]:
        assert (each.opts, each.help) == (run[each.name].opts, run[each.name].help)


@pytest.mark.parametrize("name", ["run", "check", "sweep", "infer", "explore"])
def test_evidence_is_asked_for_once(name):
    more = ["--over", "coherence=0,1", "--out", "x"] if name == "sweep" else []
    assert "not both" in refused(name, "jfk_coder", "--evidence", "x.csv", "--expected", *more)


def test_a_group_of_options_is_one_parameter():
    @dataclass(frozen=True)
    class Group:
        size: Annotated[int, typer.Option("--size", help="How large.")] = 3

    asked = []

    def command(name: str, group: Group = Group(), loud: bool = False) -> None:
        asked.append((name, group, loud))

    assert list(inspect.signature(options.grouped(command)).parameters) == ["name", "size", "loud"]
    grouped = typer.Typer()
    grouped.command()(options.grouped(command))
    for given in ([], ["--size", "4", "--loud"]):
        assert CliRunner().invoke(grouped, ["x", *given]).exit_code == 0
    assert asked == [("x", Group(3), False), ("x", Group(4), True)]
