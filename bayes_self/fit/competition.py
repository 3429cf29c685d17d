"""Programs against each other: predictive log scores on what was left out whole, and paired differences.

Whole configurations, whole items and a whole persona are left out in turn. Answers of one cell are no unit of
leaving out: they are clustered, and a cell that was half seen is half answered.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bayes_self.fit.answers import Answers
from bayes_self.fit.design import item_of
from bayes_self.fit.meaning import Meaning
from bayes_self.fit.predict import Predictor
from bayes_self.fit.sampling import Effort, Sampler
from bayes_self.fit.scores import Bin, Score, in_tenths, joined, per_answer, score

SCHEMES = ("configuration", "item", "persona")


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


@dataclass(frozen=True)
class Competition:
    """How programs did on what was left out."""

    standings: Sequence[Standing]
    """By scheme, the best first."""
    calibration: Mapping[str, Mapping[str, Sequence[Bin]]]
    """{scheme: {program: predictions in tenths, and what came}}."""


def compete(
    answers: Answers,
    meaning: Meaning,
    programs: Sequence[str],
    *,
    k: int,
    seed: int,
    effort: Effort = Effort(chains=2, warmup=150, draws=150, depth=6),
    tick: Callable[[str], object] = lambda done: None,
) -> Competition:
    """Every program fitted without each fold and scored on it. `tick` is told what is done.

    Each is compiled once: of a fold that is left out the likelihood is left out, and its levels have the population's
    effects, as those of a level that was never seen. Its outcomes are known, to all programs alike.
    """
    parts = {scheme: list(folds(answers, scheme, k, seed=seed)) for scheme in SCHEMES}
    parts = {scheme: each for scheme, each in parts.items() if each}
    scores: dict[str, dict[str, Score]] = {scheme: {} for scheme in parts}
    for program in programs:
        sampler = Sampler(program, answers, meaning, effort)
        expected = Predictor(program, sampler.design)
        for scheme, folded in parts.items():
            found = []
            for name, left_out in folded:
                fit = sampler.draw(seed, kept=~left_out)
                found.append(score(expected.of(fit.flat).take(left_out), answers.take(left_out), meaning))
                tick(f"{scheme} {name}: {program}")
            scores[scheme][program] = joined(found)
    scored = {
        scheme: answers.take(np.concatenate([np.flatnonzero(left_out) for _, left_out in folded]))
        for scheme, folded in parts.items()
    }
    return Competition(
        [each for scheme in scores for each in standings(scheme, scores[scheme], scored[scheme])],
        {
            scheme: {name: in_tenths(each, scored[scheme].configurations) for name, each in of.items()}
            for scheme, of in scores.items()
        },
    )
