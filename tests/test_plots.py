"""Every plot of very different scenarios: legible, stated, in the same colours, and gone when it is let go."""

import itertools
import json
import re
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.comparison import FrameResult, compare
from bayes_self.plots.canvas import ShownFigure, finding_on
from bayes_self.plots.finding import facets_settled, frames_disagree, pointer_moves, who, who_wins
from bayes_self.plots.lettering import bits_text, probability_text, spread, width_of, wrapped
from bayes_self.plots.palette import SMALL
from bayes_self.plots.told import standings
from bayes_self.scenario import Scenario

ROOT = Path(__file__).parent.parent
WORDS = ["brain", "model", "childhood in Brookline", "any programming language", "no", "many conversations", "at once"]


def bare() -> Scenario:
    """Nothing but a facet and two identities that are equally likely."""
    facets = {"q": {"values": ["a", "b"]}}
    identities = {"x": {"profile": {"q": "a"}}, "y": {"profile": {"q": {"a": 0.3, "b": 0.7}}}}
    return Scenario.from_dict({"schema": 1, "facets": facets, "identities": identities})


def silent() -> Scenario:
    """A world, and no spec; one identity; no title."""
    facets = {"substrate": {"values": ["language model", "human brain"]}, "tone": {"values": ["plain", "grand"]}}
    return Scenario.from_dict(
        {
            "schema": 1,
            "facets": facets,
            "identities": {"somebody": {}},
            "streams": {"rl": {"readings": ["substrate", "tone"], "ownership": 0.4}},
            "world": {"facts": {"substrate": "human brain"}, "trials": {"rl": {"substrate": 9, "tone": 3}}},
        }
    )


def long() -> Scenario:
    """Fourteen facets of two to five values, fourteen identities, seven streams, and names as long as they come."""
    facets = {
        f"facet_{i}" + "_of_a_rather_long_name" * (i % 3): {
            "values": [f"{' '.join(WORDS[(i + k) % 7 : (i + k) % 7 + 1 + (i * k) % 3])} {k}" for k in range(2 + i % 4)]
        }
        for i in range(14)
    }
    stands = {f: v["values"] for f, v in facets.items()}
    identities = {
        f"identity_{j}": {
            "label": f"{' '.join(WORDS[j % 5 : j % 5 + 1 + j])}, number {j}",
            "bits": j / 2,
            "profile": {f: values[j % len(values)] for i, (f, values) in enumerate(stands.items()) if (i + j) % 5},
        }
        for j in range(14)
    }
    told = {f: values[-1] for f, values in itertools.islice(stands.items(), 9)}
    contradicted = {f: values[0] for f, values in itertools.islice(stands.items(), 2)}
    observed = {"kind": "introspection", "reliability": 0.6, "ownership": 0.5, "readings": list(facets)[4:]}
    return Scenario.from_dict(
        {
            "schema": 1,
            "title": "Names that go on, and on, and $on$",
            "facets": facets,
            "identities": identities,
            "streams": {
                "pretraining": {"mentions": {"identity_2": 50, "identity_3": 20}},
                "spec": {"identity": "identity_13", "claims": told},
                "a_system_prompt_that_is_long": {"kind": "spec", "claims": contradicted},
                "rl": {"ownership": 0.9, "readings": list(facets)[:4]},
                "Donaudampfschifffahrtsgesellschaftsprüfung": {**observed, "kind": "rl"},
                "introspection": observed,
                "more_introspection": observed,
            },
            "world": {
                "facts": {f: values[0] for f, values in itertools.islice(stands.items(), 1, 7)},
                "trials": {"rl": dict.fromkeys(list(facets)[:4], 2), "introspection": {list(facets)[6]: 5}},
            },
        }
    )


SCENARIOS = {
    "bare": bare,
    "silent": silent,
    "long": long,
    "template": lambda: bs.load(ROOT / "bayes_self/scenario/template.toml"),
    **{path.stem: lambda path=path: bs.load(path) for path in sorted((ROOT / "models").glob("*.toml"))},
}


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


