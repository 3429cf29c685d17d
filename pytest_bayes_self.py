"""A pytest plugin: `pytest --bayes-self DIR` holds the scenario files in a folder against laws and expectations.

It lies outside the package, and imports it only when there is something to collect: pytest starts at once, and what
instruments the package on import (jaxtyping) comes first.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bayes_self.laws.collecting import ScenarioFile


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("bayes-self", "self-models and the laws that their posteriors obey")
    group.addoption(
        "--bayes-self",
        action="append",
        default=[],
        metavar="DIR",
        help="Collect the scenario files (*.toml) in DIR, or one file, and hold each against laws and expectations.",
    )


def _asked(config: pytest.Config) -> list[str]:
    return config.getoption("--bayes-self") or []


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "bayes_self: a law or an expectation of a scenario file")
    asked = _asked(config)
    for place in asked:
        if not Path(place).exists():
            raise pytest.UsageError(f"--bayes-self: no such file or folder: {place}")
    if asked and config.args_source != pytest.Config.ArgsSource.ARGS:
        config.args = []  # the scenarios alone, unless tests are named too
    config.args += [place for place in asked if place not in config.args]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    asked = [Path(place).resolve() for place in _asked(parent.config)]
    if file_path.suffix != ".toml" or not any(place in (file_path, *file_path.parents) for place in asked):
        return None
    from bayes_self.laws.collecting import ScenarioFile

    return ScenarioFile.from_parent(parent, path=file_path)
