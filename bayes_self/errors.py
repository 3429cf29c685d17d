"""What is said to a user whose input is wrong: every fault at once, each with its place and a way out."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault in what a user wrote."""

    key: str
    """A scenario's dotted key (`streams.rl.weight`), a column of evidence, or "" for all of the input."""
    line: int | str | None
    """The line, counted from 1; "from --set" and the like where there is no file; None where not known."""
    got: str
    """What was found, as it would be said aloud: `"Jonh"`, `1.2`, `nothing`."""
    expected: str
    """What may stand there."""
    hint: str = ""
    """What to do about it, such as `did you mean "John"?`."""

    def __str__(self) -> str:
        place = f"line {self.line}" if isinstance(self.line, int) else self.line or ""
        where = f"{self.key} ({place})" if self.key and place else self.key or place
        sentence = f"got {self.got}, expected {self.expected}" if self.expected else self.got
        return (f"{where}: " if where else "") + sentence + (f"; {self.hint}" if self.hint else "")


class BayesSelfError(ValueError):
    """Bad input. Its text is a readable message; the command prints it and exits with status 2."""


class FaultsError(BayesSelfError):
    """Bad input with a list of faults, the message being one line for each."""

    noun = "input"
    listed: int | None = None
    """How many faults the message lists at most; all of them are in `faults`."""

    def __init__(self, faults: Iterable[Fault], source: str = "") -> None:
        self.faults = tuple(faults)
        self.source = source
        super().__init__(self.faults, source)

    def __str__(self) -> str:
        name = self.source or f"the {self.noun}"
        if len(self.faults) == 1:
            return f"{name}: {self.faults[0]}"
        lines = [f"{name}: {len(self.faults)} faults", *map(str, self.faults[: self.listed])]
        if more := len(self.faults[self.listed :]) if self.listed else 0:
            lines.append(f"and {more} more")
        return "\n  ".join(lines)


class ScenarioError(FaultsError):
    """A scenario that cannot be used."""

    noun = "scenario"


class EvidenceError(FaultsError):
    """Evidence that cannot be used with its scenario. Of many faults, the first are listed."""

    noun = "evidence"
    listed = 20
