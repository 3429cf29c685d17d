"""The scenarios on offer: those of the gallery, and the one that was named when the explorer started.

The page names a scenario and never a file, so that it can ask for nothing that is not on the shelf.
"""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from bayes_self.errors import BayesSelfError
from bayes_self.evidence.files import read_evidence
from bayes_self.scenario import Scenario, gallery, parse
from bayes_self.scenario.controls import Group, groups, values
from bayes_self.scenario.load import source_text
from bayes_self.world.edition import Edition

_WORLDS = 8
"""Edited worlds whose answers are kept."""


@dataclass(frozen=True)
class Offer:
    """A scenario as it is in its file."""

    name: str
    """What the page calls it."""
    file: str
    """What the command calls it."""
    text: str
    evidence: Path | None
    """A file of evidence, where it is given and not drawn."""

    _worlds: dict[tuple[tuple[str, str], ...], Scenario] = field(default_factory=dict)

    @cached_property
    def scenario(self) -> Scenario:
        """Raises ScenarioError where the file is at fault."""
        return parse(self.text, self.name, self.file)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """What can be pushed."""
        return groups(self.scenario)

    @cached_property
    def values(self) -> dict[str, Any]:
        """{key of a control: what the file says, or what holds where it says nothing}."""
        return values(self.scenario, self.groups)

    @cached_property
    def rows(self) -> list[dict[str, Any]] | None:
        """The evidence that was given, None where the world draws it; raises EvidenceError."""
        if self.evidence is not None:
            return read_evidence(self.evidence, self.scenario).rows(self.scenario)
        return [] if self.scenario.world is None else None

    def share_world(self, edition: Edition, edits: tuple[tuple[str, str], ...]) -> None:
        """Let editions with the same edits of the world share one, so that it need not answer again at every push."""
        if edits in self._worlds:
            vars(edition)["answering"] = self._worlds[edits]
            return
        while len(self._worlds) >= _WORLDS:
            del self._worlds[next(iter(self._worlds))]
        self._worlds[edits] = edition.answering


class Shelf:
    """What can be explored, by name."""

    def __init__(self, named: str | None = None, evidence: Path | None = None) -> None:
        self._files = {name: name for name in gallery.names()}
        self._evidence = evidence
        self.first = next(iter(self._files), "")
        if named is not None:
            self.first = named if named in self._files else Path(named).stem
            self._files[self.first] = named
        self._named = self.first if named is not None else None
        self._offers: dict[str, Offer] = {}

    @property
    def names(self) -> Iterable[str]:
        """The names, the gallery's in their order."""
        return self._files

    @property
    def again(self) -> str:
        """The command that started this, and starts it again."""
        return shlex.join(["bayes-self", "explore", *([self._files[self._named]] if self._named else [])])

    def title(self, name: str) -> str:
        """The title in a gallery's file; of the named one the name."""
        return gallery.title(name) if self._files[name] == name else name

    def offer(self, name: Any, *, afresh: bool = False) -> Offer:
        """The scenario of that name, read once, or again. Raises BayesSelfError where there is none."""
        if not isinstance(name, str) or name not in self._files:
            raise BayesSelfError(f"there is no scenario of that name here: {str(name)[:80]}")
        if afresh or name not in self._offers:
            file = self._files[name]
            read, kept = Offer(name, file, source_text(file), self._evidence_of(name, file)), self._offers.get(name)
            if kept is None or kept.text != read.text or read.evidence is not None:
                self._offers[name] = read
        return self._offers[name]

    def _evidence_of(self, name: str, file: str) -> Path | None:
        """The file that was named with the scenario, or, where it has no world, a CSV file beside its own."""
        if name == self._named and self._evidence is not None:
            return self._evidence
        beside = (gallery.path(name) if file == name else Path(file)).with_suffix(".csv")
        without_world = parse(source_text(file), name, file).world is None
        return beside if without_world and beside.is_file() else None
