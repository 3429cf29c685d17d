"""The report of `check --laws`: a line for each law, and the counterexample of one that is broken."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from bayes_self.laws.outcome import Held
from bayes_self.report.look import Look, padded

_WIDTH = 100
_NAME = 44


def laws_report(scenarios: Mapping[str, Sequence[Held]], look: Look | None = None) -> list[str]:
    """The lines of a report of at most 100 columns (files of a counterexample stand as they are)."""
    return list(_lines(scenarios, look or Look()))


def _lines(scenarios: Mapping[str, Sequence[Held]], look: Look) -> Iterator[str]:
    for name, found in scenarios.items():
        yield look.styled(padded(name, _WIDTH, look).rstrip(), "bold")
        for held in found:
            yield from _line(held, look)
    every = [held for found in scenarios.values() for held in found]
    broken = [held for held in every if held.broken is not None]
    for held in broken:
        yield ""
        yield from str(held.broken).splitlines()
    many = f"{len(scenarios)} scenario{'s' * (len(scenarios) != 1)}"
    claimed = sum(held.why_not is None for held in every)
    unclaimed = f" ({len(every) - claimed} are not claimed)" if claimed < len(every) else ""
    yield ""
    if broken:
        yield f"{len(broken)} of {claimed} laws of {many} are broken{unclaimed}."
    else:
        yield f"All {claimed} laws that are claimed of {many} hold{unclaimed}."


def _line(held: Held, look: Look) -> Iterator[str]:
    if held.why_not is not None:
        first, *rest = textwrap.wrap(f"not claimed: {held.why_not}", _WIDTH - _NAME - 5)
        yield look.styled(f"  - {padded(held.law.name, _NAME, look)} {look.signs(first)}", "dim")
        yield from (look.styled(" " * (_NAME + 5) + line, "dim") for line in rest)
        return
    sign = look.styled(look.signs("✓"), "green") if held.holds else look.styled(look.signs("✗"), "red")
    yield f"  {sign} {padded(held.law.name, _NAME, look).rstrip()}"
