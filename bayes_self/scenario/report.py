"""A report of faults as it grows, and the words in which faults are told."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any

from bayes_self.errors import Fault
from bayes_self.scenario.keys import Path, dotted

SHORTEST_PART = 3
"""Characters that a part of a name needs to hint at the name."""
WHOLE_BITS = 1000
"""Size of a whole number that is not quoted: Python refuses to write out the largest ones."""
SHOWN = 60
"""Characters of a value that a fault quotes."""

FindLine = Callable[[Path], int | str | None]
"""Finds the line of a key, given as its path."""


class Report:
    """The faults found so far, each at the path of its key."""

    def __init__(self, lines: FindLine | None = None) -> None:
        self._lines = lines or (lambda path: None)
        self._faults: dict[tuple[str, str], Fault] = {}

    def add(self, path: Path, got: str, expected: str, hint: str = "") -> None:
        """Note one fault; a second one of the same key that got the same is not told again."""
        key = dotted(path)
        self._faults.setdefault((key, got), Fault(key, self._lines(path), got, expected, hint))

    def name(self, path: Path, got: Any, known: Sequence[str], what: str) -> bool:
        """Whether `got` is one of the known names; a fault is noted where it is not."""
        if not isinstance(got, str) or got in known:
            return isinstance(got, str)
        self.add(path, shown(got), f"{what}: " + listed(known), did_you_mean(got, known))
        return False

    def faults(self) -> list[Fault]:
        """All of them, in the order of the file."""
        return sorted(self._faults.values(), key=lambda fault: fault.line if isinstance(fault.line, int) else 0)


def did_you_mean(got: str, known: Sequence[str]) -> str:
    """A hint to the nearest known name, or to one that `got` is a part of, in any case; else ""."""
    folded = got.casefold()
    by_folded = {name.casefold(): name for name in reversed(known)}
    near = get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    if not near and len(folded) >= SHORTEST_PART:
        near = [name for name in reversed(by_folded) if folded in name]
    return f'did you mean "{by_folded[near[0]]}"?' if near else ""


def listed(known: Sequence[str]) -> str:
    return ", ".join(known) if known else "(there are none)"


def shown(value: Any) -> str:
    """A value as a fault quotes it, in the notation of the file, cut where it is long."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table" if value else "an empty table"
    if isinstance(value, list | tuple):
        text = "[" + ", ".join(shown(item) for item in value[:SHOWN]) + "]"
    elif isinstance(value, int) and value.bit_length() > WHOLE_BITS:
        return "a very large number"
    else:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 4] + " ..."
