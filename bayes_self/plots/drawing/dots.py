"""Numbers side by side: a row for each thing, a dot for each case it is seen in, and the numbers beside them."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, inches_across, note_below
from bayes_self.plots.drawing.columns import Column, inches_of, write_left, write_right
from bayes_self.plots.drawing.lettering import POINTS, height_of, wrapped
from bayes_self.plots.drawing.palette import GRID, NEITHER, QUIET, SMALL, dark, style
from bayes_self.words.numbers import probability_text

_WIDTH, _ROW, _AXIS, _GAP, _MARK = 3.6, 0.24, 0.46, 0.12, 0.2
"""Inches: width of the axis; least height of a row; the axis below; between sections; of a mark's name."""
_NAME, _HEADING = 2.9 * POINTS, 1.1 * POINTS
"""The widest that a row's name, and a column's heading, may become before they are broken into lines."""


@dataclass(frozen=True)
class Dots:
    """A section of rows over one axis."""

    heading: str
    rows: Mapping[str, Mapping[str, float | int]]
    """{row: {case: number}}; a case may be missing from a row, and what is not finite has no dot."""
    colors: Mapping[str, str]
    """{case: colour}, in the order of the columns."""
    label: str = "probability"
    """Of the axis, with its unit."""
    ends: tuple[float | int, float | int] = (0.0, 1.0)
    text: Callable[[float], str] = probability_text
    """How numbers are written."""
    marks: Mapping[str, float | int] = field(default_factory=dict)
    """{name: place} of upright lines to see the dots against."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """{row: a word or two that stand beside its numbers}."""

    @cached_property
    def names(self) -> Column:
        """The rows' names, below the heading of the section."""
        return Column(wrapped(self.heading, _NAME, SMALL, "bold"), [wrapped(row, _NAME, SMALL) for row in self.rows])

    @cached_property
    def numbers(self) -> list[Column]:
        """A column for each case, in its colour: what tells the colours apart; and the remarks."""
        remarks = Column("", [self.remarks.get(row, "") for row in self.rows])
        cases = [
            Column(
                wrapped(case, _HEADING, SMALL, "bold"),
                [self.text(float(row[case])) if case in row else "" for row in self.rows.values()],
                [dark(color)] * len(self.rows),
                heading_color=dark(color),
            )
            for case, color in self.colors.items()
        ]
        return [*cases, *([remarks] if self.remarks else [])]

    @cached_property
    def head(self) -> float:
        """Inches for the headings."""
        headings = [self.names.heading, *(column.heading for column in self.numbers)]
        return max(height_of(heading, SMALL) for heading in headings) / POINTS + 0.1 + _MARK * bool(self.marks)

    @cached_property
    def heights(self) -> list[float]:
        """Of its rows, in inches."""
        return [max(_ROW, height_of(name, SMALL) / POINTS + 0.06) for name in self.names.cells]

    @cached_property
    def middles(self) -> list[float]:
        """The middles of its rows, in inches from the top."""
        return [self.head + sum(self.heights[:i]) + height / 2 for i, height in enumerate(self.heights)]

    @cached_property
    def height(self) -> float:
        """Inches, without the axis."""
        return self.head + sum(self.heights) + 0.03


def plot_dots(
    sections: Sequence[Dots],
    finding: str,
    context: str = "",
    note: str = "",
    axes: Sequence[Axes] | np.ndarray | None = None,
) -> np.ndarray:
    """Draw sections one below the other; the numbers stand to the right, in the colours of the dots.

    `finding` becomes the title, `context` stands below it, and `note` below the last section. Returns the Axes.

    Raises:
        ValueError: `axes` are too many or too few.

    """
    with style():
        left = max(inches_of([section.names]) for section in sections)
        right = max(inches_of(section.numbers) for section in sections)
        if axes is None:
            across = left + _WIDTH + right
            headline = Headline.of(finding, context, across)
            below = _AXIS + height_of(wrapped(note, across * POINTS, SMALL), SMALL) / POINTS + 0.1
            margins = Margins(left + 0.1, right + 0.15, headline.inches, below, _AXIS + _GAP)
            axes = axes_to_measure([_WIDTH], [section.height for section in sections], margins)
        elif len(axes) != len(sections):
            raise ValueError(f"{len(sections)} sections are to be drawn, on {len(axes)} axes")
        else:
            across = left + inches_across(axes[0])
            headline = Headline.of(finding, context, across)
        headline.draw(axes[0], left)
        note_below(axes[-1], wrapped(note, across * POINTS, SMALL), left, _AXIS)
        for ax, section in zip(axes, sections, strict=True):
            _draw(ax, section)
    return np.array(axes)


def _draw(ax: Axes, section: Dots) -> None:
    ax.set(xlim=section.ends, ylim=(section.height, 0), yticks=[], xlabel=section.label)
    ticks = [0, 0.5, 1] if section.ends == (0.0, 1.0) else MaxNLocator(6).tick_values(*section.ends)
    ticks = [tick for tick in ticks if section.ends[0] - 1e-9 <= tick <= section.ends[1] + 1e-9]
    ax.set_xticks(ticks, [f"{tick:g}".replace("-", "−") for tick in ticks])
    ax.vlines(ticks, section.head, section.height, color=GRID, linewidth=0.6, zorder=0)
    for name, place in section.marks.items():
        ax.vlines(place, section.head - 0.06, section.height, color=QUIET, linewidth=0.8, linestyle=(0, (3, 2)))
        ax.text(place, section.head - 0.06 - _MARK / 2, name, size=SMALL, color=QUIET, ha="center", va="center")
    for row, y in zip(section.rows.values(), section.middles, strict=True):
        shown = {case: x for case, x in row.items() if math.isfinite(x)}
        if shown:
            ax.hlines(y, min(shown.values()), max(shown.values()), color=NEITHER, linewidth=1.6, zorder=1)
        # where dots fall together each is seen around the next
        for i, (case, x) in enumerate(shown.items()):
            size = 6.0 + 2.2 * (len(shown) - 1 - i)
            ax.plot(x, y, "o", markersize=size, color=section.colors[case], zorder=2 + i, clip_on=False)
    headings_at = (section.head - 0.1 - _MARK * bool(section.marks)) / 2 + 0.02
    write_left(ax, [section.names], section.middles, headings_at)
    write_right(ax, section.numbers, section.middles, headings_at)
