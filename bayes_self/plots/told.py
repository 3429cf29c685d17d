"""What a self-model was told, and what is true: the two that a belief is to be seen against."""

from collections.abc import Collection
from dataclasses import dataclass

from bayes_self.plots.canvas import Word
from bayes_self.plots.palette import NEITHER, NEITHER_LINE, QUIET, TOLD, TOLD_TEXT, TRUE, tint
from bayes_self.scenario import Scenario
from bayes_self.scenario.stream_schema import SpecStream


@dataclass(frozen=True)
class Standing:
    """What was said of a facet and what is so."""

    told: tuple[str, ...]
    """The values claimed, in the order of the file; the last is in force."""
    fact: str | None
    """The world's fact; None where it has none, or there is no world."""

    def color_of(self, value: str, likeliest: bool = True) -> str:
        """Dark where the value is a fact, the spec's colour where it was only told, light for the rest.

        Paler where a later claim contradicts, and where a value that is neither is not the likeliest.
        """
        if value == self.fact:
            return TRUE
        if value in self.told:
            return tint(TOLD, 0.4 * (value != self.told[-1]))
        return tint(NEITHER, 0.5 * (not likeliest))

    def line_color_of(self, value: str) -> str:
        """The same colours, dark enough for a line."""
        return self.color_of(value) if value == self.fact or value in self.told else NEITHER_LINE

    def ink_of(self, value: str) -> str:
        """The same colours, dark enough for text."""
        return TRUE if value == self.fact else TOLD_TEXT if value in self.told else QUIET


def standings(scenario: Scenario) -> dict[str, Standing]:
    """{facet: what was said of it and what is so}."""
    facts = scenario.world.facts if scenario.world else {}
    told: dict[str, list[str]] = {facet: [] for facet in scenario.facets}
    for stream in _speaking(scenario):
        for facet, claim in stream.claims.items():
            told[facet] = [value for value in told[facet] if value != claim.value] + [claim.value]
    return {facet: Standing(tuple(told[facet]), facts.get(facet)) for facet in scenario.facets}


def color_key(inks: Collection[str]) -> list[Word]:
    """The colours that occur, each as a word that it is the colour of."""
    words = [Word("told", TOLD_TEXT), Word("in fact", TRUE), Word("neither", QUIET)]
    return [word for word in words if word.color in inks] if len(inks) > 1 else []


def inks_of(scenario: Scenario) -> set[str]:
    """The colours of all values of all facets."""
    return {
        standing.ink_of(value)
        for facet, standing in standings(scenario).items()
        for value in scenario.facets[facet].values
    }


def told_identities(scenario: Scenario) -> list[str]:
    """The identities of "you are this", in the order of the file; the last is in force."""
    named: list[str] = []
    for stream in _speaking(scenario):
        if stream.identity is not None:
            named = [name for name in named if name != stream.identity.value] + [stream.identity.value]
    return named


def _speaking(scenario: Scenario) -> list[SpecStream]:
    """The spec streams that claim anything: a weight of 0 claims nothing."""
    return [s for s in scenario.streams.values() if isinstance(s, SpecStream) and s.weight > 0]
