"""Where the numbers of a page come from: texts, seed, versions and the command that makes them again."""

import os
import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version

from bayes_self.page.pictures import data_uri

_LIBRARIES = ("bayes-self", "jax", "jaxlib", "numpy", "scipy", "xarray", "matplotlib")


@dataclass(frozen=True)
class Download:
    """A file that is inside the page."""

    name: str
    source: str
    """A data URI."""


@dataclass(frozen=True)
class Origin:
    """What went in."""

    file: str
    """As the scenario was asked for."""
    text: str
    """The scenario's file, to the letter."""
    effective: str
    """The scenario as it was edited, "" where it was not."""
    evidence: str
    """Where the evidence came from."""
    downloads: tuple[Download, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the text, by which the file can be told from its later versions."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def foreword(self) -> tuple[str, ...]:
        """The comments above the first table, by paragraph: what the author claims, and what did not come out."""
        return tuple(_foreword(self.text))


def downloads(files: Mapping[str, str]) -> tuple[Download, ...]:
    """The files by name; all of them text."""
    kinds = {".json": "application/json", ".csv": "text/csv"}
    return tuple(
        Download(name, data_uri(f"{kinds.get(name[name.rindex('.') :], 'text/plain')};charset=utf-8", text.encode()))
        for name, text in files.items()
    )


def versions() -> dict[str, str]:
    """What computed it."""
    return {"Python": platform.python_version()} | {name: version(name) for name in _LIBRARIES}


def today() -> str:
    """The day in UTC; where SOURCE_DATE_EPOCH is set it stands for now: a page can be made again to the byte."""
    return time.strftime("%Y-%m-%d", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))))


def _foreword(text: str) -> list[str]:
    """A blank line ends a paragraph; a line that is indented a little begins one, and one indented more goes on."""
    paragraphs = [""]
    for line in text.split("\n[", 1)[0].splitlines():
        if not line.startswith("#"):
            paragraphs.append("")
            continue
        words = line.removeprefix("#").removeprefix(" ")
        indent = len(words) - len(words.lstrip())
        if not words.strip() or 0 < indent < _DEEP:
            paragraphs.append("")
        paragraphs[-1] += words.strip() + " "
    return [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]


_DEEP = 4
