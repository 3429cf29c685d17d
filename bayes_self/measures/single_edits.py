"""Beliefs after each of many single edits, asked about together: every edit is a row along a leading axis.

The beliefs are those of the scenario with the edit in its file, and the evidence follows the rule of `Edition`: an edit
of belief holds the evidence, and after an edit of the world each row has the evidence that its own world shows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial

import numpy as np
from jaxtyping import Float

from bayes_self.errors import ScenarioError
from bayes_self.model.beliefs import believe
from bayes_self.model.counts import counts_of
from bayes_self.model.frames import framed
from bayes_self.model.keys import setter
from bayes_self.model.parameters import Claims, Parameters
from bayes_self.model.potentials import Counts
from bayes_self.model.silence import IDENTITY
from bayes_self.scenario.assign import NOT_WRITTEN, parse_assignment
from bayes_self.scenario.keys import split
from bayes_self.scenario.stream_schema import SpecStream
from bayes_self.scenario.world_keys import edits_world
from bayes_self.world.edition import Edition
from bayes_self.world.self_model import SelfModel, self_model_of
from bayes_self.world.setting import Setting, known_reliabilities, put_number, put_trials, rows_of, side_by_side
from bayes_self.world.simulation import MOST_IMPROVISED, drawn, improvised_trials
from bayes_self.world.world import VOID, expected_counts

_AT_ONCE = 64
"""Rows that are computed together: enough to be quick, and few enough for the processor's cache."""

Edit = tuple[str, str]
"""A dotted key, and the text of a value as `--set` takes it."""
Moved = tuple[Parameters, Setting | None]
"""What is believed after an edit, and, where the edit lets the world answer again, the setting that answers."""


