"""The landscape at a glance: where anything goes, and where it does not."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from bayes_self.exact import Posterior
from bayes_self.measures.survey import Survey
from bayes_self.plots.bits_axis import as_bits, clipped, is_clipped, number_beside, reach, room_for
from bayes_self.plots.canvas import Headline, Margins, axes_to_measure, inches_across, note_below, words_in_a_row
from bayes_self.plots.columns import GAP, Column, inches_of, write_left, write_right
from bayes_self.plots.lettering import POINTS, bits_text, called, height_of, plain, wrapped
from bayes_self.plots.palette import (
    GRID,
    INK,
    NEITHER_LINE,
    QUIET,
    SMALL,
    identity_colors,
    style,
    tint,
)
from bayes_self.plots.rows import beside, facet_beliefs, likeliest_first
from bayes_self.plots.told import color_key, inks_of, standings
from bayes_self.report.findings import ANYTHING_GOES, landscape_finding

_BITS, _STEER, _BETWEEN = 4.0, 0.8, 0.3
"""Widths in inches: the bits, steerability, what is between."""
_MOST = 16.0
"""Bits at which the axis ends."""
_NAME = 1.55 * POINTS
"""The widest that names may become before they are broken into lines."""
_LINE, _AIR, _SECTION, _HEADINGS, _AXIS = 0.2, 0.1, 0.4, 0.42, 0.46
"""Heights in inches: a rival, the space between facets, and between identities and facets; headings; the axis."""
_NOTE = (
    "Dots: bits to flip, the claim that would make this answer the likeliest, were it not for the present claims on "
    "it; left of 0 it already would be. Rings: entrenchment, the same with all evidence kept; with an arrow where it "
    "lies beyond the axis. Grey band: less than a bit, so that anything goes."
)


@dataclass(frozen=True)
class _Row:
    """One rival of what is believed."""

    subject: str
    """The facet, or "" for identities; only on its first rival."""
    believed: str
    rival: str
    bits: float
    entrenched: float
    color: str
    ink: str
    verdict: str = ""
    steerability: float | None = None
    first: bool = False

    @property
    def height(self) -> float:
        texts = (self.subject, self.believed, self.rival)
        return max(_LINE, *(height_of(text, SMALL) / POINTS + 0.04 for text in texts))


def plot_landscape(found: Survey, posterior: Posterior, axes: Sequence[Axes] | np.ndarray | None = None) -> np.ndarray:
    """Draw what it would take to make each rival of what is believed the likeliest, and how far the spec steers.

    Returns the two Axes: bits, and steerability.

    Raises:
        ValueError: `axes` are not two.

    """
    with style():
        identities, facets = _identity_rows(found, posterior), _facet_rows(found, posterior)
        rows = [*identities, *facets]
        left = _left_columns(rows)
        verdicts = Column("verdict", [row.verdict for row in rows], [_quiet(row.verdict) for row in rows])
        left_inches, right_inches = inches_of(left), inches_of([verdicts])
        across = left_inches + _BITS + _BETWEEN + _STEER + right_inches
        frame = posterior.case.frame
        context = ". ".join(filter(None, [posterior.scenario.title, f"frame: {frame}" * (frame != "self-model")]))
        tops, height = _places(rows, len(identities))
        note = wrapped(_NOTE, across * POINTS, SMALL)
        if axes is None:
            headline = Headline.of(landscape_finding(found.bits_to_flip, found.verdicts), context, across)
            below = _AXIS + height_of(note, SMALL) / POINTS + 0.08
            margins = Margins(left_inches + 0.1, right_inches + 0.1, headline.inches + 0.05, below, _BETWEEN)
            axes = axes_to_measure([_BITS, _STEER], [height], margins)
        elif len(axes) != 2:
            raise ValueError(f"2 panels are to be drawn, on {len(axes)} axes")
        else:
            across = left_inches + sum(map(inches_across, axes))
            headline = Headline.of(landscape_finding(found.bits_to_flip, found.verdicts), context, across)
        headline.draw(axes[0], left_inches)
        note_below(axes[0], note, left_inches, _AXIS)
        ys = [top + row.height / 2 for top, row in zip(tops, rows, strict=True)]
        _bits(axes[0], rows, ys, height)
        write_left(axes[0], left, ys)
        _headings(axes[0], left, posterior, tops[len(identities)] if facets else height)
        _steerability(axes[1], rows, ys, height)
        write_right(axes[1], [verdicts], ys, _HEADINGS - 0.2)
    return np.array(axes)


def _quiet(verdict: str) -> str:
    return QUIET if verdict in ("flat", "leaning") else INK


def _identity_rows(found: Survey, posterior: Posterior) -> list[_Row]:
    scenario, colors = posterior.scenario, identity_colors(posterior.scenario)
    order = likeliest_first(posterior.identities)
    if len(order) == 1:
        believed = wrapped(called(scenario, order[0]), _NAME, SMALL)
        return [_Row("", believed, "nobody", math.nan, math.nan, colors[order[0]], INK, first=True)]
    bits, entrenched = found.bits_to_flip["identity"], found.entrenchment["identity"]
    return [
        _Row(
            "",
            wrapped(called(scenario, order[0]), _NAME, SMALL) if i == 0 else "",
            wrapped(called(scenario, rival), _NAME, SMALL),
            bits[rival],
            entrenched[rival],
            colors[rival],
            INK,
            first=i == 0,
        )
        for i, rival in enumerate(order[1:])
    ]


def _facet_rows(found: Survey, posterior: Posterior) -> list[_Row]:
    believed = facet_beliefs(posterior.facets, posterior.scenario)
    rows = []
    for facet, standing in standings(posterior.scenario).items():
        top = max(believed[facet], key=lambda value: believed[facet][value])
        rivals = [value for value in believed[facet] if value != top]
        for i, rival in enumerate(rivals):
            rows.append(
                _Row(
                    wrapped(plain(facet), _NAME, SMALL, "bold") if i == 0 else "",
                    wrapped(plain(top), _NAME, SMALL) if i == 0 else "",
                    wrapped(plain(rival), _NAME, SMALL),
                    found.bits_to_flip[facet][rival],
                    found.entrenchment[facet][rival],
                    standing.line_color_of(rival),
                    standing.ink_of(rival),
                    found.verdicts[facet] if i == 0 else "",
                    found.steerability[facet] if i == 0 else None,
                    first=i == 0,
                )
            )
    return rows


def _left_columns(rows: Sequence[_Row]) -> list[Column]:
    return [
        Column("What am I?", [row.subject for row in rows], bold=True),
        Column("believed", [row.believed for row in rows]),
        Column("rival", [row.rival for row in rows], [row.ink for row in rows]),
    ]


def _places(rows: Sequence[_Row], identities: int) -> tuple[list[float], float]:
    """Where each row begins, in inches from the top, and the height of all."""
    tops, top = [], _HEADINGS
    for i, row in enumerate(rows):
        top += _SECTION if i == identities and i > 0 else _AIR * (row.first and i > 0)
        tops.append(top)
        top += row.height
    return tops, top + 0.06


def _headings(ax: Axes, left: Sequence[Column], posterior: Posterior, facets_at: float) -> None:
    """The headings of identities and of facets, with the key of colours."""
    edge = -GAP
    for column in reversed(left):
        heading = "Who am I?" if column.heading == "What am I?" else column.heading
        beside(ax, _HEADINGS - 0.2, heading, edge, weight="bold", color=INK)
        if column.heading == "What am I?":
            beside(ax, facets_at - 0.2, column.heading, edge, weight="bold", size=SMALL)
        edge -= column.points + GAP
    ax.text(
        0,
        _HEADINGS - 0.2,
        "bits to flip ●  entrenchment ○",
        size=SMALL,
        weight="bold",
        va="center",
        transform=ax.get_yaxis_transform(),
    )
    words_in_a_row(ax, color_key(inks_of(posterior.scenario)), y=facets_at - 0.15)


def _bits(ax: Axes, rows: Sequence[_Row], ys: Sequence[float], height: float) -> None:
    ends = reach([b for row in rows for b in (row.bits, row.entrenched)], _MOST)
    as_bits(ax, ends, height, _HEADINGS - 0.06, "bits (log2 of the odds against)")
    band = (max(-ANYTHING_GOES, ends[0]), min(ANYTHING_GOES, ends[1]))
    for row, y in zip(rows, ys, strict=True):
        ax.fill_between(band, y - row.height / 2, y + row.height / 2, color=tint(GRID, 0.35), linewidth=0, zorder=0)
        at, entrenched = clipped(row.bits, ends), clipped(row.entrenched, ends)
        ax.hlines(y, min(0.0, at), max(0.0, at), color=row.color, linewidth=1.6, zorder=2)
        if not math.isnan(row.entrenched):
            ax.plot(
                entrenched, y, "o", markersize=6.5, markerfacecolor="none", color=row.color, zorder=3, clip_on=False
            )
            if is_clipped(row.entrenched, ends) and not is_clipped(row.bits, ends):
                beyond = f"{bits_text(row.entrenched)} →" if row.entrenched > 0 else f"← {bits_text(row.entrenched)}"
                number_beside(ax, y, entrenched, row.entrenched, beyond, after=7.0)
        if not math.isnan(row.bits):
            marker = (">" if row.bits > 0 else "<") if is_clipped(row.bits, ends) else "o"
            ax.plot(at, y, marker, markersize=4.5, color=row.color, zorder=4, clip_on=False)
        number_beside(ax, y, _number_at(ax, row.bits, at, entrenched), row.bits, after=6.0)


def _number_at(ax: Axes, bits: float, at: float, entrenched: float) -> float:
    """Where the number of a dot stands: beside it, or beyond the ring that would be in its way."""
    away = -1.0 if bits < 0 else 1.0
    room = room_for(ax, f"{bits_text(bits)}  ") + room_for(ax, "  ")
    in_the_way = 0.0 <= away * (entrenched - at) <= room
    return entrenched if in_the_way else at


def _steerability(ax: Axes, rows: Sequence[_Row], ys: Sequence[float], height: float) -> None:
    ax.set(xlim=(0, 1), ylim=(height, 0), yticks=[], xlabel="0 to 1")
    ax.set_xticks([0, 0.5, 1], ["0", "", "1"])
    ax.vlines([0, 0.5, 1], _HEADINGS - 0.06, height, color=GRID, linewidth=0.6, zorder=0)
    ax.text(0, _HEADINGS - 0.2, "steerability", size=SMALL, weight="bold", va="center")
    for row, y in zip(rows, ys, strict=True):
        if row.steerability is not None:
            ax.barh(y, row.steerability, 0.11, color=NEITHER_LINE, zorder=2)
