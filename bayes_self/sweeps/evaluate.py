"""The sweep's inner loop: from the coordinates of points to posteriors, bits to flip, verdicts and log evidence.

Points are settings along a leading axis of the engine, in NumPy. Where there are so many that compiling is won back,
the same is computed by compiled sums (`products`), except at points that those cannot vouch for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from bayes_self.beliefs.case import case_of
from bayes_self.beliefs.landscape import bits_against, verdict_codes
from bayes_self.errors import BayesSelfError
from bayes_self.evidence.evidence import Evidence
from bayes_self.model.arrays import AnyArray, namespace
from bayes_self.model.beliefs import Beliefs, believe, live_assignments
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.parameters import with_claim_weights
from bayes_self.model.potentials import Counts, potentials
from bayes_self.model.silence import IDENTITY, subjects, without_claims_on_each
from bayes_self.model.streams.pretraining import prior_facets
from bayes_self.scenario import Scenario
from bayes_self.sweeps.axes import Axis
from bayes_self.sweeps.moves import Move, Setting, moves, setting_of, start_of
from bayes_self.world.self_model import self_model_of
from bayes_self.world.world import answered_again, expected_counts

IMPOSSIBLE = -1
"""In place of a verdict where no self-model allows the evidence; everything else is nan there, log evidence -inf."""

Found = dict[str, np.ndarray]
"""By name of the result: one row for each point."""

_IN_CACHE = 2**17
"""Numbers in the largest array of a block: few enough for the processor's cache."""
_WORTH_COMPILING = 2 * 10**8
"""Terms of all sums together from which compiling is won back: a few seconds of NumPy's."""
_TRIED = 8
"""Points of each run at which the compiled sums are held against the engine."""
_AGREE = 1e-9


class Situations(NamedTuple):
    """Beliefs in logarithms (nats) at points: p; or r (no claims), then q for each subject (no claims on it)."""

    log_evidence: Float[AnyArray, "..."]
    identities: Float[AnyArray, "... H"]
    facets: Float[AnyArray, "... D V"]
    ownership: Float[AnyArray, "... S"]
    """P(stream is about me), not its logarithm."""
    possible: Bool[AnyArray, "..."]


