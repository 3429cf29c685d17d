"""Every plot of very different scenarios: legible, stated, in the same colours, and gone when it is let go."""

import itertools
import json
import re
from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest
from drawing import ROOT, SCENARIOS, bare, long, texts_of
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.comparison import compare
from bayes_self.plots.drawing.canvas import ShownFigure, finding_on
from bayes_self.plots.drawing.palette import SMALL
from bayes_self.results.beliefs import who, who_wins
from bayes_self.results.frames import frames_finding
from bayes_self.results.self_models import shown, who_and_mask, worn_or_none


@pytest.fixture(scope="module", params=SCENARIOS)
def drawn(request):
    """A scenario, its results and their pictures."""
    scenario = SCENARIOS[request.param]()
    evidence = bs.expect(scenario)
    posterior, trajectory = bs.posterior(scenario, evidence), bs.trajectory(scenario, evidence)
    frames = compare(scenario, evidence)
    return SimpleNamespace(
        scenario=scenario,
        posterior=posterior,
        trajectory=trajectory,
        frames=frames,
        pictures={
            "posterior": np.array([plots.plot_posterior(posterior)]),
            "trajectory": plots.plot_trajectory(trajectory, scenario),
            "frames": plots.plot_frames(frames),
        },
    )


PICTURES = pytest.mark.parametrize("picture", ["posterior", "trajectory", "frames"])


@PICTURES
def test_axes_are_returned(drawn, picture):
    axes = drawn.pictures[picture]
    assert all(isinstance(ax, Axes) for ax in axes)
    observed = drawn.trajectory.sizes["stream"] > 0
    assert len(axes) == {"posterior": 1, "trajectory": 2 + observed, "frames": 3}[picture]


def test_a_notebook_shows_the_figure_without_pyplot():
    shown = plots.plot_posterior(bs.posterior(bare())).figure
    assert isinstance(shown, ShownFigure)
    assert shown._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("notebook", sorted((ROOT / "docs" / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_what_a_notebook_draws_is_shown(notebook):
    cells = ["".join(cell["source"]) for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]]
    for cell in cells:
        assert not re.search(r"\bplots\.plot_\w+\(", cell) or cell.endswith(".figure"), cell


@PICTURES
def test_text_is_inside_the_figure_large_enough_and_apart(drawn, picture):
    figure = drawn.pictures[picture][0].figure
    boxes = texts_of(figure)
    for text, box in boxes.items():
        assert text.get_fontsize() >= SMALL >= 8
        assert figure.bbox.x0 <= box.x0, text.get_text()
        assert box.x1 <= figure.bbox.x1, text.get_text()
        assert figure.bbox.y0 <= box.y0, text.get_text()
        assert box.y1 <= figure.bbox.y1, text.get_text()
    for (one, box), (other, next_box) in itertools.combinations(boxes.items(), 2):
        across = min(box.x1, next_box.x1) - max(box.x0, next_box.x0)
        down = min(box.y1, next_box.y1) - max(box.y0, next_box.y0)
        # boxes reach from the ascender to the descender: a pixel is not ink
        assert across <= 1 or down <= 1.5, (one.get_text(), other.get_text())


@PICTURES
def test_titles_state_the_finding(drawn, picture):
    scenario, first = drawn.scenario, drawn.pictures[picture][0]
    stated = {
        "posterior": who_and_mask(drawn.posterior),
        "trajectory": who_wins(drawn.trajectory["identities"], scenario),
        "frames": frames_finding(drawn.frames, scenario),
    }[picture]
    assert finding_on(first) == stated
    assert not any(finding_on(ax) for ax in drawn.pictures[picture][1:])


def test_axes_have_units(drawn):
    axes = [ax for picture in drawn.pictures.values() for ax in picture]
    assert {"probability"} == {ax.get_xlabel() if not ax.lines else ax.get_ylabel() for ax in axes}


def test_a_caller_may_bring_axes(drawn):
    figure = Figure(figsize=(16, 16))
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0.4, 0.1, 0.3, 0.7))
    assert plots.plot_posterior(drawn.posterior, ax) is ax
    axes = list(Figure(figsize=(16, 16)).subplots(len(drawn.pictures["trajectory"])))
    assert list(plots.plot_trajectory(drawn.trajectory, drawn.scenario, axes)) == axes
    axes = Figure(figsize=(16, 16)).subplots(1, 3)
    assert list(plots.plot_frames(drawn.frames, axes)) == list(axes)


def test_axes_must_be_as_many_as_panels():
    scenario = bare()
    axes = list(Figure().subplots(1, 4))
    with pytest.raises(ValueError, match="2 panels are to be drawn, on 4 axes"):
        plots.plot_trajectory(bs.trajectory(scenario), scenario, axes)
    with pytest.raises(ValueError, match="3 panels are to be drawn, on 4 axes"):
        plots.plot_frames(compare(scenario), axes)


