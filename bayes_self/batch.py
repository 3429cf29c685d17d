"""Beliefs under many settings of the evidence, or of the prior, at once: for sweeps, phase diagrams and inference.

Exact like everything else: the fast way (`grouped`) certifies every setting, and the settings that it cannot certify,
those only, are done again in the log domain.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from bayes_self.few import FEW, beliefs_of_one, laid_out
from bayes_self.grouped import SMALLEST_PRODUCT, Block, Groups, beliefs_of_block, grouped
from bayes_self.log_domain import log_dot
from bayes_self.log_evidence import log_evidence_of_self_model
from bayes_self.precision import in_float64
from bayes_self.side_by_side import FEW_IDENTITIES, beliefs_with_few_identities

# How many terms are written out into one loop: so many that what is said of a setting stays in vector registers.
_TERMS = 24
# How many numbers the evidence of a group of facets may hold in a block, to stay in a core's cache.
_EVIDENCE = 9 * 2**13
# How many log potentials a block may hold: where identities are few they fill that cache, else this bounds the memory.
_POTENTIALS_OF_FEW, _POTENTIALS = 2**16, 2**19
_LARGEST_BLOCK = 2**11

# Ignored by processors that have no such vectors, and by other devices. XLA by itself stops at half of them.
_WIDE = {"xla_cpu_prefer_vector_width": 512}


class BatchBeliefs(NamedTuple):
    """Beliefs under N settings, as NumPy arrays in float64."""

    log_evidence: Float[np.ndarray, " N"]
    """log Z in nats; -inf where no identity allows the setting, and then its probabilities are given as 0."""
    identities: Float[np.ndarray, "N H"]
    """P(identity)."""
    facets: Float[np.ndarray, "N D V"]
    """P(value) of every facet, 0 for padding."""


@in_float64
def batch_beliefs(
    log_prior: Float[Array | np.ndarray, "*N H"],
    profile: Float[Array | np.ndarray, "H D V"],
    log_facets: Float[Array | np.ndarray, "N D V"],
) -> BatchBeliefs:
    """Beliefs of one self-model under N settings of its evidence about facets.

        Z_n = Σ_h exp(log_prior[n, h]) Π_d Σ_v profile[h, d, v] exp(log_facets[n, d, v])

    Args:
        log_prior: log P(identity) in nats, one for all settings (H,) or one each (N, H); need not be normalised.
        profile: P(value given identity), coherence applied; padding is 0.
        log_facets: log potentials of values in nats, one set for each setting; -inf forbids.

    Returns:
        What `log_evidence_of_self_model` and its derivatives give for each setting, to rounding, for evidence of any
        size. Beyond arguments and result it takes some megabytes, whatever N.

    Raises:
        ValueError: a profile that is not made of probabilities, or a logarithm that is nan or +inf.

    """
    # A block at a time becomes float64, so that other arguments are not copied whole.
    log_prior, profile, log_facets = np.asarray(log_prior), np.asarray(profile, dtype=float), np.asarray(log_facets)
    check(log_prior, profile)
    n_settings, (n_identities, n_facets, n_values) = len(log_facets), profile.shape
    priors = np.broadcast_to(log_prior, (n_settings, n_identities))
    if n_settings <= FEW and (few := _few(priors, profile, log_facets)):
        return few
    found = _empty(n_settings, *profile.shape)
    uncertified = np.arange(n_settings)
    # Where several facets contradict an identity, each by itself may still have a certificate.
    for group_size in (max(1, _TERMS // n_values), 1):
        if not len(uncertified):
            break
        groups = grouped(profile, group_size)
        certified = np.zeros(n_settings, dtype=bool)
        for rows in _blocks(uncertified, _largest_block(groups, n_facets)):
            here = _together(rows)
            prior = log_prior[None] if log_prior.ndim == 1 else priors[here]
            block = _beliefs_of_block(_double(prior), groups, _double(log_facets[here]))
            _store(found, here, *block[:3])
            log_z, certificate = np.asarray(block.log_evidence), np.asarray(block.certificate)
            certified[here] = (certificate >= SMALLEST_PRODUCT) & np.isfinite(log_z)
        uncertified = uncertified[~certified[uncertified]]
    for rows in _blocks(uncertified, _POTENTIALS // profile.size):
        if not np.all(log_facets[rows] < np.inf):
            raise ValueError(f"log_facets: nan or +inf among settings {rows.min()} to {rows.max()}")
        log_z, slopes = _in_log_domain(_double(priors[rows]), profile, _double(log_facets[rows]))
        _store(found, rows, log_z, *slopes)
    return found


def _few(priors: np.ndarray, profile: np.ndarray, log_facets: np.ndarray) -> BatchBeliefs | None:
    """The same of a few settings, one at a time; None where one has no certificate."""
    tables, found = laid_out(profile), _empty(len(log_facets), *profile.shape)
    for n, (prior, given) in enumerate(zip(_double(priors), _double(log_facets), strict=True)):
        (found.log_evidence[n], found.identities[n], found.facets[n]), certain = beliefs_of_one(prior, tables, given)
        if not certain:
            return None
    return found


@in_float64
def beliefs_over_priors(
    log_prior: Float[Array | np.ndarray, "N H"],
    profile: Float[Array | np.ndarray, "H D V"],
    log_facets: Float[Array | np.ndarray, "D V"],
) -> BatchBeliefs:
    """Beliefs of one self-model under N priors over identities and one evidence: `batch_beliefs`, faster.

    What the evidence says of each identity, and of facets given the identity, is worked out once; the rest is a matrix
    product. Shapes, units, result and errors as for `batch_beliefs`, but `log_facets` is one set for all settings.
    """
    log_prior, profile, log_facets = (np.asarray(array, dtype=float) for array in (log_prior, profile, log_facets))
    check(log_prior, profile)
    if not np.all(log_facets < np.inf):
        raise ValueError("log_facets: nan or +inf")
    found = _empty(len(log_prior), *profile.shape)
    given_identity = _given_identity(profile, log_facets)
    for rows in _blocks(np.arange(len(log_prior)), min(_POTENTIALS // log_facets.size, _LARGEST_BLOCK)):
        here = _together(rows)
        _store(found, here, *_mixed(log_prior[here], *given_identity))
    return found


@partial(jax.jit, compiler_options=_WIDE)
def _beliefs_of_block(log_prior: Float[Array, "#N H"], groups: Groups, log_facets: Float[Array, "N D V"]) -> Block:
    few = log_prior.shape[1] <= FEW_IDENTITIES
    return (beliefs_with_few_identities if few else beliefs_of_block)(log_prior, groups, log_facets)


@jax.jit
def _given_identity(
    profile: Float[Array, "H D V"], log_facets: Float[Array, "D V"]
) -> tuple[Float[Array, " H"], Float[Array, "H D V"]]:
    """The log likelihood of each identity in nats, and P(value given identity and evidence)."""
    per_facet = log_dot(profile, log_facets)
    exponent = jnp.where((profile > 0) & (per_facet > -jnp.inf)[..., None], log_facets - per_facet[..., None], -jnp.inf)
    return jnp.sum(per_facet, -1), profile * jnp.exp(exponent)


@jax.jit
def _mixed(
    log_prior: Float[Array, "N H"], log_likelihood: Float[Array, " H"], values: Float[Array, "H D V"]
) -> tuple[Float[Array, " N"], Float[Array, "N H"], Float[Array, "N D V"]]:
    log_joint = log_prior + log_likelihood
    log_z = jax.nn.logsumexp(log_joint, -1)
    identities = jnp.exp(log_joint - jnp.where(log_z > -jnp.inf, log_z, 0.0)[:, None])
    return log_z, identities, jnp.einsum("nh,hdv->ndv", identities, values)


@jax.jit
def _in_log_domain(
    log_prior: Float[Array, "N H"], profile: Float[Array, "H D V"], log_facets: Float[Array, "N D V"]
) -> tuple[Float[Array, " N"], tuple[Float[Array, "N H"], Float[Array, "N D V"]]]:
    slope = jax.value_and_grad(lambda prior, facets: log_evidence_of_self_model(prior, profile, facets), (0, 1))
    return jax.vmap(slope)(log_prior, log_facets)


def _blocks(rows: Int[np.ndarray, " N"], largest: int) -> Iterator[Int[np.ndarray, " B"]]:
    """The rows in blocks of one size, the largest or a power of two, so that few shapes are compiled.

    The last row fills the last block.
    """
    if not len(rows):
        return
    size = max(1, min(largest, 2 ** int(np.ceil(np.log2(len(rows))))))
    for start in range(0, len(rows), size):
        yield rows[np.minimum(np.arange(start, start + size), len(rows) - 1)]


def _largest_block(groups: Groups, n_facets: int) -> int:
    """How many settings are worth computing together."""
    _, size, n_values, n_identities = groups.tables.shape
    potentials = _POTENTIALS_OF_FEW if n_identities <= FEW_IDENTITIES else _POTENTIALS
    return min(_EVIDENCE // (size * n_identities), potentials // (n_facets * n_values), _LARGEST_BLOCK)


def _together(rows: Int[np.ndarray, " B"]) -> slice | np.ndarray:
    """Rows that follow one another as a slice, which copies nothing to read and is fast to write."""
    return slice(rows[0], rows[-1] + 1) if rows[-1] - rows[0] == len(rows) - 1 else rows


def _empty(n_settings: int, n_identities: int, n_facets: int, n_values: int) -> BatchBeliefs:
    return BatchBeliefs(
        np.empty(n_settings), np.empty((n_settings, n_identities)), np.empty((n_settings, n_facets, n_values))
    )


def _store(found: BatchBeliefs, rows: slice | np.ndarray, *block: Array) -> None:
    for target, array in zip(found, block, strict=True):
        target[rows] = array


def _double(array: np.ndarray) -> np.ndarray:
    return array.astype(float, copy=False)


def check(log_prior: np.ndarray, profile: np.ndarray) -> None:
    """Raise ValueError unless these are logarithms of a prior, and a profile of probabilities."""
    if not np.all(log_prior < np.inf):
        raise ValueError("log_prior: nan or +inf; expected logarithms of probabilities, -inf among them")
    if not (np.all(profile >= 0) and np.all(profile.sum(-1) <= 1 + 1e-6)):
        raise ValueError("profile: expected probabilities of values, summing to one (or 0) for each identity and facet")
