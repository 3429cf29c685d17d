"""The report of `measure viability`: what each identity keeps running into, and the bill for keeping it."""

import math
from collections.abc import Iterator, Mapping

from bayes_self.beliefs.posterior import Posterior
from bayes_self.report.heading import closing, heading
from bayes_self.report.look import Look, padded
from bayes_self.report.signed_bars import floating_bar
from bayes_self.results.measures import ByProbe, costliest, most_viable_first, viability_finding
from bayes_self.words.numbers import cost

_LABEL, _BAR, _WORST = 30, 20, 22
_CELL, _PROBE, _MOST = 7, 36, 8
_ABOUT = (
    "How much more one who is certain of an identity is surprised by a first trial than need be, in bits a trial; "
    "and the bill in bits, over all trials, for one who keeps it and learns the facets."
)


def viability_report(
    result: Posterior,
    identities: Mapping[str, float | None],
    by_probe: ByProbe,
    cumulative: Mapping[str, float],
    look: Look | None = None,
) -> list[str]:
    """The lines of a report of at most 100 columns."""
    return list(_lines(result, identities, by_probe, cumulative, look or Look()))


def _lines(
    result: Posterior,
    identities: Mapping[str, float | None],
    by_probe: ByProbe,
    cumulative: Mapping[str, float],
    look: Look,
) -> Iterator[str]:
    yield from heading(result, _ABOUT, look)
    ranked = most_viable_first(identities)
    finite = [bits for bits in identities.values() if bits is not None and math.isfinite(bits)]
    reach = max([*finite, 1e-9])
    yield look.styled(f"{'':{_LABEL + _BAR + 7}}{'bits/trial':>11}{'bill':>9}  worst surprise", "dim")
    for i, name in enumerate(ranked):
        bits = identities[name]
        drawn = floating_bar(0.0, min(bits or 0.0, reach), 0.0, reach, _BAR, look) if bits else " " * _BAR
        worst = costliest(by_probe, name)[0][1] if by_probe else ""
        numbers = f"{cost(bits):>11}{cost(cumulative[name]):>9}"
        yield f"  {i + 1:>2} {padded(name, _LABEL, look)}  {drawn}{numbers}  {padded(worst, _WORST - 1, look)}".rstrip()
    yield ""
    yield from _table(by_probe, ranked, look)
    yield from closing(viability_finding(identities, by_probe, result.scenario))


def _table(by_probe: ByProbe, ranked: list[str], look: Look) -> Iterator[str]:
    """Bits a trial of each probe, for the identities by their numbers above."""
    shown = ranked[:_MOST]
    if not by_probe:
        return
    numbers = "".join(f"{i + 1:>{_CELL}}" for i in range(len(shown)))
    yield look.styled(f"  {padded('bits/trial of each probe', _PROBE, look)}{numbers}", "dim")
    for (stream, probe), bits in by_probe.items():
        cells = "".join(f"{cost(bits[name]):>{_CELL}}" for name in shown)
        yield f"  {padded(f'{stream}.{probe}', _PROBE, look)}{cells}"
    if len(ranked) > _MOST:
        yield look.styled(f"  {len(ranked) - _MOST} more identities: see --json", "dim")