def test_every_value_fills_its_share(drawn):
    ax = drawn.pictures["posterior"][0]
    facets = drawn.posterior.facets
    widths = sorted(patch.get_width() for patch in ax.patches)
    shares = [p for array in (facets, drawn.posterior.prior_facets) for p in array.values.ravel() if p == p]
    after, before = drawn.posterior.after, drawn.posterior.before
    if drawn.scenario.masks:
        for each in (after, before):
            shares += [*each.beneath.values(), *worn_or_none(each.worn).values()]
    else:
        shares += [*after.identities.values(), *before.identities.values()]
    np.testing.assert_allclose(widths, sorted(shares), atol=1e-12)


def test_an_identity_has_its_colour_in_every_plot(drawn):
    colors = plots.identity_colors(drawn.scenario)
    bars = [p for ax in (drawn.pictures["posterior"][0], *drawn.pictures["frames"]) for p in ax.patches]
    lines = drawn.pictures["trajectory"][0].lines
    assert {line.get_color() for line in lines if len(line.get_xdata()) == drawn.trajectory.sizes["step"]} <= {
        *colors.values(),
        lines[0].get_color(),
    }
    after = [each.posterior.after.identities for each in drawn.frames.values()]
    of_frames, steps = shown(drawn.scenario, *after), drawn.trajectory["identities"].max("step")
    for name, color in colors.items():
        n = sum(to_hex(bar.get_facecolor()) == color.lower() for bar in bars)
        if drawn.scenario.masks:
            in_both = 2 + (drawn.posterior.after.worn[name] > 0) - 1 if name in drawn.scenario.identities else 0
            assert n == in_both + 3 * (name in of_frames)
            assert (color in {line.get_color() for line in lines}) == (float(steps.sel(identity=name)) >= 0.1)
        else:
            assert n == 4
            assert color in {line.get_color() for line in lines}


def test_a_mask_has_a_colour_between_its_two_identities():
    scenario = bs.load("jfk_coder")
    colors = {name: np.array(to_rgb(color)) for name, color in plots.identity_colors(scenario).items()}
    assert list(colors) == list(scenario.self_models)
    expected = 0.65 * colors["assistant"] + 0.35 * colors["jfk"]
    assert np.allclose(colors["assistant as jfk"], expected, atol=1 / 255)
    assert len({tuple(color) for color in colors.values()}) == len(colors)


def test_without_a_mask_the_title_says_who_it_is():
    scenario = bs.load("delusion")
    result = bs.posterior(scenario, bs.simulate(scenario, key=1961))
    assert sum(result.after.worn.values()) < 0.5
    assert who_and_mask(result) == who(result.identities, scenario)


def test_a_stream_has_its_colour_in_the_trajectory(drawn):
    if drawn.trajectory.sizes["stream"]:
        colors = plots.stream_colors(drawn.scenario)
        lines = {line.get_color() for line in drawn.pictures["trajectory"][2].lines}
        assert {colors[str(name)] for name in drawn.trajectory["stream"].values} <= lines


def test_colours_depend_on_the_order_alone():
    scenario = long()
    colors = list(plots.identity_colors(scenario).values())
    assert len(set(colors)) == 14
    assert list(plots.identity_colors(bare()).values()) == colors[:2]
    edited = scenario.with_settings({"streams.spec.weight": 0.5})
    assert plots.identity_colors(edited) == plots.identity_colors(scenario)
    assert plots.stream_colors(edited) == plots.stream_colors(scenario)
    assert len(set(plots.stream_colors(scenario).values())) == len(scenario.streams)


def test_colours_are_told_apart_by_the_colour_blind():
    colors = list(plots.identity_colors(long()).values())[:8]
    streams = list(plots.stream_colors(long()).values())
    for seen_by in (np.eye(3), DEUTERANOPE, PROTANOPE):
        for one, other in itertools.combinations(colors, 2):
            assert difference(one, other, seen_by) > 9, (one, other)
    for identity, stream in itertools.product(colors, streams):
        assert difference(identity, stream, np.eye(3)) > 15, (identity, stream)


# Viénot, Brettel and Mollon, Color Research & Application 24:243 (1999), on linear RGB
DEUTERANOPE = np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]])
PROTANOPE = np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]])


def difference(one, other, seen_by):
    """The distance of two colours in CIELAB (about 2.3 is just noticeable)."""
    return float(np.linalg.norm(lab(one, seen_by) - lab(other, seen_by)))


def lab(color, seen_by):
    rgb = np.array(to_rgb(color))
    linear = np.clip(seen_by @ np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4), 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(to_xyz @ linear / (0.9505, 1.0, 1.089))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_nothing_is_left_behind(drawn):
    from matplotlib import pyplot

    settings, figures = dict(matplotlib.rcParams), pyplot.get_fignums()  # those of other tests, ArviZ's among them
    plots.plot_posterior(drawn.posterior)
    assert pyplot.get_fignums() == figures
    assert dict(matplotlib.rcParams) == settings
