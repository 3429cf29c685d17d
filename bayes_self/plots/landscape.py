"""The landscape at a glance: where anything goes, and where it does not."""

import math
from collections.abc import Collection, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import offset_copy

from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.survey import Survey
from bayes_self.plots.drawing.bits_axis import as_bits, clipped, is_clipped, number_beside, reach, room_for, upright
from bayes_self.plots.drawing.canvas import (
    Headline,
    Margins,
    axes_to_measure,
    inches_across,
    note_below,
    words_in_a_row,
)
from bayes_self.plots.drawing.columns import GAP, Column, inches_of, write_left, write_right
from bayes_self.plots.drawing.landscape_rows import Row, facet_rows, identity_rows
from bayes_self.plots.drawing.lettering import POINTS, height_of, width_of, wrapped
from bayes_self.plots.drawing.palette import GRID, INK, NEITHER_LINE, QUIET, SMALL, style, tint
from bayes_self.plots.drawing.rows import beside
from bayes_self.plots.drawing.standing import color_key
from bayes_self.results.measures import ANYTHING_GOES, landscape_finding
from bayes_self.words.numbers import bits_text

_BITS, _STEER, _BETWEEN = 4.0, 0.8, 0.3
"""Widths in inches: the bits, steerability, what is between."""
_MOST = 16.0
"""Bits at which the axis ends."""
_STEP = 11.0
"""Points from the tip of an arrow to the ring beyond it."""
_AIR, _SECTION, _HEADINGS, _AXIS = 0.1, 0.4, 0.42, 0.46
"""Heights in inches: the space between facets, and between identities and facets; headings; the axis."""
_NOTE = (
    "Dots: bits to flip, the claim that would make this answer the likeliest, were it not for the present claims on "
    "it; left of 0 it already would be. Rings: entrenchment, the same with all evidence kept. Arrows: beyond the "
    "axis. Grey band: less than a bit, so that anything goes."
)


def plot_landscape(found: Survey, posterior: Posterior, axes: Sequence[Axes] | np.ndarray | None = None) -> np.ndarray:
    """Draw what it would take to make each rival of what is believed the likeliest, and how far the spec steers.

    Returns the two Axes: bits, and steerability.

    Raises:
        ValueError: `axes` are not two.

    """
    with style():
        identities, facets = identity_rows(found, posterior), facet_rows(found, posterior)
        rows = [*identities, *facets]
        left = _left_columns(rows)
        verdicts = Column("verdict", [row.verdict for row in rows], [_quiet(row.verdict) for row in rows])
        left_inches, right_inches = inches_of(left), inches_of([verdicts])
        between = max(_BETWEEN, _beyond(rows))
        across = left_inches + _BITS + between + _STEER + right_inches
        frame = posterior.case.frame
        context = ". ".join(filter(None, [posterior.scenario.title, f"frame: {frame}" * (frame != "self-model")]))
        tops, height = _places(rows, len(identities))
        note = wrapped(_NOTE, across * POINTS, SMALL)
        if axes is None:
            headline = Headline.of(landscape_finding(found.bits_to_flip, found.verdicts), context, across)
            below = _AXIS + height_of(note, SMALL) / POINTS + 0.08
            margins = Margins(left_inches + 0.1, right_inches + 0.1, headline.inches + 0.05, below, between)
            axes = axes_to_measure([_BITS, _STEER], [height], margins)
        elif len(axes) != 2:
            raise ValueError(f"2 panels are to be drawn, on {len(axes)} axes")
        else:
            across = left_inches + sum(map(inches_across, axes))
            headline = Headline.of(landscape_finding(found.bits_to_flip, found.verdicts), context, across)
        headline.draw(axes[0], left_inches)
        note_below(axes[0], note, left_inches, _AXIS)
        ys = [top + row.height / 2 for top, row in zip(tops, rows, strict=True)]
        facets_at = tops[len(identities)] if facets else height
        gap = (facets_at - _SECTION + 0.06, facets_at - 0.06) if facets else None
        _bits(axes[0], rows, ys, height, gap)
        write_left(axes[0], left, ys)
        _headings(axes[0], left, {row.ink for row in facets}, facets_at)
        _steerability(axes[1], rows, ys, height, gap)
        write_right(axes[1], [verdicts], ys, _HEADINGS - 0.2)
    return np.array(axes)


def _quiet(verdict: str) -> str:
    return QUIET if verdict in ("flat", "leaning") else INK


def _left_columns(rows: Sequence[Row]) -> list[Column]:
    return [
        Column("What am I?", [row.subject for row in rows], bold=True),
        Column("believed", [row.believed for row in rows]),
        Column("rival", [row.rival for row in rows], [row.ink for row in rows]),
    ]


def _places(rows: Sequence[Row], identities: int) -> tuple[list[float], float]:
    """Where each row begins, in inches from the top, and the height of all."""
    tops, top = [], _HEADINGS
    for i, row in enumerate(rows):
        top += _SECTION if i == identities and i > 0 else _AIR * (row.first and i > 0)
        tops.append(top)
        top += row.height
    return tops, top + 0.06


