"""Beliefs as training goes on: who leads, what becomes of the facets that were claimed, and whose evidence it is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from bayes_self.beliefs.labels import by_label
from bayes_self.plots.drawing.canvas import Headline, Margins, Word, axes_to_measure, inches_across, words_in_a_row
from bayes_self.plots.drawing.end_labels import EndLabel, inches_to_stack, write_end_labels
from bayes_self.plots.drawing.lettering import NO_BREAK, POINTS, wrapped
from bayes_self.plots.drawing.palette import GRID, INK, SMALL, identity_colors, stream_colors, style
from bayes_self.plots.drawing.standing import color_key, ink_of, line_color_of
from bayes_self.results.beliefs import pointer_moves, who_wins
from bayes_self.results.self_models import shown
from bayes_self.results.standing import standings
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import called, plain
from bayes_self.words.numbers import probability_text

_STEP = 1.15
"""Inches between steps, where the figure is made to measure."""
_HEIGHTS = (2.3, 2.1, 1.1)
_LABELS = 2.3 * POINTS
_MOST_FACETS = 7
_MARKERS = "osD^vP"


@dataclass(frozen=True)
class _Line:
    label: str
    y: np.ndarray
    color: str
    ink: str
    """The colour of the label's text."""
    strong: bool = True
    wins: bool = False
    marker: str = "o"

    @property
    def end_label(self) -> EndLabel:
        """The label with the last probability, in lines."""
        weight, last = "bold" if self.wins else "normal", float(self.y[-1])
        text = wrapped(f"{self.label}{NO_BREAK}{probability_text(last)}", _LABELS, SMALL, weight)
        return EndLabel(text, last, self.color, self.ink, weight)


@dataclass(frozen=True)
class _Panel:
    heading: tuple[Word, ...]
    ticks: dict[float, str]
    lines: list[_Line]
    least: float
    """The least height in inches."""

    @property
    def height(self) -> float:
        return max(self.least, inches_to_stack([line.end_label for line in self.lines]))


def plot_trajectory(
    trajectory: xr.Dataset, scenario: Scenario, axes: Sequence[Axes] | np.ndarray | None = None
) -> np.ndarray:
    """Draw beliefs after each step of `bayes_self.trajectory`: identities; facets; ownership, if anything is observed.

    Facets that were told are followed at the value told, others at the fact, or else at the value that they end with;
    no more than seven: those told, then those that move most. Returns the two or three Axes, top to bottom.

    Raises:
        ValueError: `axes` are too many or too few.

    """
    with style():
        panels = _panels(trajectory, scenario)
        steps = [plain(str(step)) for step in trajectory["step"].values]
        finding, context = who_wins(trajectory["identities"], scenario), _context(trajectory, scenario)
        if axes is None:
            labels = max(line.end_label.points for panel in panels for line in panel.lines)
            across = max(_STEP * (len(steps) - 1), 2.5)
            right = labels / POINTS + 0.15
            headline = Headline.of(finding, context, _LEFT + across + right - 0.2)
            margins = Margins(_LEFT, right, headline.inches + 0.4, below=0.75, between=0.55)
            axes = axes_to_measure([across], [panel.height for panel in panels], margins)
        elif len(axes) != len(panels):
            raise ValueError(f"{len(panels)} panels are to be drawn, on {len(axes)} axes")
        else:
            headline = Headline.of(finding, context, inches_across(axes[0]) + _LABELS / POINTS)
        headline.draw(axes[0], _LEFT - 0.1, up=0.3)
        for ax, panel in zip(axes, panels, strict=True):
            _draw(ax, panel, steps, last=panel is panels[-1])
    return np.array(axes)


_LEAST = 0.1
"""With masks, a self-model has a line where it is so probable at some step."""
_LEFT = 0.75
"""Inches left of the Axes."""


