from .attribution import plot_attribution
from .belief_spread import plot_belief_spread
from .calibration import plot_calibration
from .drawing.dots import Dots, plot_dots
from .drawing.lines import Line, Lines, plot_lines
from .drawing.palette import identity_colors, stream_colors, style
from .drawing.save import save
from .frames import plot_frames
from .landscape import plot_landscape
from .misfit import plot_misfit
from .phase import plot_phase
from .posterior import plot_posterior
from .probe_value import plot_probe_value
from .realization import plot_realization
from .runs import plot_runs
from .trajectory import plot_trajectory
from .unknown_numbers import plot_unknown
from .viability import plot_viability

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
