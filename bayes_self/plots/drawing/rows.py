"""Beliefs as rows: a bar for an identity, a stacked bar for a facet, each with its prior as a thin bar below.

The y axis of these plots runs downwards in inches, so that a row is as high as its text needs.
"""

from collections.abc import Mapping
from typing import Any

import xarray as xr
from matplotlib.axes import Axes

from bayes_self.beliefs.labels import values_of
from bayes_self.plots.drawing.canvas import inches_across
from bayes_self.plots.drawing.lettering import POINTS, fitting, height_of, width_of
from bayes_self.plots.drawing.palette import GRID, INK, SMALL, identity_colors, readable_on, tint
from bayes_self.plots.drawing.standing import color_of
from bayes_self.results.self_models import NOBODY, label
from bayes_self.results.standing import Standing
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import plain
from bayes_self.words.numbers import probability_text

BAR, GHOST, AIR = 0.27, 0.055, 0.02
"""Heights in inches: a facet's belief, its prior, what is between."""
THIN_BAR = 0.19
"""Height in inches of an identity's belief."""
_BETWEEN = 0.1
"""Inches between rows."""
_FADE = 0.35
"""How much paler the prior is."""
_READABLE = 34.0
"""The fewest points across on which a name, broken into two lines, is not a puzzle."""


def likeliest_first(identities: xr.DataArray) -> list[str]:
    """The identities by falling probability; equal ones in the scenario's order."""
    names = [str(name) for name in identities["identity"].values]
    return sorted(names, key=lambda name: -float(identities.sel(identity=name)))


def as_rows(ax: Axes, height: float, top: float, label: str = "probability") -> None:
    """Make the Axes a page of rows: 0 to 1 across, inches down; its grid begins at `top`."""
    ax.set(xlim=(0, 1), ylim=(height, 0), yticks=[])
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "", "0.5", "", "1"])
    ax.set_xlabel(label)
    ax.vlines([0, 0.25, 0.5, 0.75, 1], top, height, color=GRID, linewidth=0.6, zorder=0)


def identity_row(ax: Axes, y: float, scenario: Scenario, identity: str, p: float, prior: float) -> None:
    """One identity's probability as a bar that ends in its number; `y` is the middle of the bar."""
    color = identity_colors(scenario)[identity]
    ax.barh(y, p, THIN_BAR, color=color, zorder=2)
    ax.barh(y + (THIN_BAR + GHOST) / 2 + AIR, prior, GHOST, color=tint(color, _FADE), zorder=2)
    text = probability_text(p)
    room = (1 - p) * inches_across(ax) * POINTS > width_of(text, SMALL) + 6
    ax.annotate(
        text,
        (p, y),
        xytext=(3 if room else -3, 0),
        textcoords="offset points",
        ha="left" if room else "right",
        va="center",
        size=SMALL,
        color=INK if room else readable_on(color),
        zorder=4,
    )


def facet_row(ax: Axes, y: float, standing: Standing, now: Mapping[str, float], prior: Mapping[str, float]) -> None:
    """One facet's values side by side, named where there is room; `y` is the middle of the bar."""
    top = max(now, key=lambda value: now[value])
    colors = {value: color_of(standing, value, likeliest=value == top) for value in now}
    _stack(ax, y, BAR, colors, now)
    _stack(ax, y + (BAR + GHOST) / 2 + AIR, GHOST, {v: tint(c, _FADE) for v, c in colors.items()}, prior)
    start = 0.0
    for value, p in now.items():
        width = p * inches_across(ax) * POINTS - 5
        number = probability_text(p)
        names = [f"{plain(value)} {number}", plain(value), number] if value == top else [plain(value), number]
        ax.text(
            start + p / 2,
            y,
            fitting(names, width, 2 if width >= _READABLE else 1, SMALL),
            ha="center",
            va="center",
            size=SMALL,
            linespacing=1.0,
            color=readable_on(colors[value]),
            zorder=4,
        )
        start += p


def self_models_row(
    ax: Axes, y: float, scenario: Scenario, now: Mapping[str, float], prior: Mapping[str, float]
) -> None:
    """Who is beneath, or who is worn, side by side, each in the identity's colour; no mask is pale."""
    colors = {NOBODY: GRID} | identity_colors(scenario)
    _stack(ax, y, BAR, {name: colors[name] for name in now}, now)
    _stack(ax, y + (BAR + GHOST) / 2 + AIR, GHOST, {name: tint(colors[name], _FADE) for name in prior}, prior)
    start = 0.0
    for name, p in now.items():
        width = p * inches_across(ax) * POINTS - 5
        number, said = probability_text(p), label(scenario, name)
        text = fitting([f"{said} {number}", said, number], width, 2 if width >= _READABLE else 1, SMALL)
        look: dict[str, Any] = {"ha": "center", "va": "center", "size": SMALL, "linespacing": 1.0, "zorder": 4}
        ax.text(start + p / 2, y, text, color=readable_on(colors[name]), **look)
        start += p


def beside(ax: Axes, y: float, text: str, points: float, **looks: Any) -> None:
    """Text at a distance in points from the right edge of the bars, or from the left edge where it is negative."""
    options = {"ha": "left" if points >= 0 else "right", "va": "center", "size": SMALL, "linespacing": 1.1}
    ax.annotate(
        text,
        (1 if points >= 0 else 0, y),
        xycoords=("axes fraction", "data"),
        xytext=(points, 0),
        textcoords="offset points",
        annotation_clip=False,
        **{**options, **looks},
    )


def row_height(*texts: str, facet: bool) -> float:
    """Inches: as high as the bars, or as the highest of the texts beside them, with some air."""
    bars = (BAR if facet else THIN_BAR) + AIR + GHOST
    return max(bars, *(height_of(text, SMALL) / POINTS for text in texts)) + _BETWEEN


def middle_of(top: float, height: float) -> float:
    """Where a row's bar has its middle, a little above the row's own because of the prior below."""
    return top + (height - AIR - GHOST) / 2


def facet_beliefs(facets: xr.DataArray, scenario: Scenario) -> dict[str, dict[str, float]]:
    """{facet: {value: probability}}, in the scenario's order."""
    return {facet: values_of(facets, facet) for facet in scenario.facets}


def _stack(ax: Axes, y: float, height: float, colors: Mapping[str, str], shares: Mapping[str, float]) -> None:
    start = 0.0
    for value, p in shares.items():
        ax.barh(y, p, height, left=start, color=colors[value], edgecolor="white", linewidth=0.7, zorder=2)
        start += p
