"""Probabilities of answers along one swept number, with a line where the likeliest one changes."""

import numpy as np
import xarray as xr
from jaxtyping import Float
from matplotlib.axes import Axes

from bayes_self.plots.drawing.end_labels import EndLabel, write_end_labels
from bayes_self.plots.drawing.lettering import POINTS, wrapped
from bayes_self.plots.drawing.palette import GRID, INK, QUIET, SMALL
from bayes_self.plots.drawing.phase_cells import is_logarithmic, with_units
from bayes_self.words.numbers import probability_text


def draw_line(ax: Axes, p: xr.DataArray, names: list[str], colors: list[str]) -> None:
    """One line for each answer, labelled at its end with its last probability."""
    key = str(p.dims[0])
    x, values = p[key].values.astype(float), p.values
    ax.set_xscale("log" if is_logarithmic(p[key]) else "linear")
    ax.set(xlim=(x[0], x[-1]), ylim=(0, 1), xlabel=with_units(p[key]), ylabel="probability")
    ax.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    ax.hlines([0, 0.5, 1], x[0], x[-1], color=GRID, linewidth=0.6, zorder=0)
    labels = []
    for i, (name, color) in enumerate(zip(names, colors, strict=True)):
        ax.plot(x, values[:, i], color=color, linewidth=2.0, clip_on=False)
        last = float(np.nan_to_num(values[-1, i]))
        text = wrapped(f"{name}\u00a0{probability_text(last)}", 1.5 * POINTS, SMALL)
        labels.append(EndLabel(text, last, color, INK))
    for place in _changes(x, np.nan_to_num(values)):
        ax.axvline(place, color=QUIET, linewidth=1.0, linestyle=(0, (4, 3)), zorder=1)
    ax.tick_params(axis="x", pad=7)
    write_end_labels(ax, labels, float(x[-1]))


def _changes(x: Float[np.ndarray, " N"], values: Float[np.ndarray, "N A"]) -> list[float]:
    """Where the likeliest answer changes: where the lines of the one before and the one after cross."""
    top, found = values.argmax(-1), []
    for i in np.flatnonzero(np.diff(top)):
        lead = values[[i, i + 1], top[i]] - values[[i, i + 1], top[i + 1]]
        found.append(float(x[i] + (x[i + 1] - x[i]) * lead[0] / (lead[0] - lead[1])))
    return found
