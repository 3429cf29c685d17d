"""Where in a TOML file a key stands.

The parser's metadata has the line of every key that was written out, but not of a table's header; headers are
read from the text itself.
"""

import tomllib
from collections.abc import Iterator
from typing import Any

from bayes_self.scenario.keys import Path

Span = tuple[int, int]


class Lines:
    """Finds the line (from 1) of a path: its key's own, else the first below it, else the nearest above."""

    def __init__(self, text: str, nodes: dict[str, Any]) -> None:
        self._own: dict[Path, int] = {}
        self._first_below: dict[Path, int] = {}
        inside: set[int] = set()
        for path, line, (first, last) in _keys(nodes, ()):
            self._note(path, line)
            inside.update(range(first + 1, last + 1))
        for path, line in _headers(text, inside):
            self._note(path, line)

    def _note(self, path: Path, line: int) -> None:
        self._own.setdefault(path, line)
        for length in range(1, len(path)):
            above = path[:length]
            self._first_below[above] = min(line, self._first_below.get(above, line))

    def __call__(self, path: Path) -> int | None:
        while path:
            line = self._own.get(path) or self._first_below.get(path)
            if line:
                return line
            path = path[:-1]
        return None


def _keys(nodes: dict[str, Any], path: Path) -> Iterator[tuple[Path, int, Span]]:
    """The path, the key's line, and the lines of the value, of every key that was written with `=`."""
    for key, node in nodes.items():
        if isinstance(node.get("key_line"), int):
            yield (*path, key), node["key_line"], _span(node)
            yield from _elements(node["value"], (*path, key))
        else:
            yield from _keys(node, (*path, key))


def _elements(value: Any, path: Path) -> Iterator[tuple[Path, int, Span]]:
    if isinstance(value, dict):
        yield from _keys(value, path)
    elif isinstance(value, list):
        for index, node in enumerate(value):
            span = _span(node)
            yield (*path, index), span[0], span
            yield from _elements(node["value"], (*path, index))


def _span(node: dict[str, Any]) -> Span:
    line = node["value_line"] if "value_line" in node else node["key_line"]  # a list of tables has only the key's
    return (line[0], line[1]) if isinstance(line, tuple) else (line, line)


def _headers(text: str, inside: set[int]) -> Iterator[tuple[Path, int]]:
    """The path and line of every `[header]`; lines inside a value that spans several are none."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("[") and number not in inside:
            yield header_path(line), number


def header_path(line: str) -> Path:
    """The path of a table's `[header]`."""
    path, below = (), tomllib.loads(line)
    while isinstance(below, dict) and below:
        key, below = next(iter(below.items()))
        path = (*path, key)
    return path
