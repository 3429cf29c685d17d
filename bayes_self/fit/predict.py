"""Posterior predictive probabilities of single answers, for levels seen and unseen."""

from collections.abc import Sequence
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import PRNGKeyArray
from numpyro import handlers

from bayes_self.fit.answers import Cell
from bayes_self.fit.design import Design, item_of
from bayes_self.fit.effects import extended
from bayes_self.fit.programs import program_of
from bayes_self.fit.sampling import Fit
from bayes_self.precision import in_float64

_AT_ONCE = 100
"""Draws: memory goes as cells × draws."""


@dataclass(frozen=True)
class Predicted:
    """What each cell will answer."""

    design: Design
    probability: np.ndarray
    """[cell, outcome], mean over the draws; 0 beyond the outcomes of the cell's item."""
    persona: np.ndarray
    """[draw, cell]: probability that an answer comes with the persona's value."""

    def rows(self) -> list[tuple[Cell, str, float]]:
        """(cell, outcome, probability), one for each possible outcome."""
        outcomes = [self.design.outcomes[item_of(cell)] for cell in self.design.cells]
        return [
            (cell, outcome, float(p))
            for cell, names, row in zip(self.design.cells, outcomes, self.probability, strict=True)
            for outcome, p in zip(names, row[: len(names)] / row[: len(names)].sum(), strict=True)
        ]


@in_float64
def predict(fit: Fit, cells: Sequence[Cell], *, key: PRNGKeyArray | int) -> Predicted:
    """Probabilities of the next answer in each cell.

        P(o) = mean over draws of P(o given the draw), the effects of unseen levels drawn from the population

    The mean of probabilities, not of log odds: what is not known makes a prediction less sharp. A level that was never
    seen has, at every draw, effects of its own from the population's spread.
    """
    key = jax.random.key(key) if isinstance(key, int) else key
    design = fit.design.asked(cells)
    program = program_of(fit.program)
    samples = extended(fit.flat, fit.dims, design, key)

    @jax.jit
    def at_draws(draws: dict) -> tuple[jax.Array, jax.Array]:
        return jax.lax.map(at_draw, draws)

    def at_draw(draw: dict) -> tuple[jax.Array, jax.Array]:
        trace = handlers.trace(handlers.substitute(program, data=draw)).get_trace(design)
        return jnp.exp(trace["answer"]["value"]), jnp.exp(trace["persona"]["value"])

    total, persona = 0.0, []
    n = len(next(iter(samples.values())))
    for start in range(0, n, _AT_ONCE):
        answer, each = at_draws({name: values[start : start + _AT_ONCE] for name, values in samples.items()})
        total = total + np.asarray(answer).sum(0)
        persona.append(np.asarray(each))
    return Predicted(design, np.asarray(total) / n, np.concatenate(persona))


def unseen(design: Design, cell: Cell) -> list[str]:
    """Which of a cell's levels the fit has never seen: of "model", "persona", "route" and "item"."""
    named = {"model": cell.model, "persona": cell.persona, "route": cell.route, "item": item_of(cell)}
    return [dim for dim, name in named.items() if name not in design.levels[dim]]
