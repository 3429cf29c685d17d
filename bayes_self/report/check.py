"""The report of `check`: a line for each expectation, with what was found."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from bayes_self.expectations import Finding
from bayes_self.report.look import Look, padded
from bayes_self.words.numbers import four_digits

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


def tally(found: Sequence[Finding], whose: str = "") -> str:
    """How many of the expectations hold, and whether the file has those that do not on record; in a sentence.

    Those that were written down after the first run are counted apart: they foretold nothing.
    """
    foretold = [each for each in found if not each.afterwards]
    later = [each.holds for each in found if each.afterwards]
    if not later:
        return _foretold(foretold, whose)
    holding = f"{sum(later)} of {len(later)}" if sum(later) < len(later) else f"{len(later)} more"
    afterwards = f"{holding}, written down afterwards, hold{'s' * (sum(later) == 1)}"
    return f"{_foretold(foretold, whose)}; {afterwards}" if foretold else f"Nothing was foretold; {afterwards}"


def _foretold(found: Sequence[Finding], whose: str) -> str:
    n, held = len(found), sum(each.holds for each in found)
    if held == n:
        said = f"The one expectation{whose} holds" if n == 1 else f"All {n} expectations{whose} hold"
    else:
        said = f"{held or 'None'} of {n} expectations{whose} hold{'s' * (held <= 1)}"
    recorded = sum(each.failed and not each.holds for each in found)
    if held < n and recorded == n - held:
        said += f"; {recorded} failed, as is on record"
    elif recorded:
        said += f"; of those that do not, {recorded} {'is' if recorded == 1 else 'are'} on record as failed"
    if mended := sum(each.failed and each.holds for each in found):
        said += f"; {mended} of them {'is' if mended == 1 else 'are'} on record as failed"
    return said


def remark(finding: Finding) -> str:
    """What the record says, "" where there is none."""
    failed = "on record as failed" + ", and yet it holds" * finding.holds
    return "; ".join(["found afterwards"] * finding.afterwards + [failed] * finding.failed)


def _line(finding: Finding, look: Look) -> Iterator[str]:
    sign = look.styled(look.signs("✓" if finding.holds else "✗"), "green" if finding.as_recorded else "red")
    found = finding.found if isinstance(finding.found, str) else four_digits(finding.found)
    first, *rest = textwrap.wrap(finding.says, _SAYS - 4, break_on_hyphens=False) or [""]
    yield f"  {sign} {padded(first, _SAYS - 4, look)}  {found:>14}"
    yield from (f"    {line}" for line in rest)
    if said := remark(finding):
        yield f"    {look.styled(said, 'dim' if finding.as_recorded else 'red')}"
