"""Counts of clustered answers: the Dirichlet-multinomial, beta-binomial where there are two outcomes.

    log P(y) = Σ_o log(a p_o)^(y_o rising) − log(a)^(n rising),      x^(y rising) = x (x + 1) ... (x + y − 1)

a is the concentration: the smaller, the more alike are the answers of a cell (design effect (n + a) / (1 + a)). The
multinomial coefficient, which no parameter enters, is left out.
"""

import jax.numpy as jnp
import numpy as np
from jax.scipy.special import gammaln
from jaxtyping import Array, Float

_FEW = 8
"""Rising factorials of so few terms are multiplied out; the gamma function takes several times as long."""


def log_rising(log_x: Float[Array, " n"], y: np.ndarray) -> Float[Array, " n"]:
    """log of x^(y rising) in nats, for y of at least 1, from log x: as x goes to 0 it goes as log x."""
    few = y <= _FEW
    return (
        jnp.zeros(len(y))
        .at[np.flatnonzero(few)]
        .set(_product(log_x[np.flatnonzero(few)], y[few]))
        .at[np.flatnonzero(~few)]
        .set(_gamma(log_x[np.flatnonzero(~few)], y[~few]))
    )


def _product(log_x: Array, y: np.ndarray) -> Array:
    terms = np.arange(1, _FEW)
    factors = jnp.where(terms < y[:, None], jnp.exp(log_x)[:, None] + terms, 1.0)
    return log_x + jnp.log(jnp.prod(factors, -1))


def _gamma(log_x: Array, y: np.ndarray) -> Array:
    x = jnp.exp(log_x)
    return log_x + gammaln(x + y) - gammaln(x + 1)


def log_likelihood(
    log_p: Float[Array, " rows"], log_a: Float[Array, " cells"], cell: np.ndarray, count: np.ndarray, n: np.ndarray
) -> Float[Array, " cells"]:
    """Nats of every cell, from the log probabilities of the outcomes that were given."""
    risen = log_rising(log_p + log_a[cell], count)
    return jnp.zeros(len(n)).at[cell].add(risen) - log_rising(log_a, n)