def _panels(trajectory: xr.Dataset, scenario: Scenario) -> list[_Panel]:
    probabilities = {0.0: "0", 0.5: "0.5", 1.0: "1"}
    identities = _identity_lines(trajectory["identities"], scenario)
    facets = _facet_lines(trajectory["facets"], scenario)
    panels = [
        _Panel((Word("Who am I?"),), probabilities, identities, _HEIGHTS[0]),
        _Panel((Word("What am I?"), *color_key({line.ink for line in facets})), probabilities, facets, _HEIGHTS[1]),
    ]
    if trajectory.sizes["stream"]:
        whose = {0.0: "the part", 0.5: "0.5", 1.0: "me"}
        lines = _ownership_lines(trajectory["ownership"], scenario)
        panels.append(_Panel((Word("Whom is this evidence about?"),), whose, lines, _HEIGHTS[2]))
    return panels


def _identity_lines(identities: xr.DataArray, scenario: Scenario) -> list[_Line]:
    """All identities, with masks those that matter at some step; those that lead at some step are strong."""
    steps = [by_label(identities.isel(step=i, drop=True)) for i in range(identities.sizes["step"])]
    colors, listed = identity_colors(scenario), shown(scenario, *steps, least=_LEAST)
    names = list(colors)
    leading = identities.values.argmax(axis=1).tolist()
    return [
        _Line(called(scenario, n), identities.sel(identity=n).values, colors[n], INK, i in leading, i == leading[-1])
        for i, n in enumerate(names)
        if n in listed
    ]


def _facet_lines(facets: xr.DataArray, scenario: Scenario) -> list[_Line]:
    """What was told and moves most comes first; the chosen are drawn in the scenario's order."""
    candidates = []
    for facet, standing in standings(scenario).items():
        table = facets.sel(facet=facet).dropna("value")
        ends_with = str(table["value"].values[int(table.values[-1].argmax())])
        value = standing.told[-1] if standing.told else standing.fact or ends_with
        y = table.sel(value=value).values
        color, ink = line_color_of(standing, value), ink_of(standing, value)
        shown = f"{plain(facet)}: “{plain(value)}”" if standing.told else f"{plain(facet)}: {plain(value)}"
        candidates.append((bool(standing.told), float(np.ptp(y)), _Line(shown, y, color, ink, strong=False)))
    chosen = sorted(candidates, key=lambda c: c[:2], reverse=True)[:_MOST_FACETS]
    return [line for c in candidates if c in chosen for line in [c[2]]]


def _ownership_lines(ownership: xr.DataArray, scenario: Scenario) -> list[_Line]:
    colors = stream_colors(scenario)
    names = [str(name) for name in ownership["stream"].values]
    return [
        _Line(plain(name), ownership.sel(stream=name).values, colors[name], INK, marker=_MARKERS[i % len(_MARKERS)])
        for i, name in enumerate(names)
    ]


def _context(trajectory: xr.Dataset, scenario: Scenario) -> str:
    frame = trajectory.attrs.get("frame", "self-model")
    parts = [scenario.title, f"frame: {frame}" if frame != "self-model" else ""]
    parts.append(pointer_moves(trajectory["ownership"]) if trajectory.sizes["stream"] else "")
    return ". ".join(filter(None, parts))


def _draw(ax: Axes, panel: _Panel, steps: list[str], last: bool) -> None:
    x = np.arange(len(steps))
    for i in range(len(steps)):
        ax.axvline(i, color=GRID, linewidth=0.6, zorder=0)
    for line in sorted(panel.lines, key=lambda line: line.strong):
        width = 2.4 if line.strong else 1.5
        ax.plot(x, line.y, color=line.color, linewidth=width, marker=line.marker, markersize=4.5, clip_on=False)
    ax.set(xlim=(0, max(len(steps) - 1, 1)), ylim=(0, 1), ylabel="probability")
    ax.set_yticks(list(panel.ticks), list(panel.ticks.values()))
    ax.set_xticks(x, [_step_name(ax, step, len(steps)) for step in steps] if last else [""] * len(steps))
    if last:
        ax.set_xlabel("beliefs after each stream, in the order of training")
        ax.tick_params(axis="x", pad=9)
    words_in_a_row(ax, panel.heading, up=9.0)
    write_end_labels(ax, [line.end_label for line in panel.lines], len(steps) - 1)


def _step_name(ax: Axes, step: str, steps: int) -> str:
    return wrapped(step, inches_across(ax) / max(steps - 1, 1) * POINTS - 6, SMALL)
