"""Many settings of the evidence at once where identities are few: settings lie side by side in vectors.

The sums, the exponents set aside and the certificate are those of `grouped`, where identities lie side by side: a
handful of them would leave a processor's vectors half empty.
"""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Array, Float

from bayes_self.grouped import Block, Groups, apart

FEW_IDENTITIES = 32
"""Up to so many; with more, the layout of `grouped` is faster."""


def beliefs_with_few_identities(
    log_prior: Float[Array, "#N H"], groups: Groups, log_facets: Float[Array, "N D V"]
) -> Block:
    """Beliefs under every setting of the log potentials (nats), as `grouped.beliefs_of_block` gives them."""
    n_settings, n_facets, n_values = log_facets.shape
    n_groups, size, _, n_identities = groups.tables.shape
    possible = jnp.where(groups.possible[..., None], log_facets.transpose(1, 2, 0), -jnp.inf)
    largest = jnp.max(possible, 1, keepdims=True)
    largest = jnp.where(largest > -jnp.inf, largest, 0.0)
    relative = jnp.exp(possible - largest)
    relative = jnp.pad(relative, ((0, n_groups * size - n_facets), (0, 0), (0, 0)), constant_values=1.0)
    relative = lax.optimization_barrier(relative.reshape(n_groups, size, n_values, n_settings))

    def forward(joint: tuple[Array, Array], group: tuple[Array, Array]) -> tuple[tuple[Array, Array], Array]:
        product = _product(*group)
        fraction, exponent = apart(joint[0] * product)
        return (fraction, joint[1] + exponent), jnp.min(product, 0)

    shape = (n_identities, n_settings)
    start = jnp.ones(shape), jnp.zeros(shape, dtype=jnp.int64)
    (fraction, exponent), smallest = lax.scan(forward, start, (groups.tables, relative))
    log_joint = log_prior.T + jnp.log(fraction) + np.log(2) * exponent
    log_evidence = jax.nn.logsumexp(log_joint, 0)
    identities = jnp.exp(log_joint - log_evidence)

    def backward(_: None, group: tuple[Array, Array]) -> tuple[None, Array]:
        shares = identities / jnp.einsum("kvh,kvn->khn", *group)
        return None, _weighted(group[0], shares) * group[1]

    _, values = lax.scan(backward, None, (groups.tables, relative))
    facets = values.reshape(-1, n_values, n_settings)[:n_facets].transpose(2, 0, 1)
    return Block(log_evidence + jnp.sum(largest, (0, 1)), identities.T, facets, jnp.min(smallest, 0))


def _product(tables: Float[Array, "k V H"], relative: Float[Array, "k V N"]) -> Float[Array, "H N"]:
    """The evidence of a few facets, multiplied; written out, so that it is compiled into one loop."""
    product = jnp.ones(())
    for table, said in zip(tables, relative, strict=True):
        product = product * sum(table[v][:, None] * said[v] for v in range(table.shape[0]))
    return product


def _weighted(tables: Float[Array, "k V H"], shares: Float[Array, "k H N"]) -> Float[Array, "k V N"]:
    """Σ_h P(v given h) shares; written out for the same reason."""
    return sum((tables[:, :, h, None] * shares[:, None, h] for h in range(tables.shape[2])), start=jnp.zeros(()))