class SingleEdits:
    """Single edits of an edited scenario, in a frame."""

    def __init__(self, edition: Edition, frame: str = "self-model", pause: Callable[[], None] = lambda: None) -> None:
        """Take the scenario to pieces, once; `pause` is called between parts of the work."""
        self._edition, self._frame, self._pause = edition, frame, pause
        self._model, self._answering = self_model_of(edition.scenario), self_model_of(edition.answering)
        self._base = self._model.numbers, Setting(self._answering.numbers, self._answering.world)
        self._answers = edition.rows is None and self._model.world is not None

    @cached_property
    def now(self) -> Float[np.ndarray, " H"]:
        """P(identity) without a further edit."""
        return believe(framed(self._model.numbers, self._frame), self._counts).identities

    def identities(self, edits: Sequence[Edit]) -> Float[np.ndarray, "edit H"]:
        """P(identity) after each edit; NaN where there is no such edit, or no self-model allows the evidence then.

        NaN, too, where a draw would have to improvise more than `MOST_IMPROVISED` trials.
        """
        found = np.full((len(edits), len(self._model.names.identities)), np.nan)
        by_key: dict[str, list[int]] = defaultdict(list)
        for i, (key, _) in enumerate(edits):
            by_key[key].append(i)
        held, answered, chosen = [], [], []
        for key, rows in by_key.items():
            texts = [edits[i][1] for i in rows]
            try:
                if _is_choice(key):
                    chosen.append((rows, self._choose(key, texts)))
                    continue
                xs = np.array([float(text) for text in texts])
                moved = self._move(key, xs)
            except (ScenarioError, ValueError):
                continue
            (held if moved[1] is None else answered).append((rows, moved))
        full = _full(self._model)[0], Setting(_full(self._answering)[0], self._answering.world)
        for base, parts in ((self._base, held), (self._base, answered), (full, chosen)):
            if parts:
                rows = np.concatenate([rows for rows, _ in parts])
                found[rows] = self._believed(base, [(len(rows), moved) for rows, moved in parts])
        return found

    @cached_property
    def _counts(self) -> Counts:
        return counts_of(self._edition.evidence, self._model.names)

    def _believed(self, base: tuple[Parameters, Setting], moved: Sequence[tuple[int, Moved]]) -> np.ndarray:
        """P(identity) of every row."""
        n = sum(n for n, _ in moved)
        numbers = side_by_side(base[0], [(n, numbers) for n, (numbers, _) in moved])
        answers = None
        if self._answers and any(answering is not None for _, (_, answering) in moved):
            answers = side_by_side(base[1], [(n, base[1] if own is None else own) for n, (_, own) in moved])
        trials = np.zeros(n)
        if answers is not None and not self._edition.expected:
            trials = np.broadcast_to(improvised_trials(answers.world, answers.numbers), n)
        found = np.full((n, len(self._model.names.identities)), np.nan)
        order = np.argsort(trials, kind="stable")[: int((trials <= MOST_IMPROVISED).sum())]
        for rows in _blocks(order, trials):
            self._pause()
            counts = self._counts if answers is None else self._answered(rows_of(base[1], answers, rows))
            beliefs = believe(framed(rows_of(base[0], numbers, rows), self._frame), counts)
            found[rows] = np.where(np.asarray(beliefs.is_possible)[..., None], beliefs.identities, np.nan)
        return found

    def _answered(self, setting: Setting) -> Counts:
        assert setting.world is not None
        assert self._edition.answering.world is not None
        if self._edition.expected:
            return expected_counts(setting.world, setting.numbers)
        names, seed = self._answering.names, self._edition.answering.world.seed
        return drawn(setting.world, setting.numbers, names, seed)

    def _move(self, key: str, xs: Float[np.ndarray, " edit"]) -> Moved:
        """A number moved. Raises ScenarioError where the key names none."""
        numbers, answering = self._base
        match split(key):
            case ("world", "trials", stream, probe):
                return numbers, put_trials((stream, probe), self._answering.names, answering, xs)
            case ("world", "reliability", stream):
                return numbers, _with_true_reliability(answering, self._answering, stream, xs)
        put, _ = setter(key, self._edition.scenario, self._model.names)
        moved = put(numbers, xs)
        if not self._answers:
            return moved, None
        if self._edition.fresh:
            known = known_reliabilities(self._edition.scenario, self._model.names)
            return moved, put_number(put, known, answering, xs)
        again = np.array([edits_world(key, x, self._edition.original) for x in xs.tolist()])
        if not again.any() and key not in self._edition.world_edits:
            return moved, None
        # the weight of a spec stream: it claims something, or nothing; how loudly is a matter of belief
        _, before = setter(key, self._edition.original, self_model_of(self._edition.original).names)
        return moved, answering._replace(numbers=put(answering.numbers, np.where(again, xs, before)))

    def _choose(self, key: str, texts: Sequence[str]) -> Moved:
        """A claim or a fact that says something else, or, for the text "", nothing."""
        values = [parse_assignment(f"{key}={text}")[1] for text in texts]
        (numbers, slots), (of_world, slots_of_world) = _full(self._model), _full(self._answering)
        answering, names = Setting(of_world, self._answering.world), self._model.names
        match split(key):
            case ("world", "facts", facet) if answering.world is not None:
                d = names.facets.index(facet)
                facts = np.array([VOID if v is NOT_WRITTEN else names.values[d].index(v) for v in values])
                facts = np.where(np.arange(len(names.facets)) == d, facts[:, None], answering.world.facts)
                return numbers, answering._replace(world=replace(answering.world, facts=facts))
            case ("streams", stream, "identity" | "claims", *rest):
                subject = rest[0] if rest and split(key)[2] == "claims" else IDENTITY
                keeps = split(key)[-1] == "value" and split(key)[2:] != ("claims", "value")
                known = names.written if subject == IDENTITY else names.values[names.facets.index(subject)]
                say = partial(_saying, subject, [None if v is NOT_WRITTEN else known.index(v) for v in values], keeps)
                return say(numbers, *slots[stream, subject]), answering._replace(
                    numbers=say(of_world, *slots_of_world[stream, subject])
                )
        raise ValueError(key)


