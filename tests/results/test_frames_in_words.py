"""The evidence judges the frames once: picture, report and page say the same, and a tie is called a tie."""

import pytest
from drawing import SCENARIOS

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.comparison import FrameResult
from bayes_self.page.sections import frames as section
from bayes_self.plots.drawing.canvas import finding_on
from bayes_self.report.comparison import comparison_report
from bayes_self.results.frames import favoured, frames_finding


@pytest.mark.parametrize("name", SCENARIOS)
def test_picture_report_and_page_agree_about_the_frames(name):
    """On 8 of 17 scenarios the picture favoured no frame where the terminal favoured one."""
    scenario = SCENARIOS[name]()
    evidence = bs.expect(scenario) if scenario.world else None
    results = bs.compare(scenario, evidence)
    finding = frames_finding(results, scenario)
    assert finding_on(plots.plot_frames(results)[0]) == finding
    assert finding in " ".join(comparison_report(results, scenario))
    page = section(bs.posterior(scenario, evidence))
    assert page.finding == finding
    assert "evidence" not in page.note


def judged(*probabilities):
    frames = ("simulator", "persona-selection", "self-model")
    result = bs.posterior(SCENARIOS["template"]())
    results = {frame: FrameResult(result, p, None) for frame, p in zip(frames, probabilities, strict=True)}
    return frames_finding(results, result.scenario).split(";")[0]


@pytest.mark.parametrize(
    ("probabilities", "words"),
    [
        (
            (0.341, 0.331, 0.328),
            "The evidence does not tell the frames apart: "
            "simulator (0.34), persona-selection (0.33) and self-model (0.33)",
        ),
        ((0.45, 0.1, 0.45), "The evidence favours simulator (0.45) and self-model (0.45) alike"),
        ((0.2, 0.55, 0.25), "The evidence favours persona-selection (0.55)"),
        ((0.0, 0.0, 1.0), "The evidence favours self-model (1)"),
        ((None, None, None), "The evidence is tempered by weights, and so does not judge between the frames"),
    ],
)
def test_a_tie_is_called_a_tie(probabilities, words):
    """The report favoured simulator (0.341) over 0.331 and 0.328."""
    assert judged(*probabilities) == words


def test_a_frame_is_favoured_by_a_bit_and_no_less():
    assert favoured({"a": 0.66, "b": 0.34}) == ["a", "b"]
    assert favoured({"a": 0.67, "b": 0.33}) == ["a"]
    assert favoured({"a": None}) == []
