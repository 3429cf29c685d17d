"""Programs against each other: predictive log scores on what was left out whole, and paired differences.

Whole configurations, whole items and a whole persona are left out in turn. Answers of one cell are no unit of
leaving out: they are clustered, and a cell that was half seen is half answered.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from bayes_self.fit.answers import Answers
from bayes_self.fit.design import item_of
from bayes_self.fit.meaning import PERSONA, Meaning
from bayes_self.fit.predict import Predicted, Predictor
from bayes_self.fit.sampling import Effort, Sampler

SCHEMES = ("configuration", "item", "persona")


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


def folds(answers: Answers, scheme: str, k: int, *, seed: int, smallest: int = 100) -> Iterator[tuple[str, np.ndarray]]:
    """(name, mask of the cells left out), every unit left out once, by chance; personas one by one.

    A persona of fewer than `smallest` cells is kept: it would say more of its routes than of persons.
    """
    of: dict[str, Callable] = {"configuration": lambda c: c[:3], "item": item_of, "persona": lambda c: c.persona}
    units = [of[scheme](cell) for cell in answers.cells]
    names = sorted(set(units))
    if scheme == "persona":
        for name in names:
            left_out = np.array([unit == name for unit in units])
            if smallest <= left_out.sum() < len(units):
                yield name, left_out
        return
    k = min(k, len(names))
    part = dict(zip(names, np.random.default_rng(seed).permutation(len(names)) % k, strict=True))
    for i in range(k):
        yield f"{i + 1} of {k}", np.array([part[unit] == i for unit in units])


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
        rows.append((bits, two if of_persona.any() else 0.0, n, n if of_persona.any() else 0.0))
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


@dataclass(frozen=True)
class Standing:
    """How a program did on what was left out; bits per answer, with standard errors over configurations."""

    scheme: str
    program: str
    bits: float
    se: float
    more: float
    """Bits more than the best of the scheme, paired."""
    more_se: float
    two_valued: float
    """Bits per answer where only the persona's value or not counts."""
    two_valued_se: float

    @property
    def differs(self) -> bool:
        """Whether it is told from the best: by two standard errors or more."""
        return self.more > 0 and self.more >= 2 * self.more_se


def standings(scheme: str, scores: Mapping[str, Score], answers: Answers) -> list[Standing]:
    """The programs of a scheme, the best first; the scores are of the same cells, those of `answers`."""
    units = answers.configurations
    best = min(scores, key=lambda name: scores[name].bits.sum())
    found = [
        Standing(
            scheme,
            name,
            *per_answer(each.bits, each.n, units),
            *per_answer(each.bits - scores[best].bits, each.n, units),
            *per_answer(each.two_valued, each.n_two_valued, units),
        )
        for name, each in scores.items()
    ]
    return sorted(found, key=lambda standing: standing.bits)


def compete(
    answers: Answers,
    meaning: Meaning,
    programs: Sequence[str],
    *,
    k: int,
    seed: int,
    effort: Effort = Effort(chains=2, warmup=200, draws=200, depth=6),
    schemes: Sequence[str] = SCHEMES,
    tick: Callable[[str], object] = lambda done: None,
) -> list[Standing]:
    """Every program fitted without each fold and scored on it. `tick` is told what is done.

    Each is compiled once: of a fold that is left out the likelihood is left out, and its levels have the population's
    effects, as those of a level that was never seen. Its outcomes are known, to all programs alike.
    """
    parts = {scheme: list(folds(answers, scheme, k, seed=seed)) for scheme in schemes}
    scores: dict[str, dict[str, Score]] = {scheme: {} for scheme, names in parts.items() if names}
    for program in programs:
        sampler = Sampler(program, answers, meaning, effort)
        expected = Predictor(program, sampler.design)
        for scheme in scores:
            found = []
            for name, left_out in parts[scheme]:
                fit = sampler.draw(seed, kept=~left_out)
                found.append(score(expected.of(fit.flat).take(left_out), answers.take(left_out), meaning))
                tick(f"{scheme} {name}: {program}")
            scores[scheme][program] = joined(found)
    return [each for scheme in scores for each in standings(scheme, scores[scheme], _scored(answers, parts[scheme]))]


def _scored(answers: Answers, parts: Sequence[tuple[str, np.ndarray]]) -> Answers:
    return answers.take(np.concatenate([np.flatnonzero(left_out) for _, left_out in parts]))


def joined(scores: Sequence[Score]) -> Score:
    """The scores of folds, one after another."""
    return Score(*(np.concatenate([getattr(s, f.name) for s in scores]) for f in fields(Score)))
