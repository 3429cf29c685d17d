"""Attribution: which stream did it. Exact Shapley shares of a belief's log odds."""

from itertools import combinations
from math import factorial
from typing import NamedTuple

import numpy as np

from bayes_self.beliefs import LogBeliefs, log_beliefs
from bayes_self.case import Case
from bayes_self.leaving_out import without_streams


class Attribution(NamedTuple):
    """Where a belief's log odds come from, in bits."""

    before_training: float
    """With priors and bits, without mentions, claims and observations."""
    posterior: float
    shares: dict[str, float]
    """Per stream; they add up to the log odds after training minus before."""


def attribution(
    case: Case, *, identity: str | None = None, facet: str | None = None, value: str | None = None
) -> Attribution:
    """Each stream's Shapley share of log2 of the odds of a belief: an identity, or a value of a facet.

    A set of streams is worth the log odds given it alone, the evidence kept as it is. A share is the mean, over all
    orders in which streams could be added, of what the stream adds. Leaving pretraining out removes its mentions, not
    salience. Costs 2^streams posteriors. Raises ValueError unless either an identity, or a facet and a value are named.
    """
    if (identity is None) == (facet is None) or (facet is None) != (value is None):
        raise ValueError("name either an identity, or a facet and one of its values")
    streams = tuple(case.scenario.streams)
    worth = {
        kept: _log_odds(_with_only(case, streams, kept), case, identity, facet, value)
        for n in range(len(streams) + 1)
        for kept in combinations(streams, n)
    }
    return Attribution(worth[()], worth[streams], {stream: _share(stream, streams, worth) for stream in streams})


def _with_only(case: Case, streams: tuple[str, ...], kept: tuple[str, ...]) -> LogBeliefs:
    left_out = [stream for stream in streams if stream not in kept]
    return log_beliefs(*without_streams(case.believed, case.counts, case.names, left_out))


def _share(stream: str, streams: tuple[str, ...], worth: dict[tuple[str, ...], float]) -> float:
    n, share = len(streams), 0.0
    for kept, before in worth.items():
        if stream in kept:
            continue
        after = worth[tuple(name for name in streams if name in kept or name == stream)]
        share += factorial(len(kept)) * factorial(n - len(kept) - 1) / factorial(n) * (after - before)
    return share


def _log_odds(found: LogBeliefs, case: Case, identity: str | None, facet: str | None, value: str | None) -> float:
    """log2 P(belief) / P(not belief), from logarithms, so that neither is rounded to 0."""
    if facet is None or value is None:
        logs, i = found.identities, case.names.identities.index(str(identity))
    else:
        d = case.names.facets.index(facet)
        logs, i = found.facets[d, : len(case.names.values[d])], case.names.values[d].index(value)
    with np.errstate(invalid="ignore"):
        others = float(np.logaddexp.reduce(np.delete(logs, i)))
        return (float(logs[i]) - others) / float(np.log(2))
