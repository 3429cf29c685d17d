"""Columns of words to the left and right of the Axes, as wide as their widest cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes

from bayes_self.plots.drawing.lettering import POINTS, width_of
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
