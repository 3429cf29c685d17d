"""Whose doing a belief is: Shapley shares of streams, and the asymmetry of two identities. In bits."""

import copy
from itertools import combinations
from math import factorial

import numpy as np

from bayes_self.laws.enumeration import draft
from bayes_self.laws.enumeration.joint import log_sum
from bayes_self.laws.enumeration.model import believe, framed
from bayes_self.laws.enumeration.world import expected_evidence


def log_odds(belief, identity=None, facet=None, value=None):
    """log2 of P(belief) / P(its negation)."""
    if identity is not None:
        log_p, names = belief.log_identities(), list(draft.self_models(belief.scenario))
    else:
        log_p, names = belief.log_facet(facet), belief.scenario["facets"][facet]["values"]
    i = names.index(str(value if identity is None else identity))
    with np.errstate(invalid="ignore"):
        return float((log_p[i] - log_sum(np.delete(log_p, i))) / np.log(2))


def attribution(scenario, rows, frame="self-model", **belief):
    """{"log_odds": {"before_training", "posterior"}, "shares": {stream: bits}}.

    The worth of a set of streams is the log odds given them alone, with the evidence kept.
    """
    names = list(scenario.get("streams", {}))

    def worth(kept):
        return log_odds(believe(framed(draft.keeping_streams(scenario, kept), frame), rows), **belief)

    worths = {kept: worth(kept) for n in range(len(names) + 1) for kept in combinations(names, n)}
    shares = {}
    for stream in names:
        shares[stream] = 0.0
        for kept, before in worths.items():
            if stream not in kept:
                after = worths[tuple(name for name in names if name in (*kept, stream))]
                orders = factorial(len(kept)) * factorial(len(names) - len(kept) - 1) / factorial(len(names))
                shares[stream] += orders * (after - before)
    ends = {"before_training": worths[()], "posterior": worths[tuple(names)]}
    return {"log_odds": ends, "shares": shares}


def told(scenario, identity):
    """The spec says "you are …" and nothing else, in its first stream, with that stream's reliability."""
    changed = draft.without_claims(scenario)
    next(iter(draft.streams(changed, "spec").values()))["identity"] = identity
    return copy.deepcopy(changed)


def asymmetry(scenario, rows, a, b, frame="self-model", given=False):
    """(A − B)/2: what the observations do for a when told a, less what they do for b when told b.

    The world answers in full, in expectation, as the scenario (not the frame) has it. None without a spec
    stream, or where it is not finite.
    """
    if not draft.streams(scenario, "spec"):
        return None

    def log_ratio(changed, evidence, x, y):
        belief = believe(framed(changed, frame), evidence)
        who = np.array([beneath for beneath, _ in draft.self_models(belief.scenario).values()])
        of_x, of_y = (log_sum(np.where(who == name, belief.log_identities(), -np.inf)) for name in (x, y))
        return (of_x - of_y) / np.log(2)

    def change(x, y):
        changed = told(scenario, x)
        heard = [row for row in rows if "values" in row]
        evidence = rows if given or "world" not in scenario else expected_evidence(changed) + heard
        return log_ratio(changed, evidence, x, y) - log_ratio(changed, [], x, y)

    with np.errstate(invalid="ignore"):
        found = (change(a, b) - change(b, a)) / 2
    return float(found) if np.isfinite(found) else None
