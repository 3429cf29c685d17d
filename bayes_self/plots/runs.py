"""Many runs: where something settles what they are they agree, and in the void each goes its own way."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

from bayes_self.beliefs.runs import Runs, spread, wins
from bayes_self.plots.drawing.canvas import inches_across
from bayes_self.plots.drawing.columns import Column, Layout, write_left, write_right
from bayes_self.plots.drawing.lettering import POINTS, fitting, wrapped
from bayes_self.plots.drawing.palette import SMALL, identity_colors, readable_on, style
from bayes_self.results.measures import runs_finding
from bayes_self.scenario.wording import called, plain
from bayes_self.words.numbers import percent

_STRIP, _ROW, _BAR, _TOP, _AXIS, _SECTION = 5.4, 0.4, 0.28, 0.32, 0.46, 0.3
"""Inches: width of a strip; height of a row, of a strip, of the headings; of the axis; before the void."""
_NAME = 2.0 * POINTS
_SHADES = ("#4C5D70", "#B08B57", "#8FA3A0", "#7A5C6E", "#C9BFA5", "#5F7357", "#A9B4C2")
"""Colours of the values of a facet, in the order of the scenario; they tell them apart, and say no more."""
_NOTE = (
    "Every column of a strip is a run, coloured by what it believes: the mean of the answers' colours, by their "
    "probabilities. Runs are sorted by the answer that won. Spread: the mean total variation between two runs."
)


def plot_runs(found: Runs, ax: Axes | None = None) -> Axes:
    """Draw every run as a column of colour, a strip for the identity and for each facet, those in the void last."""
    scenario = found.scenario
    with style():
        settled = [facet for facet in scenario.facets if facet not in found.void]
        subjects = ["identity", *settled, *found.void]
        names = ["Who am I?", *(wrapped(plain(facet), _NAME, SMALL) for facet in subjects[1:])]
        left = [Column("", names)]
        right = [Column("spread", [f"{spread(found.of(subject)):.2f}" for subject in subjects])]
        frame = found.case.frame
        n = found.identities.sizes["run"]
        context = f"{n:,} runs of {found.steps} improvised trials" if found.steps else f"{n:,} runs"
        context = ". ".join(filter(None, [scenario.title, f"frame: {frame}" * (frame != "self-model"), context]))
        ys = _middles(len(settled), len(found.void))
        height = ys[-1] + _ROW / 2
        ax = Layout(left, right, _STRIP, height, _AXIS).axes(runs_finding(found), context, _NOTE, ax)
        ax.set(xlim=(0, 1), ylim=(height, 0), yticks=[], xlabel="share of runs")
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "", "0.5", "", "1"])
        for subject, y in zip(subjects, ys, strict=True):
            _strip(ax, found, subject, y)
        write_left(ax, left, ys)
        write_right(ax, right, ys, _TOP - 0.14)
        _sections(ax, ys, len(settled), len(found.void))
    return ax


def _middles(settled: int, void: int) -> list[float]:
    """The middles of the strips: the identity, facets that are settled, and those that are not."""
    starts = [0.0, *[_SECTION] * settled, *[_SECTION * (1 + (settled > 0))] * void]
    return [_TOP + _ROW * (i + 0.5) + start for i, start in enumerate(starts)]


def _sections(ax: Axes, ys: Sequence[float], settled: int, void: int) -> None:
    """What settles the facets below: headings above the strips."""
    above = _ROW / 2 + 0.12
    looks: dict[str, Any] = {"size": SMALL, "weight": "bold", "va": "center"}
    if settled:
        ax.text(0, ys[1] - above, "settled by a fact or a claim", **looks)
    if void:
        ax.text(0, ys[1 + settled] - above, "in the void", **looks)


def _strip(ax: Axes, found: Runs, subject: str, y: float) -> None:
    believed = found.of(subject)
    colors = _colors(found, subject)
    p = believed.values
    winner = p.argmax(-1)
    order = np.lexsort((-p.max(-1), winner))
    image = p[order] @ np.array([to_rgb(color) for color in colors])
    ax.imshow(
        np.clip(image, 0, 1)[None],
        extent=(0, 1, y + _BAR / 2, y - _BAR / 2),
        aspect="auto",
        interpolation="nearest",
        zorder=2,
    )
    start = 0.0
    for answer, won in wins(believed).items():
        share = won / len(p)
        width = share * inches_across(ax) * POINTS - 6
        label = called(found.scenario, answer) if subject == "identity" else plain(answer)
        text = fitting([f"{label} {percent(share)}", label, percent(share)], width, 2 if width > 40 else 1, SMALL)
        behind = image[min(int((start + share / 2) * len(p)), len(p) - 1)]
        ink = readable_on(to_hex(np.clip(behind, 0, 1)))
        ax.text(start + share / 2, y, text, size=SMALL, ha="center", va="center", color=ink, linespacing=1.0, zorder=4)
        start += share


def _colors(found: Runs, subject: str) -> list[str]:
    if subject == "identity":
        return list(identity_colors(found.scenario).values())
    values = found.scenario.facets[subject].values
    return [_SHADES[i % len(_SHADES)] for i in range(len(values))]
