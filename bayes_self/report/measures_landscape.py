"""The report of `measure landscape`: what it would take to change each answer, and which traits go together."""

from collections.abc import Iterator, Mapping

import numpy as np

from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.survey import Survey
from bayes_self.report.heading import closing, heading, subject_line
from bayes_self.report.look import Look, padded
from bayes_self.report.signed_bars import signed_bar
from bayes_self.results.directions import direction_in_words
from bayes_self.results.measures import landscape_finding
from bayes_self.results.self_models import shown
from bayes_self.words.layout import paragraph
from bayes_self.words.numbers import probability_text, signed

_LABEL, _BAR, _NUMBER = 33, 31, 11
_REACH = 15.0
"""Bits at which bars end: odds of one to thirty thousand."""
_ABOUT = (
    "Bits to flip: the claim that would make an answer the likeliest, were it not for the present claims on it; "
    f"negative where it already is. Entrenched: the same with all evidence kept. Bars end at {_REACH:.0f} bits."
)


def landscape_report(result: Posterior, found: Survey, look: Look | None = None) -> list[str]:
    """The lines of a report of at most 100 columns."""
    return list(_lines(result, found, look or Look()))


def _lines(result: Posterior, found: Survey, look: Look) -> Iterator[str]:
    yield from heading(result, _ABOUT, look)
    columns = f"{'to flip':>{_NUMBER}}{'entrenched':>{_NUMBER}}{'posterior':>{_NUMBER}}"
    yield look.styled(f"{'':{_LABEL + _BAR + 3}}{columns}", "dim")
    p = result.after.identities
    yield look.styled("identity", "bold") + f": concentration {found.concentration['identity']:.2f} bits"
    yield from _answers("identity", {name: p[name] for name in shown(result.scenario, p)}, found, look)
    for facet, verdict in found.verdicts.items():
        steered = found.steerability[facet]
        told = "" if steered is None else f", steerability {steered:.2f}"
        about = f"{verdict}, concentration {found.concentration[facet]:.2f} bits{told}"
        yield from subject_line(facet, about, look)
        yield from _answers(facet, result.after.facets[facet], found, look)
    yield ""
    yield from _spectrum(result, found, look)
    yield from closing(landscape_finding(found.bits_to_flip, found.verdicts), _steered(found.steerability))


def _answers(subject: str, p: Mapping[str, float], found: Survey, look: Look) -> Iterator[str]:
    for answer, bits in found.bits_to_flip[subject].items():
        if answer not in p:
            continue
        drawn = signed_bar(bits, _REACH, _BAR, look)
        numbers = (signed(bits), signed(found.entrenchment[subject][answer]), probability_text(p[answer]))
        cells = "".join(f"{number:>{_NUMBER}}" for number in numbers)
        yield f"  {padded(answer, _LABEL - 1, look)}  {drawn}{cells}"


def _spectrum(result: Posterior, found: Survey, look: Look) -> Iterator[str]:
    """The three stiffest directions and the loosest."""
    eigenvalues, directions = found.spectrum
    yield (
        look.styled("spectrum", "bold")
        + ": variance of combinations of traits, relative to before any claim or observation"
    )
    if not len(eigenvalues):
        yield "  Nothing varies."
    believed = result.case.beliefs.facets
    chosen = sorted({*range(min(3, len(eigenvalues))), len(eigenvalues) - 1} - {-1})
    for i in chosen:
        words = direction_in_words(np.asarray(directions[i]), believed, result.case.names)
        kind = "loosest" if i == chosen[-1] and i > 0 else "stiffest" if i == 0 else "next"
        yield from paragraph(f"{kind:<9}{float(eigenvalues[i]):<9.3g} {words}", indent=2, hanging=19)


def _steered(steerability: Mapping[str, float | None]) -> str:
    known = {facet: x for facet, x in steerability.items() if x is not None}
    if len(known) < 2:
        return ""
    most, least = max(known, key=lambda facet: known[facet]), min(known, key=lambda facet: known[facet])
    return f"The spec's word moves {most} most (steerability {known[most]:.2f}) and {least} least ({known[least]:.2f})"
