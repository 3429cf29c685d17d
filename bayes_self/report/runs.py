"""The report of `run --runs`: in how many runs each answer won, and how far the runs are apart."""

from collections.abc import Iterator

from xarray import DataArray

from bayes_self.beliefs.runs import Runs, certainty, spread, wins
from bayes_self.report.bars import bar
from bayes_self.report.heading import subject_line, title
from bayes_self.report.look import Look, padded
from bayes_self.results.measures import runs_finding
from bayes_self.words.layout import paragraph
from bayes_self.words.numbers import probability_text

_LABEL, _BAR = 34, 40
_ABOUT = (
    "Bars: the share of runs in which an answer is the likeliest. Spread: the mean total variation between two runs "
    "(0: they agree). Certainty: the mean of each run's largest probability."
)


def runs_report(found: Runs, look: Look | None = None) -> list[str]:
    """The lines of a report of at most 100 columns."""
    return list(_lines(found, look or Look()))


def _lines(found: Runs, look: Look) -> Iterator[str]:
    scenario, frame, n = found.scenario, found.case.frame, found.identities.sizes["run"]
    yield from title(scenario, look)
    if frame != "self-model":
        yield f"In the frame {frame}."
    improvised = ", ".join(".".join(probe) for probe in found.improvised)
    acted = f"each after {found.steps} trials in the void ({improvised})" if improvised else "with no void to act in"
    yield from paragraph(f"{n:,} runs, {acted}. {_ABOUT}")
    yield ""
    yield look.styled(f"{'':{_LABEL + _BAR + 8}}runs   mean P", "dim")
    yield from _subject("identity", "", found.identities, look)
    for facet in scenario.facets:
        yield from _subject(facet, "in the void, " if facet in found.void else "", found.of(facet), look)
    yield ""
    yield from paragraph(f"{runs_finding(found)}.")


def _subject(subject: str, where: str, believed: DataArray, look: Look) -> Iterator[str]:
    n = believed.sizes["run"]
    about = f"{where}spread {spread(believed):.2f}, certainty {probability_text(certainty(believed))}"
    yield from subject_line(subject, about, look)
    means = believed.mean("run").values.tolist()
    for (label, won), mean in zip(wins(believed).items(), means, strict=True):
        drawn = bar(won / n, None, _BAR, look)
        yield f"  {padded(label, _LABEL, look)}  {drawn}{won:>8}{probability_text(mean):>9}"
