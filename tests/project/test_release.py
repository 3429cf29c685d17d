"""What a release promises beside the code: a version that is the same everywhere, types, and a shell that helps."""

import os
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from heavy import HEAVY

from bayes_self.scenario import gallery

ROOT = Path(__file__).parents[2]


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert project["version"] == version("bayes-self")
    assert f"version: {project['version']}" in citation
    assert f"license: {project['license']}" in citation
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_the_package_says_that_it_is_typed():
    assert (ROOT / "bayes_self" / "py.typed").is_file()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_commands_and_scenarios(shell):
    names = [name for name in gallery.names() if name.startswith("jfk")]
    assert set(names) <= set(_completed(shell, "bayes-self run jfk"))
    assert "report" in _completed(shell, "bayes-self rep")


def _completed(shell, line):
    environment = os.environ | {
        "_BAYES_SELF_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,  # what bash, zsh and fish tell a command that they want completed
        "COMP_CWORD": str(line.count(" ")),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    # as the installed command begins, and what it has imported when it ends: a shell waits for the answer
    code = (
        "import sys\nfrom bayes_self.__main__ import main\nsys.argv = ['bayes-self']\n"
        f"try:\n    main()\nfinally:\n    print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert found.stderr.strip() == "[]"
    return found.stdout.replace('"', " ").replace(":", " ").split()
