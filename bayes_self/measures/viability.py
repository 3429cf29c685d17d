"""Viability: what an identity keeps running into, and the bill for keeping it."""

from dataclasses import replace

import numpy as np
from jaxtyping import Float

from bayes_self.beliefs.case import Case
from bayes_self.beliefs.information import kl_bits
from bayes_self.errors import BayesSelfError
from bayes_self.model.arrays import AnyArray
from bayes_self.model.beliefs import Tilt, believe
from bayes_self.model.coordinates import PROBE
from bayes_self.model.parameters import Parameters, Probes
from bayes_self.model.silence import without_claims
from bayes_self.model.streams.observations import likelihoods
from bayes_self.model.streams.pretraining import log_prior, profiles
from bayes_self.world.world import World, answers, void_probes

ByIdentity = dict[str, float]


def viability_by_probe(case: Case) -> dict[PROBE, ByIdentity]:
    """KL( P_world(o) ‖ P(o given h, me) ) in bits, for every tried probe that is not about the void.

    How much more one who is certain of h, and of nothing else, is surprised by a *first* trial than need be; infinite
    where h rules out what happens.

    Raises:
        BayesSelfError: the scenario has no world.

    """
    world = _world(case)
    shown, void = answers(world, case.believed), void_probes(world, case.believed)
    single, joint = first_trial(case.believed)
    names = case.names
    rows = zip(names.single, world.trials[0], void[0], shown.single, single, strict=True)
    more = zip(names.joint, world.trials[1], void[1], (row[0] for row in shown.joint), joint, strict=True)
    return {
        probe: dict(zip(names.identities, map(float, kl_bits(true, believed)), strict=True))
        for probe, trials, is_void, true, believed in (*rows, *more)
        if trials > 0 and not is_void
    }


def viability(case: Case) -> dict[str, float | None]:
    """The mean of `viability_by_probe` over the trials, in bits per trial; None where nothing was tried."""
    bits, world = viability_by_probe(case), _world(case)
    trials = dict(zip(case.names.single, world.trials[0], strict=True))
    trials |= dict(zip(case.names.joint, world.trials[1], strict=True))
    total = sum(trials[probe] for probe in bits)
    if total == 0:
        return dict.fromkeys(case.names.identities)
    return {h: sum(float(trials[p]) * bits[p][h] for p in bits) / float(total) for h in case.names.identities}


def cumulative_bill(case: Case) -> ByIdentity:
    """The bill, in bits, for one who keeps h and learns the facets: the best identity's score less that of h.

    An identity's score is log2 Σ_z P(z given h) Π P(o given z, me)^n, untempered, without claims.
    """
    numbers = _untempered(without_claims(case.believed, case.names))
    numbers = replace(numbers, ownership=np.ones_like(numbers.ownership))
    # The prior stays as it is, because the part, and errors that follow it, have the same; it is taken out again.
    log_p = log_prior(np, numbers)
    taken_out = np.where(log_p > -np.inf, -log_p, 0.0)
    only = np.where(np.eye(len(log_p), dtype=bool), taken_out[:, None], -np.inf)
    scores = believe(numbers, case.counts, Tilt(identities=only)).log_evidence
    with np.errstate(invalid="ignore"):  # untempered, the evidence may be impossible for all
        bits = (scores.max() - scores) / np.log(2)
    return dict(zip(case.names.identities, map(float, bits), strict=True))


def _untempered(numbers: Parameters) -> Parameters:
    return replace(
        numbers,
        stream_weight=np.ones_like(numbers.stream_weight),
        single=replace(numbers.single, weight=np.ones_like(numbers.single.weight)),
        joint=tuple(replace(probe, weight=np.ones_like(probe.weight)) for probe in numbers.joint),
    )


def first_trial(numbers: Parameters) -> tuple[Float[np.ndarray, "P H O"], list[Float[np.ndarray, "H _"]]]:
    """P(o given h, me) = (1 - δ) Σ_z Π_d P(z_d given h) P(o given z, me) + δ / K, before anything is observed."""
    profile = profiles(numbers)
    single, joint = likelihoods(np, numbers)
    alone = np.einsum("hpv,pvo->pho", profile[:, numbers.single.facet[:, 0]], single)
    scopes = numbers.joint_scopes
    together = [_of_joint(profile, table[0], scope) for table, scope in zip(joint, scopes, strict=True)]
    rows = zip(together, numbers.joint, strict=True)
    return _doubted(alone, numbers.single), [_doubted(row[None], probe)[0] for row, probe in rows]


def _doubted(rows: Float[AnyArray, "P H O"], probes: Probes) -> Float[AnyArray, "P H O"]:
    """The rows of working probes, with what broken ones show: any outcome alike."""
    doubt, real = probes.doubt[:, None], np.arange(rows.shape[-1]) < probes.outcomes[:, None]
    return (1 - doubt[..., None]) * rows + (doubt * real / probes.outcomes[:, None])[:, None, :]


def _of_joint(
    profile: Float[AnyArray, "H D V"], table: Float[AnyArray, "..."], scope: tuple[int, ...]
) -> Float[AnyArray, "H _"]:
    found = np.broadcast_to(table, (profile.shape[0], *table.shape))
    for d in reversed(scope):
        found = np.einsum("h...vo,hv->h...o", found, profile[:, d, : found.shape[-2]])
    return found


def _world(case: Case) -> World:
    world = case.world or case.model.world
    if world is None:
        raise BayesSelfError(
            f"{case.scenario.name or 'the scenario'}: viability needs a [world] that answers the probes"
        )
    return world
