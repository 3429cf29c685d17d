"""Scenario and evidence, as what they add to the log probability of every identity and value.

Everything that depends on *which* numbers a scenario has ends here: the log evidence sees only potentials.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Float, Num

from bayes_self.arrays import AnyArray
from bayes_self.log_domain import Potential, power_of_log
from bayes_self.parameters import Parameters
from bayes_self.streams.observations import likelihoods, log_likelihood
from bayes_self.streams.part import Part, part
from bayes_self.streams.pretraining import log_prior, profiles
from bayes_self.streams.spec import facet_claims, identity_claims


class Heard(NamedTuple):
    """What streams of one's own say, in nats; -inf forbids."""

    of_me: Float[AnyArray, "S D V"]
    """log P(heard given a value of mine), of a stream that is about me."""
    of_part: Float[AnyArray, "S D V"]
    """The same of the part's values, of a stream that is about the part."""
    constant: Float[AnyArray, " S"]
    """log P(heard), of a stream that is about the part, whatever the part's values."""


class Counts(NamedTuple):
    """Evidence as arrays: how often each outcome of each probe was observed, and what else was heard."""

    single: Num[AnyArray, "P O"]
    joint: tuple[Num[AnyArray, "1 _"], ...]
    heard: Heard | None = None


@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class Potentials:
    """What the log evidence sums over. Logarithms are in nats."""

    log_prior: Float[AnyArray, " H"]
    profile: Float[AnyArray, "H D V"]
    """P(value given identity), coherence and salience applied."""
    claimed_identities: Potential
    """What the claims say of each identity (H)."""
    claimed_facets: Potential
    """What the claims say of each value (D V)."""
    part: Part
    ownership: Float[AnyArray, " S"]
    """P(stream is about me); 1 where no identity allows the part."""
    observed: Potential
    """What the single-facet probes of each stream say of its referent (S D V)."""
    observed_jointly: tuple[Potential, ...]
    """What each joint probe says of its stream's referent (an axis for each of its facets)."""
    heard_of_me: Potential | None
    """What streams of one's own say of my values (S D V), where they are about me."""
    heard_of_part: Potential | None
    """The same of the part's values."""
    heard_constant: Potential | None
    """What they say of the part as a whole (S)."""
    common: Float[AnyArray, ""]
    """The part of the log likelihood that is the same whatever the values and whoever the referent."""
    scopes: tuple[tuple[int, ...], ...] = field(metadata={"static": True})
    streams: tuple[int, ...] = field(metadata={"static": True})
    """The facets and the stream of each joint probe."""


def potentials(numbers: Parameters, counts: Counts) -> Potentials:
    """All potentials of a scenario whose numbers are `numbers`, with evidence `counts`."""
    played = part(numbers)
    single, joint = likelihoods(numbers)
    depends, common = log_likelihood(single, numbers.single, counts.single)
    jointly = [
        log_likelihood(table, probe, count)
        for table, probe, count in zip(joint, numbers.joint, counts.joint, strict=True)
    ]
    shape = (numbers.ownership.shape[0], *numbers.base.shape)
    cells = numbers.single.stream, numbers.single.facet[:, 0]
    of_me, of_part, constant = _heeded(counts.heard, numbers.stream_weight)
    return Potentials(
        log_prior=log_prior(numbers),
        profile=profiles(numbers),
        claimed_identities=identity_claims(numbers),
        claimed_facets=facet_claims(numbers),
        part=played,
        ownership=jnp.where(played.possible > 0, numbers.ownership, 1.0),
        observed=jax.tree.map(lambda said: jnp.zeros(shape).at[cells].add(said), depends),
        observed_jointly=tuple(jax.tree.map(lambda said: said[0], depends) for depends, _ in jointly),
        heard_of_me=of_me,
        heard_of_part=of_part,
        heard_constant=constant,
        common=jnp.sum(common) + sum(jnp.sum(constant) for _, constant in jointly),
        scopes=numbers.joint_scopes,
        streams=numbers.joint_streams,
    )


def _heeded(
    heard: Heard | None, weight: Float[AnyArray, " S"]
) -> tuple[Potential | None, Potential | None, Potential | None]:
    """What streams of one's own say, to the power of their weights."""
    if heard is None:
        return None, None, None
    each = jnp.asarray(weight)[:, None, None]
    return (
        power_of_log(heard.of_me, each),
        power_of_log(heard.of_part, each),
        power_of_log(heard.constant, weight),
    )
