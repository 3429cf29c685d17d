"""What it would take: the single edits that make an identity the likeliest, or depose it.

Every number is moved from where it is, towards either end, until the likeliest identity changes; then the place of
the change is bisected. At every point the world answers again, as it does for `run --set`. How far an edit goes is told
in units of how far the number may plausibly be off (`measures.ranges`).
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bayes_self.case import case_of
from bayes_self.errors import BayesSelfError
from bayes_self.evidence import Evidence
from bayes_self.measures.ranges import BITS, LOG_ODDS, MENTIONS, TRIALS, WEIGHT
from bayes_self.scenario import Scenario
from bayes_self.scenario.controls import Control

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

Edit = Mapping[str, str]
"""{dotted key: the text of a value}, as `--set` takes it."""


@dataclass(frozen=True)
class Turn:
    """A single edit that changes who is likeliest, or, of numbers that do not, the one that helps most."""

    key: str
    text: str
    """The value, as `--set` takes it."""
    turns: bool
    """Whether the likeliest identity becomes, or ceases to be, the one asked about."""
    p: float
    """The probability then of the identity that was asked about."""
    winner: str
    """Who is then the likeliest."""
    distance: float | None
    """In units of how far the number may plausibly be off; None: it is said otherwise."""
    far: str
    """The same in words."""


class Turning:
    """The search for what would turn it."""

    def __init__(self, believed: Callable[[Edit], Mapping[str, float] | None], target: str) -> None:
        """Ask who is the likeliest as it is.

        Args:
            believed: P(identity) after an edit, None where the evidence is then impossible; raises BayesSelfError
                where there is no such edit.
            target: the identity that is to become the likeliest or, if it is, to be deposed.

        """
        self._believed = believed
        p = believed({})
        self.wins = p is not None and max(p, key=lambda name: p[name]) == target
        """Whether the target is the likeliest now."""
        self._target, self._p_now = target, p[target] if p else 0.0

    def by(self, control: Control) -> list[Turn]:
        """The edits of one control that turn it: the nearest either way; else the one that helps most, if any does."""
        return _said_otherwise(self, control) if control.kind == "choice" else _moved(self, control)

    def after(self, key: str, text: str, distance: float | None) -> Turn | None:
        """What one edit comes to; None where it is none, or the evidence becomes impossible."""
        try:
            p = self._believed({key: text})
        except BayesSelfError:
            return None
        if p is None:
            return None
        winner = max(p, key=lambda name: p[name])
        turns = (winner == self._target) != self.wins
        return Turn(key, text, turns, p[self._target], winner, distance, in_words(distance))

    def helps(self, turn: Turn) -> float:
        """How much nearer an edit brings it."""
        return self._p_now - turn.p if self.wins else turn.p - self._p_now


def asked_about(told: Sequence[str], p: Mapping[str, float]) -> str:
    """Of whom to ask what it would take: whom it was told to be, the last in force; else who comes second."""
    ranked = sorted(p, key=lambda name: -p[name])
    return told[-1] if told else ranked[min(1, len(ranked) - 1)]


def identities_of(scenario: Scenario, evidence: Evidence, frame: str) -> Mapping[str, float] | None:
    """P(identity); None where no self-model allows the evidence."""
    found = case_of(scenario, evidence, frame).beliefs
    return dict(zip(scenario.identities, found.identities.tolist(), strict=True)) if found.is_possible else None


def in_words(distance: float | None) -> str:
    """How far an edit goes."""
    if distance is None:
        return "said otherwise"
    return next(
        (word for most, word in ((0.5, "a nudge"), (1, "plausible"), (3, "a stretch")) if distance <= most),
        "far-fetched",
    )


def _said_otherwise(search: Turning, control: Control) -> list[Turn]:
    """Every other choice that turns it."""
    tried = []
    for text, _ in control.options:
        if text != (control.value or ""):
            key = control.set_key if control.set_key and text else control.key
            tried.append(search.after(key, text, None))
    return [turn for turn in tried if turn is not None and turn.turns]


def _moved(search: Turning, control: Control) -> list[Turn]:
    """The nearest place either way at which it turns; else the place that helps most."""
    if control.value is None:
        return []
    both = [_first_turn(search, control, list(way)) for way in _ways(control.kind, float(control.value))]
    turned = [turn for turn, _ in both if turn is not None]
    if turned:
        return turned
    tried = [turn for _, every in both for turn in every if search.helps(turn) > 0]
    return sorted(tried, key=search.helps)[-1:]


def _first_turn(search: Turning, control: Control, way: list[float]) -> tuple[Turn | None, list[Turn]]:
    def at(x: float) -> Turn | None:
        return search.after(control.key, as_text(x, control.kind), distance(control.kind, float(control.value or 0), x))

    before, tried = float(control.value or 0), []
    for x in way:
        turn = at(x)
        if turn is not None and turn.turns:
            return _bisected(at, control.kind, before, x, turn), tried
        tried += [turn] if turn is not None else []
        before = x
    return None, tried


def _bisected(at: Callable[[float], Turn | None], kind: str, before: float, after: float, turn: Turn) -> Turn:
    """The edit as near as need be to where it begins to turn; a round number, if one does."""
    for _ in range(_BISECTIONS):
        if kind == "trials" and abs(after - before) <= 1:
            break
        middle = _middle(kind, before, after)
        found = at(middle)
        if found is not None and found.turns:
            after, turn = middle, found
        else:
            before = middle
    for digits in (1, 2):
        rounded = _rounded_between(before, after, digits)
        found = at(rounded) if rounded is not None and rounded != after else None
        if found is not None and found.turns:
            return found
    return turn


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
