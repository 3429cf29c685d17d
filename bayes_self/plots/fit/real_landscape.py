"""Real models: how many bits of claim each facet would take to flip, the firmest first, with what is not known
about it.
"""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from bayes_self.fit.holdout import Held
from bayes_self.plots.drawing.bits_axis import as_bits
from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, note_below
from bayes_self.plots.drawing.columns import Column, inches_of, write_left, write_right
from bayes_self.plots.drawing.lettering import POINTS, height_of, wrapped
from bayes_self.plots.drawing.palette import NEITHER_LINE, SMALL, TRUE, style
from bayes_self.scenario.wording import plain

_WIDTH, _ROW, _TOP, _AXIS = 4.6, 0.21, 0.34, 0.5
"""Inches: width of the axis; height of a row, of the headings, of the axis."""
_NOTE = (
    "Dot: posterior mean; bar: 90% interval; right of 0 the self's value is the likelier where nothing is claimed. "
    "Arrow: all answers that can be read have one value, so that only this side is known. Hollow: never asked without "
    "a persona; its place leans on the other facets. A facet here is what a probe asks about, the mean over its items."
)


def plot_real_landscape(found: Mapping[str, Sequence[Held]], source: str) -> list[Axes]:
    """Draw one panel for each model, all on one axis of bits."""
    with style():
        left = {model: [Column(model, [plain(row.probe) for row in rows])] for model, rows in found.items()}
        right = {model: [Column("bits to flip", [_text(row) for row in rows])] for model, rows in found.items()}
        margin = max(map(inches_of, left.values())) + 0.1, max(map(inches_of, right.values())) + 0.1
        headline = Headline.of(_finding(found), source, sum(margin) + _WIDTH)
        note = wrapped(_NOTE, (sum(margin) + _WIDTH) * POINTS, SMALL)
        below = _AXIS + height_of(note, SMALL) / POINTS + 0.08
        heights = [_TOP + _ROW * len(rows) for rows in found.values()]
        panels = axes_to_measure([_WIDTH], heights, Margins(*margin, headline.inches + 0.1, below, 0.5))
        headline.draw(panels[0], margin[0] - 0.1)
        ends = min(r.low for rows in found.values() for r in rows), max(r.high for rows in found.values() for r in rows)
        for ax, height, (model, rows) in zip(panels, heights, found.items(), strict=True):
            ys = [_TOP + _ROW * (i + 0.5) for i in range(len(rows))]
            as_bits(ax, (min(ends[0], 0.0), max(ends[1], 0.0)), height, _TOP - 0.04, "bits of claim to flip the facet")
            for y, row in zip(ys, rows, strict=True):
                _interval(ax, y, row)
            write_left(ax, left[model], ys, _TOP - 0.18)
            write_right(ax, right[model], ys, _TOP - 0.18)
        note_below(panels[-1], note, margin[0] - 0.1, _AXIS)
    return panels


def _interval(ax: Axes, y: float, row: Held) -> None:
    low = row.mean if row.bound == "at most" else row.low
    high = row.mean if row.bound == "at least" else row.high
    ax.hlines(y, low, high, color=NEITHER_LINE, linewidth=2.2, zorder=2)
    face = TRUE if row.anchored else "white"
    ax.plot(row.mean, y, "o", color=TRUE, markerfacecolor=face, markersize=4.5, zorder=4)
    if row.bound:
        ax.plot(
            row.mean,
            y,
            ">" if row.bound == "at least" else "<",
            color=TRUE,
            markersize=7,
            markerfacecolor=face,
            zorder=4,
        )


def _text(row: Held) -> str:
    if row.bound:
        return f"{row.bound} {_number(row.low if row.bound == 'at least' else row.high)}"
    return f"{_number(row.mean)}  ({_number(row.low)} to {_number(row.high)})"


def _number(bits: float) -> str:
    return f"{bits:.1f}".replace("-", "−")


def _finding(found: Mapping[str, Sequence[Held]]) -> str:
    rows = [row for each in found.values() for row in each]
    firm = sum(row.low > 0 and row.bound != "at most" for row in rows)
    persona = sum(row.high < 0 and row.bound != "at least" for row in rows)
    open_ = len(rows) - firm - persona
    return (
        f"Of {len(rows)} facets of {len(found)} models, {firm} are held against the persona, {persona} are with it "
        f"from the start, and of {open_} the counts cannot say"
    )
