"""How far a number of a scenario may plausibly be from what the file says, and how it gets there.

- a probability (coherence, salience, reliability, doubt, ownership) moves by up to 1 in log odds (nats): 0.9 to between
  0.77 and 0.96; a certainty, which no shift of log odds could move, gives way by up to 0.1;
- a profile, and a row of an outcome table: the log odds of any two of its entries move by up to 1, and its zeros and
  ones stay, because what softens an impossibility, coherence and reliability, moves already;
- the bits of an identity and of a mask move by up to 2, mentions by a factor of up to 4, which are 2 bits as well;
- the weight of a stream moves by a factor of up to 2, the number of its trials by a factor of up to 4.

Where between the ends a number lies is said by a number u in [0, 1]; 1/2 leaves it as it is, certainties apart.
"""

import numpy as np
from jaxtyping import Bool, Float

from bayes_self.model.arrays import AnyArray

LOG_ODDS = 1.0
"""How far a probability moves, in nats of log odds."""
CERTAINTY = 0.1
"""How far a probability of 0 or 1 gives way."""
BITS = 2.0
MENTIONS = 4.0
WEIGHT = 2.0
TRIALS = 4.0
"""By which factor mentions, a weight, and a number of trials may be larger or smaller."""


def shifted(p: Float[AnyArray, "..."], u: Float[AnyArray, "..."]) -> Float[np.ndarray, "..."]:
    """A probability with its log odds moved by up to `LOG_ODDS` either way; 0 and 1 give way by up to `CERTAINTY`."""
    odds = np.exp(LOG_ODDS * (2 * u - 1))
    inside = p * odds / (p * odds + 1 - p)
    return np.where(p == 0, CERTAINTY * u, np.where(p == 1, 1 - CERTAINTY * (1 - u), inside))


def reshaped(
    p: Float[AnyArray, "... O"], free: Bool[np.ndarray, "... O"], u: Float[AnyArray, "... F"]
) -> Float[AnyArray, "... O"]:
    """Distributions over the last axis, the log odds of any two free entries moved by up to `LOG_ODDS`; zeros stay.

    `free` says which entries move, in the order of the last axis of `u`, whose other axes lead.
    """
    shift = np.zeros((*u.shape[:-1], *free.shape))
    shift[..., free] = LOG_ODDS * (u - 0.5)
    moved = p * np.exp(shift)
    total = moved.sum(-1, keepdims=True)
    return moved / np.where(total > 0, total, 1.0)


def factor(largest: float, u: Float[AnyArray, "..."]) -> Float[AnyArray, "..."]:
    """What a number that may be up to `largest` times larger or smaller is multiplied by."""
    return np.exp(np.log(largest) * (2 * u - 1))
