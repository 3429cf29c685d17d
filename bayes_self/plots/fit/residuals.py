"""What a fit does not explain: the shares that were observed, beside what the fit would show again."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from bayes_self.fit.residuals import Unexplained
from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, note_below
from bayes_self.plots.drawing.columns import Column, inches_of, write_left, write_right
from bayes_self.plots.drawing.lettering import POINTS, height_of, wrapped
from bayes_self.plots.drawing.palette import GRID, NEITHER_LINE, SMALL, TRUE, style
from bayes_self.scenario.wording import plain
from bayes_self.words.numbers import probability_text

_WIDTH, _ROW, _TOP, _AXIS = 3.2, 0.21, 0.34, 0.5
"""Inches: width of the axis; height of a row, of the headings, of the axis."""
_NOTE = (
    "Bar: where the share lies in 90 of 100 replications by the fit; dot: what was observed. Rare: the share of "
    "replications at least as far out. The fit has seen these counts, so that misfits are understated."
)


def plot_unexplained(found: Sequence[Unexplained], source: str, most: int = 12) -> Axes:
    """Draw the rarest groups, a row for each."""
    rows = sorted(found, key=lambda row: row.tail)[:most]
    with style():
        left = [
            Column("model", [row.model for row in rows]),
            Column("route", [plain(row.route) for row in rows]),
            Column("probe", [plain(row.probe) for row in rows]),
        ]
        right = [
            Column("observed", [probability_text(row.observed) for row in rows], bold=True),
            Column("replicated", [f"{probability_text(row.low)} to {probability_text(row.high)}" for row in rows]),
            Column("rare", [probability_text(row.tail) for row in rows]),
        ]
        margin = inches_of(left) + 0.1, inches_of(right) + 0.1
        headline = Headline.of(_finding(found), source, sum(margin) + _WIDTH)
        note = wrapped(_NOTE, (sum(margin) + _WIDTH) * POINTS, SMALL)
        below = _AXIS + height_of(note, SMALL) / POINTS + 0.08
        height = _TOP + _ROW * len(rows)
        (ax,) = axes_to_measure([_WIDTH], [height], Margins(*margin, headline.inches + 0.1, below))
        headline.draw(ax, margin[0] - 0.1)
        ax.set(xlim=(-0.02, 1.02), ylim=(height, 0), yticks=[], xlabel="share of answers that are the persona's")
        ax.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        ax.vlines([0, 0.5, 1], _TOP - 0.04, height, color=GRID, linewidth=0.6)
        ys = [_TOP + _ROW * (i + 0.5) for i in range(len(rows))]
        for y, row in zip(ys, rows, strict=True):
            ax.hlines(y, row.low, row.high, color=NEITHER_LINE, linewidth=2.2, zorder=2)
            ax.plot(row.observed, y, "o", color=TRUE, markersize=4.5, zorder=3)
        write_left(ax, left, ys, _TOP - 0.18)
        write_right(ax, right, ys, _TOP - 0.18)
        note_below(ax, note, margin[0] - 0.1, _AXIS)
    return ax


def _finding(found: Sequence[Unexplained]) -> str:
    rare = sum(row.tail < 0.05 for row in found)
    return (
        f"Of {len(found)} groups of answers {rare or 'none'} {'is' if rare < 2 else 'are'} rarer than 1 in 20 under "
        f"the fit; chance alone would leave {0.05 * len(found):.0f}"
    )
