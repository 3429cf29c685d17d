"""The map of routes: how many bits a route claims, against how many of its answers are about oneself."""

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes

from bayes_self.fit.routes import Route
from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, note_below, text_above
from bayes_self.plots.drawing.lettering import POINTS, height_of, width_of, wrapped
from bayes_self.plots.drawing.palette import GRID, INK, NEITHER_LINE, QUIET, SMALL, TRUE, style
from bayes_self.scenario.wording import plain
from bayes_self.words.numbers import probability_text

_SIDE, _LEFT, _AXIS, _HEADING = 2.5, 0.75, 0.5, 0.3
"""Inches: of a panel; left of the first; the axis below; the heading above."""
_SHARES = (-0.12, 1.12)
"""Ends of the axis of shares: room for names above and below."""
_NOTE = (
    "Right: claims more. Up: answered for oneself; down: answered for the part, so that a role is played. Dot: "
    "posterior mean; lines: 90% intervals. Examples in context at their largest number."
)


def plot_route_map(found: Sequence[Route], source: str) -> list[Axes]:
    """Draw one panel for each model; routes without an ownership are left out."""
    shown = [route for route in found if route.ownership is not None]
    models = list(dict.fromkeys(route.model for route in shown))
    with style():
        across = _LEFT + len(models) * _SIDE + (len(models) - 1) * 0.25
        headline = Headline.of(_finding(shown), source, max(across, 5.0))
        note = wrapped(_NOTE, max(across, 5.0) * POINTS, SMALL)
        below = _AXIS + height_of(note, SMALL) / POINTS + 0.08
        margins = Margins(_LEFT, max(0.2, 5.0 - across), headline.inches + _HEADING, below, 0.25)
        panels = axes_to_measure([_SIDE] * len(models), [_SIDE], margins)
        headline.draw(panels[0], _LEFT - 0.1, _HEADING)
        most = max(route.bits[2] for route in shown)
        for ax, model in zip(panels, models, strict=True):
            ax.set(xlim=(0, most * 1.05), ylim=_SHARES, xlabel="bits that the route claims")
            ax.set_yticks([0, 0.5, 1], ["0", "0.5", "1"] if ax is panels[0] else ["", "", ""])
            ax.grid(color=GRID, linewidth=0.6)
            text_above(ax, model, 4.0, size=SMALL, weight="bold")
            own = [route for route in shown if route.model == model]
            for route, beside in zip(own, _labels(own, most * 1.05), strict=True):
                _draw(ax, route, beside)
        panels[0].set_ylabel("share of answers about oneself", color=QUIET)
        note_below(panels[0], note, _LEFT - 0.1, _AXIS)
    return panels


def _labels(found: Sequence[Route], most: float) -> list[tuple[float, float]]:
    """Where each name stands beside its dot, in points: the first place that no other name or dot has."""
    inch, (low, high) = _SIDE * POINTS, _SHARES
    dots = [
        (route.bits[0] / most * inch, ((route.ownership or (0.0,))[0] - low) / (high - low) * inch) for route in found
    ]
    taken, chosen = [(x - 3, y - 3, x + 3, y + 3) for x, y in dots], []
    for (x, y), route in zip(dots, found, strict=True):
        width = width_of(plain(route.family), SMALL)
        places = [(dx, dy) for dy in (4.0, -12.0, 15.0, -23.0, 26.0, -34.0) for dx in (4.0, -4.0 - width)]
        boxes = {at: (x + at[0], y + at[1], x + at[0] + width, y + at[1] + 9) for at in places}
        free = [
            at for at in places if min(boxes[at][:2]) > 0 and not any(_overlap(boxes[at], other) for other in taken)
        ]
        chosen.append((free or places)[0])
        taken.append(boxes[chosen[-1]])
    return chosen


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _draw(ax: Axes, route: Route, beside: tuple[float, float]) -> None:
    (x, left, right), (y, low, high) = route.bits, route.ownership or (0.0, 0.0, 0.0)
    ax.hlines(y, left, right, color=NEITHER_LINE, linewidth=1.4, zorder=2)
    ax.vlines(x, low, high, color=NEITHER_LINE, linewidth=1.4, zorder=2)
    ax.plot(x, y, "o", color=TRUE, markersize=4.5, zorder=3)
    ax.annotate(
        plain(route.family),
        (x, y),
        xytext=beside,
        textcoords="offset points",
        size=SMALL,
        color=INK,
        zorder=4,
    )


def _finding(found: Sequence[Route]) -> str:
    """The route that claims most, and the one most about oneself, by its mean over the models."""
    families = sorted({route.family for route in found})
    bits = {f: _mean(route.bits[0] for route in found if route.family == f) for f in families}
    owned = {f: _mean((route.ownership or (0.0,))[0] for route in found if route.family == f) for f in families}
    strong = max(bits, key=bits.__getitem__)
    mine, part = max(owned, key=owned.__getitem__), min(owned, key=owned.__getitem__)
    return (
        f"{plain(strong)} claims most ({bits[strong]:.0f} bits); answers after {plain(mine)} are most about oneself "
        f"({probability_text(owned[mine])}), after {plain(part)} most for the part ({probability_text(owned[part])})"
    )


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))
