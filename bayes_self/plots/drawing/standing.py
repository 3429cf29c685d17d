"""Colours of values: dark for a fact, the spec's colour for what was only told, grey for the rest."""

from collections.abc import Collection

from bayes_self.plots.drawing.canvas import Word
from bayes_self.plots.drawing.palette import NEITHER, NEITHER_LINE, QUIET, TOLD, TOLD_TEXT, TRUE, tint
from bayes_self.results.standing import Standing, standings
from bayes_self.scenario import Scenario


def color_of(standing: Standing, value: str, likeliest: bool = True) -> str:
    """The colour of an area.

    Paler where a later claim contradicts, and where a value that is neither is not the likeliest.
    """
    if value == standing.fact:
        return TRUE
    if value in standing.told:
        return tint(TOLD, 0.4 * (value != standing.told[-1]))
    return tint(NEITHER, 0.5 * (not likeliest))


def line_color_of(standing: Standing, value: str) -> str:
    """The same colours, dark enough for a line."""
    return color_of(standing, value) if value == standing.fact or value in standing.told else NEITHER_LINE


def ink_of(standing: Standing, value: str) -> str:
    """The same colours, dark enough for text."""
    return TRUE if value == standing.fact else TOLD_TEXT if value in standing.told else QUIET


def color_key(inks: Collection[str]) -> list[Word]:
    """The colours that occur, each as a word that it is the colour of."""
    words = [Word("told", TOLD_TEXT), Word("in fact", TRUE), Word("neither", QUIET)]
    return [word for word in words if word.color in inks] if len(inks) > 1 else []


def inks_of(scenario: Scenario) -> set[str]:
    """The colours of all values of all facets."""
    return {
        ink_of(standing, value)
        for facet, standing in standings(scenario).items()
        for value in scenario.facets[facet].values
    }