def texts_of(figure):
    """{text: its box in pixels} of all that can be read."""
    renderer = figure.canvas.get_renderer()
    figure.draw(renderer)
    seen = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    in_use = {
        t
        for ax in figure.axes
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        for t in (tick.label1,)
    }
    drawn_ticks = {t for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for t in axis.get_ticklabels()}
    seen = [t for t in seen if t not in in_use or t in drawn_ticks]
    # of an annotation with an arrow the arrow is part of the window extent
    return {t: Text.get_window_extent(t, renderer) for t in seen}


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
    finding = {
        "posterior": who(drawn.posterior.identities, scenario),
        "trajectory": who_wins(drawn.trajectory["identities"], scenario),
        "frames": frames_disagree(drawn.frames, scenario),
    }[picture]
    assert finding_on(first) == finding
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
    shares += [*drawn.posterior.identities.values, *drawn.posterior.prior_identities.values]
    np.testing.assert_allclose(widths, sorted(shares), atol=1e-12)


def test_an_identity_has_its_colour_in_every_plot(drawn):
    colors = plots.identity_colors(drawn.scenario)
    bars = [p for ax in (drawn.pictures["posterior"][0], *drawn.pictures["frames"]) for p in ax.patches]
    lines = drawn.pictures["trajectory"][0].lines
    assert {line.get_color() for line in lines if len(line.get_xdata()) == drawn.trajectory.sizes["step"]} <= {
        *colors.values(),
        lines[0].get_color(),
    }
    for color in colors.values():
        assert sum(to_hex(bar.get_facecolor()) == color.lower() for bar in bars) == 4
        assert color in {line.get_color() for line in lines}


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


def test_what_was_told_and_what_is_so_stand_beside_the_belief():
    scenario = SCENARIOS["template"]().with_claim("substrate", "human brain")
    ax = plots.plot_posterior(bs.posterior(scenario, bs.expect(scenario)))
    shown = [text.get_text() for text in ax.texts]
    assert {"told", "in fact", "“human brain”", "“Jack”", "“you are this”", "as told", "no fact"} <= set(shown)
    assert standings(scenario)["substrate"].told == ("human brain",)
    assert standings(scenario)["substrate"].fact == "language model"


def test_nothing_told_and_no_world_have_no_columns():
    shown = {text.get_text() for text in plots.plot_posterior(bs.posterior(bare())).texts}
    assert not {"told", "in fact", "no fact"} & shown


def test_a_spec_of_weight_0_has_told_nothing():
    scenario = SCENARIOS["template"]().with_weight("spec", 0)
    assert standings(scenario)["name"].told == ()
    assert who(bs.posterior(scenario).identities, scenario).startswith("It ")


def test_the_finding_says_what_came_of_what_was_told():
    scenario = SCENARIOS["template"]()
    sure = scenario.with_settings({"identities.assistant.bits": 40.0, "identities.nobody.bits": 40.0})
    assert who(bs.posterior(sure).identities, sure) == "Told it is John F. Kennedy, it believes it (>0.99)"
    other = scenario.with_settings({"identities.jfk.bits": 40.0, "identities.nobody.bits": 40.0})
    found = who(bs.posterior(other).identities, other)
    assert found == "Told it is John F. Kennedy, it takes itself to be an AI assistant (>0.99)"
    assert who(bs.posterior(bare()).identities, bare()) == "It is undecided between x (0.50) and y (0.50)"


def test_the_finding_counts_facets():
    scenario = silent()
    found = facets_settled(bs.posterior(scenario, bs.expect(scenario)).facets, scenario)
    assert found == "Sure (≥ 0.9) of none of 2 facets"
    about_me = scenario.with_settings({"streams.rl.ownership": 1.0})
    found = facets_settled(bs.posterior(about_me, bs.expect(about_me)).facets, about_me)
    assert found == "Sure (≥ 0.9) of 1 of 2 facets: 1 as it is in fact"


