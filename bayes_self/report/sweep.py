"""The report of `sweep`: on what share of the points each identity and each answer is the likeliest."""

from collections.abc import Iterator, Mapping, Sequence

from bayes_self.report.bars import bar
from bayes_self.report.heading import title
from bayes_self.report.look import Look, padded
from bayes_self.results.sweep import sweep_finding
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import named
from bayes_self.sweeps.summary import Summary
from bayes_self.words.layout import paragraph
from bayes_self.words.numbers import probability_text
from bayes_self.words.sentences import capital

_LABEL, _BAR = 34, 40
_EXPECTED = "what the world of each point gives in expectation (`run` draws it at random)"
_GIVEN = "the same at every point"


def sweep_report(
    found: Summary, scenario: Scenario, over: Sequence[str], *, expected: bool, look: Look | None = None
) -> list[str]:
    """The lines of a report of at most 100 columns; `over` says in words what was swept."""
    return list(_lines(found, scenario, over, expected, look or Look()))


def _lines(found: Summary, scenario: Scenario, over: Sequence[str], expected: bool, look: Look) -> Iterator[str]:
    yield from title(scenario, look)
    yield from paragraph(f"{found.points:,} points over {'; '.join(over)}.", hanging=2)
    yield from paragraph(f"Evidence: {_EXPECTED if expected and scenario.world else _GIVEN}.", hanging=2)
    if found.impossible:
        yield from paragraph(f"At {found.impossible:,} of them no self-model allows the evidence.")
    yield ""
    yield look.styled("On what share of the points each answer is the likeliest", "dim")
    names = {named(scenario, name): share for name, share in found.identities.items()}
    yield from _subject("identity", names, "", look)
    for facet, shares in found.facets.items():
        verdicts = sorted(found.verdicts[facet].items(), key=lambda item: -item[1])
        yield from _subject(
            facet, shares, ", ".join(f"{name} {probability_text(share)}" for name, share in verdicts), look
        )
    yield ""
    if any(names.values()):
        yield from paragraph(f"{capital(sweep_finding(names, 'identity', _swept(over)))}.")


def _subject(subject: str, shares: Mapping[str, float], beside: str, look: Look) -> Iterator[str]:
    yield look.styled(subject, "bold") + (f"  {look.styled(beside, 'dim')}" if beside else "")
    for label, share in shares.items():
        yield f"  {padded(label, _LABEL, look)}  {bar(share, None, _BAR, look)}  {probability_text(share):>6}"


def _swept(over: Sequence[str]) -> str:
    return "range" if len(over) == 1 else "map"
