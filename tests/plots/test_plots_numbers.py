"""Pictures of plain numbers, dots and lines: every number is where it should be, in its colour, and can be read."""

import math

import pytest
from drawing import texts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import bayes_self as bs
from bayes_self import plots
from bayes_self.plots.drawing.canvas import finding_on
from bayes_self.plots.drawing.palette import SMALL

COLORS = {"without it": "#D55E00", "with it": "#0072B2"}
SHORT, LONG = "a row", "a row with a name that is so long that nobody could write it on one line beside the dots"
ROWS = {SHORT: {"without it": 0.25, "with it": 0.75}, LONG: {"without it": 0.5, "with it": 0.5}}
PANEL = plots.Lines(
    "A heading",
    (0, 1, 10),
    [
        plots.Line("one", (0.9, 0.5, 0.2), "#D55E00", dot=(1.0, 0.5)),
        plots.Line("another with a long name, one that has to be broken", (0.8, 0.4, 0.2), "#0072B2"),
        plots.Line("a bound", (1.0, 0.6, 0.21), "#939393", thin=True),
    ],
    "trials",
    even=True,
)


def assert_legible(figure):
    boxes = list(texts_of(figure).items())
    for i, (text, box) in enumerate(boxes):
        assert text.get_fontsize() >= SMALL
        assert figure.bbox.x0 <= box.x0, text.get_text()
        assert box.x1 <= figure.bbox.x1, text.get_text()
        assert figure.bbox.y0 <= box.y0, text.get_text()
        assert box.y1 <= figure.bbox.y1, text.get_text()
        for other, next_box in boxes[:i]:
            across = min(box.x1, next_box.x1) - max(box.x0, next_box.x0)
            down = min(box.y1, next_box.y1) - max(box.y0, next_box.y0)
            assert across <= 1 or down <= 1.5, (text.get_text(), other.get_text())


def dots_of(ax):
    return [(float(line.get_xdata()[0]), to_hex(line.get_color())) for line in ax.lines if line.get_marker() == "o"]


def words_of(figure):
    return [text.get_text() for text in texts_of(figure)]


def test_a_dot_stands_at_its_number_in_the_colour_of_its_case():
    (ax,) = plots.plot_dots([plots.Dots("A heading", ROWS, COLORS)], "What came out", "of what")
    expected = [(x, COLORS[case].lower()) for row in ROWS.values() for case, x in row.items()]
    assert dots_of(ax) == expected
    assert finding_on(ax) == "What came out"
    words = words_of(ax.figure)
    assert words.count("0.25") == words.count("0.75") == 1
    assert words.count("0.50") == 2
    assert set(COLORS) | {SHORT, "A heading"} <= set(words)


def test_what_is_missing_or_infinite_has_no_dot_and_no_false_number():
    rows = {"a": {"without it": math.inf, "with it": 1.0}, "b": {"with it": 2.0}, "c": {"without it": math.nan}}
    (ax,) = plots.plot_dots([plots.Dots("", rows, COLORS, "bits", (0, 3), "{:.1f}".format)], "What came out")
    assert dots_of(ax) == [(1.0, COLORS["with it"].lower()), (2.0, COLORS["with it"].lower())]
    words = words_of(ax.figure)
    assert words.count("inf") == words.count("nan") == 1
    assert ax.get_xlabel() == "bits"


def test_marks_and_remarks_are_written():
    section = plots.Dots("A heading", ROWS, COLORS, marks={"before": 0.5}, remarks={SHORT: "as foretold"})
    (ax,) = plots.plot_dots([section], "What came out", note="a note " * 40)
    assert {"before", "as foretold"} <= set(words_of(ax.figure))
    assert_legible(ax.figure)


def test_sections_stand_one_below_the_other_and_can_be_read():
    sections = [plots.Dots("A heading", ROWS, COLORS), plots.Dots("Another", ROWS, {"with it": "#0072B2"})]
    sections[1] = plots.Dots("Another", {"a": {"with it": 3}}, {"with it": "#0072B2"}, "bits", (0, 5))
    axes = plots.plot_dots(sections, "What came out of it all, in a sentence that needs more than a line to be said in")
    assert axes[0].get_position().y0 > axes[1].get_position().y1
    assert not finding_on(axes[1])
    assert_legible(axes[0].figure)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=9))
