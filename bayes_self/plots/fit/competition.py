"""Programs against each other: bits per answer on what was left out, the best first."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from bayes_self.fit.competition import Standing
from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, note_below
from bayes_self.plots.drawing.columns import Column, inches_of, write_left, write_right
from bayes_self.plots.drawing.lettering import POINTS, height_of, wrapped
from bayes_self.plots.drawing.palette import GRID, NEITHER_LINE, SMALL, TRUE, style

_WIDTH, _ROW, _TOP, _AXIS = 4.2, 0.22, 0.34, 0.5
"""Inches: width of the axis; height of a row, of the headings, of the axis."""
_FRAMES = ("self-model", "self-model-owned", "persona-selection", "simulator")
_NOTE = (
    "Bits per answer on cells that were left out whole; less is better. Bar: two standard errors over configurations. "
    "Dark: the frames; grey: baselines. Difference: to the best of the panel, paired, with its standard error; in "
    "brackets where it is less than two of them, so that the two are not told apart."
)


def plot_competition(found: Sequence[Standing], source: str) -> list[Axes]:
    """Draw one panel for each way of leaving out."""
    schemes = {scheme: [s for s in found if s.scheme == scheme] for scheme in dict.fromkeys(s.scheme for s in found)}
    with style():
        left = {k: [Column(f"{k}s left out", [s.program for s in rows])] for k, rows in schemes.items()}
        right = {
            k: [
                Column("bits", [f"{s.bits:.2f}" for s in rows], bold=True),
                Column("difference", [_difference(s) for s in rows]),
                Column("persona or not", [f"{s.two_valued:.2f}" for s in rows]),
            ]
            for k, rows in schemes.items()
        }
        margin = max(map(inches_of, left.values())) + 0.1, max(map(inches_of, right.values())) + 0.1
        headline = Headline.of(_finding(schemes), source, sum(margin) + _WIDTH)
        note = wrapped(_NOTE, (sum(margin) + _WIDTH) * POINTS, SMALL)
        below = _AXIS + height_of(note, SMALL) / POINTS + 0.08
        heights = [_TOP + _ROW * len(rows) for rows in schemes.values()]
        panels = axes_to_measure([_WIDTH], heights, Margins(*margin, headline.inches + 0.1, below, 0.55))
        headline.draw(panels[0], margin[0] - 0.1)
        most = max(s.bits + 2 * s.se for s in found)
        for ax, height, (scheme, rows) in zip(panels, heights, schemes.items(), strict=True):
            ys = [_TOP + _ROW * (i + 0.5) for i in range(len(rows))]
            ax.set(xlim=(0, most * 1.02), ylim=(height, 0), yticks=[], xlabel="bits per answer")
            ax.vlines([t for t in ax.get_xticks() if 0 <= t <= most], _TOP - 0.04, height, color=GRID, linewidth=0.6)
            for y, s in zip(ys, rows, strict=True):
                color = TRUE if s.program in _FRAMES else NEITHER_LINE
                ax.hlines(y, s.bits - 2 * s.se, s.bits + 2 * s.se, color=color, linewidth=2.0)
                ax.plot(s.bits, y, "o", color=color, markersize=4.5)
            write_left(ax, left[scheme], ys, _TOP - 0.18)
            write_right(ax, right[scheme], ys, _TOP - 0.18)
        note_below(panels[-1], note, margin[0] - 0.1, _AXIS)
    return panels


def _difference(s: Standing) -> str:
    told = f"{s.more:.2f} ± {s.more_se:.2f}"
    return "best" if s.more == 0 else told if s.differs else f"({told})"


def _finding(schemes: dict[str, list[Standing]]) -> str:
    return "Best on " + ", on ".join(f"{scheme}s {rows[0].program}{_beside(rows)}" for scheme, rows in schemes.items())


def _beside(rows: list[Standing]) -> str:
    near = sum(not s.differs for s in rows[1:])
    return f" ({near} not told from it)" if near else ""
