"""NUTS over a program: two groups of chains side by side, each in step, and progress after every block."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import jax
import numpy as np
from jaxtyping import PRNGKeyArray
from numpyro import handlers
from numpyro.infer import NUTS, init_to_median

from bayes_self.fit.answers import Answers
from bayes_self.fit.design import Design, rows_of
from bayes_self.fit.effects import SPREAD
from bayes_self.fit.meaning import Meaning
from bayes_self.fit.program import Counted
from bayes_self.fit.programs import program_of
from bayes_self.precision import in_float64

BLOCK = 50
STATS = {"diverging": "diverging", "n_steps": "num_steps", "lp": "potential_energy"}
"""ArviZ's name of each statistic of a draw, and NumPyro's."""


@dataclass(frozen=True)
class Fit:
    """A posterior: what was drawn, of what, and how."""

    program: str
    design: Design
    samples: Mapping[str, np.ndarray]
    """{site: (chain, draw, ...)}; effects as standard normals, without their spreads."""
    dims: Mapping[str, tuple[str, ...]]
    """{site: the dimensions after chain and draw}."""
    stats: Mapping[str, np.ndarray] = field(default_factory=dict)
    """{statistic: (chain, draw)}."""

    @property
    def flat(self) -> dict[str, np.ndarray]:
        """{site: (draw, ...)}, the chains one after another."""
        return {name: values.reshape(-1, *values.shape[2:]) for name, values in self.samples.items()}


def counted(design: Design, answers: Answers) -> Counted:
    """The counts as the program wants them."""
    return Counted(*rows_of(design, answers), answers.n)


@in_float64
def sample(
    name: str,
    answers: Answers,
    meaning: Meaning,
    *,
    key: PRNGKeyArray | int,
    chains: int = 4,
    warmup: int = 500,
    draws: int = 500,
    depth: int = 7,
    tick: Callable[[int], object] = lambda done: None,
) -> Fit:
    """Draw from the posterior of a program given a table of answers.

    `depth` bounds a trajectory at 2^depth − 1 steps. `tick` is told how many iterations more are done, warm-up
    included.
    """
    key = jax.random.key(key) if isinstance(key, int) else key
    design, program = Design.of(answers, meaning), program_of(name)
    kernel = NUTS(
        program,
        target_accept_prob=0.85,
        max_tree_depth=depth,
        init_strategy=init_to_median(num_samples=5),
        dense_mass=_together(program, design),  # type: ignore[arg-type]
    )
    observed = counted(design, answers)
    groups = 2 if chains % 2 == 0 else 1
    every = kernel.init(jax.random.split(key, chains), warmup, None, (design, observed), {})
    size = chains // groups
    states = [jax.tree.map(lambda x, g=g: x[g * size : (g + 1) * size], every) for g in range(groups)]

    def step(now: object, _: None) -> tuple[object, tuple]:
        now = kernel.sample(now, (design, observed), {})
        return now, (now.z, {mine: getattr(now, theirs) for mine, theirs in STATS.items()})

    # Compiled here, once: a thread has JAX settings of its own, single precision among them.
    block = jax.jit(lambda now: jax.lax.scan(step, now, length=BLOCK)).lower(states[0]).compile()
    found = []
    with ThreadPoolExecutor(groups) as side_by_side:
        for done in range(0, warmup, BLOCK):
            states = [jax.block_until_ready(state) for state, _ in side_by_side.map(block, states)]
            tick(min(BLOCK, warmup - done))
        for done in range(0, draws, BLOCK):
            states, kept = zip(*side_by_side.map(block, states), strict=True)
            found.append(jax.tree.map(lambda *each: np.concatenate(each, axis=1), *kept))
            tick(min(BLOCK, draws - done))
    z, stats = jax.tree.map(lambda *each: np.concatenate(each).swapaxes(0, 1)[:, :draws], *found)
    constrain = jax.jit(jax.vmap(jax.vmap(kernel.postprocess_fn((design, observed), {}))))
    return Fit(name, design, jax.tree.map(np.asarray, constrain(z)), dims_of(name, design), stats)


def dims_of(name: str, design: Design) -> dict[str, tuple[str, ...]]:
    """{site: its dimensions}, none for a number of the population."""
    return {site: each["infer"].get("dims", ()) for site, each in _sites(program_of(name), design).items()}


def _sites(program: Callable, design: Design) -> dict[str, dict]:
    found = handlers.trace(handlers.seed(program, 0)).get_trace(design)
    return {name: each for name, each in found.items() if each["type"] == "sample"}


def _together(program: Callable, design: Design) -> list[tuple[str, ...]]:
    """The numbers of the population, which the sampler moves along their correlations."""
    sites = _sites(program, design)
    return [tuple(name for name, each in sites.items() if not each["infer"].get("dims") and not name.endswith(SPREAD))]
