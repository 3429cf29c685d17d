"""Attribution: which stream did it. Exact Shapley shares of a belief's log odds."""

from itertools import product
from math import factorial
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from bayes_self.beliefs.case import Case
from bayes_self.model.beliefs import Beliefs, believe
from bayes_self.model.log_domain import log_sum
from bayes_self.model.silence import without_streams


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
    n = len(streams)
    speaks = np.array(list(product((False, True), repeat=n)), dtype=bool).reshape(2**n, n)
    left_out = [[stream for stream, on in zip(streams, row, strict=True) if not on] for row in speaks]
    found = believe(*without_streams(case.believed, case.counts, case.names, left_out))
    worth = _log_odds(found, case, identity, facet, value)
    shares = {stream: _share(worth, speaks, s) for s, stream in enumerate(streams)}
    return Attribution(float(worth[0]), float(worth[-1]), shares)


def _share(worth: Float[np.ndarray, " W"], speaks: Bool[np.ndarray, "W T"], s: int) -> float:
    """The mean over orders of what stream s adds; sets of streams are numbers in binary, the first stream first."""
    n = speaks.shape[1]
    without = np.flatnonzero(~speaks[:, s])
    size = speaks[without].sum(1)
    weight = np.array([factorial(k) * factorial(n - k - 1) / factorial(n) for k in range(n)])
    with np.errstate(invalid="ignore"):
        return float((weight[size] * (worth[without + 2 ** (n - 1 - s)] - worth[without])).sum())


def _log_odds(
    found: Beliefs, case: Case, identity: str | None, facet: str | None, value: str | None
) -> Float[np.ndarray, " W"]:
    """log2 P(belief) / P(not belief), from logarithms, so that neither is rounded to 0."""
    if facet is None or value is None:
        logs, i = found.log_identities, case.names.identities.index(str(identity))
    else:
        d = case.names.facets.index(facet)
        logs, i = found.log_facets[..., d, : len(case.names.values[d])], case.names.values[d].index(value)
    with np.errstate(invalid="ignore"):
        return (logs[..., i] - log_sum(np, np.delete(logs, i, -1), -1)) / np.log(2)
