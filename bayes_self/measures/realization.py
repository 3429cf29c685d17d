"""Playing, believing, being: conviction, realization, accuracy and agreement."""

from typing import NamedTuple

import numpy as np

from bayes_self.beliefs.case import Case
from bayes_self.world.world import VOID, facts_in_force


class Character(NamedTuple):
    """How far a character is believed, and how far it is real; 0 to 1, None for one that takes no stand."""

    conviction: float | None
    """The mean, over its stands, of the posterior probability of their likeliest values."""
    realization: float | None
    """The same sum over those stands only that are true in the world, divided by all of them."""


def characters(case: Case) -> dict[str, Character]:
    """Conviction and realization of each identity, were it the character that is played.

    A stand is true in the world where its likeliest value is the fact, or was established by a claim. Without a world
    only the facts in force could tell, and there are none: realization is None.
    """
    believed = case.beliefs.facets
    world = case.world or case.model.world
    true = None if world is None else facts_in_force(world, case.believed)
    found = {}
    for h, name in enumerate(case.names.written):
        stands = likeliest(case, h)
        held = [float(believed[d, v]) for d, v in stands.items()]
        real = [p for p, (d, v) in zip(held, stands.items(), strict=True) if true is not None and true[d] == v]
        found[name] = Character(
            float(np.mean(held)) if held else None,
            sum(real) / len(held) if held and true is not None else None,
        )
    return found


def accuracy(case: Case) -> float | None:
    """The mean over the world's facts of log2 P(fact), in bits; 0 is perfect, None without facts."""
    world = case.world or case.model.world
    known = [] if world is None else np.flatnonzero(world.facts != VOID)
    if world is None or len(known) == 0:
        return None
    logs = case.beliefs.log_facets[known, world.facts[known]]
    return float(np.mean(logs) / np.log(2))


def agreement(case: Case) -> float | None:
    """P(a facet has the value its identity makes likeliest): coherence attained, from 0 to 1.

    The mean over an identity's stands, then over identities that take stands by P(h); None if none does.
    """
    joint = case.beliefs.with_identity
    total, agreed = 0.0, 0.0
    for h in range(len(case.names.written)):
        stands = likeliest(case, h)
        if stands:
            total += float(case.beliefs.identities[h])
            agreed += float(np.mean([joint[h, d, v] for d, v in stands.items()]))
    return agreed / total if total > 0 else None


def likeliest(case: Case, h: int) -> dict[int, int]:
    """The value that the profile of a written identity gives most, on each facet where it takes a stand.

    Of values that tie, the first.
    """
    profile = np.asarray(case.believed.profile[h])
    return {int(d): int(profile[d].argmax()) for d in np.flatnonzero(case.believed.stands[h])}
