"""TOML read together with the lines of its keys.

The standard library reads; toml-rs is asked for the lines alone, and only of what was found to be sound and shallow,
because it does not survive nesting without end.
"""

import io
import re
import tomllib
import unicodedata
from typing import Any

import toml_rs

from bayes_self.errors import Fault, ScenarioError
from bayes_self.scenario.lines import Lines

DEEPEST = 50
"""Tables and lists within each other that are read; a scenario needs eight."""


def read(text: str, source: str = "") -> tuple[dict[str, Any], Lines]:
    """What a TOML text says, and where; `source` is what faults call the text. Raises ScenarioError."""
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n"))
    try:
        raw = tomllib.loads(text)
    except ValueError as error:  # a TOMLDecodeError, or a whole number that Python refuses to read
        raise ScenarioError([_syntax_fault(str(error), text)], source) from None
    except RecursionError:
        raw = None
    if raw is None or _is_deeper(raw, DEEPEST):
        fault = Fault("", None, f"more than {DEEPEST} tables or lists within each other", "a scenario")
        raise ScenarioError([fault], source)
    document = toml_rs.load_with_metadata(io.BytesIO(text.encode()), toml_version="1.0.0")
    return raw, Lines(text, document.meta["nodes"])


def _syntax_fault(message: str, text: str) -> Fault:
    """The parser's message, such as "Invalid value (at line 2, column 5)", with its line set apart."""
    what, _, place = message.partition(" (at ")
    found = re.match(r"line (\d+)", place)
    at_end = text.rstrip().count("\n") + 1 if place else None
    return Fault("", int(found[1]) if found else at_end, f"what is no TOML ({what[:1].lower()}{what[1:]})", "TOML")


def _is_deeper(raw: dict[str, Any], limit: int) -> bool:
    """Whether more than so many tables or lists are within each other; by levels, so that no depth is too much."""
    level: list[Any] = [raw]
    for _ in range(limit):
        inner = [list(item.values()) if isinstance(item, dict) else item for item in level]
        level = [item for items in inner for item in items if isinstance(item, dict | list)]
        if not level:
            return False
    return True
