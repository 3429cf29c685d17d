"""The central equation: from claims and grounding to the probability of an answer. Pure functions, in nats.

    claim     c  = supply · (k / k_most)^α − price,             0 where no persona was specified
    identity  L  = c − grip                                     log odds that I am the persona
    belief    x  = reach(S, L) − grounding                      log odds that the facet has the persona's value
    answer    P(o) = P(persona) A(o given persona) + (1 − P(persona)) A(o given self)
              P(persona) = (1 − τ) · 1 + τ · sigmoid(x)         ownership τ: of the part the claims hold by definition

`reach` is exact: it is section 3 of the design for two identities, one of which takes the persona's value, the
other the self's, on a facet of two values with a uniform base,

    P(z given h) = κσ [z is h's value] + (1 − κσ) / 2,          S = log((1 + κσ) / (1 − κσ))
    reach(S, L)  = log( (e^(L + S) + 1) / (e^L + e^S) )

L being the log odds of the identities after the claim and the evidence on all other facets; that evidence is the same
whatever was claimed, so that it is part of the grip, and a number of coupled facets of its own could not be known.
An identity tells a facet at most S nats, however much was claimed (design, section 3, the first consequence).

Anchors. Supply and grounding shift together. Where no persona is specified the claim is 0, so that the answers
there speak of grip and grounding alone; the scale of a supply is what it takes to move the facets that were asked
there. A probe that was never asked without a persona borrows its grounding from the others through the population.
"""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float


def reach(most: Float[Array, "*#n"], identity: Float[Array, "*#n"]) -> Float[Array, "*#n"]:
    """Log odds that an identity of log odds L gives to a facet, between −S and S nats."""
    return jax.nn.softplus(identity + most) - jnp.logaddexp(identity, most)


def supplied(
    strength: Float[Array, "*#n"], share: Float[Array, "*#n"], exponent: Float[Array, "*#n"]
) -> Float[Array, "*#n"]:
    """Nats that a route claims: softplus(strength) · share^α, the share of examples being k / k_most."""
    return jax.nn.softplus(strength) * jnp.exp(exponent * jnp.log(share))


def spoken(
    belief: Float[Array, "*#n"], ownership: Float[Array, "*#n"]
) -> tuple[Float[Array, "*#n"], Float[Array, "*#n"]]:
    """log P(persona) and log P(self) of an answer, from log odds of the belief and of being about oneself."""
    mine, parts = jax.nn.log_sigmoid(ownership), jax.nn.log_sigmoid(-ownership)
    return jnp.logaddexp(parts, mine + jax.nn.log_sigmoid(belief)), mine + jax.nn.log_sigmoid(-belief)


def of_me(belief: Float[Array, "*#n"]) -> tuple[Float[Array, "*#n"], Float[Array, "*#n"]]:
    """The same where everything is answered for the self (ownership 1)."""
    return jax.nn.log_sigmoid(belief), jax.nn.log_sigmoid(-belief)
