"""How far a number of a scenario may plausibly be from what the file says, and how it gets there.

- a probability (coherence, salience, reliability, ownership) moves by up to 1 in log odds (nats): 0.9 to between 0.77
  and 0.96; a certainty, which no shift of log odds could move, gives way by up to 0.1;
- a profile, and a row of an outcome table: the log odds of any two of its entries move by up to 1, and its zeros and
  ones stay, because what softens an impossibility, coherence and reliability, moves already;
- the bits of an identity move by up to 2, its mentions by a factor of up to 4, which are 2 bits as well;
- the weight of a stream moves by a factor of up to 2, the number of its trials by a factor of up to 4.

Where between the ends a number lies is said by a number u in [0, 1]; 1/2 leaves it as it is, certainties apart.
"""

import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool, Float

from bayes_self.arrays import AnyArray

LOG_ODDS = 1.0
"""How far a probability moves, in nats of log odds."""
CERTAINTY = 0.1
"""How far a probability of 0 or 1 gives way."""
BITS = 2.0
MENTIONS = 4.0
WEIGHT = 2.0
TRIALS = 4.0
"""By which factor mentions, a weight, and a number of trials may be larger or smaller."""


def shifted(p: Float[AnyArray, "*N"], u: Float[AnyArray, "*M"]) -> Float[AnyArray, "..."]:
    """A probability with its log odds moved by up to `LOG_ODDS` either way; 0 and 1 give way by up to `CERTAINTY`."""
    odds = jnp.exp(LOG_ODDS * (2 * u - 1))
    inside = p * odds / (p * odds + 1 - p)
    return jnp.where(p == 0, CERTAINTY * u, jnp.where(p == 1, 1 - CERTAINTY * (1 - u), inside))


def reshaped(
    p: Float[AnyArray, "*N O"], free: Bool[np.ndarray, "*N O"], u: Float[AnyArray, " F"]
) -> Float[AnyArray, "*N O"]:
    """Distributions over the last axis, the log odds of any two free entries moved by up to `LOG_ODDS`; zeros stay."""
    shift = jnp.zeros(free.shape).at[np.nonzero(free)].set(LOG_ODDS * (u - 0.5))
    moved = p * jnp.exp(shift)
    total = moved.sum(-1, keepdims=True)
    return moved / jnp.where(total > 0, total, 1.0)


def factor(largest: float, u: Float[AnyArray, "*N"]) -> Float[AnyArray, "*N"]:
    """What a number that may be up to `largest` times larger or smaller is multiplied by."""
    return jnp.exp(jnp.log(largest) * (2 * u - 1))