@dataclass(frozen=True)
class Evaluator:
    """Beliefs of a scenario anywhere on its axes."""

    start: Scenario
    """The scenario at the first value of every axis."""
    axes: tuple[Axis, ...]
    frame: str
    evidence: Evidence | None
    """What was observed, at every point; None for what the world of each point gives in expectation."""
    n_points: int
    """How many points the whole sweep has, which says whether compiling is won back."""

    @cached_property
    def names(self) -> Coordinates:
        """The names of the scenario's axes."""
        return self_model_of(self.start).names

    @cached_property
    def answers(self) -> tuple[tuple[int, int], ...]:
        """The (facet, value) pairs that there are, in the order of the file."""
        return tuple((d, v) for d, values in enumerate(self.names.values) for v in range(len(values)))

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """What something is claimed about."""
        return subjects(self.names)

    @property
    def terms(self) -> int:
        """Terms of the sums at one point: situations, assignments, identities, facets and values."""
        situations, values = 2 + len(self.subjects), max(map(len, self.names.values))
        return situations * 2 ** len(self.names.streams) * len(self.names.identities) * len(self.names.facets) * values

    @property
    def is_compiled(self) -> bool:
        """Whether there are so many points that compiling is won back."""
        return self.n_points * self.terms >= _WORTH_COMPILING

    @cached_property
    def block(self) -> int:
        """How many points are computed together."""
        n = 2 ** len(self.names.streams) * len(self.names.identities) * len(self.names.facets)
        return int(2 ** np.clip(np.floor(np.log2(_IN_CACHE / n)), 4, 9))

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """How each axis moves a setting. Raises ScenarioError where one moves nothing, or not independently."""
        return moves(self.start, self.axes, self.frame)

    def evaluate(self, coordinates: Sequence[Float[np.ndarray, " N"]]) -> Found:
        """What is found at points, given the value of every axis (of names the position) at each of them."""
        points = np.stack(list(coordinates), 1) if coordinates else np.zeros((1, 0))
        if not self.is_compiled:
            return _in_blocks(self.exactly, points, self.block)
        found = _in_blocks(self._certified, points, self.block, fill=True)
        uncertain = np.flatnonzero(~found.pop("certain"))
        if len(uncertain):
            again = _in_blocks(self.exactly, points[uncertain], self.block)
            for name, rows in again.items():
                found[name][uncertain] = rows
        return found

    def exactly(self, points: Float[np.ndarray, "N K"]) -> Found:
        """What is found at points by the engine: right whatever the numbers are."""
        setting = self._setting(points)
        counts = self._observed(setting)
        every = (None, *self.subjects)
        silent = without_claims_on_each(setting.numbers, self.names, every, before=1)
        again = counts
        if self._answers and setting.world is not None:
            again = answered_again(setting.world, counts, setting.numbers, silent)
        p, q = believe(setting.numbers, counts), believe(silent, again)
        lead = (len(points),)
        now, silenced = _situations(p, lead), _situations(q, (len(every), *lead))
        found = self._results(now, silenced, np.broadcast_to(prior_facets(np, setting.numbers), now.facets.shape))
        for name, rows in found.items():
            found[name] = np.array(rows)
            found[name][~now.possible] = {"log_evidence": -np.inf, "verdicts": IMPOSSIBLE}.get(name, np.nan)
        return found

    def _setting(self, points: Float[AnyArray, "... K"]) -> Setting:
        setting = setting_of(self.start, self.frame)
        for k, move in enumerate(self.moves):
            setting = move(setting, points[..., k])
        return setting

    @cached_property
    def _given(self) -> Counts | None:
        return None if self.evidence is None else case_of(self.start, self.evidence, self.frame).counts

    @property
    def _answers(self) -> bool:
        """Whether the world answers again when claims are left out."""
        return self.evidence is None or self.evidence.from_world

    def _observed(self, setting: Setting) -> Counts:
        """The evidence: what was given, else what the world of each point gives in expectation."""
        if self._given is not None:
            return self._given
        assert setting.world is not None
        return expected_counts(setting.world, setting.world.truth)

    def _results(self, p: Situations, q: Situations, prior: Float[AnyArray, "... D V"]) -> dict[str, AnyArray]:
        """q has the beliefs without any claim first, then those without the claims on each of `subjects`."""
        xp = namespace(p.identities)
        identities, columns = p.identities, [p.facets[..., d, :] for d in range(p.facets.shape[-2])]
        for w, subject in enumerate(self.subjects, start=1):
            if subject == IDENTITY:
                identities = q.identities[w]
            else:
                d = self.names.facets.index(subject)
                columns[d] = q.facets[w][..., d, :]
        d, v = np.array(self.answers).T
        return {
            "log_evidence": p.log_evidence,
            "identities": xp.exp(p.identities),
            "facets": xp.exp(p.facets)[..., d, v],
            "ownership": p.ownership,
            "identity_bits_to_flip": bits_against(identities),
            "facet_bits_to_flip": bits_against(xp.stack(columns, axis=-2))[..., d, v],
            "verdicts": verdict_codes(prior, xp.exp(p.facets), xp.exp(q.facets[0])),
        }

    def _certified(self, points: Float[np.ndarray, "N K"]) -> Found:
        """What is found by compiled sums; they have been held against the engine before anything is made of them."""
        return {name: np.array(rows) for name, rows in self._compiled(points).items()}

    @cached_property
    def _compiled(self) -> Callable[[Float[np.ndarray, "N K"]], dict[str, AnyArray]]:
        """The compiled function of a block of points. Raises BayesSelfError where it differs from the engine."""
        import jax

        from bayes_self.model.jax_arrays import in_float64

        compiled = in_float64(jax.jit(jax.vmap(self._at_point)))
        points = self._tried_points()
        fast, exact = compiled(points), self.exactly(points[:_TRIED])
        sure = np.asarray(fast["certain"])[:_TRIED]
        for name, rows in exact.items():
            compared = np.asarray(fast[name])[:_TRIED][sure]
            if not np.allclose(compared, rows[sure], rtol=_AGREE, atol=_AGREE, equal_nan=True):
                raise BayesSelfError(f"the compiled sums do not agree with the engine about {name}: please report this")
        return compiled

    def _tried_points(self) -> Float[np.ndarray, "N K"]:
        """A block of points between the ends of all axes."""
        share = np.linspace(0.0, 1.0, _TRIED)
        columns = []
        for axis in self.axes:
            values = np.array(axis.values, dtype=float) if axis.is_number else np.arange(len(axis.values), dtype=float)
            columns.append(np.quantile(values, share, method="linear" if axis.continuous else "nearest"))
        rows = np.stack(columns, 1) if columns else np.zeros((_TRIED, 0))
        return rows[np.minimum(np.arange(self.block), _TRIED - 1)]

    def _at_point(self, x: Float[AnyArray, " K"]) -> dict[str, AnyArray]:
        """What is found at one point, traced."""
        import jax

        from bayes_self.sweeps.products import ManyBeliefs, many_beliefs

        setting = self._setting(x)
        counts, every = self._observed(setting), (None, *self.subjects)
        believed = many_beliefs(live_assignments(setting.numbers))
        p = believed(potentials(setting.numbers, counts))

        def without(weights: tuple[AnyArray, AnyArray]) -> ManyBeliefs:
            of_facets, of_me = weights
            numbers = with_claim_weights(setting.numbers, of_facets, of_me)
            again = counts
            if self._answers and setting.world is not None:
                again = answered_again(setting.world, counts, setting.numbers, numbers)
            return believed(potentials(numbers, again))

        silent = without_claims_on_each(setting.numbers, self.names, every)
        q = jax.lax.map(without, (silent.claims.weight, silent.identity_claims.weight))
        prior = prior_facets(namespace(p.facets), setting.numbers)
        found = self._results(Situations(*p), Situations(*q), prior)
        return {**found, "certain": p.certain & q.certain.all()}


def _situations(found: Beliefs, lead: tuple[int, ...]) -> Situations:
    """Beliefs with all leading axes, also where a number is the same along one."""
    read = (found.log_evidence, found.log_identities, found.log_facets, found.ownership, found.is_possible)
    own = (0, 1, 2, 1, 0)
    return Situations(*(np.broadcast_to(a, (*lead, *a.shape[a.ndim - k :])) for a, k in zip(read, own, strict=True)))


def _in_blocks(
    way: Callable[[Float[np.ndarray, "N K"]], Found], points: Float[np.ndarray, "N K"], size: int, *, fill: bool = False
) -> Found:
    """What is found at points, block by block; with `fill`, the last point fills the last block."""
    n = len(points)
    if fill:
        points = points[np.minimum(np.arange(-(-n // size) * size), n - 1)]
    blocks = [way(points[start : start + size]) for start in range(0, len(points), size)]
    return {name: np.concatenate([block[name] for block in blocks])[:n] for name in blocks[0]}


def evaluator(
    scenario: Scenario, axes: Sequence[Axis], frame: str, evidence: Evidence | None, n_points: int
) -> Evaluator:
    """The evaluator of a scenario's sweep.

    Raises:
        ScenarioError: an axis that is none of this scenario's, or a value that cannot stand there.

    """
    return Evaluator(start_of(scenario, axes), tuple(axes), frame, evidence, n_points)
