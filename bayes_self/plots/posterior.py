"""The posterior of a self-model: who it takes itself to be; and of each facet what it was told, what is so, and
what it believes.
"""

from dataclasses import dataclass

from matplotlib.axes import Axes

from bayes_self.beliefs.posterior import Posterior
from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, inches_across, note_below
from bayes_self.plots.drawing.lettering import POINTS, height_of, width_of, wrapped
from bayes_self.plots.drawing.palette import INK, NORMAL, QUIET, SMALL, TOLD_TEXT, TRUE, style
from bayes_self.plots.drawing.rows import (
    as_rows,
    beside,
    facet_beliefs,
    facet_row,
    identity_row,
    likeliest_first,
    middle_of,
    row_height,
    self_models_row,
)
from bayes_self.results.beliefs import facets_settled
from bayes_self.results.self_models import doubt_in_words, who_and_mask, worn_or_none
from bayes_self.results.standing import Standing, standings
from bayes_self.scenario.wording import called, plain
from bayes_self.words.numbers import bits_text
from bayes_self.words.sentences import capital

_BARS = 3.4
"""Width of the bars in inches."""
_NAME, _WORDS = 2.2 * POINTS, 1.3 * POINTS
"""The widest that names, and what was told of them, may become before they are broken into lines."""
_GAP = 10.0
"""Points between columns."""
_HEADINGS = 0.44
"""Inches above the first row."""
_AXIS = 0.46
"""Inches for the axis below the bars."""
_NOTE = (
    "Bits to flip: how strong a claim would make this identity, or the strongest rival of a facet's likeliest value, "
    "the likeliest, were it not for the present claims on it. Negative: it already would be."
)
_SECTION = 0.36
"""Inches between the identities and the facets."""


def plot_posterior(posterior: Posterior, ax: Axes | None = None) -> Axes:
    """Draw the probabilities of identities and facet values, each with its prior as a thin bar below.

    To the left of the bars stand what was told and what is so in the world; to the right the verdict and the bits to
    flip: those of a claim that would make this identity, or the strongest rival of the facet's likeliest value, the
    likeliest.

    Without `ax` a figure is made to measure; `bayes_self.plots.save(ax, path)` writes it.
    """
    with style():
        rows = _rows_of(posterior)
        columns = _Columns.of(rows)
        context = _context(posterior)
        left, right = columns.left / POINTS, columns.right / POINTS
        across = left + (_BARS if ax is None else inches_across(ax)) + right
        headline = Headline.of(who_and_mask(posterior), context, across)
        note = wrapped(_NOTE, across * POINTS, SMALL)
        if ax is None:
            below = _AXIS + height_of(note, SMALL) / POINTS + 0.08
            margins = Margins(left + 0.1, right + 0.1, above=headline.inches + 0.05, below=below)
            (ax,) = axes_to_measure([_BARS], [_height(rows)], margins)
        headline.draw(ax, left)
        note_below(ax, note, left, _AXIS)
        _draw(ax, posterior, rows, columns)
    return ax


@dataclass(frozen=True)
class _Row:
    """The texts beside a bar."""

    of: str
    """An identity, a facet, or "beneath" or "worn" of all identities."""
    name: str
    told: str = ""
    true: str = ""
    verdict: str = ""
    bits: str = ""
    is_facet: bool = False
    """Whether its bar is high, for several answers side by side."""

    @property
    def height(self) -> float:
        """In inches."""
        return row_height(self.name, self.told, self.true, facet=self.is_facet)


@dataclass(frozen=True)
class _Columns:
    """Where columns begin (right of the bars) or end (names), in points from the bars; None where there is none."""

    left: float
    name: float
    told: float | None
    true: float | None
    verdict: float
    bits: float
    right: float

    @classmethod
    def of(cls, rows: list[_Row]) -> "_Columns":
        widths = {
            column: max(width_of(getattr(row, column), SMALL) for row in rows)
            for column in ("name", "told", "true", "verdict")
        }
        edge, starts = -_GAP, {}
        for column, heading in (("true", "in fact"), ("told", "told")):
            starts[column] = None
            if widths[column]:
                starts[column] = edge - max(widths[column], width_of(heading, SMALL, "bold"))
                edge = starts[column] - _GAP
        bits = _GAP + max(widths["verdict"], width_of("verdict", SMALL, "bold")) + _GAP
        right = bits + width_of("to flip", SMALL, "bold")
        name = max(widths["name"], width_of("What am I?", NORMAL, "bold"))
        return cls(name - edge, edge, starts["told"], starts["true"], _GAP, bits, right)


def _rows_of(posterior: Posterior) -> list[_Row]:
    """Who it is, the likeliest first, and its facets, in the scenario's order; with masks what it knows comes first."""
    who, what = _rows_of_who(posterior), _rows_of_what(posterior)
    return [*what, *who] if posterior.scenario.masks else [*who, *what]


