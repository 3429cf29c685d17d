"""Writing scenarios of one's own: a file to start from, its faults, and its schema for editors."""

from pathlib import Path
from typing import Annotated

import typer

from bayes_self.commands import options
from bayes_self.commands.group import BAD_INPUT
from bayes_self.commands.output import print_json, print_lines, visible
from bayes_self.errors import ScenarioError

ScenarioFiles = Annotated[
    list[str], options.argument(metavar="FILE", help="Scenario files, or names from the gallery.")
]
NewFile = Annotated[Path, options.argument(metavar="FILE", help="The file to write; it must not exist yet.")]


def validate(files: ScenarioFiles) -> None:
    """Check scenario files, telling all faults of each."""
    from bayes_self.scenario import load

    found_faults = False
    for file in files:
        try:
            load(file)
        except ScenarioError as error:
            found_faults = True
            typer.echo(visible(str(error)), err=True)
        else:
            print_lines([f"{file}: ok"])
    if found_faults:
        raise typer.Exit(BAD_INPUT)


def new(file: NewFile) -> None:
    """Write a commented scenario to start from."""
    from bayes_self.scenario.template import new as write_template

    print_lines([f"{write_template(file)}: written. Try `bayes-self run {file}`."])


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from bayes_self.scenario.json_schema import json_schema

    print_json(json_schema())
