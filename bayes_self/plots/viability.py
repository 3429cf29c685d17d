"""What each identity keeps running into: probes by identities, in bits a trial, and the bill."""

import math
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Rectangle

from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, inches_across, note_below
from bayes_self.plots.drawing.columns import Column, inches_of, write_left
from bayes_self.plots.drawing.lettering import POINTS, height_of, width_of, wrapped
from bayes_self.plots.drawing.palette import INK, QUIET, SMALL, dark, identity_colors, readable_on, stream_colors, style
from bayes_self.results.measures import ByProbe, most_viable_first, viability_finding
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import called, plain
from bayes_self.words.numbers import bits_text

_CELL, _ROW, _GAP = 0.86, 0.26, 0.16
"""Inches: width of a cell, height of a row, space around the two rows that sum up."""
_DARKEST = 4.0
"""Bits a trial at which cells are darkest: what is expected happens once in sixteen times (an argument)."""
_COSTLY = LinearSegmentedColormap.from_list("costly", ["#FFFFFF", "#F3C9A5", "#B5493A", "#5B1A1A"])
_NOTE = (
    "How much more one who is certain of an identity is surprised by a first trial than need be. The bill: bits over "
    "all trials for one who keeps the identity and learns the facets. ∞: it rules out what happens."
)


def plot_viability(
    identities: Mapping[str, float | None],
    by_probe: ByProbe,
    cumulative: Mapping[str, float],
    scenario: Scenario,
    ax: Axes | None = None,
) -> Axes:
    """Draw probes as rows and identities as columns, the most viable first; numbers are bits, infinity is marked."""
    with style():
        order = most_viable_first(identities)
        rows = _rows(identities, by_probe, cumulative, order)
        colors = stream_colors(scenario)
        streams = [plain(probe[0]) if probe else "" for probe, _ in rows]
        shown = [stream if stream != before else "" for stream, before in zip(streams, ["", *streams], strict=False)]
        inks = [dark(colors[probe[0]]) if probe else INK for probe, _ in rows]
        named = [probe for probe, _ in rows if probe]
        left = [
            Column("", shown, inks, bold=True),
            Column("", [*(wrapped(plain(probe), 170.0, SMALL) for _, probe in named), "bits a trial", "bill"]),
        ]
        words = [word for name in order for word in called(scenario, name).split()]
        widest = min(max(width_of(word, SMALL, "bold") for word in words) / POINTS + 0.12, 1.3)
        cell = max(_CELL, widest) if ax is None else inches_across(ax) / len(order)
        names = [wrapped(called(scenario, name), cell * POINTS - 6, SMALL, "bold") for name in order]
        head = max(height_of(name, SMALL) for name in names) / POINTS + 0.12
        across = inches_of(left) + cell * len(order)
        headline = Headline.of(viability_finding(identities, by_probe, scenario), scenario.title, across)
        note = wrapped(_NOTE, across * POINTS, SMALL)
        tops, height = _places(rows, head)
        if ax is None:
            below = height_of(note, SMALL) / POINTS + 0.16
            margins = Margins(inches_of(left) + 0.1, 0.15, headline.inches + 0.05, below)
            (ax,) = axes_to_measure([cell * len(order)], [height], margins)
        ax.set(xlim=(0, len(order)), ylim=(height, 0), xticks=[], yticks=[])
        ax.spines["bottom"].set_visible(False)
        headline.draw(ax, inches_of(left))
        note_below(ax, note, inches_of(left), 0.08)
        write_left(ax, left, [top + _ROW / 2 for top in tops])
        for i, (identity, name) in enumerate(zip(order, names, strict=True)):
            color = identity_colors(scenario)[identity]
            ax.add_patch(Rectangle((i + 0.04, head - 0.07), 0.92, 0.04, color=color, linewidth=0))
            ax.text(i + 0.5, head - 0.1, name, size=SMALL, weight="bold", ha="center", va="bottom", linespacing=1.1)
        for (probe, bits), top in zip(rows, tops, strict=True):
            _row(ax, bits, top, filled=probe is not None)
    return ax


def _rows(
    identities: Mapping[str, float | None], by_probe: ByProbe, cumulative: Mapping[str, float], order: Sequence[str]
) -> list[tuple[tuple[str, str] | None, list[float]]]:
    """Each probe with its bits, probes of a stream together; then the mean and the bill, which are of no probe."""
    streams = list(dict.fromkeys(stream for stream, _ in by_probe))
    probes = sorted(by_probe, key=lambda probe: streams.index(probe[0]))
    means = [math.nan if (bits := identities[name]) is None else bits for name in order]
    return [
        *((probe, [by_probe[probe][name] for name in order]) for probe in probes),
        (None, means),
        (None, [cumulative[name] for name in order]),
    ]


def _places(rows: Sequence[tuple[object, object]], head: float) -> tuple[list[float], float]:
    tops = [head + _ROW * i + (_GAP if i >= len(rows) - 2 else 0.0) for i in range(len(rows))]
    return tops, tops[-1] + _ROW


def _row(ax: Axes, bits: Sequence[float], top: float, filled: bool) -> None:
    for i, x in enumerate(bits):
        color = _color(x) if filled else "#FFFFFF"
        if filled:
            ax.add_patch(Rectangle((i, top), 1, _ROW, facecolor=color, edgecolor="white", linewidth=1.0))
        text = f"{x:.2f}" if abs(x) < 10 else bits_text(x)
        weight = "normal" if filled else "bold"
        ink = readable_on(color) if x == x else QUIET
        ax.text(i + 0.5, top + _ROW / 2, text, size=SMALL, ha="center", va="center", color=ink, weight=weight)


def _color(bits: float) -> str:
    """Cells darken with the square root of bits, so that small costs are seen."""
    if math.isnan(bits):
        return "#FFFFFF"
    return to_hex(_COSTLY(1.0 if math.isinf(bits) else min(math.sqrt(max(bits, 0.0) / _DARKEST), 1.0) * 0.92))
