"""All that a page says of one scenario, as plain words and numbers; the template knows no model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bayes_self.beliefs.expectations import Finding, findings, in_words
from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.robustness import Robustness
from bayes_self.model.silence import IDENTITY
from bayes_self.page.origin import Origin
from bayes_self.page.pictures import Picture
from bayes_self.page.sections import Section, sections
from bayes_self.page.setup import setup
from bayes_self.results.beliefs import facets_settled, flip_in_words, ownership_before
from bayes_self.results.expectations import TUNED, found_in_words, how_robust, remark, tally
from bayes_self.results.self_models import others, shown, who_and_mask, worn_or_none
from bayes_self.results.what_happened import what_happened
from bayes_self.scenario.stream_schema import ObservationStream
from bayes_self.scenario.wording import called, plain
from bayes_self.words.numbers import bits_text, probability_text


@dataclass(frozen=True)
class Answer:
    """One row of numbers: an identity, a value or a stream."""

    name: str
    key: str
    """What the file calls it, "" where that is its name."""
    share: float
    """The posterior probability, which is the length of the bar."""
    posterior: str
    prior: str
    bits: str
    """Bits to flip."""


@dataclass(frozen=True)
class Subject:
    """A question about oneself, what has become of it, and its answers."""

    name: str
    question: str
    finding: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Expected:
    """An expectation, and what became of it."""

    finding: Finding
    remark: str
    """What the record says of it."""
    expected: str
    found: str
    share: str
    """The share of the plausible numbers at which it holds, "" where that was not asked for."""
    decided_by: str


@dataclass(frozen=True)
class Observed:
    """How often an outcome of a probe was seen."""

    stream: str
    probe: str
    question: str
    outcome: str
    count: str


@dataclass(frozen=True)
class Content:
    """A scenario, what came out, and where it came from."""

    name: str
    title: str
    question: str
    frame: str
    """The frame, "" for the self-model."""
    edited: str
    what_this_is: str
    """Where the numbers and the evidence come from, in a sentence."""
    setup: tuple[tuple[str, str], ...]
    """What went in, by kind, in words."""
    happened: str
    who: str
    settled: str
    picture: Picture
    subjects: tuple[Subject, ...]
    ownership: tuple[Answer, ...]
    expected: tuple[Expected, ...]
    robustness: str
    """How robust the expectations are, "" where that was not asked for."""
    sections: tuple[Section, ...]
    observed: tuple[Observed, ...]
    trials: str
    """How many observations there were."""
    origin: Origin

    @property
    def holding(self) -> str:
        """How many of the expectations hold, in a sentence."""
        if not self.expected:
            return "The scenario says nothing of what should come out"
        return tally([each.finding for each in self.expected])

    @property
    def evidence_finding(self) -> str:
        """How much there is, in a sentence."""
        if not self.observed:
            return "Nothing: it rests on what it was told and on what came before"
        probes = len({(each.stream, each.probe) for each in self.observed})
        streams = len({each.stream for each in self.observed})
        of = f"{probes} probe{'s' * (probes != 1)} in {streams} stream{'s' * (streams != 1)}"
        return f"{self.trials} observation{'s' * (self.trials != '1')} of {of}"


def content(
    result: Posterior,
    origin: Origin,
    edited: str = "",
    robustness: Sequence[Robustness] = (),
    points: int = 0,
    turning_points: Sequence[Section] = (),
) -> Content:
    """What a page says of a posterior; `edited` says what was changed in the file."""
    scenario = result.scenario
    before = ownership_before(result)
    owned = result.after.ownership
    return Content(
        name=scenario.name,
        title=scenario.title or scenario.name or "A scenario",
        question=scenario.question,
        frame="" if result.case.frame == "self-model" else result.case.frame,
        edited=edited,
        what_this_is=_what_this_is(result, origin),
        setup=setup(result.scenario, result.evidence),
        happened=what_happened(result, before),
        who=who_and_mask(result),
        settled=facets_settled(result.facets, scenario),
        picture=Picture.of_posterior(result),
        subjects=tuple(subjects(result)),
        ownership=tuple(
            Answer(plain(s), "", p, probability_text(p), probability_text(before[s]), "") for s, p in owned.items()
        ),
        expected=tuple(_expected(result, robustness)),
        robustness=f"Over {points} points: {how_robust(robustness)}{_hanging(robustness)}" if robustness else "",
        sections=(*turning_points, *sections(result)),
        observed=tuple(_observed(result)),
        trials=f"{result.evidence.total:,.6g}",
        origin=origin,
    )


def _what_this_is(result: Posterior, origin: Origin) -> str:
    seen = f"the evidence was {origin.evidence}" if result.evidence.total else "there was no evidence"
    return (
        "What a self-model with the numbers of this scenario would come to believe, worked out exactly. No language "
        f"model was run to make this page; {seen}."
    )


def subjects(result: Posterior) -> Iterator[Subject]:
    """Who it takes itself to be, and each facet."""
    scenario, told = result.scenario, result.concentration
    after, before = result.after.identities, result.before.identities
    bits = result.bits_to_flip[IDENTITY]
    labels = {name: called(scenario, name) for name in scenario.self_models}
    found = f"{told[IDENTITY]:.2f} bits learnt; {flip_in_words(after, bits, labels)}"
    listed = shown(scenario, after)
    left = f"; {others(after, listed)}" if len(listed) < len(after) else ""
    yield Subject(IDENTITY, "Who am I?", found + left, _answers({h: after[h] for h in listed}, before, bits, labels))
    if result.after.beneath:
        yield _of_masks("beneath", "Who am I, under any mask?", result.after.beneath, result.before.beneath, labels)
        now, then = worn_or_none(result.after.worn), worn_or_none(result.before.worn)
        yield _of_masks("worn", "Which mask do I wear?", now, dict.fromkeys(now, 0.0) | then, labels)
    for facet, about in scenario.facets.items():
        after, before = result.after.facets[facet], result.before.facets[facet]
        bits = result.bits_to_flip[facet]
        found = f"{result.verdicts[facet]}; {told[facet]:.2f} bits learnt; {flip_in_words(after, bits)}"
        yield Subject(plain(facet), about.question, found, _answers(after, before, bits, {}))


def _of_masks(
    name: str, question: str, now: Mapping[str, float], before: Mapping[str, float], labels: Mapping[str, str]
) -> Subject:
    """Who is beneath, or who is worn. No claim decides it alone, so that there are no bits to flip."""
    rows = (
        Answer(labels.get(h, h), h if h in labels else "", p, probability_text(p), probability_text(before[h]), "")
        for h, p in now.items()
    )
    return Subject(name, question, "", tuple(rows))


def _answers(
    after: Mapping[str, float], before: Mapping[str, float], bits: Mapping[str, float], labels: Mapping[str, str]
) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            labels.get(name, name),
            name if labels.get(name, name) != name else "",
            p,
            probability_text(p),
            probability_text(before[name]),
            bits_text(bits[name]),
        )
        for name, p in after.items()
    )


def _hanging(robustness: Sequence[Robustness]) -> str:
    """Which of the expectations that hold do so at fewer than half of the points."""
    says = [
        f"“{each.says.rstrip('.')}” ({probability_text(each.share)})"
        for each in robustness
        if each.holds and each.share < TUNED
    ]
    return f" What hangs on them: {', '.join(says)}." if says else ""


def _expected(result: Posterior, robustness: Sequence[Robustness]) -> Iterator[Expected]:
    for i, finding in enumerate(findings(result)):
        asked = in_words(result.scenario.expectations[i])
        share = probability_text(robustness[i].share) if robustness else ""
        deciding = list(robustness[i].decided_by.items())[:2] if robustness else []
        decided = ", ".join(f"{key} ({index:.2f})" for key, index in deciding)
        yield Expected(finding, remark(finding), asked, found_in_words(finding), share, decided)


def _observed(result: Posterior) -> Iterator[Observed]:
    for row in result.evidence.rows(result.scenario):
        stream = result.scenario.streams[row["stream"]]
        probe = stream.probes.get(row["probe"]) if isinstance(stream, ObservationStream) else None
        question = probe.question if probe else result.scenario.facets[row["probe"]].question
        yield Observed(plain(row["stream"]), plain(row["probe"]), question, row["outcome"], f"{row['count']:.6g}")
