"""A report of faults as it grows, each at the path of its key."""

from collections.abc import Callable, Sequence
from typing import Any

from bayes_self.errors import Fault
from bayes_self.scenario.keys import Path, dotted
from bayes_self.words.spelling import did_you_mean, listed, shown

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
