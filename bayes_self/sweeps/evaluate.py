"""The sweep's inner loop: from the coordinates of points to posteriors, bits to flip, verdicts and log evidence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.case import case_of
from bayes_self.coordinates import Coordinates, coordinates_of
from bayes_self.errors import EvidenceError
from bayes_self.evidence import Evidence
from bayes_self.exact import posterior
from bayes_self.leaving_out import IDENTITY
from bayes_self.log_evidence import all_referents
from bayes_self.potentials import Potentials, potentials
from bayes_self.jax_arrays import in_float64
from bayes_self.scenario import Scenario
from bayes_self.scenario.parts import VERDICTS
from bayes_self.simulation import expect
from bayes_self.streams.pretraining import log_prior, profiles
from bayes_self.sweeps.axes import Axis
from bayes_self.sweeps.beliefs import ManyBeliefs, many_beliefs
from bayes_self.sweeps.landscape import bits_against, verdict_codes
from bayes_self.sweeps.moves import Move, moves, start_of, written
from bayes_self.sweeps.setting import setting_of
from bayes_self.sweeps.situations import Silence, observed, observed_again, silences, speaking, subjects
from bayes_self.sweeps.surely import sure_beliefs

IMPOSSIBLE = -1
"""In place of a verdict where no self-model allows the evidence; everything else is nan there, log evidence -inf."""

Found = dict[str, np.ndarray]
"""By name of the result: one row for each point."""

# Numbers in the largest array of a block: few enough for the processor's cache.
_IN_CACHE = 2**17

# From so many points without a certificate on, compiling their block takes less than computing them one by one.
_WORTH_COMPILING = 512
_SMALL_BLOCK = 64


@dataclass(frozen=True)
class Evaluator:
    """Beliefs of a scenario anywhere on its axes; compiled once, for blocks of one size."""

    start: Scenario
    """The scenario at the first value of every axis."""
    axes: tuple[Axis, ...]
    frame: str
    evidence: Evidence | None
    """What was observed, at every point; None for what the world of each point gives in expectation."""

    @cached_property
    def names(self) -> Coordinates:
        """The names of the scenario's axes."""
        return coordinates_of(self.start)

    @cached_property
    def answers(self) -> tuple[tuple[int, int], ...]:
        """The (facet, value) pairs that there are, in the order of the file."""
        return tuple((d, v) for d, values in enumerate(self.names.values) for v in range(len(values)))

    @cached_property
    def block(self) -> int:
        """How many points are computed together."""
        n = 2 ** len(self.names.streams) * len(self.names.identities) * len(self.names.facets)
        return int(2 ** np.clip(np.floor(np.log2(_IN_CACHE / n)), 4, 9))

    def evaluate(self, coordinates: Sequence[Float[np.ndarray, " N"]]) -> Found:
        """What is found at points, given the value of every axis (of names the position) at each of them."""
        points = np.stack(list(coordinates), 1) if coordinates else np.zeros((1, 0))
        found = _in_blocks(self._compiled, points, self.block)
        uncertain = np.flatnonzero(~found.pop("certain"))
        if len(uncertain) >= _WORTH_COMPILING:
            again = _in_blocks(self._compiled_in_log_domain, points[uncertain], _SMALL_BLOCK)
            certain = again.pop("certain")
            for name, rows in again.items():
                found[name][uncertain[certain]] = rows[certain]
            uncertain = uncertain[~certain]
        for i in uncertain:
            for name, row in self.exactly(points[i]).items():
                found[name][i] = row
        return found

    def exactly(self, point: Float[np.ndarray, " K"]) -> Found:
        """What is found at one point, by the measures themselves: slow, and right whatever the numbers are."""
        values = {axis.key: _value(axis, x) for axis, x in zip(self.axes, point.tolist(), strict=True)}
        scenario = self.start.with_settings(values)
        evidence = expect(scenario) if self.evidence is None else self.evidence
        try:
            result = posterior(scenario, evidence, self.frame)
        except EvidenceError:
            return self._nothing
        pairs = [(self.names.facets[d], self.names.values[d][v]) for d, v in self.answers]
        bits = result.bits_to_flip
        return {
            "log_evidence": np.array(result.log_evidence),
            "identities": result.identities.values,
            "facets": np.array([result.case.beliefs.facets[d, v] for d, v in self.answers]),
            "ownership": result.ownership.values,
            "identity_bits_to_flip": np.array([bits[IDENTITY][name] for name in self.names.identities]),
            "facet_bits_to_flip": np.array([bits[facet][value] for facet, value in pairs]),
            "verdicts": np.array([VERDICTS.index(result.verdicts[f]) for f in self.names.facets], dtype=np.int8),
        }

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """How each axis moves a setting. Raises ScenarioError where one moves nothing, or not independently."""
        return in_float64(moves)(self.start, self.axes, self.frame)

    @cached_property
    def _nothing(self) -> Found:
        sizes = {
            "identities": len(self.names.identities),
            "facets": len(self.answers),
            "ownership": len(self.names.streams),
            "identity_bits_to_flip": len(self.names.identities),
            "facet_bits_to_flip": len(self.answers),
        }
        found = {name: np.full(size, np.nan) for name, size in sizes.items()}
        verdicts = np.full(len(self.names.facets), IMPOSSIBLE, dtype=np.int8)
        return {"log_evidence": np.array(-np.inf), **found, "verdicts": verdicts}

    @cached_property
    def _compiled(self) -> Callable[[Float[np.ndarray, "N K"]], dict[str, AnyArray]]:
        return in_float64(jax.jit(jax.vmap(in_float64(self._at_point(many_beliefs)))))

    @cached_property
    def _compiled_in_log_domain(self) -> Callable[[Float[np.ndarray, "N K"]], dict[str, AnyArray]]:
        return in_float64(jax.jit(jax.vmap(in_float64(self._at_point(sure_beliefs)))))

    def _at_point(
        self, way: Callable[[Float[np.ndarray, "M S"]], Callable[[Potentials], ManyBeliefs]]
    ) -> Callable[[Float[jax.Array, " K"]], dict[str, AnyArray]]:
        case = case_of(self.start, self.evidence, self.frame)
        start = setting_of(self.start, self.frame)
        given = None if self.evidence is None else case.counts
        answers = self.evidence is None or self.evidence.from_world
        move = self.moves
        believed = way(np.asarray(all_referents(len(self.names.streams))))
        claimed = subjects(self.names)
        others = silences(self.names, [None, *claimed])

        def at_point(x: Float[jax.Array, " K"]) -> dict[str, AnyArray]:
            setting = start
            for step, value in zip(move, x, strict=True):
                setting = step(setting, value)
            counts = observed(setting, given)
            p = believed(potentials(setting.numbers, counts))

            def without(silence: Silence) -> ManyBeliefs:
                again = observed_again(setting, counts, silence, answers)
                return believed(potentials(speaking(setting.numbers, silence), again))

            q = jax.lax.map(without, others)
            prior = jnp.einsum("h,hdv->dv", jnp.exp(log_prior(setting.numbers)), profiles(setting.numbers))
            return self._results(p, q, prior, claimed)

        return at_point

    def _results(
        self, p: ManyBeliefs, q: ManyBeliefs, prior: Float[jax.Array, "D V"], claimed: tuple[str, ...]
    ) -> dict[str, AnyArray]:
        """q has the beliefs without any claim first, then those without the claims on each of `claimed`."""
        identities, facets = p.identities, jnp.asarray(p.facets)
        for w, subject in enumerate(claimed, start=1):
            if subject == IDENTITY:
                identities = q.identities[w]
            else:
                d = self.names.facets.index(subject)
                facets = facets.at[d].set(q.facets[w, d])
        d, v = np.array(self.answers).T
        return {
            "log_evidence": p.log_evidence,
            "identities": jnp.exp(p.identities),
            "facets": jnp.exp(p.facets)[d, v],
            "ownership": p.ownership,
            "identity_bits_to_flip": bits_against(identities),
            "facet_bits_to_flip": bits_against(facets)[d, v],
            "verdicts": verdict_codes(prior, jnp.exp(p.facets), jnp.exp(q.facets[0])),
            "certain": p.certain & jnp.all(q.certain),
        }


def _in_blocks(
    compiled: Callable[[Float[np.ndarray, "N K"]], dict[str, AnyArray]], points: Float[np.ndarray, "N K"], size: int
) -> Found:
    """What is found at points, in blocks of one size; the last point fills the last block."""
    whole = np.minimum(np.arange(-(-len(points) // size) * size), len(points) - 1)
    blocks = [compiled(rows) for rows in points[whole].reshape(-1, size, points.shape[1])]
    return {name: np.concatenate([np.asarray(block[name]) for block in blocks])[: len(points)] for name in blocks[0]}


def evaluator(scenario: Scenario, axes: Sequence[Axis], frame: str, evidence: Evidence | None) -> Evaluator:
    """The evaluator of a scenario's sweep.

    Raises:
        ScenarioError: an axis that is none of this scenario's, or a value that cannot stand there.

    """
    return Evaluator(start_of(scenario, axes), tuple(axes), frame, evidence)


def _value(axis: Axis, x: float) -> float | int | str:
    if not axis.is_number:
        return axis.values[int(x)]
    exact = [value for value in axis.values if float(value) == x]
    return written(axis, exact[0] if exact else x)
