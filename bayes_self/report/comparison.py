"""The report of `compare`: a column for each frame, and a sentence about where they part."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.comparison import FrameResult
from bayes_self.report.heading import closing, title
from bayes_self.report.look import Look, padded
from bayes_self.results.frames import facets_finding, frames_finding
from bayes_self.scenario import Scenario
from bayes_self.words.layout import paragraph
from bayes_self.words.numbers import probability_text

_LABEL, _COLUMN = 24, 25
_IMPOSSIBLE = "impossible"

Frames = Mapping[str, FrameResult]


def comparison_report(
    frames: Frames, scenario: Scenario, between: tuple[str, str] | None = None, look: Look | None = None
) -> list[str]:
    """The lines of a report of at most 100 columns; `between` names the identities of the asymmetry."""
    return list(_lines(frames, scenario, between, look or Look()))


def _lines(frames: Frames, scenario: Scenario, between: tuple[str, str] | None, look: Look) -> Iterator[str]:
    yield from title(scenario, look)
    yield from paragraph(scenario.question)
    yield ""

    def row(label: str, cells: Iterable[str]) -> str:
        return (padded(label, _LABEL - 1, look) + " " + " ".join(padded(c, _COLUMN - 1, look) for c in cells)).rstrip()

    def of_posteriors(tell: Callable[[Posterior], str]) -> list[str]:
        return [tell(found.posterior) if found.posterior else _IMPOSSIBLE for found in frames.values()]

    yield look.styled(row("", frames), "bold")
    yield row("probability of frame", (_or_dash(found.probability, probability_text) for found in frames.values()))
    yield row("log evidence (nats)", of_posteriors(lambda result: f"{result.log_evidence:.3f}"))
    if between:
        label = f"asymmetry of {between[0]} and {between[1]} (bits)"
        yield from paragraph(label) if len(label) >= _LABEL else []
        shown = [_or_dash(found.asymmetry, lambda bits: f"{bits:+.2f}") for found in frames.values()]
        yield row("" if len(label) >= _LABEL else label, shown)
    yield row("identity", of_posteriors(lambda result: _likeliest(result.after.identities)))
    for facet in scenario.facets:
        yield row(facet, of_posteriors(lambda result, facet=facet: _likeliest(result.after.facets[facet])))
        yield look.styled(row("", of_posteriors(lambda result, facet=facet: result.verdicts[facet])), "dim")
    for stream in _observed(frames):
        yield row(
            f"ownership of {stream}",
            of_posteriors(lambda result, stream=stream: probability_text(result.after.ownership[stream])),
        )
    yield from closing(frames_finding(frames, scenario), facets_finding(frames, scenario))


def _or_dash(number: float | None, tell: Callable[[float], str]) -> str:
    return "-" if number is None else tell(number)


def _likeliest(p: Mapping[str, float]) -> str:
    answer = max(p, key=lambda label: p[label])
    return f"{probability_text(p[answer])} {answer}"


def _observed(frames: Frames) -> list[str]:
    """The observation streams that have evidence."""
    for found in frames.values():
        if found.posterior:
            heard = found.posterior.evidence.streams
            return [stream for stream in found.posterior.after.ownership if stream in heard]
    return []
