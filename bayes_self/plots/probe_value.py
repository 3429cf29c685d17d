"""Which next observation would tell most."""

from collections.abc import Mapping

from matplotlib.axes import Axes

from bayes_self.model.coordinates import PROBE
from bayes_self.plots.drawing.columns import Column
from bayes_self.plots.drawing.palette import INK, QUIET, style
from bayes_self.plots.drawing.probe_bars import ProbeBars, draw_probe_bars
from bayes_self.results.measures import TELLS, about_in_words, probe_value_finding
from bayes_self.scenario import Scenario


def plot_probe_value(bits: Mapping[PROBE, float], about: str, scenario: Scenario, ax: Axes | None = None) -> Axes:
    """Draw what the next trial of each probe would tell, in bits, those that would tell most first."""
    with style():
        ranked = {probe: bits[probe] for probe in sorted(bits, key=lambda probe: -bits[probe])}
        tells = [x >= TELLS for x in ranked.values()]
        numbers = [f"{x:.3f}" if told else "nothing" for x, told in zip(ranked.values(), tells, strict=True)]
        shown = ProbeBars(
            ranked,
            [Column("bits", numbers, [INK if told else QUIET for told in tells])],
            "bits a trial",
            probe_value_finding(about, bits, scenario),
            f"Mutual information between the next outcome and {about_in_words(about, scenario)}. "
            f"Nothing: below {TELLS} bits.",
        )
        return draw_probe_bars(shown, scenario, ax)
