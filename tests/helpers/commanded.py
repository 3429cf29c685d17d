"""Asking the command in this process, and a small scenario to ask it about."""

import json

from typer.testing import CliRunner

from bayes_self.commands.app import app

SMALL = """\
title = "Told it is JFK"
question = "Told it is JFK, and its calls do not get through?"

[[expectations]]
says = "It knows what it runs on."
facet = "substrate"
value = "language model"
above = 0.9

[[expectations]]
facet = "substrate"
verdict = "flat"

[facets.substrate]
values = ["language model", "human brain"]
[facets.name]
values = ["Claude", "Jack"]

[identities.assistant]
label = "an AI assistant"
profile.substrate = "language model"
[identities.jfk]
label = "John F. Kennedy"
profile = { substrate = "human brain", name = "Jack" }

[streams.spec]
identity = "jfk"
claims.name = "Jack"

[streams.rl]
ownership = 0.9
readings = ["name"]
[streams.rl.probes.phone]
about = ["substrate"]
outcomes = ["she answers", "nothing happens"]
given."language model" = [0.0, 1.0]
given."human brain" = [0.8, 0.2]

[world]
seed = 3
facts = { substrate = "language model" }
trials.rl = { phone = 20, name = 5 }
"""

WITHOUT_WORLD = SMALL[: SMALL.index("[world]")]


def ask(*arguments):
    """The result of a command that is asked for in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def told(*arguments):
    """What a command that succeeds prints."""
    result = ask(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def given(*arguments):
    """The one object that a command prints with --json."""
    return json.loads(told(*arguments, "--json"), parse_constant=_refuse)


def _refuse(constant):
    raise AssertionError(f"{constant} is no JSON")


def refused(*arguments):
    """The message of a command that refuses its input: exit status 2, no traceback, nothing on standard output."""
    result = ask(*arguments)
    assert result.exit_code == 2, (result.exit_code, result.output, result.exception)
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr
    return result.stderr
