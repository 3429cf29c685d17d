"""The report of `measure attribution`: a waterfall of bits from before training to the posterior."""

import math
from collections.abc import Iterator, Mapping

from bayes_self.exact import TRAINING_ORDER, Posterior
from bayes_self.measures.attribution import Attribution
from bayes_self.report.heading import closing, heading
from bayes_self.report.look import Look, padded
from bayes_self.report.signed_bars import floating_bar
from bayes_self.results.measures import attribution_finding, belief_in_words
from bayes_self.scenario import Scenario
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
    before, after = (probability_text(probability(bits)) for bits in (found.before_training, found.posterior))
    yield from closing(attribution_finding(belief, found, result.scenario), _moved(before, after))


def waterfall(found: Attribution, scenario: Scenario) -> list[tuple[str, float, float]]:
    """(label, from, to) in bits: before training, each stream in the order of training, and the posterior."""
    steps, level = [("before training", 0.0, found.before_training)], found.before_training
    for stream in in_training_order(found.shares, scenario):
        steps.append((stream, level, level + found.shares[stream]))
        level += found.shares[stream]
    return [*steps, ("posterior", 0.0, found.posterior)]


def in_training_order(streams: Mapping[str, float], scenario: Scenario) -> list[str]:
    """The streams: pretraining, spec, rl, introspection."""
    return sorted(streams, key=lambda name: TRAINING_ORDER.index(scenario.streams[name].kind))


def probability(log_odds: float) -> float:
    """1 / (1 + 2^(-log odds)), of log odds in bits."""
    if log_odds < -1000:
        return 0.0 if math.isinf(log_odds) else 2.0**-1000
    return 1 / (1 + 2**-log_odds) if not math.isinf(log_odds) else 1.0


def _moved(before: str, after: str) -> str:
    return f"Its probability stays at {after}" if before == after else f"Its probability went from {before} to {after}"
