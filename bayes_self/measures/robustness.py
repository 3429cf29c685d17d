"""Robustness: in what share of the plausible space an expectation holds, and which numbers decide where it does not.

The space is that of `plausible`, as wide as `ranges` says. Where the evidence comes from a world, it is at each point
what that point's world gives in expectation, under its own tables and trial counts (nothing is improvised); evidence
that was given stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from bayes_self.beliefs.case import Case
from bayes_self.beliefs.expectations import findings, within
from bayes_self.beliefs.landscape import verdict_codes
from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.plausible_space import Group, Point, at, groups
from bayes_self.model.arrays import AnyArray, expanded
from bayes_self.model.beliefs import believe
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.parameters import Parameters, with_claim_weights
from bayes_self.model.potentials import Counts, Heard
from bayes_self.scenario.parts import VERDICTS
from bayes_self.scenario.schema import Expectation
from bayes_self.world.world import World, expected_counts

POINTS = 1024
_AT_ONCE = 64
"""Points that are computed together: few enough for the processor's cache."""


@dataclass(frozen=True)
class Robustness:
    """How much of the plausible space an expectation holds in."""

    says: str
    holds: bool
    """Whether it holds at the file's own numbers."""
    share: float
    """The share of the points at which it holds. A point whose evidence no self-model allows counts against it."""
    decided_by: dict[str, float]
    """Sobol's total index of each key, largest first: the share of the variance of "holds" (1 or 0) that would be left
    if all but the numbers of that key were known. They add up to more than 1 where numbers work together."""


class Situations(NamedTuple):
    """Beliefs at N points, in W situations: p, and, where a verdict asks for them, p0 and r."""

    log_evidence: Float[AnyArray, "... W"]
    identities: Float[AnyArray, "... W H"]
    facets: Float[AnyArray, "... W D V"]
    ownership: Float[AnyArray, "... W S"]


def robustness(
    result: Posterior, *, points: int = POINTS, seed: int, tick: Callable[[int], object] = lambda steps: None
) -> list[Robustness]:
    """How robust each expectation of a posterior's scenario is.

    Half of the `points` (a power of two, at least 4) are a sample A of the space and half a sample B, together a
    scrambled Sobol sequence; the share is taken over both. A group's total index compares A with A where the numbers
    of the group are those of B (Jansen's estimator), which takes points / 2 beliefs more for each group, and none where
    every expectation holds everywhere or nowhere. The fewer points there are at which an expectation holds, or does
    not, the rougher are its indices.

    Args:
        result: the posterior at the file's own numbers, in the frame that is asked about.
        points: over how many points the share is taken.
        seed: scrambles the sequence.
        tick: called as the work goes on, with the number of steps done since, of `steps(result)` at most.

    Raises:
        ValueError: `points` is not a power of two, or less than 4.

    """
    if points < 4 or points & (points - 1):
        raise ValueError(f"points: expected a power of two, at least 4, got {points}")
    space, expected = groups(result.case), result.scenario.expectations
    a, b = _samples(sum(group.size for group in space), points, seed)
    believed = _believed(result.case, space, any(each.verdict for each in expected))

    def holds(cube: Float[np.ndarray, "N K"]) -> Bool[np.ndarray, "E N"]:
        found = believed(cube)
        tick(1)
        return np.array([_holds(each, found, result.case.names) for each in expected]).reshape(-1, len(cube))

    f_a, f_b = holds(a), holds(b)
    share = np.concatenate([f_a, f_b], axis=1).mean(1)
    open_ = (share > 0) & (share < 1)
    indices = np.zeros((len(expected), len(space)))
    if open_.any():
        f_ab = np.array([holds(np.where(columns, b, a))[open_] for columns in _columns(space)])
        indices[open_] = _total_indices(f_a[open_], f_b[open_], f_ab)
    return [
        Robustness(finding.says, finding.holds, float(part), _ranked(space, row))
        for finding, part, row in zip(findings(result), share, indices, strict=True)
    ]


def steps(result: Posterior) -> int:
    """How many steps `robustness` takes at most: one for each group of numbers, and two."""
    return len(groups(result.case)) + 2


