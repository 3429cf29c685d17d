"""From a file to a scenario, or to all of its faults with their lines."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bayes_self.errors import Fault, ScenarioError
from bayes_self.files.names import stem_of
from bayes_self.files.reading import FileError, content_of, text_in
from bayes_self.scenario import gallery
from bayes_self.scenario.schema import Scenario
from bayes_self.scenario.toml_text import read
from bayes_self.words.spelling import did_you_mean, listed

LARGEST = 4 * 2**20
"""Bytes of a scenario's file."""


def load(path_or_name: str | Path) -> Scenario:
    """The scenario in a file, given its path, or in the gallery, given its name.

    Raises ScenarioError with every fault at once, also where there is no such file.
    """
    path = _find(path_or_name)
    return parse(_text(path), stem_of(path), str(path))


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


def may_be_scenario(path: Path) -> bool:
    """Whether a TOML file is a scenario by its tables, if perhaps one with faults; what is no TOML may be one, too."""
    try:
        return is_scenario(tomllib.loads(_text(path)))
    except (ScenarioError, ValueError, RecursionError):
        return True


def is_scenario(document: Mapping[str, Any]) -> bool:
    """Whether a document has a table or a number that only scenarios have, or facets that are tables."""
    facets = document.get("facets")
    of_tables = isinstance(facets, dict) and any(isinstance(facet, dict) for facet in facets.values())
    return of_tables or not document.keys().isdisjoint(("identities", "coherence", "salience", "expectations"))


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
        return text_in(content_of(path, "a TOML file", LARGEST), path)
    except FileError as error:
        raise ScenarioError(error.faults, str(path)) from None
