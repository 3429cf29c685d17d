"""Turning points: the single edits that make an identity the likeliest, or no longer the likeliest.

Every number is moved from where it is, towards either end, until the likeliest identity changes; then the place of the
change is bisected. All numbers are moved together, and each point is a row of one computation (`SingleEdits`). The
evidence is held unless an edit is of the world, as for `run --set`. The distance of an edit is told in units of how far
the number may plausibly be off (`measures.ranges`).
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bayes_self.measures.ranges import BITS, LOG_ODDS, MENTIONS, TRIALS, WEIGHT
from bayes_self.measures.single_edits import SingleEdits
from bayes_self.scenario.controls import Control
from bayes_self.world.edition import Edition

_BISECTIONS = 6
_SHARES = (0.2, 0.5, 0.8, 0.95, 1.0)
_FACTORS = (0.5, 1.0, 2.0, 4.0, 6.0)
"""Steps towards an end: shares of the way (probabilities), or doublings (what only counts by its ratio)."""
_UNIT = {"probability": LOG_ODDS, "bits": BITS, "relative": math.log2(MENTIONS), "weight": math.log2(WEIGHT),
         "trials": math.log2(TRIALS)}  # fmt: skip
_TO_NOTHING = 12.0
"""How many doublings it counts for to take something away altogether."""
_EDGE = 0.002
"""The probability for which a certainty counts where log odds are compared."""


@dataclass(frozen=True)
class TurningPoint:
    """A single edit that changes the likeliest identity, or, of numbers that do not, the one that helps most."""

    key: str
    text: str
    """The value, as `--set` takes it."""
    turns: bool
    """Whether the identity that was asked about becomes the likeliest, or ceases to be it."""
    p: float
    """The probability then of the identity that was asked about."""
    winner: str
    """The likeliest identity then."""
    distance: float | None
    """In units of how far the number may plausibly be off; None for a claim or a fact."""
    far: str
    """The same in words."""


@dataclass(frozen=True)
class TurningPoints:
    """What was found, in the order of the controls."""

    target: str
    wins: bool
    """Whether the identity that was asked about is the likeliest now."""
    p: float
    """Its probability now."""
    points: tuple[tuple[Control, TurningPoint], ...]

    def helps(self, point: TurningPoint) -> float:
        """How much nearer an edit brings it."""
        return self.p - point.p if self.wins else point.p - self.p


def turning_points(
    edition: Edition,
    controls: Sequence[Control],
    target: str,
    frame: str = "self-model",
    pause: Callable[[], None] = lambda: None,
) -> TurningPoints:
    """The turning points of every control: the nearest either way; of a number without any, the edit that helps most.

    Args:
        edition: the scenario as it is edited now.
        controls: what may be moved, with the values that they have now.
        target: the identity that is to become the likeliest or, if it is, to be no longer the likeliest.
        frame: how the evidence is read.
        pause: is called between parts of the work; what it raises ends the search.

    """
    return _Search(edition, target, frame, pause).by([control for control in controls if control.kind != "seed"])


def asked_about(told: Sequence[str], p: Mapping[str, float]) -> str:
    """The identity to ask about: the last one that the spec claims, or else the runner-up."""
    ranked = sorted(p, key=lambda name: -p[name])
    return told[-1] if told else ranked[min(1, len(ranked) - 1)]


def in_words(distance: float | None) -> str:
    """How far an edit goes."""
    if distance is None:
        return "said otherwise"
    return next(
        (word for most, word in ((0.5, "a nudge"), (1, "plausible"), (3, "a stretch")) if distance <= most),
        "far-fetched",
    )


@dataclass(frozen=True)
class _Way:
    """The places of one control to look at in one direction, and between which of them it turns."""

    control: Control
    places: tuple[float, ...]
    before: float = 0.0
    after: float = 0.0
    point: TurningPoint | None = None
    """The edit at `after`, which turns it; None where nothing in this direction does."""


class _Search:
    def __init__(self, edition: Edition, target: str, frame: str, pause: Callable[[], None]) -> None:
        self._edits = SingleEdits(edition, frame, pause)
        self._names = list(edition.scenario.self_models)
        self._target = self._names.index(target)
        now = self._edits.now
        self._wins = int(now.argmax()) == self._target
        self._p = float(now[self._target])

    def by(self, controls: Sequence[Control]) -> TurningPoints:
        choices = [(control, text) for control in controls for text in _other_choices(control)]
        numbers = [control for control in controls if control.kind != "choice" and control.value is not None]
        ways = [_Way(c, tuple(way)) for c in numbers for way in _ways(c.kind, float(c.value or 0))]
        places = [(way.control, x) for way in ways for x in way.places]
        said, found = self._after(choices, [None] * len(choices)), iter(self._at(places))
        looked = [(way, [next(found) for _ in way.places]) for way in ways]
        turned = self._bisected([_bracket(way, points) for way, points in looked])
        points: dict[str, list[TurningPoint]] = {control.key: [] for control in controls}
        for (control, _), point in zip(choices, said, strict=True):
            points[control.key] += [point] if point is not None and point.turns else []
        for way in turned:
            points[way.control.key] += [way.point] if way.point is not None else []
        result = TurningPoints(self._names[self._target], self._wins, self._p, ())
        for control in numbers:
            if not points[control.key]:
                tried = [point for way, tried in looked if way.control is control for point in tried if point]
                helping = [point for point in tried if result.helps(point) > 0]
                points[control.key] = sorted(helping, key=result.helps)[-1:]
        return replace(result, points=tuple((control, each) for control in controls for each in points[control.key]))

    def _at(self, places: Sequence[tuple[Control, float]]) -> list[TurningPoint | None]:
        texts = [(control, as_text(x, control.kind)) for control, x in places]
        return self._after(texts, [distance(c.kind, float(c.value or 0), float(text)) for c, text in texts])

    def _after(
        self, edits: Sequence[tuple[Control, str]], distances: Sequence[float | None]
    ) -> list[TurningPoint | None]:
        """What each edit comes to; None where it is none, or the evidence becomes impossible."""
        keys = [(c.set_key if c.kind == "choice" and c.set_key and text else c.key, text) for c, text in edits]
        rows = self._edits.identities(keys)
        return [self._point(*edit, p, far) for edit, p, far in zip(keys, rows, distances, strict=True)]

    def _point(self, key: str, text: str, p: np.ndarray, far: float | None) -> TurningPoint | None:
        if np.isnan(p).any():
            return None
        winner = int(p.argmax())
        turns = (winner == self._target) != self._wins
        return TurningPoint(key, text, turns, float(p[self._target]), self._names[winner], far, in_words(far))

    def _bisected(self, ways: Sequence[_Way]) -> list[_Way]:
        """The edits as near as need be to where they begin to turn it; round numbers, where these do."""
        ways = list(ways)
        for _ in range(_BISECTIONS):
            open_ = [i for i, way in enumerate(ways) if way.point is not None and not _is_closed(way)]
            middles = [_middle(ways[i].control.kind, ways[i].before, ways[i].after) for i in open_]
            points = self._at([(ways[i].control, x) for i, x in zip(open_, middles, strict=True)])
            for i, x, point in zip(open_, middles, points, strict=True):
                turns = point is not None and point.turns
                ways[i] = replace(ways[i], after=x, point=point) if turns else replace(ways[i], before=x)
        rounds = [
            (i, rounded)
            for i, way in enumerate(ways)
            if way.point is not None
            for digits in (2, 1)  # the rounder one last, and in force
            if (rounded := _rounded_between(way.before, way.after, digits)) is not None and rounded != way.after
        ]
        points = self._at([(ways[i].control, x) for i, x in rounds])
        for (i, _), point in zip(rounds, points, strict=True):
            if point is not None and point.turns:
                ways[i] = replace(ways[i], point=point)
        return ways


def _bracket(way: _Way, points: Sequence[TurningPoint | None]) -> _Way:
    """The first place that turns it, and the place before."""
    before = float(way.control.value or 0)
    for x, point in zip(way.places, points, strict=True):
        if point is not None and point.turns:
            return replace(way, before=before, after=x, point=point)
        before = x
    return way


def _is_closed(way: _Way) -> bool:
    return way.control.kind == "trials" and abs(way.after - way.before) <= 1


def _other_choices(control: Control) -> list[str]:
    if control.kind != "choice":
        return []
    return [text for text, _ in control.options if text != (control.value or "")]


def _middle(kind: str, a: float, b: float) -> float:
    if kind == "trials":
        return float((int(a) + int(b)) // 2)
    if kind in ("relative", "weight") and a > 0 and b > 0:
        return math.sqrt(a * b)
    return (a + b) / 2


def _rounded_between(before: float, after: float, digits: int) -> float | None:
    """A number of so many digits a little beyond where it turns."""
    if after == 0:
        return None
    scale = 10.0 ** (math.floor(math.log10(abs(after))) - digits + 1)
    rounded = (math.ceil if after > before else math.floor)(after / scale) * scale
    return float(f"{rounded:.{digits + 2}g}") if abs(rounded - after) <= 0.25 * abs(after) else None


def _ways(kind: str, value: float) -> Iterator[Iterator[float]]:
    """The places to look at, downwards and upwards."""
    if kind == "probability":
        yield (value * (1 - share) for share in _SHARES if value > 0)
        yield (value + (1 - value) * share for share in _SHARES if value < 1)
    elif kind == "bits":
        # A description shorter than nothing is no edit to offer, though only differences count.
        yield (x for x in dict.fromkeys(max(value - step, min(value, 0.0)) for step in _FACTORS) if x < value)
        yield (value + step for step in _FACTORS)
    else:
        whole = kind == "trials"
        down = [value / 2**step for step in _FACTORS] + ([] if kind == "relative" else [0.0])
        up = [max(value, 1.0 if whole else 0.1) * 2**step for step in _FACTORS]
        if whole:
            down, up = [float(math.floor(x)) for x in down], [float(math.ceil(x)) for x in up]
        yield (x for x in dict.fromkeys(down) if x < value)
        yield (x for x in dict.fromkeys(up) if x > value)


def distance(kind: str, now: float, then: float) -> float:
    """How far it is from one number to another, in units of how far it may plausibly be off."""
    match kind:
        case "probability":
            far = abs(_log_odds(then) - _log_odds(now))
        case "bits":
            far = abs(then - now)
        case _:
            far = _TO_NOTHING if min(now, then) <= 0 else abs(math.log2(then / now))
    return far / _UNIT[kind]


def _log_odds(p: float) -> float:
    p = min(max(p, _EDGE), 1 - _EDGE)
    return math.log(p / (1 - p))


def as_text(x: float, kind: str) -> str:
    """The number as `--set` takes it."""
    return str(int(x)) if kind == "trials" else f"{x:.6g}"
