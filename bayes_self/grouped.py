"""Many settings of the evidence at once, in products of probabilities instead of sums of logarithms.

The evidence of a group of facets is multiplied, and then one logarithm is taken. Marginals come from a second pass that
recomputes every product and goes back through the same matrices, which costs as much as the first; automatic
differentiation would keep them all.

A product may underflow, and then says so itself: the smallest one is a certificate for everything else.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Array, Bool, Float

SMALLEST_PRODUCT = 1e-280
"""Above this no factor of a product has underflowed; what the smallest float64 (2e-308) then hides is below 1e-27."""


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
    t    = log prior + Σ_groups log Π_d in group p_d
    P(h) = exp(t - logsumexp t),   P(v) = e_d(v) Σ_h P(v given h) P(h) / p_d
    """
    n_settings, n_facets, n_values = log_facets.shape
    n_groups, size = groups.tables.shape[:2]
    possible = jnp.where(groups.possible, log_facets, -jnp.inf)
    largest = jnp.max(possible, -1, keepdims=True)
    largest = jnp.where(largest > -jnp.inf, largest, 0.0)
    relative = jnp.exp(possible - largest).transpose(1, 0, 2)
    relative = jnp.pad(relative, ((0, n_groups * size - n_facets), (0, 0), (0, 0)), constant_values=1.0)
    relative = relative.reshape(n_groups, size, n_settings, n_values)

    def forward(log_joint: Float[Array, "N H"], group: tuple[Array, Array]) -> tuple[Array, Array]:
        product = jnp.prod(_evidence(*group), 0)
        return log_joint + jnp.log(product), jnp.min(product, -1)

    start = jnp.broadcast_to(log_prior, (n_settings, log_prior.shape[1]))
    log_joint, smallest = lax.scan(forward, start, (groups.tables, relative))
    log_evidence = jax.nn.logsumexp(log_joint, -1)
    identities = jnp.exp(log_joint - log_evidence[:, None])

    def backward(_: None, group: tuple[Array, Array]) -> tuple[None, Array]:
        shares = identities / _evidence(*group)
        return None, jnp.einsum("knh,kvh->knv", shares, group[0]) * group[1]

    _, values = lax.scan(backward, None, (groups.tables, relative))
    facets = values.reshape(-1, n_settings, n_values)[:n_facets].transpose(1, 0, 2)
    return Block(log_evidence + jnp.sum(largest, (1, 2)), identities, facets, jnp.min(smallest, 0))


def _evidence(tables: Float[Array, "k V H"], relative: Float[Array, "k N V"]) -> Float[Array, "k N H"]:
    return jnp.einsum("knv,kvh->knh", relative, tables)
