"""Many settings of the evidence at once, in products of probabilities instead of sums of logarithms.

The evidence of a group of facets is multiplied in one pass through their tables, and the exponent of the product (that
of its floating-point number) is set aside as a whole number, so that one logarithm at the end is enough. Marginals come
from a second pass that computes the evidence again and goes back through the same matrices; keeping it would cost more,
because it does not fit into the cache.

A product may underflow, and then says so itself: the smallest one is a certificate for everything else.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Array, Bool, Float, Int

SMALLEST_PRODUCT = 1e-280
"""Above this no factor of a product has underflowed; what the smallest float64 (2e-308) then hides is below 1e-27."""

_EXPONENT = 0x7FF << 52
"""The bits of a float64's exponent."""


class Groups(NamedTuple):
    """P(value given identity), facets in groups of equal size; facets that say nothing fill up the last."""

    tables: Float[Array, "G k V H"]
    possible: Bool[Array, "D V"]
    """Where some identity allows the value."""


class Block(NamedTuple):
    """The beliefs under every setting of a block."""

    log_evidence: Float[Array, " N"]
    identities: Float[Array, "N H"]
    facets: Float[Array, "N D V"]
    certificate: Float[Array, " N"]
    """The smallest product seen. Below `SMALLEST_PRODUCT` (or not a number) the rest of that setting may be wrong."""


def grouped(profile: Float[np.ndarray, "H D V"], largest: int) -> Groups:
    """The facets in groups of at most `largest`, and so few that the smallest table entries do not underflow."""
    n_facets, n_values = profile.shape[1:]
    smallest = profile[profile > 0].min(initial=1.0)
    limit = largest if smallest == 1 else int(np.log(SMALLEST_PRODUCT) / np.log(smallest))
    n_groups = -(-n_facets // max(1, min(limit, largest)))
    size = -(-n_facets // n_groups)
    tables = np.zeros((n_groups * size, n_values, profile.shape[0]))
    tables[:n_facets] = profile.transpose(1, 2, 0)
    tables[n_facets:, 0] = 1.0
    return Groups(jnp.asarray(tables.reshape(n_groups, size, *tables.shape[1:])), jnp.asarray((profile > 0).any(0)))


def beliefs_of_block(log_prior: Float[Array, "#N H"], groups: Groups, log_facets: Float[Array, "N D V"]) -> Block:
    """Beliefs under every setting of the log potentials (nats), each with a certificate.

    p_d  = Σ_v P(v given h) e_d(v),                 e_d = exp(u_d - max over possible v of u_d)
    t    = log prior + log Π_d p_d
    P(h) = exp(t - logsumexp t),   P(v) = e_d(v) Σ_h P(v given h) P(h) / p_d
    """
    n_settings, n_facets, n_values = log_facets.shape
    n_groups, size = groups.tables.shape[:2]
    possible = jnp.where(groups.possible, log_facets, -jnp.inf)
    largest = jnp.max(possible, -1, keepdims=True)
    largest = jnp.where(largest > -jnp.inf, largest, 0.0)
    relative = jnp.exp(possible - largest).transpose(1, 0, 2)
    relative = jnp.pad(relative, ((0, n_groups * size - n_facets), (0, 0), (0, 0)), constant_values=1.0)
    relative = lax.optimization_barrier(relative.reshape(n_groups, size, n_settings, n_values))

    def forward(joint: tuple[Array, Array], group: tuple[Array, Array]) -> tuple[tuple[Array, Array], Array]:
        product = _product(*group)
        fraction, exponent = apart(joint[0] * product)
        return (fraction, joint[1] + exponent), jnp.min(product, -1)

    shape = (n_settings, log_prior.shape[1])
    start = jnp.ones(shape), jnp.zeros(shape, dtype=jnp.int64)
    (fraction, exponent), smallest = lax.scan(forward, start, (groups.tables, relative))
    log_joint = log_prior + jnp.log(fraction) + np.log(2) * exponent
    log_evidence = jax.nn.logsumexp(log_joint, -1)
    identities = jnp.exp(log_joint - log_evidence[:, None])

    def backward(_: None, group: tuple[Array, Array]) -> tuple[None, Array]:
        shares = identities / jnp.einsum("knv,kvh->knh", group[1], group[0])
        return None, jnp.einsum("knh,kvh->knv", shares, group[0]) * group[1]

    _, values = lax.scan(backward, None, (groups.tables, relative))
    facets = values.reshape(-1, n_settings, n_values)[:n_facets].transpose(1, 0, 2)
    return Block(log_evidence + jnp.sum(largest, (1, 2)), identities, facets, jnp.min(smallest, 0))


def _product(tables: Float[Array, "k V H"], relative: Float[Array, "k N V"]) -> Float[Array, "N H"]:
    """The evidence of a few facets, multiplied; written out, so that it is compiled into one loop."""
    product = jnp.ones(())
    for table, said in zip(tables, relative, strict=True):
        product = product * sum(said[:, v, None] * table[v] for v in range(table.shape[0]))
    return product


def apart(number: Float[Array, "N H"]) -> tuple[Float[Array, "N H"], Int[Array, "N H"]]:
    """A number from 1 to 2, and the power of two that it has to be multiplied by; of 0 the number is 0."""
    bits = lax.bitcast_convert_type(lax.stop_gradient(number), jnp.int64)
    exponent = bits & _EXPONENT
    # 2^-exponent; of subnormal numbers, which no certificate lets pass, 2^1023.
    scale = lax.bitcast_convert_type((2046 << 52) - exponent, number.dtype)
    return number * scale, (exponent >> 52) - 1023
