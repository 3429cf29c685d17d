"""An axis of bits on which what is too large to show, or infinite, is marked with an arrow at the edge."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.axes import Axes

from bayes_self.plots.drawing.canvas import inches_across
from bayes_self.plots.drawing.lettering import POINTS, width_of
from bayes_self.plots.drawing.palette import GRID, INK, QUIET, SMALL
from bayes_self.words.numbers import bits_text

_ROOM = 1.22
"""How far the axis reaches beyond the largest bits shown, so that numbers have room."""


def reach(bits: Iterable[float], most: float) -> tuple[float, float]:
    """The least and the largest bits to show: 0, and all that is finite and not beyond `most`; infinity is there."""
    every = [b for b in bits if not math.isnan(b)]
    low = max(min([0.0, *every]), -most)
    high = min(max([0.0, *every]), most)
    return (low, high) if high - low > 1e-9 else (0.0, 1.0)


def as_bits(
    ax: Axes, ends: tuple[float, float], height: float, top: float, label: str, gap: tuple[float, float] | None = None
) -> None:
    """Make the Axes a page of rows: bits across, inches down; its grid begins at `top`, and leaves a gap for words."""
    low, high = ends
    margin = (high - low) * (_ROOM - 1)
    ax.set(xlim=(low - margin * (low < 0), high + margin), ylim=(height, 0), yticks=[], xlabel=label)
    ticks = [t for t in ax.get_xticks() if low - 1e-9 <= t <= high + 1e-9]
    ax.set_xticks(ticks, [f"{t:g}".replace("-", "−") for t in ticks])
    upright(ax, ticks, (top, height), gap, color=GRID, linewidth=0.6, zorder=0)
    upright(ax, [0.0], (top, height), gap, color=QUIET, linewidth=0.8, zorder=1)


def upright(
    ax: Axes, xs: Sequence[float], between: tuple[float, float], gap: tuple[float, float] | None, **looks: Any
) -> None:
    """Vertical lines, broken where words stand."""
    top, bottom = between
    for start, end in [(top, gap[0]), (gap[1], bottom)] if gap else [(top, bottom)]:
        ax.vlines(xs, start, end, **looks)


def clipped(bits: float, ends: tuple[float, float]) -> float:
    """The place of bits on the axis; 0 where they are not defined."""
    return 0.0 if math.isnan(bits) else min(max(bits, ends[0]), ends[1])


def is_clipped(bits: float, ends: tuple[float, float]) -> bool:
    """Whether bits lie beyond the axis' ends."""
    return not math.isnan(bits) and not (ends[0] <= bits <= ends[1])


def number_beside(ax: Axes, y: float, at: float, bits: float, text: str = "", after: float = 5.0) -> None:
    """The number beside the end of its bar, on the side away from zero."""
    right = bits >= 0 or math.isnan(bits)
    text = text or bits_text(bits)
    ax.annotate(
        text,
        (at, y),
        xytext=(after if right else -after, 0),
        textcoords="offset points",
        ha="left" if right else "right",
        va="center",
        size=SMALL,
        color=INK,
        zorder=4,
    )


def room_for(ax: Axes, text: str) -> float:
    """The width of a text in units of the axis."""
    low, high = ax.get_xlim()
    return width_of(text, SMALL) / POINTS / inches_across(ax) * (high - low)
