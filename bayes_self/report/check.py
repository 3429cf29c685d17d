"""The report of `check`: a line for each expectation, with what was found."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from bayes_self.beliefs.expectations import Finding
from bayes_self.report.look import Look, padded
from bayes_self.results.expectations import found_in_words, remark, tally

_SAYS = 80


def check_report(scenarios: Mapping[str, Sequence[Finding]], look: Look | None = None) -> list[str]:
    """The lines of a report of at most 100 columns."""
    return list(_lines(scenarios, look or Look()))


def _lines(scenarios: Mapping[str, Sequence[Finding]], look: Look) -> Iterator[str]:
    for name, findings in scenarios.items():
        yield look.styled(padded(name, _SAYS, look).rstrip(), "bold")
        if not findings:
            yield "  Nothing is expected."
        for finding in findings:
            yield from _line(finding, look)
    every = [finding for findings in scenarios.values() for finding in findings]
    many = f"{len(scenarios)} scenario{'s' * (len(scenarios) != 1)}"
    yield ""
    yield f"{tally(every, f' of {many}')}." if every else f"{many}, and nothing is expected."


def _line(finding: Finding, look: Look) -> Iterator[str]:
    sign = look.styled(look.signs("✓" if finding.holds else "✗"), "green" if finding.as_recorded else "red")
    found = found_in_words(finding)
    first, *rest = textwrap.wrap(finding.says, _SAYS - 4, break_on_hyphens=False) or [""]
    yield f"  {sign} {padded(first, _SAYS - 4, look)}  {found:>14}"
    yield from (f"    {line}" for line in rest)
    if said := remark(finding):
        yield f"    {look.styled(said, 'dim' if finding.as_recorded else 'red')}"
