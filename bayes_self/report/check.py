"""The report of `check`: a line for each expectation, with what was found."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from bayes_self.expectations import Finding
from bayes_self.report.look import Look, padded

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
    held = sum(finding.holds for finding in every)
    many = f"{len(scenarios)} scenario{'s' * (len(scenarios) != 1)}"
    yield ""
    if not every:
        yield f"{many}, and nothing is expected."
    elif held == len(every):
        yield f"All {held} expectations of {many} hold." if held > 1 else f"The one expectation of {many} holds."
    else:
        yield f"{len(every) - held} of {len(every)} expectations of {many} do not hold."


def _line(finding: Finding, look: Look) -> Iterator[str]:
    sign = look.styled(look.signs("✓"), "green") if finding.holds else look.styled(look.signs("✗"), "red")
    found = finding.found if isinstance(finding.found, str) else f"{finding.found:.4g}"
    first, *rest = textwrap.wrap(finding.says, _SAYS - 4, break_on_hyphens=False) or [""]
    yield f"  {sign} {padded(first, _SAYS - 4, look)}  {found:>14}"
    yield from (f"    {line}" for line in rest)
