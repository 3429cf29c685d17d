"""What a command prints: one JSON object or text on standard output, notes on standard error."""

import re
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from typing import Any

import typer

from bayes_self.results.objects import as_text


def print_json(found: Any) -> None:
    """Print a result as one object: numbers in full precision, null for what is not finite."""
    print_lines(as_text(found, ascii_only=not _speaks_unicode(sys.stdout)).splitlines())


def print_lines(lines: Iterable[str]) -> None:
    """Print lines; a character that the terminal's encoding lacks is shown by its number."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    for line in lines:
        sys.stdout.write(visible(line) + "\n")


def visible(text: str) -> str:
    """The text with control characters shown by their numbers, but for line breaks and our own colours.

    A scenario is somebody else's file, and its names shall not drive the terminal.
    """
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


_CONTROL = re.compile(r"(?!\x1b\[(?:[012]|31|32)m)[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def note(text: str) -> None:
    """Say something beside the result."""
    typer.echo(f"note: {visible(text)}", err=True)


def _speaks_unicode(stream: Any) -> bool:
    return (getattr(stream, "encoding", None) or "ascii").lower().replace("-", "") == "utf8"