def _samples(size: int, points: int, seed: int) -> tuple[Float[np.ndarray, "N K"], Float[np.ndarray, "N K"]]:
    """A and B, taking turns in the dimensions of one sequence: the first are the most evenly spread."""
    from scipy.stats import qmc  # a third of a second, which `run` need not wait for

    rng = np.random.default_rng(seed)
    spread = qmc.Sobol(min(2 * size, qmc.Sobol.MAXDIM), rng=rng).random(points // 2)
    both = np.hstack([spread, rng.random((points // 2, 2 * size - spread.shape[1]))])
    return both[:, ::2], both[:, 1::2]


def _columns(space: tuple[Group, ...]) -> list[Bool[np.ndarray, " K"]]:
    """Which numbers of a point are those of each group."""
    owner = np.repeat(np.arange(len(space)), [group.size for group in space])
    return [owner == g for g in range(len(space))]


def _total_indices(
    f_a: Bool[np.ndarray, "E N"], f_b: Bool[np.ndarray, "E N"], f_ab: Bool[np.ndarray, "G E N"]
) -> Float[np.ndarray, "E G"]:
    from scipy.stats import sobol_indices

    values = {"f_A": f_a.astype(float), "f_B": f_b.astype(float), "f_AB": f_ab.astype(float)}
    found = sobol_indices(func=values, n=f_a.shape[1])
    # An estimate may exceed 1, which the index itself cannot.
    return np.minimum(np.reshape(found.total_order, (len(f_a), len(f_ab))), 1.0)


def _ranked(space: tuple[Group, ...], indices: Float[np.ndarray, " G"]) -> dict[str, float]:
    """The keys that decide anything, the most decisive first."""
    order = np.argsort(-indices, kind="stable")
    return {space[g].key: float(indices[g]) for g in order if indices[g] > 0}


def _holds(expectation: Expectation, found: Situations, names: Coordinates) -> Bool[np.ndarray, " N"]:
    """Whether an expectation holds at each point."""
    possible = np.isfinite(found.log_evidence).all(1)
    if expectation.facet is not None and expectation.verdict is not None:
        d = names.facets.index(expectation.facet)
        p, p0, r = (found.facets[:, w, d] for w in range(3))
        return (verdict_codes(p0, p, r) == VERDICTS.index(expectation.verdict)) & possible
    if expectation.identity is not None:
        p = found.identities[:, 0, names.identities.index(expectation.identity)]
    elif expectation.beneath is not None:
        p = found.identities[:, 0, _self_models(names, expectation.beneath, beneath=True)].sum(-1)
    elif expectation.worn is not None:
        p = found.identities[:, 0, _self_models(names, expectation.worn, beneath=False)].sum(-1)
    elif expectation.ownership is not None:
        p = found.ownership[:, 0, names.streams.index(expectation.ownership)]
    else:
        d = names.facets.index(str(expectation.facet))
        p = found.facets[:, 0, d, names.values[d].index(str(expectation.value))]
    return np.array([within(expectation, float(x)) for x in p], dtype=bool) & possible


def _self_models(names: Coordinates, identity: str, beneath: bool) -> list[int]:
    """The self-models that an identity is beneath, or in which it is worn."""
    h, h0 = names.written.index(identity), len(names.written)
    masked = [h0 + i for i, (below, worn) in enumerate(names.masks) if (below if beneath else worn) == h]
    return [h, *masked] if beneath else masked


def _believed(
    case: Case, space: tuple[Group, ...], with_verdicts: bool
) -> Callable[[Float[np.ndarray, "N K"]], Situations]:
    """The beliefs at many points: p, then p0 and r if there are verdicts."""
    world = case.world
    trials = (np.zeros(len(case.names.single)), np.zeros(len(case.names.joint))) if world is None else world.trials
    speaks = np.array([1.0, 0.0, 0.0])[: 3 if with_verdicts else 1, None]
    """Whether the claims are made: under p, p0 and r."""

    def at_points(cube: Float[np.ndarray, "N K"]) -> Situations:
        # The situations are a leading axis of their own, before that of the points.
        numbers, tried = at(Point(case.believed, trials), space, cube[:, None])
        numbers, counts = _speaking(numbers, speaks), case.counts
        if world is not None:
            truth = _speaking(at(Point(world.truth, trials), space, cube[:, None]).numbers, speaks)
            counts = expected_counts(World(truth, world.facts, tried), truth)._replace(heard=case.counts.heard)
        if with_verdicts:
            counts = _unseen(counts, np.array([1.0, 0.0, 1.0]))
        found = believe(numbers, counts)
        return Situations(found.log_evidence, found.identities, found.facets, found.ownership)

    def believed(cubes: Float[np.ndarray, "N K"]) -> Situations:
        blocks = [at_points(cubes[start : start + _AT_ONCE]) for start in range(0, len(cubes), _AT_ONCE)]
        return Situations(*map(np.concatenate, zip(*blocks, strict=True)))

    return believed


def _unseen(counts: Counts, seen: Float[np.ndarray, " W"]) -> Counts:
    """The counts in each situation, of which some have seen nothing."""
    single = counts.single * seen[:, None, None]
    heard = counts.heard
    if heard is not None:
        heard = Heard(*(np.where(expanded(seen, each.ndim) > 0, each, 0.0) for each in heard))
    return Counts(single, tuple(row * seen[:, None, None] for row in counts.joint), heard)


def _speaking(numbers: Parameters, speaks: Float[np.ndarray, "W 1"]) -> Parameters:
    """The numbers with the claims (1) or without them (0)."""
    return with_claim_weights(numbers, numbers.claims.weight * speaks, numbers.identity_claims.weight * speaks)
