"""Where the evidence does not look like anything the self-model predicts."""

from collections.abc import Mapping

from matplotlib.axes import Axes

from bayes_self.measures.misfit import Misfit
from bayes_self.model.coordinates import PROBE
from bayes_self.plots.drawing.columns import Column
from bayes_self.plots.drawing.palette import INK, QUIET, style
from bayes_self.plots.drawing.probe_bars import ProbeBars, draw_probe_bars
from bayes_self.results.measures import misfit_finding, misfits, significance
from bayes_self.scenario import Scenario
from bayes_self.words.numbers import bits_text, probability_text


def plot_misfit(found: Mapping[PROBE, Misfit], scenario: Scenario, ax: Axes | None = None) -> Axes:
    """Draw the misfit of each probe in bits, with its tail probability, the oddest first."""
    with style():
        odd = misfits(found)
        order = sorted(found, key=lambda probe: (found[probe].tail, -found[probe].bits))
        inks = [INK if probe in odd else QUIET for probe in order]
        tails = [probability_text(found[probe].tail) + (" ✗" if probe in odd else "") for probe in order]
        shown = ProbeBars(
            {probe: found[probe].bits for probe in order},
            [Column("bits", [bits_text(found[probe].bits) for probe in order], inks), Column("tail", tails, inks)],
            "misfit in bits, over all trials",
            misfit_finding(found),
            "Tail: the probability that a replicate of the evidence would misfit as much. "
            f"✗: below {significance(found):.2g}, which is 0.05 for all probes together.",
        )
        return draw_probe_bars(shown, scenario, ax)
