"""The report of `check --robustness`: how much of the plausible space each expectation holds in, and what decides."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from bayes_self.measures.robustness import Robustness
from bayes_self.report.bars import bar
from bayes_self.report.look import Look, padded
from bayes_self.results.expectations import caution, how_robust
from bayes_self.words.layout import WIDTH, paragraph
from bayes_self.words.numbers import probability_text

_SAYS, _BAR = 60, 26
_DECIDING = 2
# Below so many points an index is mostly noise.
_FEW = 16
_ABOUT = (
    "Bars: the share of plausible numbers around the file's own at which an expectation holds, on what the world gives "
    "in expectation. ✓ and ✗: whether it holds at the file's own, on the same. Decided by: the share of the doubt that "
    "knowing everything else would leave (total Sobol index)."
)


def robustness_report(
    scenarios: Mapping[str, Sequence[Robustness]], points: int, look: Look | None = None
) -> list[str]:
    """The lines of a report of at most 100 columns."""
    return list(_lines(scenarios, points, look or Look()))


def _lines(scenarios: Mapping[str, Sequence[Robustness]], points: int, look: Look) -> Iterator[str]:
    yield from paragraph(look.signs(f"{points:,} points. {_ABOUT}"))
    for name, found in scenarios.items():
        yield ""
        yield look.styled(padded(name, _SAYS + _BAR, look).rstrip(), "bold")
        if not found:
            yield "  Nothing is expected."
        for each in found:
            yield from _expectation(each, points, look)
    yield ""
    yield from paragraph(how_robust([each for found in scenarios.values() for each in found]))


def _expectation(found: Robustness, points: int, look: Look) -> Iterator[str]:
    sign = look.styled(look.signs("✓"), "green") if found.holds else look.styled(look.signs("✗"), "red")
    first, *rest = textwrap.wrap(found.says, _SAYS, break_on_hyphens=False) or [""]
    drawn = bar(found.share, None, _BAR, look)
    yield f"  {sign} {padded(first, _SAYS, look)}  {drawn} {probability_text(found.share):>7}"
    yield from (f"    {line}" for line in rest)
    if told := caution(found):
        yield f"      {look.styled(told, 'red')}"
    if decided := _decided_by(found, points):
        lines = textwrap.wrap(decided, WIDTH - 6, break_on_hyphens=False)
        yield from (f"      {look.styled(line, 'dim')}" for line in lines)


def _decided_by(found: Robustness, points: int) -> str:
    if not found.decided_by:
        return ""
    holding = round(found.share * points)
    if holding < _FEW or points - holding < _FEW:
        less, does = (holding, "holds") if found.share < 0.5 else (points - holding, "fails")
        return f"{does} at {less} point{'s' * (less != 1)}: too few to tell what decides"
    return "decided by " + ", ".join(f"{key} {index:.2f}" for key, index in list(found.decided_by.items())[:_DECIDING])
