"""The report of `measure attribution`: a waterfall of bits from before training to the posterior."""

import math
from collections.abc import Iterator, Mapping

from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.attribution import Attribution
from bayes_self.report.heading import closing, heading
from bayes_self.report.look import Look, padded
from bayes_self.report.signed_bars import floating_bar
from bayes_self.results.measures import attribution_finding, belief_in_words, probability_of, waterfall
from bayes_self.words.numbers import probability_text, signed

_LABEL, _BAR, _NUMBER = 30, 52, 10


def attribution_report(
    result: Posterior, belief: Mapping[str, str], found: Attribution, look: Look | None = None
) -> list[str]:
    """The lines of a report of at most 100 columns."""
    return list(_lines(result, belief, found, look or Look()))


def _lines(result: Posterior, belief: Mapping[str, str], found: Attribution, look: Look) -> Iterator[str]:
    what = belief_in_words(belief, result.scenario)
    yield from heading(result, f"{what}: log odds in bits, and each stream's Shapley share of them.", look)
    steps = waterfall(found, result.scenario)
    known = [bits for _, *ends in steps for bits in ends if math.isfinite(bits)]
    low, high = min([0.0, *known]), max([0.0, *known])
    low, high = (low, high) if high > low else (-1.0, 1.0)
    for i, (label, start, end) in enumerate(steps):
        is_total = i in (0, len(steps) - 1)
        name = padded(label, _LABEL, look)
        number = f"{signed(end if is_total else found.shares[label]):>{_NUMBER}}"
        drawn = floating_bar(start, end, low, high, _BAR, look)
        yield f"  {look.styled(name, 'bold') if is_total else name}{number}  {drawn}".rstrip()
    before, after = (probability_text(probability_of(bits)) for bits in (found.before_training, found.posterior))
    yield from closing(attribution_finding(belief, found, result.scenario), _moved(before, after))


def _moved(before: str, after: str) -> str:
    return f"Its probability stays at {after}" if before == after else f"Its probability went from {before} to {after}"
