"""NUTS in blocks: progress is told between them, and what was drawn stays readable when somebody stops."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

import jax
import numpy as np
from jax import lax
from jaxtyping import PRNGKeyArray
from numpyro.infer import NUTS
from numpyro.infer.hmc import HMCState

STATS = {
    "diverging": "diverging",
    "energy": "energy",
    "n_steps": "num_steps",
    "acceptance_rate": "accept_prob",
    "step_size": "adapt_state.step_size",
}
"""ArviZ's name of each statistic of a draw, and NumPyro's."""
BLOCK, TARGET = 100, 0.9
"""Steps of a block; the acceptance rate that steps are adapted to."""


@dataclass(frozen=True)
class Draws:
    """What NUTS drew."""

    samples: dict[str, np.ndarray]
    """(chain, draw, ...) per site, as the model has it."""
    stats: dict[str, np.ndarray]
    """(chain, draw) per name in `STATS`."""


def sample(
    model: Callable,
    *args: object,
    key: PRNGKeyArray | int,
    chains: int = 4,
    warmup: int = 1000,
    draws: int = 1000,
    tick: Callable[[int], object] = lambda done: None,
) -> Draws:
    """Draw from a NumPyro model with NUTS, all chains and all blocks in one compiled program.

    `tick` is told how many steps more are done, warm-up included. Where the user interrupts after warm-up, the blocks
    drawn so far are returned; during it, the interruption goes on. Runs in the precision that is in force.
    """
    kernel = kernel_of(model)
    keys = jax.random.split(jax.random.key(key) if isinstance(key, int) else key, chains)
    state, block = start_of(kernel, warmup, args)(keys), block_of(kernel)
    if not np.all(np.isfinite(state.potential_energy)):
        raise RuntimeError("NUTS has found no place to start from: the log density is not finite where it was tried")
    for done in range(0, warmup, BLOCK):
        state, _ = block(state, args)
        jax.block_until_ready(state)
        tick(min(BLOCK, warmup - done))
    found = []
    try:
        while len(found) * BLOCK < draws:
            state, kept = block(state, args)
            found.append(jax.tree.map(np.asarray, kept))
            tick(min(BLOCK, draws - (len(found) - 1) * BLOCK))
    except KeyboardInterrupt:
        if not found:
            raise
    z, stats = jax.tree.map(lambda *each: np.concatenate(each).swapaxes(0, 1)[:, :draws], *found)
    constrain = jax.jit(jax.vmap(jax.vmap(kernel.postprocess_fn(args, {}))))
    return Draws(jax.tree.map(np.asarray, constrain(z)), stats)


def kernel_of(model: Callable) -> NUTS:
    """The sampler: a dense mass matrix, because trust and truth are correlated."""
    return NUTS(model, dense_mass=True, target_accept_prob=TARGET)


def start_of(kernel: NUTS, warmup: int, args: tuple) -> Callable[[jax.Array], HMCState]:
    """From a key for each chain to the state before its first step; compiled, because NumPyro's own way is slow."""
    return jax.jit(jax.vmap(lambda key: kernel.init(key, warmup, None, args, {})))


def block_of(kernel: NUTS) -> Callable[[HMCState, tuple], tuple[HMCState, tuple]]:
    """So many steps of every chain as one compiled program: from their states to the next, and what was drawn."""

    def step(state: HMCState, args: tuple) -> tuple[HMCState, tuple]:
        state = kernel.sample(state, args, {})
        return state, (state.z, {name: attrgetter(field)(state) for name, field in STATS.items()})

    @jax.jit
    def block(state: HMCState, args: tuple) -> tuple[HMCState, tuple]:
        every = jax.vmap(step, in_axes=(0, None))
        return lax.scan(lambda now, _: every(now, args), state, length=BLOCK)

    return block
