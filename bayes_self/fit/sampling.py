"""NUTS over a program: two groups of chains side by side, each in step, and progress after every block.

The program is compiled once for a table of answers: which of its cells count is an argument, so that a competition that
leaves out one fold after another does not compile again.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import PRNGKeyArray
from numpyro import handlers
from numpyro.infer import NUTS, init_to_uniform

from bayes_self.fit.answers import Answers
from bayes_self.fit.design import Design, rows_of
from bayes_self.fit.flat_effects import POPULATION, Flattened, flattened
from bayes_self.fit.meaning import Meaning
from bayes_self.fit.program import Counted
from bayes_self.fit.programs import program_of
from bayes_self.model.jax_arrays import in_float64

BLOCK = 50
STATS = {"diverging": "diverging", "n_steps": "num_steps", "lp": "potential_energy"}
"""ArviZ's name of each statistic of a draw, and NumPyro's."""
TARGET, RADIUS = 0.85, 0.1
"""The acceptance rate that steps are adapted to; where chains start: near 0 in every unconstrained number."""


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


@dataclass(frozen=True)
class Effort:
    """How much is drawn; `depth` bounds a trajectory at 2^depth - 1 steps."""

    chains: int = 4
    warmup: int = 500
    draws: int = 500
    depth: int = 7


def counted(design: Design, answers: Answers) -> Counted:
    """The counts as the program wants them."""
    return Counted(*rows_of(design, answers), answers.n)


def sample(
    name: str,
    answers: Answers,
    meaning: Meaning,
    *,
    key: PRNGKeyArray | int,
    effort: Effort = Effort(),
    tick: Callable[[int], object] = lambda done: None,
) -> Fit:
    """Draw from the posterior of a program given a table of answers: see `Sampler.draw`."""
    return Sampler(name, answers, meaning, effort).draw(key, tick=tick)


class Sampler:
    """NUTS for one program and one table of answers."""

    def __init__(self, name: str, answers: Answers, meaning: Meaning, effort: Effort) -> None:
        self.name, self.effort = name, effort
        self.design = Design.of(answers, meaning)
        self._observed = counted(self.design, answers)

    @in_float64
    def draw(
        self,
        key: PRNGKeyArray | int,
        kept: np.ndarray | None = None,
        tick: Callable[[int], object] = lambda done: None,
    ) -> Fit:
        """Draw from the posterior given the cells that `kept` (a mask) says, all by default.

        `tick` is told how many iterations more are done, warm-up included.
        """
        key = jax.random.key(key) if isinstance(key, int) else key
        counts = jnp.asarray(np.ones(len(self.design.cells)) if kept is None else kept, float)
        start, block = self._compiled
        states = [start(each, counts) for each in jax.random.split(key, (self._groups, self._size))]
        if not all(np.all(np.isfinite(state.potential_energy)) for state in states):
            raise RuntimeError("NUTS has found no place to start from: the log density is not finite near 0")
        found, effort = [], self.effort
        with ThreadPoolExecutor(self._groups) as side_by_side:
            for done in range(0, effort.warmup + effort.draws, BLOCK):
                states, drawn = zip(*side_by_side.map(lambda state: block(state, counts), states), strict=True)
                found.append(jax.tree.map(lambda *each: np.concatenate(each, axis=1), *drawn))
                tick(min(BLOCK, effort.warmup + effort.draws - done))
        z, stats = jax.tree.map(lambda *each: np.concatenate(each).swapaxes(0, 1)[:, effort.warmup :], *found)
        z, stats = jax.tree.map(lambda each: each[:, : effort.draws], (z, stats))
        return Fit(self.name, self.design, self._flattened.sites(z), dims_of(self.name, self.design), stats)

    @property
    def _groups(self) -> int:
        return 2 if self.effort.chains % 2 == 0 else 1

    @property
    def _size(self) -> int:
        return self.effort.chains // self._groups

    @cached_property
    def _flattened(self) -> Flattened:
        return flattened(program_of(self.name), self.design, self._observed)

    @cached_property
    def _compiled(self) -> tuple[Callable, Callable]:
        """From keys to states, and a block of iterations: states to states and draws.

        Compiled here, once: a thread has JAX settings of its own, single precision among them.
        """
        kernel = NUTS(
            self._flattened.model,
            target_accept_prob=TARGET,
            max_tree_depth=self.effort.depth,
            init_strategy=init_to_uniform(radius=RADIUS),  # pyright: ignore[reportArgumentType]
            dense_mass=[(POPULATION,)],  # type: ignore[arg-type]
        )

        def step(now: object, kept: jax.Array) -> tuple[object, tuple]:
            now = kernel.sample(now, (kept,), {})
            return now, (now.z, {mine: getattr(now, theirs) for mine, theirs in STATS.items()})

        def steps(now: object, kept: jax.Array) -> tuple[object, tuple]:
            every = jax.vmap(step, in_axes=(0, None))
            return jax.lax.scan(lambda state, _: every(state, kept), now, length=BLOCK)

        kept = jnp.ones(len(self.design.cells))
        keys = jax.random.split(jax.random.key(0), self._size)
        begin = lambda key, kept: kernel.init(key, self.effort.warmup, None, (kept,), {})  # noqa: E731
        start = jax.jit(jax.vmap(begin, in_axes=(0, None)))
        return start, jax.jit(steps).lower(start(keys, kept), kept).compile()


def dims_of(name: str, design: Design) -> dict[str, tuple[str, ...]]:
    """{site: its dimensions}, none for a number of the population."""
    found = handlers.trace(handlers.seed(program_of(name), 0)).get_trace(design)
    return {site: each["infer"].get("dims", ()) for site, each in found.items() if each["type"] == "sample"}
