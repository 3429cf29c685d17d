"""Which stream did it: a waterfall of Shapley shares from before training to the posterior."""

import math
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from bayes_self.measures.attribution import Attribution
from bayes_self.plots.drawing.bits_axis import as_bits, clipped
from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, inches_across
from bayes_self.plots.drawing.columns import Column, inches_of, write_left, write_right
from bayes_self.plots.drawing.lettering import wrapped
from bayes_self.plots.drawing.palette import INK, QUIET, SMALL, identity_colors, stream_colors, style
from bayes_self.results.measures import attribution_finding, belief_in_words, probability_of, waterfall
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import plain
from bayes_self.words.numbers import probability_text

_BARS, _ROW, _BAR, _TOP, _AXIS = 4.6, 0.34, 0.2, 0.12, 0.46
"""Inches: width of the bars; height of a row, of a bar, of what is above the first; of the axis."""
_NAME = 150.0
"""Points that the name of a stream may take up before it is broken."""


def plot_attribution(found: Attribution, belief: Mapping[str, str], scenario: Scenario, ax: Axes | None = None) -> Axes:
    """Draw where a belief's log odds come from, in bits: each stream's share begins where the one before it ends.

    What is not finite has no bar, and its number says so.
    """
    with style():
        steps = waterfall(found, scenario)
        names = [wrapped(plain(label), _NAME, SMALL) for label, *_ in steps]
        numbers = [_signed(bits) for bits in (found.before_training, *_shares(found, steps), found.posterior)]
        left, right = [Column("", names)], [Column("", numbers)]
        before, after = (probability_text(probability_of(bits)) for bits in (found.before_training, found.posterior))
        what = belief_in_words(belief, scenario)
        context = ". ".join(filter(None, [scenario.title, f"{what}: P {before} → {after}"]))
        across = inches_of(left) + (_BARS if ax is None else inches_across(ax)) + inches_of(right)
        headline = Headline.of(attribution_finding(belief, found, scenario), context, across)
        height = _TOP + _ROW * len(steps)
        if ax is None:
            margins = Margins(inches_of(left) + 0.1, inches_of(right) + 0.1, headline.inches, _AXIS + 0.05)
            (ax,) = axes_to_measure([_BARS], [height], margins)
        headline.draw(ax, inches_of(left))
        known = [bits for _, *ends in steps for bits in ends if math.isfinite(bits)]
        ends = (min([0.0, *known]), max([0.0, *known]))
        ends = ends if ends[1] > ends[0] else (-1.0, 1.0)
        as_bits(ax, ends, height, 0.0, f"log odds in bits: {what[:1].lower()}{what[1:]}")
        ys = [_TOP + _ROW * (i + 0.5) for i in range(len(steps))]
        _draw(ax, steps, ys, ends, belief, scenario)
        write_left(ax, left, ys)
        write_right(ax, right, ys)
    return ax


def _shares(found: Attribution, steps: Sequence[tuple[str, float, float]]) -> list[float]:
    return [found.shares[label] for label, *_ in steps[1:-1]]


def _signed(bits: float) -> str:
    if math.isnan(bits):
        return "not defined"
    if math.isinf(bits):
        return "+∞" if bits > 0 else "−∞"
    return f"{bits:+.1f}".replace("-", "−")


def _draw(
    ax: Axes,
    steps: Sequence[tuple[str, float, float]],
    ys: Sequence[float],
    ends: tuple[float, float],
    belief: Mapping[str, str],
    scenario: Scenario,
) -> None:
    colors = stream_colors(scenario)
    total = identity_colors(scenario)[belief["identity"]] if "identity" in belief else INK
    for i, ((label, start, end), y) in enumerate(zip(steps, ys, strict=True)):
        color = total if i in (0, len(steps) - 1) else colors[label]
        if math.isnan(end) or math.isnan(start):
            continue
        at, to = clipped(start, ends), clipped(end, ends)
        ax.barh(y, to - at, _BAR, left=at, color=color, zorder=2)
        if i < len(steps) - 1:
            ax.vlines(to, y, ys[i + 1], color=QUIET, linewidth=0.6, zorder=1)
