"""The report of `compare`: a column for each frame, and a sentence about where they part."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from bayes_self.exact import Posterior
from bayes_self.measures.comparison import FrameResult
from bayes_self.report.look import Look, padded
from bayes_self.results.what_happened import TIE, called, listed
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import plain
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
    for line in paragraph(scenario.title or scenario.name or "A scenario"):
        yield look.styled(line, "bold")
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
    yield ""
    yield from paragraph(where_they_differ(frames, scenario))


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


def where_they_differ(frames: Frames, scenario: Scenario) -> str:
    """A sentence: which frame predicted the evidence best, who each says it is, and on which facets they differ."""
    possible = {frame: found.posterior for frame, found in frames.items() if found.posterior}
    said = [_favoured(frames)]
    if len(possible) > 1:
        said += [_identities(possible, scenario), _facets(possible, scenario)]
    if impossible := [frame for frame in frames if frame not in possible]:
        said.append(f"to {listed(impossible)} the evidence is impossible")
    sentence = "; ".join(filter(None, said))
    return sentence[:1].upper() + sentence[1:] + "." if sentence else ""


def _favoured(frames: Frames) -> str:
    judged = {frame: found.probability for frame, found in frames.items() if found.probability is not None}
    if not judged:
        return "the evidence is tempered by weights, and so does not judge between the frames"
    best = max(judged, key=lambda frame: judged[frame])
    equals = [frame for frame, p in judged.items() if judged[best] - p <= 0.005]
    if len(frames) == 1:
        return f"{best} has probability {probability_text(judged[best])} among the three frames"
    if len(equals) == len(judged):
        return "the evidence does not tell the frames apart"
    return f"the evidence favours {listed(equals)} ({probability_text(judged[best])}{' each' * (len(equals) > 1)})"


def _identities(possible: Mapping[str, Posterior], scenario: Scenario) -> str:
    names = {frame: _likeliest_of(result.after.identities) for frame, result in possible.items()}
    if len(set(names.values())) == 1:
        return f"{'all' if len(names) > 2 else 'both'} agree that it is {called(scenario, next(iter(names.values())))}"
    return ", ".join(
        f"{listed(frames)} {'says' if len(frames) == 1 else 'say'} that it is {called(scenario, name)}"
        for name, frames in _inverted(names).items()
    )


def _facets(possible: Mapping[str, Posterior], scenario: Scenario) -> str:
    values, verdicts = [], []
    for facet in scenario.facets:
        if len({_settled_on(result.after.facets[facet]) for result in possible.values()}) > 1:
            values.append(plain(facet))
        elif len({result.verdicts[facet] for result in possible.values()}) > 1:
            verdicts.append(plain(facet))
    said = [f"they differ on {listed(values)}"] if values else []
    if verdicts:
        said.append(f"on {listed(verdicts)} they agree, with different verdicts")
    return "; ".join(said) or "they agree on every facet"


def _likeliest_of(p: Mapping[str, float]) -> str:
    return max(p, key=lambda label: p[label])


def _settled_on(p: Mapping[str, float]) -> str:
    """The likeliest answer, "" where another is as likely."""
    first, *others = sorted(p.values(), reverse=True)
    return "" if others and first - others[0] <= TIE else _likeliest_of(p)


def _inverted(answers: Mapping[str, str]) -> dict[str, list[str]]:
    frames: dict[str, list[str]] = {}
    for frame, answer in answers.items():
        frames.setdefault(answer, []).append(frame)
    return frames
