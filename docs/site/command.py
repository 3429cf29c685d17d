"""The directive `{commands}`: what `bayes-self COMMAND --help` prints, asked of each command when the site is built."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from typer.main import get_command
from typer.testing import CliRunner

from bayes_self.commands.app import app as command

WIDTH = "96"


class Commands(SphinxDirective):
    """A section for each command, with its help."""

    def run(self) -> list[nodes.Node]:
        group = get_command(command)
        names = group.list_commands(None)  # type: ignore[attr-defined]
        return self.parse_text_to_nodes("\n".join(map(_section, names)), allow_section_headings=True)


def _section(name: str) -> str:
    told = CliRunner().invoke(command, [name, "--help"], env={"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH})
    if told.exit_code:
        raise RuntimeError(f"bayes-self {name} --help ended with {told.exit_code}")
    return f"## {name}\n\n```text\n{told.stdout.strip().replace('root ', 'bayes-self ', 1)}\n```\n"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("commands", Commands)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
