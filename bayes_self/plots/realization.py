"""Playing, believing, being: how far each character is believed, and how far it is real."""

from collections.abc import Mapping

from matplotlib.axes import Axes

from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.realization import Character
from bayes_self.plots.drawing.columns import Column, Layout, write_left, write_right
from bayes_self.plots.drawing.lettering import wrapped
from bayes_self.plots.drawing.palette import SMALL, identity_colors, style, tint
from bayes_self.plots.drawing.rows import as_rows
from bayes_self.results.measures import character_played, realization_finding
from bayes_self.scenario.wording import called
from bayes_self.words.numbers import probability_text

_BARS, _ROW, _BAR, _TOP, _AXIS = 3.6, 0.36, 0.18, 0.3, 0.46
"""Inches: width of the bars; height of a row, of a bar, of the headings; of the axis."""
_NOTE = (
    "Pale: conviction, the mean posterior probability of the character's stands. Full: realization, the share of it "
    "that is also true in the world. The character being played stands first."
)


def plot_realization(characters: Mapping[str, Character], posterior: Posterior, ax: Axes | None = None) -> Axes:
    """Draw conviction and realization of each identity, were it played; the one that is played stands first."""
    scenario = posterior.scenario
    with style():
        played, _ = character_played(posterior)
        order = [played, *(name for name in characters if name != played)]
        left = [Column("character", [wrapped(called(scenario, name), 150.0, SMALL) for name in order])]
        numbers = [[_number(x) for x in characters[name]] for name in order]
        right = [
            Column(heading, [row[i] for row in numbers]) for i, heading in enumerate(("conviction", "realization"))
        ]
        height = _TOP + _ROW * len(order)
        ax = Layout(left, right, _BARS, height, _AXIS).axes(
            realization_finding(characters, posterior), scenario.title, _NOTE, ax
        )
        as_rows(ax, height, _TOP - 0.04, "conviction and realization, 0 to 1")
        ys = [_TOP + _ROW * (i + 0.5) for i in range(len(order))]
        for name, y in zip(order, ys, strict=True):
            color = identity_colors(scenario)[name]
            ax.barh(y, characters[name].conviction or 0.0, _BAR, color=tint(color, 0.65), zorder=2)
            ax.barh(y, characters[name].realization or 0.0, _BAR, color=color, zorder=3)
        write_left(ax, left, ys, _TOP - 0.16)
        write_right(ax, right, ys, _TOP - 0.16)
    return ax


def _number(x: float | None) -> str:
    return "–" if x is None else probability_text(x)
