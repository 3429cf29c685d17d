"""The blocks of a page, run as a reader would: files are written, Python runs, commands are parsed or run.

A page is one document of Sybil: its blocks run in their order, in one namespace and one folder.

- A block below `<!-- NAME.EXT -->` is the content of that file.
- In Python, a comment that is a literal (`result.verdicts["era"]  # 'concentrated'`, `p  # 0.64`) is what the line
  gives, a number to as many decimals as are written; `# needs MODULE` leaves a line out where the module is missing,
  and a comment that begins with `takes long` leaves it out always.
- In `console`, every `$ bayes-self …` must parse, and its edits must suit the scenario. A command whose output is
  shown is run, and prints that; a line `…` stands for any lines. `fit` and `infer` are not run: they sample for long,
  and have tests of their own.
"""

import ast
import re
import shlex
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from commanded import ask
from sybil import Document, Example, Region
from sybil.parsers.markdown import CodeBlockParser, SkipParser
from typer.main import get_command

from bayes_self.commands.app import app
from bayes_self.commands.inputs import read_scenario

_LONG = ("fit", "infer")
_FILE = re.compile(r"^<!-- (\S+\.\w+) -->\n```\w+\n(.*?)^```$", re.M | re.S)


def run_page(page: Path) -> int:
    """Run the blocks of a page in the current folder; how many there were. What does not hold raises."""
    parsers = (CodeBlockParser("python", python), CodeBlockParser("console", console), files, SkipParser())
    examples = list(Document.parse(str(page), *parsers))
    for example in examples:
        example.evaluate()
    return len(examples)


def files(document: Document) -> list[Region]:
    return [Region(*found.span(), found.groups(), _write) for found in _FILE.finditer(document.text)]


def _write(example: Example) -> None:
    name, text = example.parsed
    Path(name).write_text(text, encoding="utf-8")


def python(example: Example) -> None:
    source = "\n" * (example.line + example.parsed.line_offset) + str(example.parsed)
    lines = source.splitlines()
    for statement in ast.parse(source).body:
        said = _comment(lines[(statement.end_lineno or 1) - 1])
        if said.startswith("takes long"):
            continue
        if said.startswith("needs ") and find_spec(said.removeprefix("needs ").split()[0]) is None:
            continue
        if isinstance(statement, ast.Expr) and (expected := _literal(said)) is not None:
            found = eval(compile(ast.Expression(statement.value), example.path, "eval"), example.namespace)
            assert _as_said(found, expected, said), f"{example.path}, line {statement.lineno}: {said} is {found!r}"
        else:
            exec(compile(ast.Module([statement], []), example.path, "exec"), example.namespace)


def _comment(line: str) -> str:
    return line.rpartition("  # ")[2].strip() if "  # " in line else ""


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return None


def _as_said(found: Any, expected: Any, said: str) -> bool:
    if isinstance(expected, float):
        decimals = len(said.partition(".")[2])
        return f"{float(found):.{decimals}f}" == said
    return found == expected


def console(example: Example) -> None:
    for command, shown in commands(str(example.parsed)):
        if command[0] == "bayes-self":
            _parse(command[1:])
            if shown and command[1] not in _LONG:
                _run(command[1:], shown)


def commands(block: str) -> list[tuple[list[str], list[str]]]:
    """The words of each command of a console block, also of those joined by `&&`, and the lines shown below it."""
    found: list[tuple[list[str], list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            joined = line[2:].split(" && ")
            found += [(shlex.split(one, comments=True), []) for one in joined]
        elif line.strip():
            found[-1][1].append(line.rstrip())
    return found


def _parse(words: list[str]) -> None:
    """Raise where the command does not take these words, or its `--set` does not suit the scenario."""
    group = get_command(app)
    if words[0].startswith("-"):
        group.make_context("bayes-self", list(words), resilient_parsing=True)
        return
    command, rest = group.commands[words[0]], words[1:]  # type: ignore[attr-defined]
    asked = command.make_context(words[0], list(rest)).params
    scenario, settings = asked.get("scenario"), asked.get("settings")
    if isinstance(scenario, str) and (settings or not scenario.endswith(".toml")):
        read_scenario(scenario, settings)


def _run(words: list[str], shown: list[str]) -> None:
    result = ask(*words)
    rest = "\n".join(line.rstrip() for line in result.output.splitlines())
    for part in "\n".join(shown).split("\n…\n"):
        assert part.strip("…\n") in rest, f"bayes-self {' '.join(words)} does not print\n{part}\nbut\n{result.output}"
        rest = rest[rest.index(part.strip("…\n")) :]
