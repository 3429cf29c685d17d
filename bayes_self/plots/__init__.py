"""Pictures of results: functions take results, return Axes, and compute nothing but where things go."""

from bayes_self.plots.frames import plot_frames
from bayes_self.plots.palette import identity_colors, stream_colors, style
from bayes_self.plots.posterior import plot_posterior
from bayes_self.plots.save import save
from bayes_self.plots.trajectory import plot_trajectory

__all__ = ["identity_colors", "plot_frames", "plot_posterior", "plot_trajectory", "save", "stream_colors", "style"]
