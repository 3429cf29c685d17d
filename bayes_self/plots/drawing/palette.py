"""One colour per identity and per stream, the same in every plot, and the style that all plots share.

Identities have the saturated colours that Okabe and Ito chose to be told apart by everybody (Wong, Nature Methods
8:441, 2011), continued by Tol's; streams have earths and greys, one hue for each kind, so that a stream is never
taken for an identity.
"""

import colorsys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
from matplotlib.colors import to_hex, to_rgb

from bayes_self.scenario import Scenario
from bayes_self.scenario.parts import masked

_IDENTITIES = (
    *("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"),
    # Okabe and Ito's yellow and black are left for last: pale as a line, and mistaken for text
    *("#332288", "#882255", "#999933", "#44AA99", "#F0E442", "#000000"),
)
_STREAMS = {
    "pretraining": "#9C9A94",
    "spec": "#B08235",
    "rl": "#5F6B5A",
    "introspection": "#8A6F80",
}

INK = "#262626"
QUIET = "#6B6B6B"
"""Text that is not the message; still 5 to 1 against white."""
GRID = "#E4E4E4"
TRUE = "#3B4A59"
"""A value that is true in the world."""
TOLD = _STREAMS["spec"]
"""A value that was claimed, and is no fact of the world."""
TOLD_TEXT = "#80591A"
"""The same for text, dark enough to read."""
NEITHER = "#C4C4C4"
"""A value that is neither."""
NEITHER_LINE = "#939393"
"""The same for a line, which a pale grey would lose."""

SMALL, NORMAL, LARGE = 8.0, 9.0, 12.0
"""Sizes of text in points; nothing is smaller."""

_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": NORMAL,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "axes.labelsize": SMALL,
    "axes.linewidth": 0.6,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "figure.dpi": 100,
    "xtick.color": QUIET,
    "xtick.labelsize": SMALL,
    "ytick.color": QUIET,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "lines.solid_capstyle": "round",
    "svg.hashsalt": "bayes_self",
    "svg.fonttype": "path",
}


@contextmanager
def style() -> Iterator[None]:
    """The look of all plots, for as long as one is drawn or written; the user's settings come back afterwards."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        yield


def identity_colors(scenario: Scenario) -> dict[str, str]:
    """{self-model: colour}. An identity has the colour of its place in the scenario.

    A mask's colour lies between those of its two identities, nearer to the one beneath.
    """
    colors = {identity: _identity_color(i) for i, identity in enumerate(scenario.identities)}
    pairs = scenario.masks.pairs(colors) if scenario.masks else ()
    return colors | {masked(g, h): _between(colors[g], colors[h]) for g, h in pairs}


def _between(one: str, other: str) -> str:
    red, green, blue = (0.65 * a + 0.35 * b for a, b in zip(to_rgb(one), to_rgb(other), strict=True))
    return to_hex((red, green, blue))


def stream_colors(scenario: Scenario) -> dict[str, str]:
    """{stream: colour}: a hue for each kind, a lighter shade for each further stream of the kind."""
    seen: Counter[str] = Counter()
    colors = {}
    for name, stream in scenario.streams.items():
        colors[name] = tint(_STREAMS[stream.kind], min(0.25 * seen[stream.kind], 0.6))
        seen[stream.kind] += 1
    return colors


def tint(color: str, share: float) -> str:
    """The colour mixed with so much white."""
    red, green, blue = (c + (1 - c) * share for c in to_rgb(color))
    return to_hex((red, green, blue))


def dark(color: str) -> str:
    """The colour, dark enough for small text on white."""
    red, green, blue = to_rgb(color)
    return to_hex((red * 0.7, green * 0.7, blue * 0.7))


def readable_on(color: str) -> str:
    """White or ink, whichever contrasts more (WCAG relative luminance)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#FFFFFF" if luminance < 0.25 else INK


def _identity_color(i: int) -> str:
    """The palette's colour, and beyond its end hues a golden angle apart, so that neighbours never look alike."""
    if i < len(_IDENTITIES):
        return _IDENTITIES[i]
    beyond = i - len(_IDENTITIES)
    return to_hex(colorsys.hls_to_rgb((0.1 + beyond * 0.618034) % 1, (0.35, 0.55)[beyond % 2], 0.55))
