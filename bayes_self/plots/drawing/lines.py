"""Lines against a number: what becomes of a belief, or of a measure, as one thing is varied."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from bayes_self.plots.drawing.canvas import (
    Headline,
    Margins,
    Word,
    axes_to_measure,
    inches_across,
    note_below,
    words_in_a_row,
)
from bayes_self.plots.drawing.end_labels import EndLabel, inches_to_stack, write_end_labels
from bayes_self.plots.drawing.lettering import NO_BREAK, POINTS, height_of, wrapped
from bayes_self.plots.drawing.palette import GRID, INK, SMALL, style
from bayes_self.words.numbers import probability_text

_WIDTH, _ALONE, _LEFT, _AXIS, _HEADING = 3.2, 4.2, 0.6, 0.52, 0.34
"""Inches: width of a panel beside others, and alone; left of the first; the axis below; the heading above."""
_LEAST, _LEAST_STACKED, _BETWEEN = 2.4, 1.25, 0.42
"""Inches: the least height of panels side by side, and one below the other; and what is between these."""
_LABELS = 1.5 * POINTS
"""The widest that labels may become before they are broken into lines."""


@dataclass(frozen=True)
class Line:
    """One line, labelled at its end with its last number."""

    label: str
    y: Sequence[float | int] | np.ndarray
    color: str
    thin: bool = False
    """Thin and dashed: what the others are to be seen against."""
    dot: tuple[float | int, float | int] | None = None
    """A point of the line to be marked with a ring."""


@dataclass(frozen=True)
class Lines:
    """A panel of lines over the same numbers."""

    heading: str
    x: Sequence[float | int]
    lines: Sequence[Line]
    x_label: str
    """What is varied, with its unit."""
    y_label: str = "probability"
    """What is measured, with its unit."""
    ends: tuple[float | int, float | int] = (0.0, 1.0)
    """Of the axis of what is measured."""
    even: bool = False
    """Whether the numbers stand at even distances, whatever is between them."""
    text: Callable[[float], str] = probability_text
    """How numbers are written."""

    @cached_property
    def places(self) -> np.ndarray:
        """Where the numbers stand."""
        return np.arange(len(self.x), dtype=float) if self.even else np.asarray(self.x, dtype=float)

    @cached_property
    def labels(self) -> list[EndLabel]:
        """The labels of its lines."""
        return [
            EndLabel(
                wrapped(f"{line.label}{NO_BREAK}{self.text(float(line.y[-1]))}", _LABELS, SMALL),
                float(line.y[-1]),
                line.color,
                INK,
            )
            for line in self.lines
        ]


def plot_lines(
    panels: Sequence[Lines],
    finding: str,
    context: str = "",
    note: str = "",
    axes: Sequence[Axes] | np.ndarray | None = None,
    *,
    stacked: bool = False,
) -> np.ndarray:
    """Draw panels side by side, or `stacked` over one axis; lines have their labels, with the last number, at the end.

    `finding` becomes the title, `context` stands below it, and `note` below the panels. Returns the Axes.

    Raises:
        ValueError: `axes` are too many or too few.

    """
    with style():
        labels = max(label.points for panel in panels for label in panel.labels) / POINTS
        columns = 1 if stacked else len(panels)
        if axes is None:
            width = _ALONE if columns == 1 else _WIDTH
            across = (_LEFT + width + labels) * columns
            headline = Headline.of(finding, context, across)
            below = _AXIS + height_of(wrapped(note, across * POINTS, SMALL), SMALL) / POINTS + 0.1
            between = _BETWEEN if stacked else labels + _LEFT
            margins = Margins(_LEFT + 0.1, labels + 0.15, headline.inches + _HEADING, below, between)
            axes = axes_to_measure([width] * columns, _heights(panels, stacked), margins)
        elif len(axes) != len(panels):
            raise ValueError(f"{len(panels)} panels are to be drawn, on {len(axes)} axes")
        else:
            across = sum(inches_across(ax) + labels for ax in axes[:columns])
            headline = Headline.of(finding, context, across)
        headline.draw(axes[0], _LEFT, up=_HEADING)
        note_below(axes[-1 if stacked else 0], wrapped(note, across * POINTS, SMALL), _LEFT, _AXIS)
        for ax, panel in zip(axes, panels, strict=True):
            _draw(ax, panel)
            if stacked and ax is not axes[-1]:
                ax.set(xticklabels=[], xlabel="")
    return np.array(axes)


def _heights(panels: Sequence[Lines], stacked: bool) -> list[float]:
    if stacked:
        return [max(_LEAST_STACKED, inches_to_stack(panel.labels)) for panel in panels]
    return [max(_LEAST, *(inches_to_stack(panel.labels) for panel in panels))]


def _draw(ax: Axes, panel: Lines) -> None:
    x = panel.places
    ax.set(xlim=(x[0], x[-1]), ylim=panel.ends, xlabel=panel.x_label, ylabel=panel.y_label)
    if panel.even:
        ax.set_xticks(x, [f"{number:g}" for number in panel.x])
    ticks = [0, 0.5, 1] if panel.ends == (0.0, 1.0) else MaxNLocator(4).tick_values(*panel.ends)
    ticks = [tick for tick in ticks if panel.ends[0] - 1e-9 <= tick <= panel.ends[1] + 1e-9]
    ax.set_yticks(ticks, [f"{tick:g}".replace("-", "−") for tick in ticks])
    ax.hlines(ticks, x[0], x[-1], color=GRID, linewidth=0.6, zorder=0)
    for line in panel.lines:
        looks: dict[str, Any] = {"linewidth": 1.0, "linestyle": (0, (4, 3))} if line.thin else {"linewidth": 2.0}
        marker = "" if line.thin or not panel.even else "o"
        ax.plot(x, line.y, color=line.color, marker=marker, markersize=4.0, clip_on=False, **looks)
        if line.dot is not None:
            ax.plot(*line.dot, "o", color=line.color, markersize=8, markerfacecolor="white", zorder=4, clip_on=False)
    # away from the numbers of the other axis
    ax.tick_params(axis="x", pad=7)
    words_in_a_row(ax, [Word(panel.heading)], up=9.0)
    write_end_labels(ax, panel.labels, float(x[-1]))