def _rows_of_who(posterior: Posterior) -> list[_Row]:
    """A row for each identity; with masks one for all who may be beneath, and one for all who may be worn."""
    scenario, named = posterior.scenario, posterior.scenario.claims_in_force().identities
    if scenario.masks:
        goes_by = ", ".join(f"“{called(scenario, name)}”" for name in named)
        told = wrapped(goes_by, _WORDS, SMALL)
        return [_Row("beneath", "beneath", is_facet=True), _Row("worn", "worn as a mask", told=told, is_facet=True)]
    order, bits = likeliest_first(posterior.identities), posterior.bits_to_flip["identity"]
    return [
        _Row(
            name,
            wrapped(called(scenario, name), _NAME, SMALL),
            told="“you are this”" if name in named else "",
            bits="" if name == order[0] else bits_text(bits[name]),
        )
        for name in order
    ]


def _rows_of_what(posterior: Posterior) -> list[_Row]:
    scenario, rows = posterior.scenario, []
    believed = facet_beliefs(posterior.facets, scenario)
    for facet, standing in standings(scenario).items():
        top = max(believed[facet], key=lambda value: believed[facet][value])
        rivals = [bits for value, bits in posterior.bits_to_flip[facet].items() if value != top]
        told = ", then ".join(f"“{plain(value)}”" for value in standing.told)
        rows.append(
            _Row(
                facet,
                wrapped(plain(facet), _NAME, SMALL),
                told=wrapped(told, _WORDS, SMALL),
                true=wrapped(_truth(standing), _WORDS, SMALL) if scenario.world else "",
                verdict=posterior.verdicts[facet],
                bits=bits_text(min(rivals)),
                is_facet=True,
            )
        )
    return rows


def _truth(standing: Standing) -> str:
    """The fact; else a claim makes it so; else nothing does."""
    if standing.fact is not None:
        return plain(standing.fact)
    return "as told" if standing.told else "no fact"


def _context(posterior: Posterior) -> str:
    """The scenario, the frame where it is not the usual one, how the facets came out, and what is doubted."""
    title, frame = posterior.scenario.title, posterior.case.frame
    parts = [title, f"frame: {frame}" if frame != "self-model" else ""]
    parts += [facets_settled(posterior.facets, posterior.scenario), capital(doubt_in_words(posterior))]
    return ". ".join(filter(None, parts))


def _height(rows: list[_Row]) -> float:
    return _HEADINGS + _SECTION + sum(row.height for row in rows)


def _draw(ax: Axes, posterior: Posterior, rows: list[_Row], columns: _Columns) -> None:
    as_rows(ax, _height(rows), _HEADINGS - 0.08)
    headings = [_heading(row) for row in rows]
    _headings(ax, columns, headings[0])
    top = _HEADINGS
    for i, row in enumerate(rows):
        if headings[i] != headings[i - 1] and i > 0:
            beside(ax, top + 0.2, headings[i], columns.name, size=NORMAL, weight="bold")
            top += _SECTION
        y = middle_of(top, row.height)
        top += row.height
        _words(ax, y, row, columns, in_fact=bool(row.verdict) and row.true not in ("as told", "no fact"))
        _bar(ax, y, row, posterior)


def _heading(row: _Row) -> str:
    return "What am I?" if row.verdict else "Who am I?"


def _bar(ax: Axes, y: float, row: _Row, posterior: Posterior) -> None:
    scenario, after, before = posterior.scenario, posterior.after, posterior.before
    if row.verdict:
        facet_row(ax, y, standings(scenario)[row.of], after.facets[row.of], before.facets[row.of])
    elif not row.is_facet:
        identity_row(ax, y, scenario, row.of, after.identities[row.of], before.identities[row.of])
    elif row.of == "beneath":
        self_models_row(ax, y, scenario, after.beneath, before.beneath)
    else:
        self_models_row(ax, y, scenario, worn_or_none(after.worn), worn_or_none(before.worn))


def _headings(ax: Axes, columns: _Columns, first: str) -> None:
    """What the columns are, in the colours that their values have in the bars."""
    y = _HEADINGS - 0.2
    beside(ax, y, first, columns.name, size=NORMAL, weight="bold")
    if columns.told is not None:
        beside(ax, y, "told", columns.told, ha="left", weight="bold", color=TOLD_TEXT)
    if columns.true is not None:
        beside(ax, y, "in fact", columns.true, ha="left", weight="bold", color=TRUE)
    ax.text(0, y, "believed", size=SMALL, weight="bold", va="center")
    ax.text(1, y, "thin bar: before any claim or observation", size=SMALL, color=QUIET, ha="right", va="center")
    beside(ax, y, "verdict", columns.verdict, weight="bold")
    beside(ax, y, "bits\nto flip", columns.right, ha="right", weight="bold")


def _words(ax: Axes, y: float, row: _Row, columns: _Columns, in_fact: bool) -> None:
    beside(ax, y, row.name, columns.name)
    if columns.told is not None:
        beside(ax, y, row.told, columns.told, ha="left", color=TOLD_TEXT)
    if columns.true is not None:
        beside(ax, y, row.true, columns.true, ha="left", color=TRUE if in_fact else QUIET)
    beside(ax, y, row.verdict, columns.verdict, color=QUIET if row.verdict == "flat" else INK)
    beside(ax, y, row.bits, columns.right, ha="right")
