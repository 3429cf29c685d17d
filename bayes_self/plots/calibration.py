"""Calibration: how far the ranks of true numbers are from uniform, against what chance allows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, note_below, text_above
from bayes_self.plots.drawing.lettering import POINTS, height_of, wrapped
from bayes_self.plots.drawing.palette import GRID, NORMAL, SMALL, TRUE, style

if TYPE_CHECKING:
    from bayes_self.inference.calibration import Calibration

_WIDTH, _HEIGHT, _LEFT, _AXIS, _HEADING = 2.3, 1.8, 0.75, 0.5, 0.3
"""Inches: of a panel; left of the first; the axis below; the heading above."""
_WIDEST = 3
"""Panels in a row at most, before they are stacked."""
_NOTE = (
    "Line: the cumulative distribution of the rank of the true number among the posterior draws, minus the uniform "
    "one. Grey: where it stays in 95 of 100 calibrations of an inference that is right."
)


def plot_calibration(found: "Calibration", axes: Sequence[Axes] | np.ndarray | None = None) -> Sequence[Axes]:
    """Draw the ranks of each number against the uniform distribution, a panel for each; returns the Axes."""
    with style():
        stacked = len(found.keys) > _WIDEST
        across = _LEFT + _WIDTH * (1 if stacked else len(found.keys)) + 0.5 * (0 if stacked else len(found.keys) - 1)
        headline = Headline.of(finding(found), f"{len(found.ranks):,} simulations", max(across, 5.0))
        note = wrapped(_NOTE, max(across, 5.0) * POINTS, SMALL)
        if axes is None:
            below = _AXIS + height_of(note, SMALL) / POINTS + 0.08
            margins = Margins(_LEFT, max(0.15, 5.0 - across), headline.inches + _HEADING, below, 0.65)
            shape = ([_WIDTH], [_HEIGHT] * len(found.keys)) if stacked else ([_WIDTH] * len(found.keys), [_HEIGHT])
            axes = axes_to_measure(*shape, margins)
        headline.draw(axes[0], _LEFT, _HEADING)
        note_below(axes[-1 if stacked else 0], note, _LEFT, _AXIS)
        limit = 1.15 * max(float(np.abs(each).max()) for band in found.bands.values() for each in band[1:])
        for i, (ax, key) in enumerate(zip(axes, found.keys, strict=True)):
            band = found.bands[key]
            ax.fill_between(band.x, band.lower, band.upper, color=GRID, zorder=1, linewidth=0)
            ax.plot(band.x, band.difference, color=TRUE, linewidth=1.4, zorder=2, drawstyle="steps-post")
            ax.set(xlim=(0, 1), ylim=(-limit, limit))
            ax.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
            text_above(ax, key, 4.0, size=SMALL, weight="bold")
            if i == 0:
                ax.set_ylabel("distribution − uniform", size=NORMAL)
            if stacked and i < len(found.keys) - 1:
                continue
            ax.set_xlabel("rank of the true number, share of draws")
    return list(axes)


def finding(found: "Calibration") -> str:
    """Which numbers' ranks leave the band."""
    outside = [key for key, band in found.bands.items() if not band.holds]
    if not outside:
        which = "the true number" if len(found.keys) == 1 else "every true number"
        return f"The ranks of {which} are as uniform as chance lets them be"
    return f"The ranks of {' and '.join(outside)} are not uniform: its posteriors are not to be trusted"
