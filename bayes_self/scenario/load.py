"""From a file to a scenario, or to all of its faults with their lines."""

import io
import os
import re
from pathlib import Path

import toml_rs

from bayes_self.errors import Fault, ScenarioError
from bayes_self.scenario import gallery
from bayes_self.scenario.faults import did_you_mean, listed
from bayes_self.scenario.lines import Lines
from bayes_self.scenario.schema import Scenario


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
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        document = toml_rs.load_with_metadata(io.BytesIO(text.encode()), toml_version="1.0.0")
    except toml_rs.TOMLDecodeError as error:
        raise ScenarioError([_syntax_fault(str(error))], source) from None
    try:
        return Scenario.from_dict(document.value, name, Lines(text, document.meta["nodes"]))
    except ScenarioError as error:
        raise ScenarioError(error.faults, source) from None
    except RecursionError:
        fault = Fault("", None, "tables or lists within each other beyond all measure", "a scenario")
        raise ScenarioError([fault], source) from None


def _syntax_fault(message: str) -> Fault:
    found = re.search(r"at line (\d+), column (\d+)", message)
    got = message.splitlines()[-1]
    column = f"column {found[2]}" if found else "TOML"
    return Fault("", int(found[1]) if found else None, f"what is no TOML ({column}: {got})", "TOML")


def _find(path_or_name: str | Path) -> Path:
    """The file: a name of the gallery comes before a file of the same name, which `./NAME` still means."""
    known = gallery.names()
    if str(path_or_name) in known:
        return gallery.path(str(path_or_name))
    path = Path(path_or_name)
    if os.path.exists(path):
        return path
    expected = "a file, or one of the scenarios " + listed(known)
    fault = Fault("", None, "what is no file", expected, did_you_mean(path.stem, known))
    raise ScenarioError([fault], str(path_or_name))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except IsADirectoryError:
        fault = Fault("", None, "a directory", "a TOML file")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        fault = Fault("", line, "bytes that are not UTF-8", "a TOML file in UTF-8")
    except OSError as error:
        fault = Fault("", None, f"what cannot be read ({error.strerror})", "a TOML file")
    raise ScenarioError([fault], str(path))
