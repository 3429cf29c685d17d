"""Figures made to measure: sizes and margins in inches, so that nothing is cut and nothing overlaps.

They are made without pyplot, which would keep every figure alive until it is closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bayes_self.plots.drawing.lettering import POINTS, balanced, height_of, width_of, wrapped
from bayes_self.plots.drawing.palette import INK, LARGE, NORMAL, QUIET, SMALL, style

_DOTS_IN_NOTEBOOKS = 130

FINDING = "finding"
"""The group id of the text that states the finding; in an SVG file its element's id."""


@dataclass(frozen=True)
class Margins:
    """What is left free around the Axes, and between them, in inches."""

    left: float
    right: float
    above: float
    below: float
    between: float = 0.0


class ShownFigure(Figure):
    """A figure that a notebook shows; it asks pyplot's figures only, unless they tell it themselves."""

    def _repr_png_(self) -> bytes:
        picture = BytesIO()
        with style():
            self.savefig(picture, format="png", dpi=_DOTS_IN_NOTEBOOKS, bbox_inches="tight")
        return picture.getvalue()


def axes_to_measure(widths: Sequence[float], heights: Sequence[float], margins: Margins) -> list[Axes]:
    """Axes side by side (several widths) or stacked (several heights), in inches, on a new figure."""
    across = margins.left + sum(widths) + margins.right + margins.between * (len(widths) - 1)
    down = margins.above + sum(heights) + margins.below + margins.between * (len(heights) - 1)
    figure = ShownFigure(figsize=(across, down), facecolor="white")
    FigureCanvasAgg(figure)
    axes, y = [], down - margins.above
    for height in heights:
        y, x = y - height, margins.left
        for width in widths:
            axes.append(figure.add_axes((x / across, y / down, width / across, height / down)))
            x += width + margins.between
        y -= margins.between
    return axes


def inches_across(ax: Axes) -> float:
    """The width of the Axes in inches."""
    return ax.bbox.width / ax.get_figure(root=True).dpi  # type: ignore[union-attr]


def inches_down(ax: Axes) -> float:
    """The height of the Axes in inches."""
    return ax.bbox.height / ax.get_figure(root=True).dpi  # type: ignore[union-attr]


@dataclass(frozen=True)
class Headline:
    """A finding in bold, and below it what it is a finding of; broken into lines of one width."""

    finding: str
    context: str

    @classmethod
    def of(cls, finding: str, context: str, inches: float) -> "Headline":
        """The headline in lines of at most so many inches."""
        width = inches * POINTS
        return cls(balanced(finding, width, LARGE, "bold"), wrapped(context, width, NORMAL))

    @property
    def inches(self) -> float:
        """Its height."""
        return (height_of(self.finding, LARGE) + height_of(self.context, NORMAL) + 14) / POINTS

    def draw(self, ax: Axes, left: float = 0.0, up: float = 0.0) -> None:
        """Write it so many inches left of and above the upper left corner of the Axes."""
        above, along = up * POINTS + 6, -left * POINTS
        text_above(ax, self.context, above, along, size=NORMAL, color=QUIET)
        above += height_of(self.context, NORMAL) + 3
        text_above(ax, self.finding, above, along, size=LARGE, weight="bold", color=INK, gid=FINDING)


def finding_on(ax: Axes) -> str:
    """The finding that a plot states, in one line: of its first Axes, "" if there is none."""
    return next((text.get_text().replace("\n", " ") for text in ax.texts if text.get_gid() == FINDING), "")


def text_above(ax: Axes, text: str, up: float, along: float = 0.0, **looks: Any) -> None:
    """Text so many points above the upper left corner of the Axes, and so many to its right."""
    ax.annotate(
        text,
        (0, 1),
        xycoords="axes fraction",
        xytext=(along, up),
        textcoords="offset points",
        va="bottom",
        linespacing=1.1,
        annotation_clip=False,
        **looks,
    )


@dataclass(frozen=True)
class Word:
    """A word, or a few, of one colour."""

    text: str
    color: str = INK

    @property
    def size(self) -> float:
        """Ink is for headings; colours are small print."""
        return NORMAL if self.color == INK else SMALL


def words_in_a_row(ax: Axes, words: Sequence[Word], y: float | None = None, up: float = 0.0) -> None:
    """Words side by side, so many points above the Axes, or above `y`: a heading that is its own key of colours."""
    along = 0.0
    for word in words:
        ax.annotate(
            word.text,
            (0, 1 if y is None else y),
            xycoords="axes fraction" if y is None else ("axes fraction", "data"),
            xytext=(along, up),
            textcoords="offset points",
            size=word.size,
            weight="bold",
            color=word.color,
            annotation_clip=False,
            # a line may run below the words
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )
        along += width_of(word.text, word.size, "bold") + 8


def note_below(ax: Axes, note: str, left: float = 0.0, down: float = 0.0) -> None:
    """A note in small print, so many inches left of and below the Axes' lower left corner."""
    ax.annotate(
        note,
        (0, 0),
        xycoords="axes fraction",
        xytext=(-left * POINTS, -down * POINTS),
        textcoords="offset points",
        size=SMALL,
        color=QUIET,
        va="top",
        annotation_clip=False,
    )
