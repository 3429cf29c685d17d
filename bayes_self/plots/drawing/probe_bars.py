"""A bar for each probe, in the colour of its stream: what pictures of probe value and misfit share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from bayes_self.model.coordinates import PROBE
from bayes_self.plots.drawing.bits_axis import as_bits
from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, inches_across, note_below
from bayes_self.plots.drawing.columns import Column, inches_of, write_left, write_right
from bayes_self.plots.drawing.lettering import POINTS, height_of, wrapped
from bayes_self.plots.drawing.palette import SMALL, stream_colors
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import plain

_BARS, _ROW, _BAR, _TOP, _AXIS = 4.0, 0.25, 0.15, 0.3, 0.46
"""Inches: width of the bars; height of a row, of a bar, of the headings; of the axis."""


@dataclass(frozen=True)
class ProbeBars:
    """What to draw, in the order from top to bottom."""

    bits: Mapping[PROBE, float]
    right: Sequence[Column]
    """Columns to the right of the bars."""
    label: str
    """Of the axis."""
    finding: str
    note: str


def draw_probe_bars(shown: ProbeBars, scenario: Scenario, ax: Axes | None = None) -> Axes:
    """Draw the bars with the names of streams and probes to their left."""
    probes = list(shown.bits)
    colors = stream_colors(scenario)
    left = [
        Column("stream", [wrapped(plain(stream), 110.0, SMALL) for stream, _ in probes]),
        Column("probe", [wrapped(plain(probe), 170.0, SMALL) for _, probe in probes]),
    ]
    across = inches_of(left) + (_BARS if ax is None else inches_across(ax)) + inches_of(shown.right)
    headline = Headline.of(shown.finding, scenario.title, across)
    note = wrapped(shown.note, across * POINTS, SMALL)
    heights = [max(_ROW, *(height_of(c.cells[i], SMALL) / POINTS + 0.06 for c in left)) for i in range(len(probes))]
    height = _TOP + sum(heights) + 0.05
    if ax is None:
        below = _AXIS + height_of(note, SMALL) / POINTS + 0.08
        margins = Margins(inches_of(left) + 0.1, inches_of(shown.right) + 0.15, headline.inches, below)
        (ax,) = axes_to_measure([_BARS], [height], margins)
    headline.draw(ax, inches_of(left))
    note_below(ax, note, inches_of(left), _AXIS)
    ys = [_TOP + sum(heights[:i]) + h / 2 for i, h in enumerate(heights)]
    as_bits(ax, (0.0, max([*shown.bits.values(), 1e-3])), height, _TOP - 0.04, shown.label)
    for probe, y in zip(probes, ys, strict=True):
        ax.barh(y, shown.bits[probe], _BAR, color=colors[probe[0]], zorder=2)
    write_left(ax, left, ys, _TOP - 0.16)
    write_right(ax, shown.right, ys, _TOP - 0.16)
    return ax
