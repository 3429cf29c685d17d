"""The text of a scenario's file with some keys set, and everything else to the letter: comments, order and layout.

The parser's metadata says where every key and value stands. A value is replaced in its place; a key that is not written
yet goes below the last one of its table. What comes out is read again, and refused unless it means what was asked for.
"""

import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import toml_rs

from bayes_self.scenario.assign import NOT_WRITTEN, assign
from bayes_self.scenario.keys import Path, dotted, split
from bayes_self.scenario.lines import header_path

_NOWHERE: Path = ("", "")
"""Stands for the header of an element of a list, below which nothing is set."""


class NotRewritten(ValueError):
    """The edit has no place in the text."""


def rewritten(text: str, settings: Mapping[str, Any]) -> str:
    """The text with dotted keys set, in their order, `NOT_WRITTEN` taking one out.

    Raises NotRewritten where the text cannot be made to say so by edits in place.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for key, value in settings.items():
        expected = tomllib.loads(text)
        assign(expected, key, value, None)
        text = _Text(text).with_set(split(key), expected)
        try:
            said = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise NotRewritten(f"{key}: {error}") from None
        if _without_empty(said) != _without_empty(expected):
            raise NotRewritten(f"{key}: the text would mean something else")
    return text


@dataclass(frozen=True)
class _Key:
    """A key that is written with `=`: its path, and the bytes of its text from the key to the end of the value."""

    path: Path
    start: int
    value: int
    end: int
    inline: bool
    """Whether it stands in a table in braces."""


class _Text:
    """A text, and where its keys stand in it; positions count bytes, as the parser's columns do."""

    def __init__(self, text: str) -> None:
        self._bytes = text.encode()
        lines = self._bytes.split(b"\n")
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        nodes = toml_rs.load_with_metadata(io.BytesIO(self._bytes), toml_version="1.0.0").meta["nodes"]
        self._keys = {key.path: key for key in self._walk(nodes, (), inline=False)}
        self._headers = sorted(self._find_headers(lines))

    def with_set(self, path: Path, expected: dict[str, Any]) -> str:
        """The text in which the path says what it says in `expected`, or nothing where it is not there."""
        written = next((self._keys[path[:n]] for n in range(1, len(path) + 1) if self._is_whole(path[:n], path)), None)
        value = _at(expected, path)
        if value is NOT_WRITTEN:
            return self._without(self._keys.get(path))
        if written is not None:
            return self._replaced(written.value, written.end, as_toml(_at(expected, written.path)))
        above = next((self._keys[path[:n]] for n in range(len(path) - 1, 0, -1) if path[:n] in self._keys), None)
        if above is not None:
            return self._into_braces(above, path, value)
        return self._below(path, value)

    def _is_whole(self, path: Path, wanted: Path) -> bool:
        """Whether something is written at the path that must be replaced as a whole."""
        return path in self._keys and (path == wanted or not self._is_table(path))

    def _is_table(self, path: Path) -> bool:
        return self._bytes[self._keys[path].value :].startswith(b"{")

    def _replaced(self, start: int, end: int, new: str) -> str:
        return (self._bytes[:start] + new.encode() + self._bytes[end:]).decode()

    def _without(self, key: _Key | None) -> str:
        if key is None:
            raise NotRewritten("what is to be taken out is not written with a key of its own")
        if not key.inline:
            return self._replaced(self._line_start(key.start), self._line_end(key.end), "")
        before, after = self._bytes[: key.start].rstrip(), self._bytes[key.end :].lstrip()
        if after.startswith(b","):
            return (self._bytes[: key.start] + after[1:].lstrip()).decode()
        return (before.removesuffix(b",").rstrip() + b" " + after).decode()

    def _into_braces(self, above: _Key, path: Path, value: Any) -> str:
        """A key more at the end of a table in braces."""
        inside = self._bytes[above.value + 1 : above.end - 1].rstrip()
        more = f"{', ' if inside.strip() else ' '}{dotted(path[len(above.path) :])} = {as_toml(value)} "
        return self._replaced(above.value + 1 + len(inside), above.end - 1, more)

    def _below(self, path: Path, value: Any) -> str:
        """A key more in the section whose header is nearest, below the keys that have most in common with it."""
        around = [(len(header), start, header) for start, header in self._headers if path[: len(header)] == header]
        if not around and len(path) > 1:
            return self._in_a_new_section(path, value)
        _, start, header = max(around, default=(0, -1, ()))
        end = min((other for other, _ in self._headers if other > start), default=len(self._bytes))
        own = [key for key in self._keys.values() if start <= key.start < end and not key.inline]
        related = max(own, key=lambda key: (_in_common(key.path, path), key.start), default=None)
        line = f"{dotted(path[len(header) :])} = {as_toml(value)}\n"
        place = self._line_end(related.end) if related else self._line_end(start) if around else end
        return self._replaced(place, place, line)

    def _in_a_new_section(self, path: Path, value: Any) -> str:
        header = path[: min(2, len(path) - 1)]
        end = "" if self._bytes.endswith(b"\n") else "\n"
        new = f"{end}\n[{dotted(header)}]\n{dotted(path[len(header) :])} = {as_toml(value)}\n"
        return self._replaced(len(self._bytes), len(self._bytes), new)

    def _line_start(self, position: int) -> int:
        return self._bytes.rfind(b"\n", 0, position) + 1

    def _line_end(self, position: int) -> int:
        """Where the next line begins; a last line without an end gets none."""
        found = self._bytes.find(b"\n", position)
        return len(self._bytes) if found < 0 else found + 1

    def _walk(self, nodes: Mapping[str, Any], path: Path, inline: bool) -> Iterator[_Key]:
        for name, node in nodes.items():
            here = (*path, name)
            if "value_raw" not in node:
                if not isinstance(node.get("value"), list):  # [[tables]] have no key of their own, and are left alone
                    yield from self._walk(node, here, inline)
                continue
            start = self._position(node["key_line"], node["key_col"])
            value = self._position(node["value_line"], node["value_col"])
            yield _Key(here, start, value, value + len(node["value_raw"].encode()), inline)
            if isinstance(node["value"], dict):
                yield from self._walk(node["value"], here, inline=True)

    def _position(self, line: Any, column: Any) -> int:
        first_line = line[0] if isinstance(line, tuple) else line
        first_column = column[0] if isinstance(column, tuple) else column
        return self._starts[first_line - 1] + first_column - 1

    def _find_headers(self, lines: list[bytes]) -> Iterator[tuple[int, Path]]:
        values = [(key.value, key.end) for key in self._keys.values()]
        for start, line in zip(self._starts, lines, strict=False):
            inside_a_value = any(value < start < end for value, end in values)
            if line.lstrip().startswith(b"[") and not inside_a_value:
                yield start, _NOWHERE if line.lstrip().startswith(b"[[") else header_path(line.decode())


def as_toml(value: Any) -> str:
    """A value as it is written after `=`, on one line."""
    if isinstance(value, dict):
        inside = ", ".join(f"{dotted((key,))} = {as_toml(item)}" for key, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(as_toml, value))}]"
    return toml_rs.dumps({"x": value}).removeprefix("x = ").rstrip("\n")


def _at(raw: Any, path: Path) -> Any:
    for part in path:
        if not isinstance(raw, dict) or part not in raw:
            return NOT_WRITTEN
        raw = raw[part]
    return raw


def _without_empty(raw: Any) -> Any:
    """The same without tables that say nothing, which need not be written."""
    if not isinstance(raw, dict):
        return raw
    kept = {key: _without_empty(item) for key, item in raw.items()}
    return {key: item for key, item in kept.items() if item != {}}


def _in_common(one: Path, other: Path) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
