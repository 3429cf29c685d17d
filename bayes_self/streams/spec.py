"""Spec: claims, which are fallible evidence about me, and hold by definition of the part."""

import jax
import jax.numpy as jnp
from jaxtyping import Float, Int, Num

from bayes_self.arrays import AnyArray
from bayes_self.log_domain import Potential, log_power
from bayes_self.parameters import Claims, Parameters


def facet_claims(numbers: Parameters) -> Potential:
    """What the claims "facet d is v" say of each value (D V): Π (ρ [z = v] + (1 - ρ) / |values|)^w."""
    return _product(numbers.claims, numbers.n_values, numbers.base.shape[1])


def identity_claims(numbers: Parameters) -> Potential:
    """What the claims "you are g" say of each identity (H): Π (ρ [h = g] + (1 - ρ) / |identities|)^w."""
    n = numbers.prior.shape[0]
    return jax.tree.map(lambda said: said[0], _product(numbers.identity_claims, jnp.array([float(n)]), n))


def _product(claims: Claims, sizes: Num[AnyArray, " D"], n_answers: int) -> Potential:
    claimed = jax.nn.one_hot(claims.answer, n_answers)
    error = (1 - claims.reliability) / jnp.asarray(sizes)[claims.subject]
    factors = log_power(claims.reliability[:, None] * claimed + error[:, None], claims.weight[:, None])
    return jax.tree.map(lambda said: jnp.zeros((len(sizes), n_answers)).at[claims.subject].add(said), factors)


def settled_facets(numbers: Parameters) -> Float[AnyArray, "D V"]:
    """1 for every value that the part may have: the claimed one, where a facet is claimed, else all of them."""
    return _settled(numbers.claims, *numbers.base.shape)


def settled_identity(numbers: Parameters) -> Float[AnyArray, " H"]:
    """1 for every identity that the part may be: the claimed one, if any, else all of them."""
    return _settled(numbers.identity_claims, 1, numbers.prior.shape[0])[0]


def _settled(claims: Claims, n_subjects: int, n_answers: int) -> Float[AnyArray, "D V"]:
    answers = in_force(claims, n_subjects)
    return jnp.where(answers[:, None] < 0, 1.0, jax.nn.one_hot(answers, n_answers))


def in_force(claims: Claims, n_subjects: int) -> Int[AnyArray, " D"]:
    """The value that is claimed of each subject, -1 for none: the last in the file whose stream's weight is not 0."""
    n = claims.subject.shape[0]
    if n == 0:
        return jnp.full(n_subjects, -1)
    spoken = jnp.where(claims.weight > 0, jnp.arange(n), -1)
    last = jnp.full(n_subjects, -1).at[claims.subject].max(spoken)
    return jnp.where(last >= 0, jnp.asarray(claims.answer)[last], -1)
