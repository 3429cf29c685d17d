"""Posterior predictive probabilities of single answers, for levels seen and unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import PRNGKeyArray
from numpyro import handlers

from bayes_self.fit.answers import Cell
from bayes_self.fit.design import Design, item_of
from bayes_self.fit.effects import extended
from bayes_self.fit.meaning import PERSONA
from bayes_self.fit.programs import program_of
from bayes_self.fit.sampling import Fit
from bayes_self.model.jax_arrays import in_float64

_AT_ONCE = 100
"""Draws: memory goes as cells × draws."""


@dataclass(frozen=True)
class Predicted:
    """What each cell will answer."""

    design: Design
    probability: np.ndarray
    """[cell, outcome], mean over the draws; 0 beyond the outcomes of the cell's item."""
    shown: np.ndarray
    """[draw, cell]: probability of an answer that is the persona's."""
    concentration: np.ndarray
    """[draw, cell]: how little clustered the answers of a cell are, a of the Dirichlet-multinomial."""

    def take(self, kept: np.ndarray) -> "Predicted":
        """The cells where `kept` (a mask) says so."""
        cells = tuple(cell for cell, is_kept in zip(self.design.cells, kept, strict=True) if is_kept)
        return Predicted(
            replace(self.design, cells=cells), self.probability[kept], self.shown[:, kept], self.concentration[:, kept]
        )

    def rows(self) -> list[tuple[Cell, str, float]]:
        """(cell, outcome, probability), one for each possible outcome."""
        outcomes = [self.design.outcomes[item_of(cell)] for cell in self.design.cells]
        return [
            (cell, outcome, float(p))
            for cell, names, row in zip(self.design.cells, outcomes, self.probability, strict=True)
            for outcome, p in zip(names, row[: len(names)] / row[: len(names)].sum(), strict=True)
        ]


def predict(fit: Fit, cells: Sequence[Cell], *, key: PRNGKeyArray | int) -> Predicted:
    """Probabilities of the next answer in each cell.

        P(o) = mean over draws of P(o given the draw), the effects of unseen levels drawn from the population

    The mean of probabilities, not of log odds: what is not known makes a prediction less sharp. A level that was never
    seen has, at every draw, effects of its own from the population's spread.
    """
    key = jax.random.key(key) if isinstance(key, int) else key
    design = fit.design.asked(cells)
    samples = in_float64(extended)(fit.flat, fit.dims, design, key)
    return Predictor(fit.program, design).of(samples)


class Predictor:
    """What a program expects of the cells of a design, given draws; compiled once for all draws."""

    def __init__(self, name: str, design: Design) -> None:
        program = program_of(name)

        columns = design.option_of[design.of_setting["item"]][design.setting]
        of_persona = (columns >= 0) & (design.meanings[columns] == PERSONA)

        def at_draw(draw: dict) -> tuple[jax.Array, jax.Array, jax.Array]:
            trace = handlers.trace(handlers.substitute(program, data=draw)).get_trace(design)
            answer = jnp.exp(trace["answer"]["value"])
            return answer, jnp.sum(answer * of_persona, -1), trace["concentration"]["value"]

        self._design = design
        self._at_draws = jax.jit(lambda draws: jax.lax.map(at_draw, draws))

    @in_float64
    def of(self, samples: Mapping[str, np.ndarray]) -> Predicted:
        """The mean over samples {site: (draw, ...)}."""
        total, shown, concentration = 0.0, [], []
        n = len(next(iter(samples.values())))
        for start in range(0, n, _AT_ONCE):
            drawn = {name: values[start : start + _AT_ONCE] for name, values in samples.items()}
            answer, *each = map(np.asarray, self._at_draws(drawn))
            total = total + answer.sum(0)
            shown.append(each[0])
            concentration.append(each[1])
        return Predicted(self._design, np.asarray(total) / n, np.concatenate(shown), np.concatenate(concentration))


def unseen(design: Design, cell: Cell) -> list[str]:
    """Which of a cell's levels the fit has never seen: of "model", "persona", "route" and "item"."""
    named = {"model": cell.model, "persona": cell.persona, "route": cell.route, "item": item_of(cell)}
    return [dim for dim, name in named.items() if name not in design.levels[dim]]
