"""What a fit does not explain: groups of cells whose answers are rare under the fit's own replications of them.

A replication has the posterior's probabilities and clustering, and the counts that were asked:

    share ~ Beta(a p, a (1 − p)),    hits ~ Binomial(n, share)        p: P(an answer that is the persona's), by cell

The counts were used to fit, so that misfits are, if anything, understated.
"""

from dataclasses import dataclass

import numpy as np

from bayes_self.fit.answers import Answers
from bayes_self.fit.meaning import PERSONA
from bayes_self.fit.predict import Predictor
from bayes_self.fit.sampling import Fit

_DRAWS = 400


@dataclass(frozen=True)
class Unexplained:
    """The cells of a model, route and probe."""

    model: str
    route: str
    probe: str
    observed: float
    """Share of answers that are the persona's."""
    low: float
    high: float
    """Of the 90% interval of replications."""
    tail: float
    """Share of replications at least as far out, both tails."""


def unexplained(fit: Fit, answers: Answers, *, seed: int) -> list[Unexplained]:
    """Every group that has an answer of the persona's among its outcomes, the rarest first."""
    every = len(next(iter(fit.flat.values())))
    thin = np.linspace(0, every - 1, min(_DRAWS, every)).astype(int)
    found = Predictor(fit.program, fit.design).of({name: values[thin] for name, values in fit.flat.items()})
    again = _replicated(found.shown, found.concentration, answers.n, np.random.default_rng(seed))
    meaning = fit.design.meaning
    hits = np.array(
        [
            sum(n for outcome, n in counts.items() if meaning.of(cell.probe, outcome) == PERSONA)
            for cell, counts in zip(answers.cells, answers.outcomes, strict=True)
        ]
    )
    groups = [(cell.model, cell.route, cell.probe) for cell in answers.cells]
    readable = {probe for _, _, probe in groups if meaning.persona.get(probe, meaning.persona.get("*"))}
    rows = []
    for group in sorted({group for group in groups if group[2] in readable}):
        inside = np.array([each == group for each in groups])
        n, seen, drawn = answers.n[inside].sum(), hits[inside].sum(), again[:, inside].sum(1)
        low, high = np.quantile(drawn / n, (0.05, 0.95))
        tail = min(1.0, 2 * min(np.mean(drawn <= seen), np.mean(drawn >= seen)))
        rows.append(Unexplained(*group, float(seen / n), float(low), float(high), float(tail)))
    return sorted(rows, key=lambda row: row.tail)


def _replicated(p: np.ndarray, a: np.ndarray, n: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Hits [draw, cell]. Where p is 0 or 1 to rounding, Beta has no such parameter, and the share is p."""
    p = np.minimum(p, 1.0)  # a sum of probabilities is above 1 in its last bit
    inside = (a * p > 0) & (a * (1 - p) > 0)
    share = np.where(inside, random.beta(np.where(inside, a * p, 1.0), np.where(inside, a * (1 - p), 1.0)), p)
    return random.binomial(n.astype(int), share)
