"""A scenario as it was edited, and the evidence that goes with it.

An edit of what is believed holds the evidence, so that a belief changes because of the edit and of nothing else. An
edit of the world (`scenario.world_keys`) lets the world answer again: the scenario with its edits of the world alone
draws, or expects, the evidence. Each probe draws with random numbers of its own, so that what an edit of the world does
not concern stays as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from bayes_self.errors import ScenarioError
from bayes_self.evidence.evidence import Evidence
from bayes_self.scenario import Scenario
from bayes_self.scenario.world_keys import world_edits
from bayes_self.world.simulation import expect, simulate

_KEPT = "answered"


@dataclass(frozen=True)
class Edition:
    """A scenario with edits. What cannot be is refused (ScenarioError) where it is first used."""

    original: Scenario
    settings: Mapping[str, Any] = field(default_factory=dict)
    """{dotted key: value}: the edits, in their order."""
    rows: Sequence[Mapping[str, Any]] | None = None
    """Evidence that was given, and no edit changes; None where the world answers."""
    expected: bool = False
    """Whether the world gives its expectation, in place of a draw with its seed."""
    fresh: bool = False
    """Whether every edit draws the evidence again, edits of belief too."""
    where: str = ""
    """Where the edits come from, for faults."""

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario with all edits."""
        return self.original.with_settings(self.settings, self.where) if self.settings else self.original

    @cached_property
    def world_edits(self) -> tuple[str, ...]:
        """The keys of the edits that are edits of the world."""
        return world_edits(self.settings, self.original)

    @cached_property
    def answering(self) -> Scenario:
        """The scenario whose world answers: with the edits of the world alone, or, of fresh evidence, with all."""
        if self.fresh or len(self.world_edits) == len(self.settings):
            return self.scenario
        if not self.world_edits:
            return self.original
        try:
            return self.original.with_settings({key: self.settings[key] for key in self.world_edits}, self.where)
        except ScenarioError:  # an edit of the world that only stands together with one of belief
            return self.scenario

    @cached_property
    def evidence(self) -> Evidence:
        """What was given, else what the world answers."""
        if self.rows is not None or self.scenario.world is None:
            return Evidence.from_rows(self.scenario, self.rows) if self.rows else Evidence.empty()
        found = _answered(self.answering, self.expected)
        return replace(found, held=self.answering is not self.scenario)

    def drawn_again(self, but: Sequence[str] = ()) -> str:
        """One line that says that the evidence is not the original's, and why; "" where it was held, or given.

        Edits of the keys `but` need no mention.
        """
        keys = [key for key in (self.settings if self.fresh else self.world_edits) if key not in but]
        if not keys or self.rows is not None or self.scenario.world is None:
            return ""
        same = self.original.world is not None and self.evidence == _answered(self.original, self.expected)
        if self.fresh:
            return "" if same else "evidence drawn again, as asked: edits of what is believed change it too"
        edits = "edits" if len(keys) == 1 else "edit"
        return f"evidence drawn again: {', '.join(keys)} {edits} the world" + ("; it came out the same" if same else "")


def _answered(scenario: Scenario, expected: bool) -> Evidence:
    """What the world of a scenario answers. It is asked once, and kept with the scenario, which does not change."""
    assert scenario.world is not None
    kept = vars(scenario).setdefault(_KEPT, {})
    if expected not in kept:
        kept[expected] = expect(scenario) if expected else simulate(scenario, key=scenario.world.seed)
    return kept[expected]
