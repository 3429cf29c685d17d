"""A phase diagram: which answer is the likeliest where, paler where it is less sure, with the boundaries drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from scipy.ndimage import distance_transform_edt

from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, note_below, text_above
from bayes_self.plots.drawing.lettering import POINTS, height_of, width_of, wrapped
from bayes_self.plots.drawing.palette import INK, NORMAL, SMALL, identity_colors, style
from bayes_self.plots.drawing.phase_cells import is_logarithmic, on_a_grid, with_units
from bayes_self.plots.drawing.phase_line import draw_line
from bayes_self.results.sweep import sweep_finding
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import called, plain
from bayes_self.words.sentences import capital

_WIDE, _BESIDE, _HIGH, _LINE_HIGH = 5.2, 2.7, 4.2, 2.6
"""Inches: width of a map alone, and beside others; heights of a map, and of lines."""
_MOST = 3
"""Panels side by side."""
_LARGEST = 1200
"""Cells along an axis that a picture can show; of more, every so many-th is drawn."""
_VALUES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#882255", "#999933")
"""Colours of the values of a facet, in the order of the file."""


@dataclass(frozen=True)
class Answers:
    """What may be likeliest: names for people, and colours."""

    names: list[str]
    colors: list[str]


@dataclass(frozen=True)
class _Panel:
    title: str
    p: xr.DataArray
    """Dims: the numbers on the axes (y, x), then `answer`."""


def plot_phase(found: xr.Dataset, scenario: Scenario, subject: str = "identity") -> np.ndarray | None:
    """Draw the likeliest answer over one or two swept numbers; further keys are sliced into panels.

    Names, and numbers beyond the second, become panels, at most three: of a number its least, middle and largest value;
    keys beyond that are at their middle value. Between quasi-random points over one or two numbers is what lies
    between them. Returns the Axes, or None where there is no number to draw over, or more than two of a sample.

    Args:
        found: what `bs.sweep` returns.
        scenario: the scenario that was swept.
        subject: "identity", or a facet.

    """
    p, answers = _asked(found, scenario, subject)
    shares = _shares(p, answers)
    if "point" in p.dims:
        p = on_a_grid(found, p)
        if p is None:
            return None
    keys = [str(dim) for dim in p.dims if dim != "answer"]
    numbers = [key for key in keys if p[key].dtype.kind in "iuf" and p.sizes[key] > 1][:2]
    if not numbers:
        return None
    panels, fixed = _slices(p.transpose(*numbers[::-1], ..., "answer"), [key for key in keys if key not in numbers])
    panels = [replace(panel, p=_thinned(panel.p)) for panel in panels]
    context = ". ".join(filter(None, [scenario.title, _conditions(found, fixed)]))
    of, where = "identity" if subject == "identity" else plain(subject), "map" if len(numbers) == 2 else "range"
    finding = capital(sweep_finding(shares, of, where))
    with style():
        return _draw(panels, answers, finding, context)


def _asked(found: xr.Dataset, scenario: Scenario, subject: str) -> tuple[xr.DataArray, Answers]:
    if subject == "identity":
        of = identity_colors(scenario)
        names = [str(name) for name in found["identity"].values]
        p = found["identities"].rename(identity="answer")
        return p, Answers([called(scenario, name) for name in names], [of[name] for name in names])
    p = found["facets"].sel(facet=subject).rename(value="answer")
    values = [str(value) for value in p["answer"].values]
    return p, Answers(values, [_VALUES[i % len(_VALUES)] for i in range(len(values))])


def _conditions(found: xr.Dataset, fixed: str) -> str:
    frame = str(found.attrs.get("frame", "self-model"))
    evidence = "Expected evidence" if found.attrs.get("evidence") == "expected" else "One evidence for all points"
    return ". ".join(filter(None, [evidence, fixed, f"Frame: {frame}" * (frame != "self-model")]))


def _slices(p: xr.DataArray, others: Sequence[str]) -> tuple[list[_Panel], str]:
    """Panels along the first of the other keys; the rest at their middle value, which the words tell."""
    fixed = []
    for key in others[1:]:
        middle = p.sizes[key] // 2
        fixed.append(f"{key} = {_text(p[key].values[middle])}")
        p = p.isel({key: middle})
    if not others:
        return [_Panel("", p)], ""
    n = p.sizes[others[0]]
    at = range(n) if n <= _MOST else (0, n // 2, n - 1)
    panels = [_Panel(f"{others[0]} = {_text(p[others[0]].values[i])}", p.isel({others[0]: i})) for i in at]
    return panels, f"At {', '.join(fixed)}" if fixed else ""


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float | np.floating) else str(value)


def _thinned(p: xr.DataArray) -> xr.DataArray:
    return p.isel({dim: slice(None, None, -(-n // _LARGEST)) for dim, n in p.sizes.items() if dim != "answer"})


def _shares(p: xr.DataArray, answers: Answers) -> dict[str, float]:
    values = p.transpose(..., "answer").values.reshape(-1, len(answers.names))
    values = values[np.isfinite(values).all(1)]
    counts = np.bincount(values.argmax(1), minlength=len(answers.names)) / max(len(values), 1)
    return dict(zip(answers.names, counts.tolist(), strict=True))


def _draw(panels: list[_Panel], answers: Answers, finding: str, context: str) -> np.ndarray:
    is_map = panels[0].p.ndim == 3
    wide = (_WIDE if is_map else 4.4) if len(panels) == 1 else _BESIDE
    left, between, titles = 0.75, 0.25, 0.25 if panels[0].title else 0.0
    across = left + wide * len(panels) + between * (len(panels) - 1)
    headline = Headline.of(finding, context, across)
    words = (
        "Colour: the likeliest answer, white where it is no surer than chance. Lines: where the likeliest one changes."
        if is_map
        else "Dashed lines: where the likeliest answer changes."
    )
    note = wrapped(words, across * POINTS, SMALL)
    below = 0.6 + height_of(note, SMALL) / POINTS
    right = 0.15 if is_map else 1.9
    margins = Margins(left, right, headline.inches + titles, below, between if is_map else between + 1.7)
    axes = axes_to_measure([wide] * len(panels), [_HIGH if is_map else _LINE_HIGH], margins)
    headline.draw(axes[0], left, up=titles)
    note_below(axes[0], note, left, 0.55)
    for k, (ax, panel) in enumerate(zip(axes, panels, strict=True)):
        (_map if is_map else draw_line)(ax, panel.p, answers.names, answers.colors)
        if panel.title:
            text_above(ax, panel.title, 5.0, size=NORMAL, color=INK)
        if k and is_map:
            ax.set(yticklabels=[], ylabel="")
    return np.array(axes)


def _map(ax: Axes, p: xr.DataArray, names: list[str], colors: list[str]) -> None:
    """The likeliest answer as a colour, and a line around where it is the likeliest."""
    y_key, x_key = (str(dim) for dim in p.dims[:2])
    values, y, x = p.values, p[y_key].values, p[x_key].values
    ax.set_xscale("log" if is_logarithmic(p[x_key]) else "linear")
    ax.set_yscale("log" if is_logarithmic(p[y_key]) else "linear")
    possible = np.isfinite(values).all(-1)
    top = np.where(possible, np.nan_to_num(values).argmax(-1), -1)
    chance = 1 / values.shape[-1]
    sure = np.clip((np.nan_to_num(values).max(-1) - chance) / (1 - chance), 0, 1)[..., None]
    paint = np.array([to_rgb(color) for color in colors])[top] * sure + (1 - sure)
    paint[~possible] = 0.8
    ax.pcolormesh(x, y, paint, shading="nearest", rasterized=True)
    for i in range(len(names)):
        rivals = np.delete(values, i, -1).max(-1) if values.shape[-1] > 1 else np.zeros(values.shape[:-1])
        lead = np.where(possible, values[..., i] - rivals, np.nan)
        if np.nanmin(lead) < 0 < np.nanmax(lead):
            ax.contour(x, y, lead, levels=[0], colors=INK, linewidths=1.3)
    for i, (name, color) in enumerate(zip(names, colors, strict=True)):
        _name(ax, x, y, top == i, name, color)
    ax.set(xlabel=with_units(p[x_key]), ylabel=with_units(p[y_key]))
    ax.tick_params(length=2.5, width=0.6)


def _name(ax: Axes, x: np.ndarray, y: np.ndarray, mask: np.ndarray, name: str, color: str) -> None:
    """An answer's name where it has most room, framed in its colour, in lines as narrow as the room there asks."""
    if mask.mean() < 0.02:
        return
    wide, high = (size * POINTS / n for size, n in zip(_inches(ax), mask.shape[::-1], strict=True))
    depth = distance_transform_edt(np.pad(mask, 1), sampling=(high, wide))[1:-1, 1:-1]  # type: ignore[index]
    row, column = np.unravel_index(int(depth.argmax()), depth.shape)
    outside = np.flatnonzero(~mask[row])
    before, after = outside[outside < column].max(initial=-1), outside[outside > column].min(initial=len(x))
    text = wrapped(name, max((after - before - 1) * wide - 2 * _FRAME, _longest_word(name)), SMALL, "bold")
    half = width_of(text, SMALL, "bold") / 2 + 2 * _FRAME
    middle = float(np.clip((column + 0.5) * wide, half, len(x) * wide - half)) / wide - 0.5
    frame = {"boxstyle": "round,pad=0.25", "facecolor": (1, 1, 1, 0.85), "edgecolor": color, "linewidth": 1.4}
    at = float(np.interp(middle, np.arange(len(x)), x))
    ax.text(at, y[row], text, ha="center", va="center", size=SMALL, weight="bold", color=INK, bbox=frame)


_FRAME = 3.0
"""Points between a name and its frame."""


def _longest_word(name: str) -> float:
    return max(width_of(word, SMALL, "bold") for word in name.split())


def _inches(ax: Axes) -> tuple[float, float]:
    size, figure = ax.get_window_extent(), ax.get_figure(root=True)
    assert figure is not None
    return float(size.width / figure.dpi), float(size.height / figure.dpi)