def _headings(ax: Axes, left: Sequence[Column], inks: Collection[str], facets_at: float) -> None:
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
    words_in_a_row(ax, color_key(inks), y=facets_at - 0.15)


def _bits(ax: Axes, rows: Sequence[Row], ys: Sequence[float], height: float, gap: tuple[float, float] | None) -> None:
    ends = _ends(rows)
    as_bits(ax, ends, height, _HEADINGS - 0.06, "bits (log2 of the odds against)", gap)
    band = (max(-ANYTHING_GOES, ends[0]), min(ANYTHING_GOES, ends[1]))
    for row, y in zip(rows, ys, strict=True):
        ax.fill_between(band, y - row.height / 2, y + row.height / 2, color=tint(GRID, 0.35), linewidth=0, zorder=0)
        at = clipped(row.bits, ends)
        ax.hlines(y, min(0.0, at), max(0.0, at), color=row.color, linewidth=1.6, zorder=2)
        if not math.isnan(row.bits):
            marker = (">" if row.bits > 0 else "<") if is_clipped(row.bits, ends) else "o"
            ax.plot(at, y, marker, markersize=4.5, color=row.color, zorder=4, clip_on=False)
        if is_clipped(row.bits, ends) and clipped(row.entrenched, ends) == at:
            _both_beyond(ax, row, y, at)
        else:
            _each_in_its_place(ax, row, y, ends)


def _ends(rows: Sequence[Row]) -> tuple[float, float]:
    return reach([b for row in rows for b in (row.bits, row.entrenched)], _MOST)


def _beyond(rows: Sequence[Row]) -> float:
    """Inches that the numbers need to the right of the Axes, where both of a row lie beyond its end."""
    both = [row for row in rows if min(row.bits, row.entrenched) > _ends(rows)[1]]
    widths = (width_of(bits_text(row.bits) + bits_text(row.entrenched), SMALL) for row in both)
    return (max(widths, default=0.0) + 2 * _STEP + 10.0) / POINTS - 0.6


def _each_in_its_place(ax: Axes, row: Row, y: float, ends: tuple[float, float]) -> None:
    """The ring of entrenchment and the number of bits to flip; the ring's number too, where the axis ends before it."""
    at, entrenched = clipped(row.bits, ends), clipped(row.entrenched, ends)
    if not math.isnan(row.entrenched):
        _ring(ax, entrenched, y, row.color)
        if is_clipped(row.entrenched, ends):
            beyond = f"{bits_text(row.entrenched)} →" if row.entrenched > 0 else f"← {bits_text(row.entrenched)}"
            number_beside(ax, y, entrenched, row.entrenched, beyond, after=8.0)
    number_beside(ax, y, _number_at(ax, row.bits, at, entrenched), row.bits, after=7.0)


def _both_beyond(ax: Axes, row: Row, y: float, at: float) -> None:
    """Beyond the tip of the arrow: the ring and one number for both, or first the one and then the other."""
    away = 1.0 if row.bits > 0 else -1.0
    told, ringed = bits_text(row.bits), bits_text(row.entrenched)
    if told == ringed:
        _ring(ax, at, y, row.color, away * _STEP)
        number_beside(ax, y, at, row.bits, after=_STEP + 7.0)
        return
    beyond = 5.0 + width_of(told, SMALL) + _STEP
    number_beside(ax, y, at, row.bits, after=5.0)
    _ring(ax, at, y, row.color, away * beyond)
    number_beside(ax, y, at, row.entrenched, after=beyond + 7.0)


def _ring(ax: Axes, at: float, y: float, color: str, points: float = 0.0) -> None:
    """A ring, so many points beside its place on the axis; a dot fits into it."""
    place = offset_copy(ax.transData, ax.get_figure(root=True), x=points, units="points")
    looks = {"markersize": 8.0, "markerfacecolor": "white", "markeredgewidth": 1.2, "color": color}
    ax.plot(at, y, "o", transform=place, zorder=3, clip_on=False, **looks)


def _number_at(ax: Axes, bits: float, at: float, entrenched: float) -> float:
    """Where the number of a dot stands: beside it, or beyond the ring that would be in its way."""
    away = -1.0 if bits < 0 else 1.0
    room = room_for(ax, f"{bits_text(bits)}  ") + room_for(ax, "  ")
    in_the_way = 0.0 <= away * (entrenched - at) <= room
    return entrenched if in_the_way else at


def _steerability(
    ax: Axes, rows: Sequence[Row], ys: Sequence[float], height: float, gap: tuple[float, float] | None
) -> None:
    ax.set(xlim=(0, 1), ylim=(height, 0), yticks=[], xlabel="0 to 1")
    ax.set_xticks([0, 0.5, 1], ["0", "", "1"])
    upright(ax, [0.0, 0.5, 1.0], (_HEADINGS - 0.06, height), gap, color=GRID, linewidth=0.6, zorder=0)
    ax.text(0, _HEADINGS - 0.2, "steerability", size=SMALL, weight="bold", va="center")
    for row, y in zip(rows, ys, strict=True):
        if row.steerability is not None:
            ax.barh(y, row.steerability, 0.11, color=NEITHER_LINE, zorder=2)
