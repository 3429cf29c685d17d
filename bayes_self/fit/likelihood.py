"""Counts of clustered answers: the Dirichlet-multinomial, beta-binomial where there are two outcomes.

    log P(y) = Σ_o log(a p_o)^(y_o rising) − log(a)^(n rising),      x^(y rising) = x (x + 1) ... (x + y − 1)

a is the concentration: the smaller, the more alike are the answers of a cell (design effect (n + a) / (1 + a)). The
multinomial coefficient, which no parameter enters, is left out.
"""

import jax.numpy as jnp
import numpy as np
from jax.scipy.special import gammaln
from jaxtyping import Array, Float

_LARGE = 1e8
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
    """x (x + 1) ... (x + y − 1), x taken out of each factor where it is large, so that no product overflows."""
    terms, large = np.arange(1, _FEW), jnp.maximum(log_x, 0.0)
    factors = jnp.exp(log_x - large)[:, None] + terms * jnp.exp(-large)[:, None]
    return log_x + (y - 1) * large + jnp.log(jnp.prod(jnp.where(terms < y[:, None], factors, 1.0), -1))


def _gamma(log_x: Array, y: np.ndarray) -> Array:
    """The same by the gamma function; beyond `_LARGE`, where it would cancel, by (y − 1) log x + y (y − 1) / 2x."""
    far = log_x > np.log(_LARGE)
    x, large = jnp.exp(jnp.where(far, 0.0, log_x)), jnp.where(far, log_x, 0.0)
    by_series = (y - 1) * large + y * (y - 1) / 2 * jnp.exp(-large)
    return log_x + jnp.where(far, by_series, gammaln(x + y) - gammaln(x + 1))


def log_likelihood(
    log_p: Float[Array, " rows"], log_a: Float[Array, " cells"], cell: np.ndarray, count: np.ndarray, n: np.ndarray
) -> Float[Array, " cells"]:
    """Nats of every cell, from the log probabilities of the outcomes that were given."""
    risen = log_rising(log_p + log_a[cell], count)
    return jnp.zeros(len(n)).at[cell].add(risen) - log_rising(log_a, n)
