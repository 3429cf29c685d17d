"""Names are equal or they are not, and this is the one place where that is decided.

A name is text in Unicode's composed form (NFC), without spaces around it, and without the halves of characters that
JSON and file names can hold but UTF-8 cannot. Every reader passes what it reads through here, and refuses a name
that comes twice where it may come once.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")


def name_of(text: str) -> str:
    """The name that a text is."""
    return unicodedata.normalize("NFC", _HALF.sub("\ufffd", text)).strip()


def repeated(names: Iterable[str]) -> list[str]:
    """The names that come more than once, each once and in their order."""
    listed = list(names)
    return [name for name in dict.fromkeys(listed) if listed.count(name) > 1]


class RepeatedKeyError(ValueError):
    """Two keys of one object are one name; its text is the name."""


def keyed(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs, keys as names. Raises RepeatedKeyError."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if (name := name_of(key)) in found:
            raise RepeatedKeyError(name)
        found[name] = value
    return found


def named(document: Any) -> Any:
    """A document of tables and lists whose keys and texts are names. Raises RepeatedKeyError."""
    if isinstance(document, Mapping):
        pairs = keyed((key, value) for key, value in document.items() if isinstance(key, str))
        others = {key: value for key, value in document.items() if not isinstance(key, str)}
        return {key: named(value) for key, value in (pairs | others).items()}
    if isinstance(document, list | tuple):
        return type(document)(named(item) for item in document)
    return name_of(document) if isinstance(document, str) else document


def stem_of(path: str | os.PathLike[str]) -> str:
    """The name of a file without its suffix; bytes that are not UTF-8 are shown by a replacement character."""
    return os.fsencode(Path(path).stem).decode("utf-8", "replace")
