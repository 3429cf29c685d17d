"""One key set in a scenario's dictionary, as `--set` does it."""

import tomllib
from typing import Any

from bayes_self.errors import Fault, ScenarioError
from bayes_self.scenario.keys import Path, dotted, split, split_assignment
from bayes_self.scenario.stream_schema import KINDS
from bayes_self.words.spelling import did_you_mean, listed, shown

WHERE = "from --set"


class _NotWritten:
    """The type of `NOT_WRITTEN`."""

    def __deepcopy__(self, memo: Any) -> "_NotWritten":
        return self

    def __repr__(self) -> str:
        return "NOT_WRITTEN"


NOT_WRITTEN = _NotWritten()
"""In place of a value: the claim, or the fact, is taken out of the file."""


def parse_assignment(text: str) -> tuple[str, Any]:
    """The dotted key and the value of `KEY=VALUE`, the value read as TOML, a bare word as a string.

    A claim or a fact without a value, as in `streams.spec.claims.name=`, is to be taken out: `NOT_WRITTEN`. Raises
    ScenarioError where the text is not of that form.
    """
    try:
        key, value = split_assignment(text)
    except ValueError:
        raise _error(text, WHERE, "what is no setting", "KEY=VALUE, such as streams.rl.weight=0.5") from None
    if not value and _may_be_left_out(split(key)):
        return key, NOT_WRITTEN
    try:
        read = tomllib.loads(f"value = {value}")
        if set(read) == {"value"}:
            return key, read["value"]
    except (ValueError, RecursionError):
        pass
    if not value or value[0] in "\"'[{":
        raise _error(key, WHERE, shown(value), "a value in TOML: 0.5, true, [0.1, 0.9] or a word")
    return key, value


def assign(raw: dict[str, Any], key: str, value: Any, where: str | None) -> None:
    """Set a dotted key, making the tables above it where the file has none.

    Names are not made up: below `identities`, `facets`, `streams` and `probes` only what is there is changed,
    so that a misspelt name is a fault. `NOT_WRITTEN` takes out what is written. Raises ScenarioError.
    """
    try:
        path = split(key)
    except ValueError:
        raise _error(key, where, "what is no key", "a dotted key, such as streams.rl.weight") from None
    if value is NOT_WRITTEN:
        return _take_out(raw, path, where)
    at: Any = raw
    for depth in range(1, len(path)):
        _must_exist(at, path[:depth], where)
        at = _step(raw, at, path[:depth], where)
    if isinstance(at, list):
        at[_index(at, path, where)] = value
    else:
        at[path[-1]] = value


def _may_be_left_out(path: Path) -> bool:
    """Whether the path is a claim's or a fact's, of which there need not be one; any number has to be something."""
    return _is_claim(path) or (path[:2] == ("world", "facts") and len(path) == 3)


def _is_claim(path: Path) -> bool:
    return path[0] == "streams" and (path[2:] == ("identity",) or (len(path) == 4 and path[2] == "claims"))


def _take_out(raw: dict[str, Any], path: Path, where: str | None) -> None:
    """Take out what stands at the path, and, of a claim, that its reliability is an unknown number."""
    at: Any = raw
    above: Any = raw
    for depth, part in enumerate(path, start=1):
        if not isinstance(at, dict) or part not in at:
            known = list(at) if isinstance(at, dict) else []
            expected = (
                f"what is written, to take it out: {listed(known)}" if known else "what is written, to take it out"
            )
            raise _error(dotted(path[:depth]), where, "nothing there", expected)
        at, above = at[part], at
    del above[path[-1]]
    raw.get("unknown", {}).pop(dotted((*path, "reliability")), None)


def _step(raw: dict[str, Any], at: Any, path: Path, where: str | None) -> Any:
    """The table or list at `path`, below `at`; short forms are written out, and missing tables made."""
    if isinstance(at, list):
        key: Any = _index(at, path, where)
    else:
        key = path[-1]
        at.setdefault(key, {})
    at[key] = _long_form(raw, path, at[key])
    if not isinstance(at[key], dict | list):
        raise _error(dotted(path), where, shown(at[key]), "a table")
    return at[key]


def _long_form(raw: dict[str, Any], path: Path, value: Any) -> Any:
    """A short form as the table it stands for: one salience, a list of covered facets, the bare value of a claim."""
    if path == ("salience",) and not isinstance(value, dict):
        return dict.fromkeys(raw.get("facets", {}), value)
    if path == ("masks", "covers") and isinstance(value, list):
        return dict.fromkeys(value, 1.0)
    if not isinstance(value, str):
        return value
    if _is_claim(path):
        return {"value": value}
    is_stand = len(path) == 4 and path[0] == "identities" and path[2] == "profile"
    return {value: 1.0} if is_stand else value


def _must_exist(at: Any, path: Path, where: str | None) -> None:
    """A fault where the path ends in the name of an identity, facet, stream or probe that is not there."""
    is_probe = len(path) == 4 and path[0] == "streams" and path[2] == "probes"
    is_name = len(path) == 2 and path[0] in ("identities", "facets", "streams")
    says_its_kind = is_name and path[0] == "streams" and path[1] in KINDS
    if (is_probe or is_name) and not says_its_kind and isinstance(at, dict) and path[-1] not in at:
        known = list(at)
        expected = f"one of the {path[-2]}: {listed(known)}"
        raise _error(dotted(path), where, shown(path[-1]), expected, did_you_mean(str(path[-1]), known))


def _index(at: list[Any], path: Path, where: str | None) -> int:
    index = str(path[-1])
    if index.isdecimal() and int(index) < len(at):
        return int(index)
    raise _error(dotted(path), where, shown(index), f"an index from 0 to {len(at) - 1}")


def _error(key: str, where: str | None, got: str, expected: str, hint: str = "") -> ScenarioError:
    return ScenarioError([Fault(key, where, got, expected, hint)])
