"""The spread of beliefs: how what is believed depends on numbers that nobody knows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from bayes_self.inference.groups import group
from bayes_self.plots.drawing.columns import Column, Layout, write_left, write_right
from bayes_self.plots.drawing.lettering import POINTS, wrapped
from bayes_self.plots.drawing.palette import NEITHER_LINE, SMALL, TRUE, identity_colors, style, tint
from bayes_self.plots.drawing.rows import as_rows
from bayes_self.results.inference import spread_finding
from bayes_self.words.numbers import probability_text

if TYPE_CHECKING:
    from bayes_self.inference.inference import Inference

_WIDTH, _ROW, _TOP, _AXIS, _NAME = 3.8, 0.22, 0.3, 0.46, 2.4 * POINTS
"""Inches: width of the axis; height of a row, of the headings, of the axis; points: the widest name."""
_NOTE = (
    "Thin: where the belief lies at 90% of the draws of the unknown numbers; thick: at half of them. Dot: its mean, "
    "the probability when they are averaged over. Grey: the same before the observations. Identities, and the "
    "likeliest value of each facet."
)


def plot_belief_spread(found: "Inference", ax: Axes | None = None) -> Axes:
    """Draw P(identity), and P(the likeliest value) of each facet, over the draws of the unknown numbers.

    Of several bodies of evidence, the mean belief over them.
    """
    rows = list(_rows(found))
    with style():
        left = [Column("who or what I am", [wrapped(name, _NAME, SMALL) for name, *_ in rows])]
        told = [[probability_text(float(x)) for x in (p.mean(), *np.quantile(p, [0.05, 0.95]))] for _, p, *_ in rows]
        right = [
            Column("mean", [mean for mean, *_ in told], bold=True),
            Column("90% of draws", [f"{low} to {high}" for _, low, high in told]),
        ]
        height = _TOP + _ROW * (len(rows) + 0.5)
        ax = Layout(left, right, _WIDTH, height, _AXIS).axes(spread_finding(found), found.scenario.title, _NOTE, ax)
        as_rows(ax, height, _TOP - 0.04, "probability, given the unknown numbers")
        ys = [_TOP + _ROW * (i + 0.5) for i in range(len(rows))]
        for (_, after, before, color), y in zip(rows, ys, strict=True):
            _spread(ax, before, y + 0.05, NEITHER_LINE, 0.6)
            _spread(ax, after, y - 0.02, color, 1.0)
        write_left(ax, left, ys, _TOP - 0.16)
        write_right(ax, right, ys, _TOP - 0.16)
    return ax


def _spread(ax: Axes, p: np.ndarray, y: float, color: str, scale: float) -> None:
    low, first, third, high = np.quantile(p, [0.05, 0.25, 0.75, 0.95])
    ax.hlines(y, low, high, color=color, linewidth=1.4 * scale, zorder=2)
    ax.hlines(y, first, third, color=tint(color, 0.35), linewidth=4.0 * scale, zorder=3)
    ax.plot(p.mean(), y, "o", color=color, markersize=4.5 * scale, zorder=4, clip_on=False)


def _rows(found: "Inference") -> Iterator[tuple[str, np.ndarray, np.ndarray, str]]:
    """Name, beliefs after and before the observations at every draw, colour."""
    after, before = (_of(found, name) for name in ("beliefs", "prior_beliefs"))
    colors = identity_colors(found.scenario)
    for h, identity in found.scenario.identities.items():
        at = {"identity": h}
        yield identity.label or h, _flat(after.identities.sel(at)), _flat(before.identities.sel(at)), colors[h]
    for facet in found.scenario.facets:
        of_facet = after.facets.sel(facet=facet)
        value = str(of_facet.mean(("chain", "draw")).idxmax("value").values)
        at = {"facet": facet, "value": value}
        yield f"{facet}: {value}", _flat(after.facets.sel(at)), _flat(before.facets.sel(at)), TRUE


def _of(found: "Inference", name: str) -> xr.Dataset:
    believed = group(found.tree, name)
    return believed.mean("evidence") if "evidence" in believed.dims else believed


def _flat(belief: xr.DataArray) -> np.ndarray:
    return belief.values.ravel()
