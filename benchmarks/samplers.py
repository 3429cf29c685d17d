"""Samplers of unknown numbers, all asked the same question: what `bs.infer` runs, and what else could be run."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import jax
import jax.numpy as jnp
import numpy as np
from numpyro.infer import MCMC, NUTS
from numpyro.infer.util import initialize_model

import bayes_self as bs
from bayes_self.inference.model import marginal
from bayes_self.inference.question import question_of

CHAINS, WARMUP, DRAWS = 4, 500, 1000
TARGET = 0.9
"""The acceptance rate that every sampler adapts its steps to, as `bs.infer` does."""


class Sampler(Protocol):
    """A sampler of one question; compiled when it has drawn once."""

    name: str

    def __init__(self, scenario: bs.Scenario, evidence: bs.Evidence, keys: tuple[str, ...]) -> None: ...

    def draw(self, seed: int) -> np.ndarray:
        """Warm up and draw: the unknown numbers (chain, draw, K)."""
        ...


class Ours:
    """`bs.infer`: NumPyro's NUTS on the log evidence, and the beliefs at every draw."""

    name = "bs.infer"

    def __init__(self, scenario: bs.Scenario, evidence: bs.Evidence, keys: tuple[str, ...]):
        self.given, self.keys = (scenario, evidence, keys), keys

    def draw(self, seed: int) -> np.ndarray:
        found: Any = bs.infer(*self.given, key=seed, chains=CHAINS, warmup=WARMUP, draws=DRAWS).tree["posterior"]
        return np.stack([found[key].values for key in self.keys], -1)


class Enumerated:
    """NumPyro's NUTS on the generative program, whose discrete sites funsor sums out."""

    name = "bs.program in NumPyro"

    def __init__(self, scenario: bs.Scenario, evidence: bs.Evidence, keys: tuple[str, ...]):
        from numpyro.contrib.funsor import config_enumerate

        program: Any = config_enumerate(bs.program(scenario, unknown=list(keys)))
        kernel = NUTS(lambda: program(evidence), target_accept_prob=TARGET, dense_mass=True)
        self.keys = keys
        self.mcmc = MCMC(
            kernel,
            num_warmup=WARMUP,
            num_samples=DRAWS,
            num_chains=CHAINS,
            chain_method="vectorized",
            progress_bar=False,
        )

    def draw(self, seed: int) -> np.ndarray:
        self.mcmc.run(jax.random.key(seed))
        found = self.mcmc.get_samples(group_by_chain=True)
        return np.stack([np.asarray(found[key]) for key in self.keys], -1)


class _OfDensity:
    """What samplers of a plain log density need: it, on the line, as NumPyro has it, and the way back."""

    def __init__(self, scenario: bs.Scenario, evidence: bs.Evidence, keys: tuple[str, ...]):
        question = question_of(scenario, evidence, keys)
        self.keys = question.keys
        posed = initialize_model(jax.random.key(0), partial(marginal(question), question.counts))
        self.size, potential, back = len(self.keys), posed.potential_fn, posed.postprocess_fn
        self.log_density = lambda z: -potential(dict(zip(self.keys, z, strict=True)))

        def constrain(z: jax.Array) -> jax.Array:
            values = back(dict(zip(self.keys, z, strict=True)))
            return jnp.stack([values[key] for key in self.keys])

        self.constrain = constrain


class BlackJAX(_OfDensity):
    """NUTS with window adaptation and a dense mass matrix, the chains in one program."""

    name = "BlackJAX NUTS"

    def __init__(self, scenario: bs.Scenario, evidence: bs.Evidence, keys: tuple[str, ...]):
        import blackjax  # pyright: ignore[reportMissingImports]

        super().__init__(scenario, evidence, keys)
        adaptation: Any = blackjax.window_adaptation(
            blackjax.nuts, self.log_density, is_mass_matrix_diagonal=False, target_acceptance_rate=TARGET
        )

        def one(key: jax.Array) -> jax.Array:
            start, warm, draw = jax.random.split(key, 3)
            begin = jax.random.uniform(start, (self.size,), minval=-2.0, maxval=2.0)
            (state, parameters), _ = adaptation.run(warm, begin, num_steps=WARMUP)
            kernel = blackjax.nuts(self.log_density, **parameters)

            def step(state: Any, key: jax.Array) -> tuple[Any, jax.Array]:
                state, _ = kernel.step(key, state)
                return state, state.position

            return jax.lax.scan(step, state, jax.random.split(draw, DRAWS))[1]

        self.run = jax.jit(lambda keys: jax.vmap(jax.vmap(self.constrain))(jax.vmap(one)(keys)))

    def draw(self, seed: int) -> np.ndarray:
        return np.asarray(self.run(jax.random.split(jax.random.key(seed), CHAINS)))


class Nutpie(_OfDensity):
    """NUTS in Rust with nutpie's own adaptation, which calls the compiled density and its gradient; chains in turn."""

    name = "nutpie"

    def __init__(self, scenario: bs.Scenario, evidence: bs.Evidence, keys: tuple[str, ...]):
        from nutpie.compiled_pyfunc import from_pyfunc  # pyright: ignore[reportMissingImports]

        super().__init__(scenario, evidence, keys)
        slope = jax.jit(jax.value_and_grad(self.log_density))
        self.back = jax.jit(jax.vmap(jax.vmap(self.constrain)))

        def density() -> Callable:
            def at(z: np.ndarray) -> tuple[float, np.ndarray]:
                with jax.enable_x64(True):  # nutpie calls from threads of its own
                    value, gradient = slope(z)
                    return float(value), np.asarray(gradient)

            return at

        self.model = from_pyfunc(
            self.size,
            density,
            lambda seed1, seed2, chain: lambda z: {"z": z},
            [np.dtype(float)],
            [(self.size,)],
            ["z"],
        )

    def draw(self, seed: int) -> np.ndarray:
        import nutpie  # pyright: ignore[reportMissingImports]

        tree = nutpie.sample(
            self.model,
            draws=DRAWS,
            tune=WARMUP,
            chains=CHAINS,
            cores=1,
            seed=seed,
            progress_bar=False,
            target_accept=TARGET,
        )
        return np.asarray(self.back(np.asarray(tree["posterior"]["z"])))


SAMPLERS: tuple[type[Sampler], ...] = (Ours, Enumerated, BlackJAX, Nutpie)
