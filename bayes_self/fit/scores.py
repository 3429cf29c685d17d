"""Predictions against what came: bits of surprise, per answer and with standard errors, and calibration in tenths."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from bayes_self.fit.answers import Answers
from bayes_self.fit.design import item_of
from bayes_self.fit.meaning import PERSONA, Meaning
from bayes_self.fit.predict import Predicted

_EDGES = np.linspace(0.0, 1.0, 11)


@dataclass(frozen=True)
class Score:
    """Bits of surprise at answers that were left out."""

    bits: np.ndarray
    """[cell]: −Σ_o count_o log2 P(o), in all."""
    two_valued: np.ndarray
    """[cell]: the same where only the persona's value or not counts; 0 where no outcome is the persona's."""
    n: np.ndarray
    """[cell]: answers."""
    n_two_valued: np.ndarray
    """[cell]: answers of cells of which an outcome is the persona's."""
    expected: np.ndarray
    """[cell]: the probability that was given to the persona's outcomes."""
    hits: np.ndarray
    """[cell]: answers that were the persona's."""


def score(predicted: Predicted, answers: Answers, meaning: Meaning) -> Score:
    """Surprise at the answers of the same cells, bits. An outcome that the item was never seen to have is left out, the
    same for all programs: none could have foreseen it.
    """
    rows = []
    for cell, counts, p in zip(answers.cells, answers.outcomes, predicted.probability, strict=True):
        names = predicted.design.outcomes[item_of(cell)]
        known = {outcome: (names.index(outcome), count) for outcome, count in counts.items() if outcome in names}
        n = sum(count for _, count in known.values())
        bits = -sum(count * np.log2(p[i]) for i, count in known.values())
        of_persona = np.array([meaning.of(cell.probe, outcome) == PERSONA for outcome in names])
        hits = sum(count for i, count in known.values() if of_persona[i])
        share = p[: len(names)][of_persona].sum() / p[: len(names)].sum()
        two = -_times_log2(hits, share) - _times_log2(n - hits, 1 - share)
        is_read = float(of_persona.any())
        rows.append((bits, two * is_read, n, n * is_read, share, hits))
    return Score(*(np.array(column, float) for column in zip(*rows, strict=True)))


def _times_log2(count: float, p: float) -> float:
    return count * float(np.log2(p)) if count else 0.0


def per_answer(bits: np.ndarray, n: np.ndarray, units: Sequence[object]) -> tuple[float, float]:
    """Mean bits per answer and its standard error, units (configurations) being independent of each other.

    A ratio of sums R = Σ b / Σ n; its variance is U / (U − 1) Σ_u (b_u − R n_u)² / (Σ n)².
    """
    names = sorted(set(units), key=str)
    place = np.array([names.index(unit) for unit in units])
    b, m = np.bincount(place, bits), np.bincount(place, n)
    mean = b.sum() / m.sum()
    spread = np.sum((b - mean * m) ** 2) * len(names) / max(len(names) - 1, 1)
    return float(mean), float(np.sqrt(spread) / m.sum())


def joined(scores: Sequence[Score]) -> Score:
    """The scores of folds, one after another."""
    return Score(*(np.concatenate([getattr(s, f.name) for s in scores]) for f in fields(Score)))


@dataclass(frozen=True)
class Bin:
    """Cells whose predictions are alike."""

    predicted: float
    """The mean probability of the persona's answers, over the answers of the bin."""
    observed: float
    """Their share."""
    se: float
    """Standard error of the share, configurations being independent of each other."""
    answers: int


def in_tenths(score: Score, configurations: Sequence[object]) -> list[Bin]:
    """Of answers given a probability of 0.3, do three in ten come? Empty tenths are left out.

    Cells of which no outcome is the persona's are left out.
    """
    tenth = np.clip(np.digitize(score.expected, _EDGES), 1, len(_EDGES) - 1)
    found = []
    for i in range(1, len(_EDGES)):
        inside = (score.n_two_valued > 0) & (tenth == i)
        if inside.any():
            n, units = score.n[inside], [c for c, kept in zip(configurations, inside, strict=True) if kept]
            observed, se = per_answer(score.hits[inside], n, units)
            predicted = float(np.sum(score.expected[inside] * n) / n.sum())
            found.append(Bin(predicted, observed, se, int(n.sum())))
    return found
