"""How the evidence judges the three frames, and where they differ, in words.

Pictures, reports and pages say it as it is said here. A frame is favoured where no other frame is more than a bit
likelier (odds of 2 to 1, an argument): less is a tie, and is called one.
"""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from bayes_self.beliefs.posterior import Posterior
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import named, plain
from bayes_self.words.numbers import probability_text
from bayes_self.words.sentences import capital, plural, series

ODDS = 2.0
"""The odds below which the evidence does not tell two frames apart."""
TIE = 0.005
"""Probabilities that are printed as the same."""


@runtime_checkable
class Framed(Protocol):
    """What one frame makes of the evidence."""

    @property
    def posterior(self) -> Posterior | None:
        """Beliefs in this frame; None where it finds the evidence impossible."""
        ...

    @property
    def probability(self) -> float | None:
        """P(frame) given the evidence; None where weights temper it."""
        ...


Frames = Mapping[str, Framed]


def favoured(probabilities: Mapping[str, float | None]) -> list[str]:
    """The frames that the evidence favours: the likeliest, and all that it does not tell apart from it."""
    judged = {frame: p for frame, p in probabilities.items() if p is not None}
    return [frame for frame, p in judged.items() if p * ODDS > max(judged.values())]


def frames_finding(frames: Frames, scenario: Scenario) -> str:
    """Which frame the evidence favours, and who each says it is."""
    return capital("; ".join(filter(None, [_judgement(frames), _identities(frames, scenario), _impossible(frames)])))


def facets_finding(frames: Frames, scenario: Scenario) -> str:
    """On which facets the frames differ, "" where fewer than two allow the evidence."""
    possible = _possible(frames)
    values, verdicts = [], []
    for facet in scenario.facets if len(possible) > 1 else ():
        if len({settled_on(result.after.facets[facet]) for result in possible.values()}) > 1:
            values.append(plain(facet))
        elif len({result.verdicts[facet] for result in possible.values()}) > 1:
            verdicts.append(plain(facet))
    said = [f"they differ on {series(values)}"] if values else []
    said += [f"on {series(verdicts)} they agree, with different verdicts"] if verdicts else []
    return capital("; ".join(said) or "they agree on every facet" * (len(possible) > 1))


def settled_on(p: Mapping[str, float]) -> str:
    """The likeliest answer, "" where another is as likely."""
    first, *others = sorted(p.values(), reverse=True)
    return "" if others and first - others[0] <= TIE else max(p, key=lambda label: p[label])


def _judgement(frames: Frames) -> str:
    judged = {frame: each.probability for frame, each in frames.items() if each.probability is not None}
    best = favoured(judged)
    if not judged:
        return "the evidence is tempered by weights, and so does not judge between the frames"
    if len(frames) == 1:
        return f"{best[0]} has probability {probability_text(judged[best[0]])} among the three frames"
    shown = series(f"{frame} ({probability_text(judged[frame])})" for frame in best)
    if len(best) == len(judged):
        return f"the evidence does not tell the frames apart: {shown}"
    return f"the evidence favours {shown}" + " alike" * (len(best) > 1)


def _identities(frames: Frames, scenario: Scenario) -> str:
    says: dict[str, list[str]] = {}
    for frame, result in _possible(frames).items():
        says.setdefault(settled_on(result.after.identities), []).append(frame)
    if len(says) == 1 and len(_possible(frames)) > 1:
        ((answer, those),) = says.items()
        all_of_them = "both" if len(those) == 2 else "all"
        return f"{all_of_them} agree that it is {named(scenario, answer)}" if answer else "none can tell who it is"
    return ", ".join(
        f"{series(those)} {plural(those, 'says', 'say')} that it is {named(scenario, answer)}"
        if answer
        else f"{series(those)} cannot tell who it is"
        for answer, those in says.items()
    )


def _impossible(frames: Frames) -> str:
    impossible = [frame for frame, each in frames.items() if each.posterior is None]
    return f"to {series(impossible)} the evidence is impossible" if impossible else ""


def _possible(frames: Frames) -> dict[str, Posterior]:
    return {frame: each.posterior for frame, each in frames.items() if each.posterior is not None}
