"""What a setting is asked: beliefs as they are, without the spec, and without the claims on one facet at a time.

p0 is the prior predictive, p the posterior, r the posterior without any claim, q_d the one without the claims on facet
d (or without "you are h"); where there is a world, it answers again.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool, Float, Int

from bayes_self.arrays import AnyArray
from bayes_self.coordinates import Coordinates
from bayes_self.leaving_out import IDENTITY
from bayes_self.parameters import Parameters, with_claim_weights
from bayes_self.potentials import Counts
from bayes_self.streams.spec import in_force
from bayes_self.sweeps.setting import Setting
from bayes_self.world import VOID, expected_counts_at


class Silence(NamedTuple):
    """Which claims speak: 1, or 0. With a leading axis, one row for each situation."""

    facets: Float[AnyArray, "*W C"]
    identities: Float[AnyArray, "*W I"]


def subjects(names: Coordinates) -> tuple[str, ...]:
    """What is claimed: "identity", if "you are h" is said, and every facet with a claim, in the order of the facets."""
    claimed = {facet for _, facet in names.facet_claims}
    return (*([IDENTITY] if names.identity_claims else []), *(facet for facet in names.facets if facet in claimed))


def silences(names: Coordinates, without: Sequence[str | None]) -> Silence:
    """The claims that speak in each situation: without all of them (None), or without those on a subject."""
    facets = [[gone is not None and gone != facet for _, facet in names.facet_claims] for gone in without]
    me = [[gone is not None and gone != IDENTITY] * len(names.identity_claims) for gone in without]
    shape = len(without)
    return Silence(
        np.array(facets, dtype=float).reshape(shape, len(names.facet_claims)),
        np.array(me, dtype=float).reshape(shape, len(names.identity_claims)),
    )


def speaking(numbers: Parameters, silence: Silence) -> Parameters:
    """The numbers with the claims that speak."""
    return with_claim_weights(
        numbers, numbers.claims.weight * silence.facets, numbers.identity_claims.weight * silence.identities
    )


def observed(setting: Setting, given: Counts | None) -> Counts:
    """The evidence at a setting: what was given, else what its world gives in expectation."""
    if given is not None:
        return given
    assert setting.truth is not None
    assert setting.facts is not None
    assert setting.trials is not None
    return expected_counts_at(_facts(setting.facts, setting.truth), setting.truth, setting.trials)


def observed_again(setting: Setting, counts: Counts, silence: Silence, answers: bool) -> Counts:
    """The evidence when only some claims speak: the world, if it answers, answers again."""
    if not answers or setting.truth is None or setting.facts is None or setting.trials is None:
        return counts
    quiet = speaking(setting.truth, silence)
    after = _facts(setting.facts, quiet)
    changed = after != _facts(setting.facts, setting.truth)
    return _replaced(changed, counts, expected_counts_at(after, quiet, setting.trials), setting.truth)


def _replaced(changed: Bool[AnyArray, " D"], counts: Counts, fresh: Counts, truth: Parameters) -> Counts:
    """`world.answered_again`, traced: rows about a facet whose fact changed, or that follow the part, are new."""
    again = (truth.single.errors_of_part > 0) | changed[truth.single.facet[:, 0]]
    joint = tuple(
        jnp.where((probe.errors_of_part[0] > 0) | changed[np.array(scope)].any(), new, old)
        for old, new, probe, scope in zip(counts.joint, fresh.joint, truth.joint, truth.joint_scopes, strict=True)
    )
    return Counts(jnp.where(again[:, None], fresh.single, counts.single), joint)


def _facts(facts: Int[AnyArray, " D"], claims: Parameters) -> Int[AnyArray, " D"]:
    """The value that is true of each facet: the fact, else what is claimed of it, else -1 (the void)."""
    said = in_force(replace(claims.claims, weight=jnp.asarray(claims.claims.weight)), facts.shape[0])
    return jnp.where(jnp.asarray(facts) == VOID, said, facts)
