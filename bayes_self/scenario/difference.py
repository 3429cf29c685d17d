"""What differs between two scenarios, key by key, in the terms of their files."""

from dataclasses import dataclass, field
from typing import Any

from bayes_self.scenario.entries import TABLE, Entries, in_force, written
from bayes_self.scenario.keys import Path, dotted
from bayes_self.scenario.schema import Scenario
from bayes_self.scenario.stream_schema import SpecStream


@dataclass(frozen=True)
class FileDifference:
    """What the second of two files says otherwise than the first. Keys are dotted, values as in the file."""

    added: dict[str, Any] = field(default_factory=dict)
    """What only the second has."""
    removed: dict[str, Any] = field(default_factory=dict)
    """What only the first has."""
    changed: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """What both have, with the first's value and the second's; a value that is not written is the default."""

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.added or self.removed or self.changed)


def difference(a: Scenario, b: Scenario) -> FileDifference:
    """What differs between two scenarios, in the order of the files.

    Defaults are filled in first, so that a default written out is no difference; comments, layout and the order of
    tables do not count, but for the order of spec streams (of contradicting claims the later is in force). A number
    that overrides another (a claim's own reliability) is compared where a file writes it, with what holds there in the
    other file.
    """
    ours, theirs = in_force(a), in_force(b)
    found = FileDifference()
    _compare_expectations(a, b, found)
    for path in written(a) | written(b):
        if path[0] != "expectations" or len(a.expectations) == len(b.expectations):
            _compare(path, ours, theirs, found)
    if (before := _spec_streams(a, b)) != (after := _spec_streams(b, a)):
        found.changed["streams"] = (before, after)
    return found


def _compare(path: Path, ours: Entries, theirs: Entries, found: FileDifference) -> None:
    key = dotted(path)
    if path not in ours:
        found.added[key] = theirs[path]
    elif path not in theirs:
        found.removed[key] = ours[path]
    # Where one is a table and the other is not, the table's content tells the difference.
    elif ours[path] != theirs[path] and TABLE not in (ours[path], theirs[path]):
        found.changed[key] = (ours[path], theirs[path])


def _compare_expectations(a: Scenario, b: Scenario, found: FileDifference) -> None:
    """Expectations have no names: where their number differs, whole ones are added and removed."""
    if len(a.expectations) == len(b.expectations):
        return
    ours, theirs = a.to_dict().get("expectations", []), b.to_dict().get("expectations", [])
    found.removed.update({dotted(("expectations", i)): each for i, each in enumerate(ours) if each not in theirs})
    found.added.update({dotted(("expectations", i)): each for i, each in enumerate(theirs) if each not in ours})


def _spec_streams(of: Scenario, other: Scenario) -> list[str]:
    """The spec streams that both have, in the order of one of them."""
    return [name for name, stream in of.streams.items() if isinstance(stream, SpecStream) and name in other.streams]
