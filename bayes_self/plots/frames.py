"""The same evidence in three frames, side by side: simulator, persona selection, self-model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from bayes_self.beliefs.posterior import Posterior
from bayes_self.plots.drawing.canvas import (
    Headline,
    Margins,
    axes_to_measure,
    inches_across,
    note_below,
    text_above,
    words_in_a_row,
)
from bayes_self.plots.drawing.lettering import POINTS, height_of, width_of, wrapped
from bayes_self.plots.drawing.palette import NORMAL, QUIET, SMALL, style
from bayes_self.plots.drawing.rows import (
    as_rows,
    beside,
    facet_beliefs,
    facet_row,
    identity_row,
    likeliest_first,
    middle_of,
    row_height,
)
from bayes_self.plots.drawing.standing import color_key, inks_of
from bayes_self.results.frames import Framed, frames_finding, settled_on
from bayes_self.results.self_models import shown
from bayes_self.results.standing import standings
from bayes_self.scenario.wording import called, plain
from bayes_self.words.numbers import bits_text, probability_text

_PANEL = 2.35
"""Width of a panel in inches."""
_BETWEEN = 0.22
_WIDEST = 2.1 * POINTS
"""The widest that names may become before they are broken into lines."""
_GAP = 10.0
"""Points between names and bars."""
_SECTION = 0.36
"""Inches between the identities and the facets."""
_TITLES = 0.44
"""Inches for the frames' names above the panels."""
_AXIS = 0.46
"""Inches for the axes below the bars."""
_LINE = 0.14
"""More inches for the asymmetry, where it is known."""
_NOTE = "Thin bars: before any claim or observation. Bold: the frames disagree."
_ASYMMETRY = " Asymmetry: by how much reality favours the one identity over the other, whatever was said."
_MEANS = {
    "simulator": "nothing observed is about me",
    "persona-selection": "a persona is taken whole, or not at all",
    "self-model": "facets can part from the persona",
}


def plot_frames(results: Mapping[str, Framed], axes: Sequence[Axes] | np.ndarray | None = None) -> np.ndarray:
    """Draw what each frame believes after the same evidence, a panel for each, in the order of `results`.

    Names are bold where the frames' likeliest answers differ. A frame that finds the evidence impossible has an empty
    panel that says so. Returns the Axes, left to right.

    Raises:
        ValueError: `axes` are too many or too few, or there is nothing that any frame believes.

    """
    posteriors = [result.posterior for result in results.values() if result.posterior is not None]
    if not posteriors:
        raise ValueError("no frame has a posterior to draw")
    scenario = posteriors[0].scenario
    with style():
        rows = _rows_of(posteriors)
        names = [width_of("What am I?", NORMAL, "bold"), *(width_of(row.name, SMALL, row.weight) for row in rows)]
        left = (max(names) + _GAP) / POINTS
        finding, context = frames_finding(results, scenario), scenario.title
        asymmetries = [getattr(result, "asymmetry", None) for result in results.values()]
        known = any(bits is not None for bits in asymmetries)
        titles, note = _TITLES + _LINE * known, _NOTE + _ASYMMETRY * known
        if axes is None:
            across = left + len(results) * (_PANEL + _BETWEEN) - _BETWEEN
            headline, note = Headline.of(finding, context, across), wrapped(note, across * POINTS, SMALL)
            below = _AXIS + height_of(note, SMALL) / POINTS + 0.08
            margins = Margins(left + 0.1, 0.2, headline.inches + titles, below, _BETWEEN)
            axes = axes_to_measure([_PANEL] * len(results), [_height(rows)], margins)
        elif len(axes) != len(results):
            raise ValueError(f"{len(results)} panels are to be drawn, on {len(axes)} axes")
        else:
            headline = Headline.of(finding, context, left + sum(map(inches_across, axes)))
        headline.draw(axes[0], left, up=titles)
        for ax, (frame, result), bits in zip(axes, results.items(), asymmetries, strict=True):
            _title(ax, frame, result.probability, bits)
            as_rows(ax, _height(rows), top=0.0)
            if result.posterior is None:
                ax.text(0.5, _height(rows) / 2, "finds this\nevidence\nimpossible", ha="center", color=QUIET)
            else:
                _draw(ax, result.posterior, rows)
        _names(axes[0], rows)
        note_below(axes[0], note, left, _AXIS)
        words_in_a_row(axes[0], color_key(inks_of(scenario)), y=_start_of_facets(rows) - 0.12)
    return np.array(axes)


