"""Columns of words to the left and right of the Axes, as wide as their widest cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes

from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, inches_across, note_below
from bayes_self.plots.drawing.lettering import POINTS, height_of, width_of, wrapped
from bayes_self.plots.drawing.palette import INK, SMALL
from bayes_self.plots.drawing.rows import beside

GAP = 10.0
"""Points between columns."""


@dataclass(frozen=True)
class Column:
    """A heading, and a cell for each row ("" for none)."""

    heading: str
    cells: Sequence[str]
    colors: Sequence[str] = field(default=())
    bold: bool = False
    heading_color: str = INK

    @property
    def points(self) -> float:
        """The width in points of its widest cell."""
        weight = "bold" if self.bold else "normal"
        cells = max((width_of(cell, SMALL, weight) for cell in self.cells if cell), default=0.0)
        return max(cells, width_of(self.heading, SMALL, "bold") if self.heading else 0.0)


def inches_of(columns: Sequence[Column]) -> float:
    """The width of columns with the gaps between them and the Axes."""
    return sum(column.points + GAP for column in columns) / POINTS


def write_left(ax: Axes, columns: Sequence[Column], ys: Sequence[float], heading_y: float | None = None) -> None:
    """Write columns to the left of the Axes, right-aligned, the last of them next to it; `ys` are rows' middles."""
    edge = -GAP
    for column in reversed(columns):
        _write(ax, column, ys, heading_y, edge, "right")
        edge -= column.points + GAP


def write_right(ax: Axes, columns: Sequence[Column], ys: Sequence[float], heading_y: float | None = None) -> None:
    """Write columns to the right of the Axes, left-aligned."""
    edge = GAP
    for column in columns:
        _write(ax, column, ys, heading_y, edge, "left")
        edge += column.points + GAP


def _write(ax: Axes, column: Column, ys: Sequence[float], heading_y: float | None, points: float, align: str) -> None:
    if heading_y is not None and column.heading:
        beside(ax, heading_y, column.heading, points, ha=align, weight="bold", color=column.heading_color)
    colors = column.colors or [INK] * len(column.cells)
    for y, cell, color in zip(ys, column.cells, colors, strict=True):
        if cell:
            beside(ax, y, cell, points, ha=align, color=color, weight="bold" if column.bold else "normal")


@dataclass(frozen=True)
class Layout:
    """Rows between columns of words, below a headline and above a note; sizes in inches."""

    left: Sequence[Column]
    right: Sequence[Column]
    width: float
    height: float
    axis: float
    """The height of the axis."""

    def axes(self, finding: str, context: str, note: str, ax: Axes | None = None) -> Axes:
        """The Axes, or new ones made to measure, with what is written around the columns."""
        left, right = inches_of(self.left), inches_of(self.right)
        across = left + (self.width if ax is None else inches_across(ax)) + right
        headline, note = Headline.of(finding, context, across), wrapped(note, across * POINTS, SMALL)
        if ax is None:
            below = self.axis + height_of(note, SMALL) / POINTS + 0.08
            (ax,) = axes_to_measure(
                [self.width], [self.height], Margins(left + 0.1, right + 0.1, headline.inches, below)
            )
        headline.draw(ax, left)
        note_below(ax, note, left, self.axis)
        return ax
