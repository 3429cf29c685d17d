"""Labels at the right ends of lines, in place of a legend, moved apart where they would overlap."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from bayes_self.plots.drawing.canvas import inches_down
from bayes_self.plots.drawing.lettering import POINTS, height_of, spread, width_of
from bayes_self.plots.drawing.palette import SMALL

LEADER = 16.0
"""Points from the last point of a line to its label, across which a thin line leads."""
AIR = 2.0
"""Points between labels."""
_OVER = 5.0
"""Points by which labels may stand out above and below the Axes."""


@dataclass(frozen=True)
class EndLabel:
    """What to write at the end of a line."""

    text: str
    y: float
    """Where the line ends."""
    color: str
    """Of the line."""
    ink: str
    """Of the text."""
    weight: str = "normal"

    @property
    def points(self) -> float:
        """Its width, with the leader."""
        return LEADER + width_of(self.text, SMALL, self.weight)


def inches_to_stack(labels: Sequence[EndLabel]) -> float:
    """The height in inches at which labels fit above each other."""
    return sum(height_of(label.text, SMALL) + AIR for label in labels) / POINTS


def write_end_labels(ax: Axes, labels: Sequence[EndLabel], end: float | int) -> None:
    """Write labels to the right of lines that end at x = `end`; on linear axes whose limits are set."""
    points = inches_down(ax) * POINTS
    low, high = ax.get_ylim()
    wanted = [(label.y - low) / (high - low) * points for label in labels]
    heights = [height_of(label.text, SMALL) + AIR for label in labels]
    for label, at, place in zip(labels, wanted, spread(wanted, heights, -_OVER, points + _OVER), strict=True):
        ax.annotate(
            label.text,
            (end, label.y),
            xytext=(LEADER, place - at),
            textcoords="offset points",
            va="center",
            size=SMALL,
            weight=label.weight,
            color=label.ink,
            linespacing=1.1,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": label.color,
                "linewidth": 0.7,
                "shrinkA": 0,
                "shrinkB": 3,
                "relpos": (0, 0.5),
            },
        )
