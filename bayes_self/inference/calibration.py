"""Simulation-based calibration: over data that the model itself makes, does the true number's rank come out uniform?

Talts et al. 2018, arXiv 1804.06788; Modrák et al. 2023, arXiv 2211.02383.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Float, Int, PRNGKeyArray

from bayes_self.inference.forward import random_numbers, simulated
from bayes_self.inference.model import marginal
from bayes_self.inference.question import Question, question_of
from bayes_self.inference.sampling import kernel_of
from bayes_self.model.arrays import AnyArray
from bayes_self.model.jax_arrays import in_float64
from bayes_self.model.parameters import Parameters
from bayes_self.model.potentials import Counts
from bayes_self.scenario import Scenario

THIN = 8
"""Of so many draws one is ranked, so that those that are ranked are nearly independent."""


class Band(NamedTuple):
    """ECDF minus the uniform distribution's, where chance leaves it in 95 of 100 calibrations that are right.

    By ArviZ, after Säilynoja, Bürkner and Vehtari 2022, arXiv 2103.10522.
    """

    x: Float[np.ndarray, " N"]
    difference: Float[np.ndarray, " N"]
    lower: Float[np.ndarray, " N"]
    upper: Float[np.ndarray, " N"]

    @property
    def holds(self) -> bool:
        """Whether the difference stays inside."""
        return bool(np.all((self.difference >= self.lower) & (self.difference <= self.upper)))

    @classmethod
    def of(cls, values: Float[np.ndarray, " N"]) -> "Band":
        """The band of values that should be uniform on (0, 1)."""
        from arviz_stats.ecdf_utils import ecdf_pit

        x, ecdf, lower, upper = ecdf_pit(values, 0.95, 1000)
        return cls(x, ecdf - x, lower - x, upper - x)


@dataclass(frozen=True)
class Calibration:
    """The ranks of true numbers among draws from their posteriors."""

    keys: tuple[str, ...]
    ranks: Int[np.ndarray, "simulation K"]
    """How many of the draws are below the true number: uniform on 0 to `draws` if the inference is right."""
    draws: int
    divergences: int
    """In all simulations together."""

    @property
    def values(self) -> Float[np.ndarray, "simulation K"]:
        """(rank + 0.5) / (draws + 1): uniform on (0, 1), for a test or a picture."""
        return (self.ranks + 0.5) / (self.draws + 1)

    @cached_property
    def bands(self) -> dict[str, Band]:
        """Of each number, the distribution of its ranks against the uniform one, with a 95% simultaneous band."""
        return {key: Band.of(column) for key, column in zip(self.keys, self.values.T, strict=True)}


@in_float64
def calibrate(  # noqa: PLR0913 (options by name)
    scenario: Scenario,
    unknown: Sequence[str],
    *,
    key: PRNGKeyArray | int,
    trials: int = 10,
    simulations: int = 200,
    draws: int = 99,
    warmup: int = 300,
    random_scenarios: bool = True,
) -> Calibration:
    """Simulate from the prior, infer by NUTS, rank the truth among the draws: hundreds of times in one compiled call.

    Each simulation draws the unknown numbers from their priors, and then data from the definition of the model (see
    `simulated`), with `trials` trials of every probe. With `random_scenarios` it first draws every profile and table
    anew (flat Dirichlet), so that the whole is an average over scenarios of this shape.

    Raises:
        ScenarioError: what is asked has no generative meaning or is not identified; every reason is listed.

    """
    question = question_of(scenario, None, unknown)
    keys = jax.random.split(jax.random.key(key) if isinstance(key, int) else key, simulations)

    @jax.jit
    def every(keys: jax.Array) -> tuple[AnyArray, AnyArray]:
        return lax.map(lambda one: _ranked(question, trials, one, draws, warmup, random_scenarios), keys)

    ranks, diverged = every(keys)
    return Calibration(question.keys, np.asarray(ranks), draws, int(np.sum(diverged)))


def _ranked(
    question: Question, trials: int, key: PRNGKeyArray, draws: int, warmup: int, random_scenarios: bool
) -> tuple[Int[AnyArray, " K"], Int[AnyArray, ""]]:
    of_prior, of_scenario, of_data, of_sampler = jax.random.split(key, 4)
    drawn = [prior.distribution.sample(jax.random.fold_in(of_prior, k), ()) for k, prior in enumerate(question.priors)]
    truth = jnp.stack([jnp.asarray(x) for x in drawn])
    believed = question.cases[0].believed
    believed = random_numbers(of_scenario, believed) if random_scenarios else believed
    believed, counts = simulated(of_data, question, believed, truth, trials)
    x, diverged = _draws(question, believed, counts, of_sampler, draws, warmup)
    return jnp.sum(x < truth, 0), diverged


def _draws(
    question: Question, believed: Parameters, counts: Counts, key: PRNGKeyArray, draws: int, warmup: int
) -> tuple[Float[AnyArray, "N K"], Int[AnyArray, ""]]:

    kernel, data = kernel_of(marginal(question)), (jax.tree.map(lambda each: each[None], counts), believed)
    state = kernel.init(key, warmup, None, data, {})
    state = lax.fori_loop(0, warmup, lambda _, now: kernel.sample(now, data, {}), state)

    def thinned(now: Any, _: None) -> tuple[Any, tuple]:
        later = lax.fori_loop(0, THIN, lambda _, state: kernel.sample(state, data, {}), now)
        return later, (later.z, later.diverging)

    _, (z, diverging) = lax.scan(thinned, state, length=draws)
    found = jax.vmap(kernel.postprocess_fn(data, {}))(z)
    return jnp.stack([found[name] for name in question.keys], -1), jnp.sum(diverging)
