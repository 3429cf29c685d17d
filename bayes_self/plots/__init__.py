"""Pictures of results: functions take results, return Axes, and compute nothing but where things go."""

from bayes_self.plots.attribution import plot_attribution
from bayes_self.plots.belief_spread import plot_belief_spread
from bayes_self.plots.calibration import plot_calibration
from bayes_self.plots.drawing.dots import Dots, plot_dots
from bayes_self.plots.drawing.lines import Line, Lines, plot_lines
from bayes_self.plots.drawing.palette import identity_colors, stream_colors, style
from bayes_self.plots.drawing.save import save
from bayes_self.plots.frames import plot_frames
from bayes_self.plots.landscape import plot_landscape
from bayes_self.plots.misfit import plot_misfit
from bayes_self.plots.phase import plot_phase
from bayes_self.plots.posterior import plot_posterior
from bayes_self.plots.probe_value import plot_probe_value
from bayes_self.plots.realization import plot_realization
from bayes_self.plots.runs import plot_runs
from bayes_self.plots.trajectory import plot_trajectory
from bayes_self.plots.unknown_numbers import plot_unknown
from bayes_self.plots.viability import plot_viability

__all__ = [
    "Dots",
    "Line",
    "Lines",
    "identity_colors",
    "plot_attribution",
    "plot_belief_spread",
    "plot_calibration",
    "plot_dots",
    "plot_frames",
    "plot_landscape",
    "plot_lines",
    "plot_misfit",
    "plot_phase",
    "plot_posterior",
    "plot_probe_value",
    "plot_realization",
    "plot_runs",
    "plot_trajectory",
    "plot_unknown",
    "plot_viability",
    "save",
    "stream_colors",
    "style",
]