@dataclass(frozen=True)
class _Row:
    of: str
    """An identity or a facet."""
    name: str
    is_facet: bool
    differs: bool

    @property
    def weight(self) -> str:
        return "bold" if self.differs else "normal"

    @property
    def height(self) -> float:
        return row_height(self.name, facet=self.is_facet)


def _rows_of(posteriors: Sequence[Posterior]) -> list[_Row]:
    """Identities, the last frame's likeliest first; then facets, in the scenario's order."""
    scenario = posteriors[0].scenario
    leaders = {settled_on(posterior.after.identities) for posterior in posteriors}
    rows = []
    listed = shown(scenario, *(posterior.after.identities for posterior in posteriors))
    for identity in filter(listed.__contains__, likeliest_first(posteriors[-1].identities)):
        differs = identity in leaders and len(leaders) > 1
        rows.append(_row(identity, called(scenario, identity), False, differs))
    for facet in scenario.facets:
        likeliest = {settled_on(posterior.after.facets[facet]) for posterior in posteriors}
        rows.append(_row(facet, plain(facet), True, len(likeliest) > 1))
    return rows


def _row(of: str, name: str, is_facet: bool, differs: bool) -> _Row:
    return _Row(of, wrapped(name, _WIDEST, SMALL, "bold"), is_facet, differs)


def _tops(rows: Sequence[_Row]) -> list[float]:
    """Where each row begins, in inches from the top; between identities and facets there is room for a heading."""
    tops, top = [], 0.04
    for i, row in enumerate(rows):
        top += _SECTION * (row.is_facet and not rows[i - 1].is_facet)
        tops.append(top)
        top += row.height
    return tops


def _height(rows: Sequence[_Row]) -> float:
    return _tops(rows)[-1] + rows[-1].height


def _start_of_facets(rows: Sequence[_Row]) -> float:
    return next(top for row, top in zip(rows, _tops(rows), strict=True) if row.is_facet)


def _draw(ax: Axes, posterior: Posterior, rows: Sequence[_Row]) -> None:
    scenario, told = posterior.scenario, standings(posterior.scenario)
    now, prior = posterior.identities, posterior.prior_identities
    believed = facet_beliefs(posterior.facets, scenario)
    before = facet_beliefs(posterior.prior_facets, scenario)
    for row, top in zip(rows, _tops(rows), strict=True):
        y = middle_of(top, row.height)
        if row.is_facet:
            facet_row(ax, y, told[row.of], believed[row.of], before[row.of])
        else:
            identity_row(ax, y, scenario, row.of, float(now.sel(identity=row.of)), float(prior.sel(identity=row.of)))


def _names(ax: Axes, rows: Sequence[_Row]) -> None:
    for row, top in zip(rows, _tops(rows), strict=True):
        beside(ax, middle_of(top, row.height), row.name, -_GAP, weight=row.weight)
    beside(ax, -0.1, "Who am I?", -_GAP, size=NORMAL, weight="bold")
    beside(ax, _start_of_facets(rows) - 0.16, "What am I?", -_GAP, size=NORMAL, weight="bold")


def _title(ax: Axes, frame: str, probability: float | None, asymmetry: float | None) -> None:
    p = "" if probability is None else probability_text(probability)
    known = f": P {p[0]} {p[1:]}" if p[:1] in ("<", ">") else f": P = {p}" if p else ""
    means = wrapped(_MEANS.get(frame, ""), inches_across(ax) * POINTS, SMALL)
    if asymmetry is not None:
        means += f"\nasymmetry {bits_text(asymmetry)} bits"
    text_above(ax, means, 5.0, size=SMALL, color=QUIET)
    ax.set_title(f"{frame}{known}", loc="left", size=NORMAL, weight="bold", pad=7 + height_of(means, SMALL))
