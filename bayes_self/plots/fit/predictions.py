"""Predictions of what was left out, in tenths, against the share that came."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from bayes_self.fit.scores import Bin
from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, note_below, text_above
from bayes_self.plots.drawing.lettering import POINTS, height_of, wrapped
from bayes_self.plots.drawing.palette import GRID, NEITHER_LINE, QUIET, SMALL, TRUE, style

_SIDE, _LEFT, _AXIS, _HEADING = 2.2, 0.75, 0.5, 0.3
"""Inches: of a panel; left of the first; the axis below; the heading above."""
_NOTE = (
    "Dot: answers whose prediction lies in the same tenth; bar: two standard errors over configurations; the line is "
    "where as many come as were foretold."
)


def plot_predictions(found: Mapping[str, Sequence[Bin]], program: str, source: str) -> list[Axes]:
    """Draw one panel for each way of leaving out, {scheme: tenths}."""
    with style():
        across = _LEFT + len(found) * _SIDE + (len(found) - 1) * 0.25
        headline = Headline.of(_finding(found, program), source, max(across, 5.0))
        note = wrapped(_NOTE, max(across, 5.0) * POINTS, SMALL)
        below = _AXIS + height_of(note, SMALL) / POINTS + 0.08
        margins = Margins(_LEFT, max(0.2, 5.0 - across), headline.inches + _HEADING, below, 0.25)
        panels = axes_to_measure([_SIDE] * len(found), [_SIDE], margins)
        headline.draw(panels[0], _LEFT - 0.1, _HEADING)
        for ax, (scheme, tenths) in zip(panels, found.items(), strict=True):
            ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability of the persona's answer")
            ax.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
            ax.set_yticks([0, 0.5, 1], ["0", "0.5", "1"] if ax is panels[0] else ["", "", ""])
            ax.grid(color=GRID, linewidth=0.6)
            ax.plot([0, 1], [0, 1], color=NEITHER_LINE, linewidth=0.8, zorder=1)
            text_above(ax, f"{scheme}s left out", 4.0, size=SMALL, weight="bold")
            for each in tenths:
                low, high = max(each.observed - 2 * each.se, 0.0), min(each.observed + 2 * each.se, 1.0)
                ax.vlines(each.predicted, low, high, color=TRUE, linewidth=1.2, zorder=2)
                ax.plot(each.predicted, each.observed, "o", color=TRUE, markersize=4, zorder=3, clip_on=False)
        panels[0].set_ylabel("share that came", color=QUIET)
        note_below(panels[0], note, _LEFT - 0.1, _AXIS)
    return panels


def _finding(found: Mapping[str, Sequence[Bin]], program: str) -> str:
    every = [each for tenths in found.values() for each in tenths]
    near = sum(abs(each.observed - each.predicted) <= 2 * each.se for each in every)
    return f"What the {program} foretells comes as often as it says in {near} of {len(every)} tenths"
