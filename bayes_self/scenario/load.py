"""From a file to a scenario, or to all of its faults with their lines."""

import os
from pathlib import Path

from bayes_self.errors import Fault, ScenarioError
from bayes_self.files.reading import read_file
from bayes_self.scenario import gallery
from bayes_self.scenario.report import did_you_mean, listed
from bayes_self.scenario.schema import Scenario
from bayes_self.scenario.toml_text import read

LARGEST = 4 * 2**20
"""Bytes of a scenario's file."""


def load(path_or_name: str | Path) -> Scenario:
    """The scenario in a file, given its path, or in the gallery, given its name.

    Raises ScenarioError with every fault at once, also where there is no such file.
    """
    path = _find(path_or_name)
    return parse(_text(path), path.stem, str(path))


def parse(text: str, name: str = "", source: str = "") -> Scenario:
    """The scenario that a TOML text means; `source` is what faults call the text.

    Raises ScenarioError with every fault at once.
    """
    source = source or name
    raw, lines = read(text, source)
    try:
        return Scenario.from_dict(raw, name, lines)
    except ScenarioError as error:
        raise ScenarioError(error.faults, source) from None


def source_text(path_or_name: str | Path) -> str:
    """The text of a scenario's file, to the letter. Raises ScenarioError where there is none."""
    return _text(_find(path_or_name))


def _find(path_or_name: str | Path) -> Path:
    """The file: a name of the gallery comes before a file of the same name, which `./NAME` still means."""
    known = gallery.names()
    if str(path_or_name) in known:
        return gallery.path(str(path_or_name))
    path = Path(path_or_name)
    if os.path.exists(path):
        return path
    expected = "a file that exists" if path.suffix == ".toml" else "a file, or one of the scenarios " + listed(known)
    fault = Fault("", None, "the name of no file", expected, did_you_mean(path.stem, known))
    raise ScenarioError([fault], str(path_or_name))


def _text(path: Path) -> str:
    try:
        if path.is_dir():
            raise IsADirectoryError
        return read_file(path, LARGEST).decode("utf-8")
    except IsADirectoryError:
        fault = Fault("", None, "a directory", "a TOML file")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        fault = Fault("", line, "bytes that are not UTF-8", "a TOML file in UTF-8")
    except OSError as error:
        fault = Fault("", None, f"what cannot be read ({error.strerror})", "a TOML file")
    raise ScenarioError([fault], str(path))