def test_the_finding_says_when_the_lead_changes_and_where_the_pointer_goes():
    scenario = SCENARIOS["template"]().with_settings({"identities.jfk.bits": 12.0})
    trajectory = bs.trajectory(scenario, bs.expect(scenario))
    leaders = [str(trajectory["identity"].values[i]) for i in trajectory["identities"].values.argmax(axis=1)]
    found = who_wins(trajectory["identities"], scenario)
    assert ("leads" in found) == (len(set(leaders)) == 1)
    moved = pointer_moves(bs.trajectory(silent(), bs.expect(silent()))["ownership"])
    assert moved == "The Self pointer stays where it was"


def test_a_frame_that_finds_the_evidence_impossible_says_so():
    scenario = bare()
    posterior = bs.posterior(scenario)
    results = {
        "simulator": FrameResult(posterior, 1.0, None),
        "persona-selection": FrameResult(None, 0.0, None),
    }
    axes = plots.plot_frames(results)
    assert "finds this\nevidence\nimpossible" in {text.get_text() for text in axes[1].texts}
    assert [ax.get_title(loc="left") for ax in axes] == ["simulator: P > 0.99", "persona-selection: P = 0"]
    assert (
        finding_on(axes[0])
        == "The evidence favours the simulator (>0.99); simulator alone allows the evidence and says x"
    )


def test_frames_without_probabilities_claim_none():
    posterior = bs.posterior(bare())
    axes = plots.plot_frames({"self-model": FrameResult(posterior, None, None)})
    assert axes[0].get_title(loc="left") == "self-model"
    assert finding_on(axes[0]) == "All frames say x"


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_files_are_whole_and_the_same_every_time(tmp_path, suffix):
    first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    for path in (first, second):
        assert plots.save(plots.plot_posterior(bs.posterior(bare())), path) == path
    assert first.read_bytes() == second.read_bytes()
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_a_figure_and_an_array_of_axes_can_be_saved(tmp_path):
    axes = plots.plot_frames(compare(bare()))
    assert (
        plots.save(axes, tmp_path / "a.png").read_bytes() == plots.save(axes[0].figure, tmp_path / "b.png").read_bytes()
    )


def test_a_file_that_cannot_be_drawn_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_text("old")
    ax = plots.plot_posterior(bs.posterior(bare()))
    monkeypatch.setattr(ax.figure, "savefig", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        plots.save(ax, path)
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


def test_an_unknown_suffix_and_no_picture_are_refused(tmp_path):
    with pytest.raises(ValueError, match="nothing to save"):
        plots.save([], tmp_path / "a.png")
    with pytest.raises(ValueError, match="jpg2"):
        plots.save(plots.plot_posterior(bs.posterior(bare())), tmp_path / "a.jpg2")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("p", "text"), [(0.0, "0"), (1e-9, "<0.01"), (0.005, "0.01"), (0.5, "0.50"), (0.9949, "0.99"), (1.0, ">0.99")]
)
def test_probabilities_are_written_without_false_certainty(p, text):
    assert probability_text(p) == text


@pytest.mark.parametrize(
    ("bits", "text"), [(-0.01, "0.0"), (-1.25, "−1.2"), (np.inf, "∞"), (-np.inf, "−∞"), (np.nan, "–"), (17.16, "17.2")]
)
def test_bits_are_written_with_a_true_minus(bits, text):
    assert bits_text(bits) == text


def test_labels_are_moved_apart_and_keep_their_order():
    wanted, heights = [0.0, 0.0, 1.0, 50.0, 99.0, 100.0], [10.0, 10.0, 20.0, 10.0, 10.0, 10.0]
    places = spread(wanted, heights, 0.0, 100.0)
    edges = sorted((p - h / 2, p + h / 2) for p, h in zip(places, heights, strict=True))
    assert all(below[1] <= above[0] + 1e-9 for below, above in itertools.pairwise(edges))
    assert edges[0][0] >= 0
    assert edges[-1][1] <= 100
    assert places[0] > places[1]
    assert places[3] == 50


def test_lines_are_broken_at_spaces_and_only_long_words_are_cut():
    text = wrapped("a language model called Donaudampfschifffahrtsgesellschaft", 60.0, 8.0)
    assert text.replace("\n", "").replace(" ", "") == "alanguagemodelcalledDonaudampfschifffahrtsgesellschaft"
    assert all(width_of(line, 8.0) <= 60 for line in text.split("\n"))
