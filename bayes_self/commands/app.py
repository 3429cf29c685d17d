"""The command `bayes-self`. It imports nothing heavy until a command needs it."""

import gc
import sys
from typing import Annotated

import typer

from bayes_self.commands.check import check
from bayes_self.commands.compare import compare
from bayes_self.commands.explore import explore
from bayes_self.commands.files import new, schema, validate
from bayes_self.commands.fit import fit
from bayes_self.commands.gallery import list_scenarios, show
from bayes_self.commands.group import INTERRUPTED, Commands
from bayes_self.commands.infer import infer
from bayes_self.commands.measure import measure
from bayes_self.commands.questionnaire import questionnaire
from bayes_self.commands.report import report
from bayes_self.commands.run import run
from bayes_self.commands.surroundings import settle, tell_missing_characters
from bayes_self.commands.sweep import sweep

app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool | None) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"bayes-self {version('bayes-self')}")
        raise typer.Exit


Version = Annotated[
    bool | None, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
]


@app.callback()
def about(version: Version = None) -> None:
    """What does a language model think it is, and what would change its mind?"""


app.command("list")(list_scenarios)
app.command()(show)
app.command()(run)
app.command()(measure)
app.command()(compare)
app.command()(check)
app.command()(report)
app.command()(explore)
app.command()(infer)
app.command()(sweep)
app.command()(fit)
app.command()(questionnaire)
app.command()(validate)
app.command()(new)
app.command()(schema)


def main() -> None:
    """The entry point of `bayes-self`."""
    try:
        settle()
        app()
    except KeyboardInterrupt:  # before a command is there to say so, or after
        sys.exit(INTERRUPTED)
    finally:
        tell_missing_characters()
        gc.freeze()  # the interpreter need not look for garbage among what JAX has made when it ends