def test_lines_go_through_their_numbers_and_labels_keep_apart(ends):
    lines = [plots.Line(f"line {i}", (0.5, end), "#0072B2") for i, end in enumerate(ends)]
    (ax,) = plots.plot_lines([plots.Lines("A heading", (0.0, 1.0), lines, "coherence")], "What came out")
    drawn = [line.get_ydata().tolist() for line in ax.lines]
    assert drawn == [[0.5, end] for end in ends]
    assert_legible(ax.figure)


@pytest.mark.parametrize("stacked", [False, True])
def test_panels_of_lines_can_be_read(stacked):
    axes = plots.plot_lines([PANEL, PANEL], "What came out", "of what", "a note", stacked=stacked)
    assert len(axes) == 2
    upright = axes[0].get_position().y0 > axes[1].get_position().y1
    assert upright == stacked
    assert finding_on(axes[0]) == "What came out"
    assert (axes[0].get_xlabel(), axes[1].get_xlabel()) == ("" if stacked else "trials", "trials")
    assert axes[0].get_ylabel() == axes[1].get_ylabel() == "probability"
    assert_legible(axes[0].figure)
    texts = [text.get_text() for text in axes[1].get_xticklabels()]
    assert texts == ["0", "1", "10"]
    assert axes[1].get_xticks().tolist() == [0, 1, 2]


def test_a_caller_may_bring_axes():
    figure = Figure(figsize=(16, 8))
    FigureCanvasAgg(figure)
    axes = figure.subplots(1, 2)
    assert list(plots.plot_lines([PANEL, PANEL], "What came out", axes=axes)) == list(axes)
    with pytest.raises(ValueError, match="1 panels are to be drawn, on 2 axes"):
        plots.plot_lines([PANEL], "What came out", axes=axes)
    section = plots.Dots("A heading", ROWS, COLORS)
    assert list(plots.plot_dots([section, section], "What came out", axes=axes)) == list(axes)
    with pytest.raises(ValueError, match="1 sections are to be drawn, on 2 axes"):
        plots.plot_dots([section], "What came out", axes=axes)


def test_entrenchment_beyond_the_axis_is_written():
    from bayes_self.measures.survey import survey

    scenario = bs.load("naming")
    result = bs.posterior(scenario, bs.simulate(scenario, key=3))
    found = survey(result.case)
    axes = plots.plot_landscape(found, result)
    beyond = [bits for bits in found.entrenchment["name"].values() if bits > 16]
    assert len(beyond) == 3
    assert {f"{bits:.1f} →" for bits in beyond} <= set(words_of(axes[0].figure))
    assert_legible(axes[0].figure)
    key = next(text.xy[1] for text in axes[0].texts if text.get_text() == "neither")
    drawn = [
        segment for lines in axes[0].collections if hasattr(lines, "get_segments") for segment in lines.get_segments()
    ]
    upright = [sorted(y for _, y in segment) for segment in drawn if segment[0][0] == segment[-1][0]]
    assert upright
    assert not [ends for ends in upright if ends[0] <= key <= ends[-1]], "a line runs through the key of colours"


def test_frames_show_the_asymmetry_that_was_asked_for():
    scenario = bs.load("jfk_vs_assistant")
    frames = bs.compare(scenario, bs.expect(scenario), a="assistant", b="jfk")
    axes = plots.plot_frames(frames)
    said = [text for text in words_of(axes[0].figure) if "asymmetry" in text]
    assert [f"{result.asymmetry:.1f} bits" in text for result, text in zip(frames.values(), said, strict=True)] == [
        True
    ] * 3
    assert_legible(axes[0].figure)
    silent = plots.plot_frames(bs.compare(scenario, bs.expect(scenario)))
    assert not [text for text in words_of(silent[0].figure) if "symmetry" in text]
