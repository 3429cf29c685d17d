"""The reports of `measure probe-value` and `measure misfit`: a line for each probe."""

from collections.abc import Iterator, Mapping

from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.misfit import Misfit
from bayes_self.model.coordinates import PROBE
from bayes_self.report.heading import closing, heading
from bayes_self.report.look import Look, padded
from bayes_self.report.signed_bars import floating_bar
from bayes_self.results.measures import TELLS, about_in_words, misfit_finding, misfits, probe_value_finding
from bayes_self.words.numbers import probability_text

_LABEL, _BAR, _NUMBER = 40, 36, 11


def probe_value_report(
    result: Posterior, about: str, bits: Mapping[PROBE, float], look: Look | None = None
) -> list[str]:
    """The lines of a report of at most 100 columns: probes, those that would tell most first."""
    return list(_probe_value(result, about, bits, look or Look()))


def _probe_value(result: Posterior, about: str, bits: Mapping[PROBE, float], look: Look) -> Iterator[str]:
    subject = about_in_words(about, result.scenario)
    yield from heading(result, f"What the next trial of each probe would tell about {subject}, in bits.", look)
    reach = max([*bits.values(), TELLS])
    for probe in sorted(bits, key=lambda probe: -bits[probe]):
        drawn = floating_bar(0.0, bits[probe], 0.0, reach, _BAR, look) if bits[probe] >= TELLS else " " * _BAR
        shown = f"{bits[probe]:.4f}" if bits[probe] >= TELLS else f"<{TELLS}"
        yield f"  {padded('.'.join(probe), _LABEL, look)}{shown:>{_NUMBER - 2}}  {drawn}".rstrip()
    silent = sum(x < TELLS for x in bits.values())
    some = f"{silent} of {len(bits)} probes would tell nothing" if silent and silent < len(bits) else ""
    yield from closing(probe_value_finding(about, bits, result.scenario), some)


def misfit_report(result: Posterior, found: Mapping[PROBE, Misfit], look: Look | None = None) -> list[str]:
    """The lines of a report of at most 100 columns: probes with evidence, the oddest first."""
    return list(_misfit(result, found, look or Look()))


def _misfit(result: Posterior, found: Mapping[PROBE, Misfit], look: Look) -> Iterator[str]:
    about = (
        "How ill the observed frequencies of each probe fit what is predicted, in bits over all trials; and the "
        "probability that a replicate would fit as ill (tail)."
    )
    yield from heading(result, about, look)
    reach, odd = max([1.0, *(misfit.bits for misfit in found.values())]), misfits(found)
    if found:
        yield look.styled(f"  {'':{_LABEL}}{'trials':>8}{'bits':>9}{'tail':>8}", "dim")
    for probe in sorted(found, key=lambda probe: (found[probe].tail, -found[probe].bits)):
        seen = result.evidence.of(*probe)
        trials = 0.0 if seen is None else float(seen.sum())
        misfit = found[probe]
        numbers = f"{trials:>8.6g}{misfit.bits:>9.2f}{probability_text(misfit.tail):>8}"
        drawn = floating_bar(0.0, misfit.bits, 0.0, reach, _BAR - 8, look)
        mark = look.styled(look.signs("✗"), "red") if probe in odd else " "
        yield f"{mark} {padded('.'.join(probe), _LABEL, look)}{numbers}  {drawn}".rstrip()
    yield from closing(misfit_finding(found))
