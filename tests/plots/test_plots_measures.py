"""Pictures of measures: legible, with the finding as their title, for scenarios that are very different."""

import itertools
import math
from types import SimpleNamespace

import numpy as np
import pytest
from drawing import SCENARIOS, texts_of
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import bayes_self as bs
from bayes_self import plots
from bayes_self.beliefs.runs import many_runs
from bayes_self.measures.attribution import Attribution, attribution
from bayes_self.measures.misfit import Misfit, misfit
from bayes_self.measures.probe_value import probe_value
from bayes_self.measures.realization import characters
from bayes_self.measures.survey import survey
from bayes_self.measures.viability import cumulative_bill, viability, viability_by_probe
from bayes_self.plots.drawing.canvas import finding_on
from bayes_self.plots.drawing.palette import SMALL
from bayes_self.results import measures as findings

FEW = ("bare", "silent", "template", "jfk_coder")


@pytest.fixture(scope="module", params=FEW)
def drawn(request):
    """The pictures of a scenario's measures, and the findings that they should state."""
    scenario = SCENARIOS[request.param]()
    result = bs.posterior(scenario, bs.expect(scenario))
    case = result.case
    found, believed = survey(case), {"identity": next(iter(scenario.identities))}
    shares, values, misfits = attribution(case, **believed), probe_value(case), misfit(case, key=0)
    pictures = {
        "landscape": plots.plot_landscape(found, result),
        "attribution": plots.plot_attribution(shares, believed, scenario),
        "realization": plots.plot_realization(characters(case), result),
        "probe_value": plots.plot_probe_value(values, "identity", scenario),
        "misfit": plots.plot_misfit(misfits, scenario),
    }
    said = {
        "landscape": findings.landscape_finding(found.bits_to_flip, found.verdicts),
        "attribution": findings.attribution_finding(believed, shares, scenario),
        "realization": findings.realization_finding(characters(case), result),
        "probe_value": findings.probe_value_finding("identity", values, scenario),
        "misfit": findings.misfit_finding(misfits),
    }
    if scenario.world is not None:
        viable = viability(case), viability_by_probe(case), cumulative_bill(case)
        runs = many_runs(scenario, key=0, runs=50)
        pictures |= {"viability": plots.plot_viability(*viable, scenario), "runs": plots.plot_runs(runs)}
        said |= {
            "viability": findings.viability_finding(*viable[:2], scenario),
            "runs": findings.runs_finding(runs),
        }
    return SimpleNamespace(
        scenario=scenario, shares=shares, pictures={k: np.atleast_1d(v) for k, v in pictures.items()}, said=said
    )


def test_titles_state_the_finding(drawn):
    for name, axes in drawn.pictures.items():
        assert all(isinstance(ax, Axes) for ax in axes)
        assert finding_on(axes[0]) == drawn.said[name]
        assert drawn.said[name].strip()


def test_text_is_inside_the_figure_large_enough_and_apart(drawn):
    for name, axes in drawn.pictures.items():
        figure = axes[0].figure
        boxes = texts_of(figure)
        for text, box in boxes.items():
            assert text.get_fontsize() >= SMALL
            assert figure.bbox.x0 <= box.x0, (name, text.get_text())
            assert box.x1 <= figure.bbox.x1, (name, text.get_text())
            assert figure.bbox.y0 <= box.y0, (name, text.get_text())
            assert box.y1 <= figure.bbox.y1, (name, text.get_text())
        for (one, box), (other, next_box) in itertools.combinations(boxes.items(), 2):
            across = min(box.x1, next_box.x1) - max(box.x0, next_box.x0)
            down = min(box.y1, next_box.y1) - max(box.y0, next_box.y0)
            assert across <= 1 or down <= 1.5, (name, one.get_text(), other.get_text())


def test_streams_have_their_colours_in_the_waterfall(drawn):
    bars = drawn.pictures["attribution"][0].patches
    if len(drawn.scenario.identities) == 1:  # it is certain before training: no stream has a bar
        assert drawn.shares.before_training == drawn.shares.posterior == math.inf
        assert len(bars) == 2
        return
    colors = plots.stream_colors(drawn.scenario)
    shown = [to_hex(bar.get_facecolor()) for bar in bars[1:-1]]
    assert sorted(shown) == sorted(colors[stream].lower() for stream in drawn.shares.shares)
    for bar, bits in zip((bars[0], bars[-1]), (drawn.shares.before_training, drawn.shares.posterior), strict=True):
        assert bar.get_width() == pytest.approx(bits)


def test_a_waterfall_shows_what_is_not_finite_as_numbers():
    scenario = SCENARIOS["template"]()
    shares = dict.fromkeys(scenario.streams, 0.0) | {"rl": -math.inf}
    ax = plots.plot_attribution(
        Attribution(1.0, -math.inf, shares), {"identity": next(iter(scenario.identities))}, scenario
    )
    assert [text.get_text() for text in ax.texts].count("−∞") == 2


def test_what_an_identity_rules_out_is_marked():
    scenario = SCENARIOS["template"]()
    names = list(scenario.identities)
    bits = {name: math.inf if name == names[0] else 0.1 for name in names}
    ax = plots.plot_viability(bits, {("rl", "probe"): bits}, bits, scenario)
    assert [text.get_text() for text in ax.texts].count("∞") == 3


def test_a_misfit_is_marked():
    scenario = SCENARIOS["template"]()
    stream = next(name for name, s in scenario.streams.items() if s.kind == "rl")
    found = {(stream, "odd"): Misfit(12.0, 0.0001), (stream, "even"): Misfit(0.5, 0.4)}
    ax = plots.plot_misfit(found, scenario)
    assert finding_on(ax) == "1 probe does not look like what it predicts: odd (12.0 bits, tail <0.001)"
    assert "<0.001 ✗" in {text.get_text() for text in ax.texts}


def test_a_caller_may_bring_axes():
    scenario = SCENARIOS["template"]()
    result = bs.posterior(scenario, bs.expect(scenario))
    figure = Figure(figsize=(16, 16))
    FigureCanvasAgg(figure)
    axes = [figure.add_axes((0.4, 0.1, 0.3, 0.7)), figure.add_axes((0.75, 0.1, 0.1, 0.7))]
    assert list(plots.plot_landscape(survey(result.case), result, axes)) == axes
    with pytest.raises(ValueError, match="2 panels are to be drawn, on 1 axes"):
        plots.plot_landscape(survey(result.case), result, axes[:1])
