"""The text of a scenario's file with some keys set, and its comments, order and layout kept.

What comes out is read again, and refused unless it means what was asked for.
"""

import tomllib
from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

from bayes_self.scenario.assign import NOT_WRITTEN, assign
from bayes_self.scenario.keys import dotted, split

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


class NotRewritten(ValueError):
    """The edit has no place in the text."""


def rewritten(text: str, settings: Mapping[str, Any]) -> str:
    """The text with dotted keys set, in their order, `NOT_WRITTEN` taking one out.

    Raises NotRewritten where the text cannot be made to say so by edits in place.
    """
    import tomlkit  # takes 0.07 s, which only those who save a file need
    from tomlkit.exceptions import TOMLKitError

    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    expected = tomllib.loads(text)
    try:
        for key, value in settings.items():
            assign(expected, key, value, None)
            document = tomlkit.parse(text if text.endswith("\n") else f"{text}\n")
            _set(document, split(key), expected)
            text = tomlkit.dumps(document)
        said = tomllib.loads(text)
    except (TOMLKitError, KeyError, ValueError) as error:
        raise NotRewritten(str(error)) from None
    if _without_empty(said) != _without_empty(expected):
        raise NotRewritten("the text would mean something else")
    return text


def _set(document: "TOMLDocument", path: tuple[str, ...], expected: dict[str, Any]) -> None:
    """Make the document say what `expected` says at a path, or nothing where that says nothing."""
    from tomlkit.container import Container
    from tomlkit.items import AoT, Array, InlineTable, Table

    at: Any = document
    wanted: Any = expected
    home = document, 0
    for depth, part in enumerate(path):
        wanted, written, is_last = wanted.get(part, NOT_WRITTEN), at.get(part), depth == len(path) - 1
        if isinstance(at, Container | Table):
            home = at, depth
        if written is None and not isinstance(at, InlineTable) and (at is home[0] or home[1] > 1):
            return _add(document, *home, path, reduce(lambda table, name: table[name], path, expected))
        if is_last or not isinstance(written, dict):
            if isinstance(written, Table | AoT) or (isinstance(written, Array) and not is_last):
                raise NotRewritten(f"{dotted(path[: depth + 1])} cannot be set in its place")
            if wanted is NOT_WRITTEN:
                del at[part]
            else:
                at[part] = _item(wanted)
            return None
        at = written
    return None


def _add(document: "TOMLDocument", at: Any, depth: int, path: tuple[str, ...], value: Any) -> None:
    """A line below the last one of its table, whose comments at the end belong to the next; or a table of its own."""
    import tomlkit
    from tomlkit.items import AoT, Table

    text = tomlkit.item(_item(value)).as_string()
    header = path[: 1 + (path[0] == "streams")]
    if depth < len(header) < len(path):
        more = f"\n[{dotted(header)}]\n{dotted(path[len(header) :])} = {text}\n"
        document.body.extend(tomlkit.parse(more).body)
        return
    body = at.value.body if isinstance(at, Table) else at.body
    lines = {
        n: key.key
        for n, (key, item) in enumerate(body, 1)
        if key and (key.is_dotted() or not isinstance(item, Table | AoT))
    }
    related = [n for n, key in lines.items() if key == path[depth]]
    place = max(related or lines, default=0)
    body[place:place] = tomlkit.parse(f"{dotted(path[depth:])} = {text}\n").body


def _item(value: Any) -> Any:
    """A value as it is written after `=`: a table in braces."""
    import tomlkit

    if not isinstance(value, dict):
        return value
    table = tomlkit.inline_table()
    table.update({name: _item(inside) for name, inside in value.items()})
    return table


def _without_empty(raw: Any) -> Any:
    """The same without tables that say nothing, which need not be written."""
    if not isinstance(raw, dict):
        return raw
    kept = {key: _without_empty(item) for key, item in raw.items()}
    return {key: item for key, item in kept.items() if item != {}}
