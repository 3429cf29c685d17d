"""Unknown numbers: what was believed of each before the evidence, and what is believed of it now."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from bayes_self.inference.groups import group, variable
from bayes_self.plots.drawing.columns import Column, Layout, write_left, write_right
from bayes_self.plots.drawing.lettering import wrapped
from bayes_self.plots.drawing.palette import NEITHER_LINE, SMALL, TRUE, style, tint
from bayes_self.plots.drawing.rows import as_rows
from bayes_self.results.inference import inference_finding

if TYPE_CHECKING:
    from bayes_self.inference.inference import Inference
    from bayes_self.inference.priors import Prior

_WIDTH, _ROW, _TOP, _AXIS = 4.6, 0.72, 0.3, 0.46
"""Inches: width of the densities; height of a row, of the headings, of the axis."""
_NOTE = (
    "Filled: the posterior of each number, a histogram of the draws. Line: its prior. The bar below holds 90% of the "
    "posterior, the dot is its mean."
)
_BINS = 60


def plot_unknown(found: "Inference", ax: Axes | None = None) -> Axes:
    """Draw the posterior of each unknown number over its prior, on one scale from 0 to 1.

    Where a number is in bits, every row has a scale of its own: from 0 to 1, or from 0 to the bits at which its prior
    ends.
    """
    question, draws = found.question, group(found.tree, "posterior")
    with style():
        summary = found.summary
        left = [Column("unknown", [wrapped(key, 190.0, SMALL) for key in question.keys])]
        told = [
            [f"{float(summary[variable(key)].sel(summary=which)):.2f}" for which in ("mean", "q05", "q95")]
            for key in question.keys
        ]
        right = [
            Column("mean", [mean for mean, _, _ in told], bold=True),
            Column("90%", [f"{low} to {high}" for _, low, high in told]),
            Column("prior", [str(prior) for prior in question.priors]),
        ]
        height = _TOP + _ROW * len(question.keys)
        ax = Layout(left, right, _WIDTH, height, _AXIS).axes(inference_finding(found), found.scenario.title, _NOTE, ax)
        tops = [max(1.0, prior.bounds[1]) for prior in question.priors]
        as_rows(ax, height, _TOP - 0.04, _axis(question.keys, tops))
        ys = [_TOP + _ROW * (i + 0.8) for i in range(len(question.keys))]
        for key, prior, top, y in zip(question.keys, question.priors, tops, ys, strict=True):
            _ridge(ax, draws[variable(key)].values.ravel(), prior, top, y)
        middles = [y - _ROW * 0.3 for y in ys]
        write_left(ax, left, middles, _TOP - 0.16)
        write_right(ax, right, middles, _TOP - 0.16)
    return ax


def _axis(keys: Sequence[str], tops: Sequence[float]) -> str:
    """What the axis means; a row whose number may be above 1 is drawn in units of its largest."""
    wide = [f"{key}: 0 to {top:g} bits" for key, top in zip(keys, tops, strict=True) if top > 1]
    return "; ".join(["value of the number, 0 to 1"] * (len(wide) < len(keys)) + wide)


def _ridge(ax: Axes, draws: np.ndarray, prior: "Prior", top: float, y: float) -> None:
    """The histogram of the draws upon a base line, its prior as a line, both to one scale."""
    draws = draws / top
    density, edges = np.histogram(draws, np.linspace(0, 1, _BINS + 1), density=True)
    x = np.linspace(0, 1, 201)[1:-1]
    before = prior.density(x * top) * top
    scale = 0.7 * _ROW / max(density.max(), before.max())
    ax.stairs(y - scale * density, edges, baseline=y, fill=True, color=tint(TRUE, 0.55), zorder=2)
    ax.plot(x, y - scale * before, color=NEITHER_LINE, linewidth=1.2, zorder=3)
    q05, q95 = np.quantile(draws, [0.05, 0.95])
    ax.hlines(y + 0.06, q05, q95, color=TRUE, linewidth=2.2, zorder=4)
    ax.plot(draws.mean(), y + 0.06, "o", color=TRUE, markersize=4.5, zorder=5)
