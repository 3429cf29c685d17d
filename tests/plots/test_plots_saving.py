"""Pictures become whole files, the same every time, or leave what was there."""

import matplotlib
import pytest
from drawing import bare

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.comparison import compare
from bayes_self.plots.drawing.canvas import ShownFigure


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_files_are_whole_and_the_same_every_time(tmp_path, suffix):
    first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    for path in (first, second):
        assert plots.save(plots.plot_posterior(bs.posterior(bare())), path) == path
    assert first.read_bytes() == second.read_bytes()
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_the_users_settings_change_no_file_and_no_figure_in_a_notebook(tmp_path):
    axes = plots.plot_posterior(bs.posterior(bare()))
    figure = axes.figure
    assert isinstance(figure, ShownFigure)
    plain, shown = plots.save(axes, tmp_path / "a.png").read_bytes(), figure._repr_png_()
    with matplotlib.rc_context({"savefig.facecolor": "black", "savefig.pad_inches": 2, "text.antialiased": False}):
        assert plots.save(axes, tmp_path / "b.png").read_bytes() == plain
        assert figure._repr_png_() == shown


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