def _blocks(order: np.ndarray, trials: np.ndarray) -> Iterator[np.ndarray]:
    """Rows to compute together: not too many, and of about as many trials in the void, which are one step each."""
    start = 0
    for end in range(1, len(order) + 1):
        longest = max(16.0, 1.5 * trials[order[start]])
        if end == len(order) or end - start == _AT_ONCE or trials[order[end]] > longest:
            yield order[start:end]
            start = end


def _is_choice(key: str) -> bool:
    match split(key):
        case ("world", "facts", _) | ("streams", _, "identity") | ("streams", _, "identity", "value"):
            return True
        case ("streams", _, "claims", _) | ("streams", _, "claims", _, "value"):
            return True
    return False


def _with_true_reliability(setting: Setting, model: SelfModel, stream: str, xs: Float[np.ndarray, " edit"]) -> Setting:
    """The world's own reliability of a stream, which all its probes have."""
    assert setting.world is not None
    truth, names = setting.world.truth, model.names
    mine = [np.array([own == stream for own, _ in names.single], dtype=bool)]
    mine += [np.array([own == stream]) for own, _ in names.joint]
    single, *joint = (
        replace(probes, reliability=np.where(own, xs[:, None], probes.reliability)) if own.any() else probes
        for own, probes in zip(mine, (truth.single, *truth.joint), strict=True)
    )
    return setting._replace(world=replace(setting.world, truth=replace(truth, single=single, joint=tuple(joint))))


Slots = dict[tuple[str, str], tuple[int, SpecStream]]
"""{(stream, what is claimed): the position of the claim, and the stream as the file has it}."""


def _full(model: SelfModel) -> tuple[Parameters, Slots]:
    """The numbers with a claim of every spec stream about everything; one that the file has not has the weight 0.

    A scenario without spec streams gets one, as `--set` would make it.
    """
    scenario, names, numbers = model.scenario, model.names, model.numbers
    spec = {name: stream for name, stream in scenario.streams.items() if isinstance(stream, SpecStream)}
    spec = spec or {"spec": SpecStream.model_validate({})}
    slots: Slots = {}
    facets: list[tuple[int, float, float, float]] = []
    identities: list[tuple[int, float, float, float]] = []
    rows = {cell: _row(numbers.claims, i) for i, cell in enumerate(names.facet_claims)}
    mine = {stream: _row(numbers.identity_claims, i) for i, stream in enumerate(names.identity_claims)}
    for name, stream in spec.items():
        for facet in dict.fromkeys((*stream.claims, *names.facets)):
            slots[name, facet] = len(facets), stream
            facets.append(rows.get((name, facet), (names.facets.index(facet), 0.0, stream.reliability, 0.0)))
        slots[name, IDENTITY] = len(identities), stream
        identities.append(mine.get(name, (0, 0.0, stream.reliability, 0.0)))
    return replace(numbers, claims=_claims(facets), identity_claims=_claims(identities)), slots


def _row(claims: Claims, i: int) -> tuple[int, float, float, float]:
    return int(claims.subject[i]), float(claims.answer[i]), float(claims.reliability[i]), float(claims.weight[i])


def _claims(rows: Sequence[tuple[int, float, float, float]]) -> Claims:
    subject, answer, reliability, weight = np.array(rows, dtype=float).T
    return Claims(subject.astype(int), answer.astype(int), reliability, weight)


def _saying(
    subject: str,
    answers: Sequence[int | None],
    keeps_reliability: bool,
    numbers: Parameters,
    at: int,
    stream: SpecStream,
) -> Parameters:
    """The numbers with the claim at a position saying each of the answers, or nothing."""
    field = "identity_claims" if subject == IDENTITY else "claims"
    claims: Claims = getattr(numbers, field)
    here = np.arange(len(claims.weight)) == at
    says = np.array([answer is not None for answer in answers])
    moved = replace(
        claims,
        answer=np.where(here, np.array([answer or 0 for answer in answers])[:, None], claims.answer),
        weight=np.where(here, np.where(says, stream.weight, 0.0)[:, None], claims.weight),
    )
    if not keeps_reliability:
        moved = replace(moved, reliability=np.where(here, stream.reliability, claims.reliability))
    return replace(numbers, **{field: moved})
