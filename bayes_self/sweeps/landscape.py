"""Bits to flip and verdicts of many settings: what `measures.landscape` says of one, traced."""

import jax.numpy as jnp
from jaxtyping import Float, Int

from bayes_self.arrays import AnyArray
from bayes_self.measures.landscape import LEANING, SHARP
from bayes_self.scenario.parts import VERDICTS


def bits_against(log_probabilities: Float[AnyArray, "*N V"]) -> Float[AnyArray, "*N V"]:
    """log2 of the odds of the best rival of each entry; infinite where one of the two is impossible, nan where both."""
    likeliest = jnp.argmax(log_probabilities, -1, keepdims=True)
    is_likeliest = jnp.arange(log_probabilities.shape[-1]) == likeliest
    first = jnp.max(log_probabilities, -1, keepdims=True)
    second = jnp.max(jnp.where(is_likeliest, -jnp.inf, log_probabilities), -1, keepdims=True)
    return (jnp.where(is_likeliest, second, first) - log_probabilities) / jnp.log(2.0)


def verdict_codes(
    p0: Float[AnyArray, "*N D V"], p: Float[AnyArray, "*N D V"], r: Float[AnyArray, "*N D V"]
) -> Int[AnyArray, "*N D"]:
    """The position of each facet's verdict in `VERDICTS`."""
    before, now, without = _peak(p0), _peak(p), _peak(r)
    is_given = (before >= 0) & (before == now) & ((without < 0) | (without == now))
    leans = _kl_bits(p, p0) >= LEANING
    code = jnp.where(leans, VERDICTS.index("leaning"), VERDICTS.index("flat"))
    code = jnp.where(before >= 0, VERDICTS.index("unsettled"), code)
    code = jnp.where(now >= 0, VERDICTS.index("selected"), code)
    either = jnp.where(without == now, VERDICTS.index("concentrated"), VERDICTS.index("contested"))
    code = jnp.where(without >= 0, either, code)
    return jnp.where(is_given, VERDICTS.index("given"), code).astype(jnp.int8)


def _peak(p: Float[AnyArray, "*N D V"]) -> Int[AnyArray, "*N D"]:
    """The value of which it is sure; -1 for none."""
    return jnp.where(jnp.max(p, -1) >= SHARP, jnp.argmax(p, -1), -1)


def _kl_bits(p: Float[AnyArray, "*N V"], q: Float[AnyArray, "*N V"]) -> Float[AnyArray, "*N"]:
    """KL(p ‖ q) in bits, with 0 · log 0 = 0."""
    ratio = jnp.where(p > 0, p / jnp.where(p > 0, q, 1.0), 1.0)
    return jnp.sum(p * jnp.log2(ratio), -1)
