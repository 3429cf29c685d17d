"""A pytest plugin: `pytest --bayes-self DIR` holds the scenario files in a folder against laws and expectations.

It lies outside the package, and imports it only when there is something to collect: pytest starts at once, and what
instruments the package on import (jaxtyping) comes first.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bayes_self.laws.collection import ScenarioFile

TAKEN, LEFT = pytest.StashKey[list[Path]](), pytest.StashKey[list[Path]]()
"""TOML files that are scenarios, and those that are something else."""


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
    config.stash[TAKEN], config.stash[LEFT] = [], []
    asked = _asked(config)
    for place in asked:
        if not Path(place).exists():
            raise pytest.UsageError(f"--bayes-self: no such file or folder: {place}")
    if asked and config.args_source != pytest.Config.ArgsSource.ARGS:
        config.args = []  # the scenarios alone, unless tests are named too
    config.args += [place for place in asked if place not in config.args]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    asked = [os.path.realpath(place) for place in _asked(parent.config)]
    if not asked or file_path.suffix != ".toml":
        return None
    real = Path(os.path.realpath(file_path))
    # the file itself may be a link out of the folder; the folder above it says where it was found
    found_in = Path(os.path.realpath(file_path.parent))
    above = {str(place) for place in (real, *real.parents, found_in, *found_in.parents)}
    if not above.intersection(asked):
        return None
    from bayes_self.laws.collection import ScenarioFile
    from bayes_self.scenario.load import may_be_scenario

    if str(real) not in asked and not may_be_scenario(file_path):
        parent.config.stash[LEFT].append(file_path)
        return None
    parent.config.stash[TAKEN].append(file_path)
    return ScenarioFile.from_parent(parent, path=file_path)


def _told(config: pytest.Config) -> str:
    taken, left = len(set(config.stash[TAKEN])), len(set(config.stash[LEFT]))
    others = f"; {left} other TOML file{'s' * (left != 1)} left alone" if left else ""
    return f"bayes-self: {taken} scenario file{'s' * (taken != 1)}{others}"


def pytest_collection_finish(session: pytest.Session) -> None:
    config = session.config
    if _asked(config) and not config.stash[TAKEN] and not getattr(config.option, "numprocesses", None):
        raise pytest.UsageError(
            f"--bayes-self {' '.join(_asked(config))}: no scenario was found there; {_told(config)}"
        )


def pytest_report_collectionfinish(config: pytest.Config) -> str | None:
    return _told(config) if _asked(config) and config.stash[TAKEN] else None
