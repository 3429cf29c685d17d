"""Spec: claims, which are fallible evidence about me, and hold by definition of the part."""

from typing import Any

import numpy as np
from jaxtyping import Inexact, Int, Num

from bayes_self.model.arrays import AnyArray, one_hot
from bayes_self.model.log_domain import added, log, power
from bayes_self.model.parameters import Claims, Parameters

SILENT = -1
"""In place of a value: nothing is claimed."""


def facet_claims(xp: Any, numbers: Parameters) -> Inexact[AnyArray, "... D V"]:
    """What the claims "facet d is v" say of each value, in nats: log Π (ρ [z = v] + (1 - ρ) / |values|)^w."""
    return _product(xp, numbers.claims, numbers.n_values, numbers.base.shape[-1])


def identity_claims(xp: Any, numbers: Parameters) -> Inexact[AnyArray, "... J"]:
    """What the claims "you are g" say of each self-model, in nats: log Π (ρ [h = g] + (1 - ρ) / |identities|)^w.

    "You are h" is true of h, and of all that go by h.
    """
    n = numbers.prior.shape[-1]
    said = _product(xp, numbers.identity_claims, np.array([float(n)]), n)[..., 0, :]
    return said[..., np.array([*range(n), *numbers.masks.worn])] if numbers.masks.worn else said


def _product(xp: Any, claims: Claims, sizes: Num[AnyArray, "... D"], n_answers: int) -> Inexact[AnyArray, "... D A"]:
    subjects = one_hot(claims.subject, sizes.shape[-1])
    error = (1 - claims.reliability) / (subjects * sizes[..., None, :]).sum(-1)
    true = claims.reliability[..., None] * one_hot(claims.answer, n_answers)
    said = power(xp, log(xp, true + error[..., None]), claims.weight[..., None])
    return added(xp, xp.swapaxes(subjects, -1, -2), said)


def in_force(xp: Any, claims: Claims, n_subjects: int) -> Int[AnyArray, "... D"]:
    """The answer that is claimed of each subject, `SILENT` for none: the last in the file whose stream has a weight."""
    n = claims.subject.shape[-1]
    if n == 0:
        return np.full((*claims.weight.shape[:-1], n_subjects), SILENT)
    order = xp.where(claims.weight.real > 0, np.arange(n), -1)
    mine = np.swapaxes(one_hot(claims.subject, n_subjects), -1, -2) > 0
    last = xp.max(xp.where(mine, order[..., None, :], -1), axis=-1)
    lead = np.broadcast_shapes(claims.answer.shape[:-1], last.shape[:-1])
    last = xp.broadcast_to(last, (*lead, n_subjects))
    answer = xp.broadcast_to(xp.asarray(claims.answer), (*lead, n))
    return xp.where(last < 0, SILENT, xp.take_along_axis(answer, xp.where(last < 0, 0, last), axis=-1))


def allowed_facets(xp: Any, numbers: Parameters) -> Inexact[AnyArray, "... D V"]:
    """log 1 for every value that the part may have: the claimed one, where a facet is claimed, else all of them."""
    return _allowed(xp, numbers.claims, *numbers.base.shape[-2:])


def allowed_identities(xp: Any, numbers: Parameters) -> Inexact[AnyArray, "... H"]:
    """log 1 for every identity that the part may be: the claimed one, if any, else all. The part wears no mask."""
    return _allowed(xp, numbers.identity_claims, 1, numbers.prior.shape[-1])[..., 0, :]


def _allowed(xp: Any, claims: Claims, n_subjects: int, n_answers: int) -> Inexact[AnyArray, "... D A"]:
    claimed = in_force(xp, claims, n_subjects)[..., None]
    return xp.where((claimed == SILENT) | (claimed == np.arange(n_answers)), 0.0, -np.inf)
