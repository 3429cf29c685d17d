"""Every number, claim and fact of a scenario that the page lets one push, by its dotted key.

A control says what it may be set to and how its slider runs; what holds now comes with every answer, so that what is
inherited (a claim's reliability from its stream's) follows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import toml_rs

from bayes_self.scenario import Scenario
from bayes_self.scenario.assign import parse_assignment
from bayes_self.scenario.entries import TABLE, Entries, in_force
from bayes_self.scenario.keys import Path, dotted, split
from bayes_self.scenario.stream_schema import OBSERVATION_KINDS, PretrainingStream, SpecStream, Stream
from bayes_self.scenario.wording import called, plain


@dataclass(frozen=True)
class Control:
    """One thing to push."""

    key: str
    label: str
    kind: str
    """probability, bits, relative (a number > 0 of which only ratios count), weight, trials, seed, or choice."""
    value: float | int | str | None
    """What the file says, or what holds where it says nothing; None: nothing is said."""
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    options: tuple[tuple[str, str], ...] = ()
    """Of a choice: the text of each value as `--set` takes it, and what people call it; the first may say nothing."""
    set_key: str = ""
    """The key that a choice sets, where it is not its own: the value in a table that says more."""
    fine: bool = False
    """Whether it is one of the many that most people leave alone."""
    word: str = ""
    """The word of the glossary that the label uses, "" for none."""
    what: str = ""
    """The label in few words, wherever it stands."""


@dataclass(frozen=True)
class Group:
    """Controls that belong together."""

    name: str
    title: str
    says: str
    """One sentence for who has never seen it."""
    controls: tuple[Control, ...] = field(default=())
    stream: str = ""
    words: tuple[str, ...] = ()
    """The words of the glossary that the sentence uses, in their order."""


_WORLD = "The world answers: where it has a fact, with that, whatever is believed. The self-model never sees it."
_ITS_OWN = ("coherence", "salience", "reliability", "weight", "ownership", "mentions", "prior", "trials", "doubt")
_WORDS = {"bits": "bits to describe"} | {word: word for word in _ITS_OWN}
"""{the name of a key: the word that its control needs explained}"""


def groups(scenario: Scenario) -> tuple[Group, ...]:
    """All that can be pushed, what it is told and what it sees before what they meet."""
    if "spec" not in scenario.streams and not any(isinstance(s, SpecStream) for s in scenario.streams.values()):
        scenario = scenario.with_set("streams.spec", {})
    now = in_force(scenario)
    world = tuple(_of_world(scenario, now))
    whole = "How tightly what I am follows from who I am."
    worn = "Each identity may wear another as a mask: who is beneath, and who is worn."
    before = "Each identity before pretraining: how likely, and how much has to be explained."
    found = [
        Group(
            "self",
            "How a self hangs together",
            whole,
            (*_numbers(scenario, now, "coherence"), *_numbers(scenario, now, "salience")),
        ),
        Group("masks", "Who it could be behind a mask", worn, tuple(_numbers(scenario, now, "masks")), words=("mask",)),
        *(_of_stream(scenario, name, stream, now) for name, stream in _in_order(scenario)),
        Group(
            "identities", "Who it could be", before, tuple(_numbers(scenario, now, "identities")), words=("identity",)
        ),
        Group("world", "What is true, and how often it is tried", _WORLD, world, words=("fact",)),
    ]
    return tuple(_named(group) for group in found if group.controls)


def _named(group: Group) -> Group:
    return replace(
        group, controls=tuple(replace(control, what=_in_few_words(control, group)) for control in group.controls)
    )


def _in_few_words(control: Control, group: Group) -> str:
    if control.kind == "choice":
        return control.label if group.name == "world" else f"told: {control.label}"
    is_whole = control.fine or not group.stream or ".mentions." in control.key
    what = control.label if is_whole else control.label.split(":")[0]
    if group.stream and ".mentions." not in control.key:
        return f"{plain(group.stream)}: {what}"
    return re.sub(r"^(coherence|salience):.*", r"\1", what)


def values(scenario: Scenario, every: tuple[Group, ...]) -> dict[str, Any]:
    """{key: what holds now} of all controls; of a choice the text that sets it, None where nothing is said."""
    now = in_force(scenario)
    paths = {control.key: (split(control.key), control.kind) for group in every for control in group.controls}
    found = {key: (now.get(path), path, kind) for key, (path, kind) in paths.items()}
    return {
        key: _text(path, value) if kind == "choice" and value is not None else value
        for key, (value, path, kind) in found.items()
    }


def _in_order(scenario: Scenario) -> list[tuple[str, Stream]]:
    order = ("spec", *OBSERVATION_KINDS, "pretraining")
    return sorted(scenario.streams.items(), key=lambda stream: order.index(stream[1].kind))


def _numbers(scenario: Scenario, now: Entries, *above: str) -> Iterator[Control]:
    """A control for every number at and below a path for which one number holds."""
    for path, row in scenario.number_keys().items():
        value = now.get(path)
        is_one_for_all = path[:-1] == ("salience",) and not isinstance(scenario.salience, dict)
        if path[: len(above)] != above or value is None or value == TABLE or is_one_for_all:
            continue
        names = {part: _called(scenario, part, name) for part, name in row.names(path).items()}
        label, (low, high, step) = row.label.format(**names), _range(row.kind, float(value))
        word = next((_WORDS[name] for name in reversed(path) if name in _WORDS and _WORDS[name] in label), "")
        yield Control(dotted(path), label, row.kind, float(value), low, high, step, fine=row.is_fine, word=word)


def _called(scenario: Scenario, placeholder: str, name: str) -> str:
    return called(scenario, name) if placeholder == "IDENTITY" else plain(name)


def _range(kind: str, value: float) -> tuple[float, float, float]:
    """The ends and the step of a slider; of `relative` its ends are a thousand times less and more than the value."""
    match kind:
        case "probability":
            return 0.0, 1.0, 0.01
        case "bits":
            return min(0.0, 2 * value), max(16.0, 2 * value), 0.25
        case "weight":
            return 0.0, max(2.0, 2 * value), 0.01
        case "relative":
            return value / 1e4, value * 1e4, 0.01
        case "trials":
            return 0.0, max(60.0, 3 * value), 1.0
        case _:
            return 0.0, 2.0**31, 1.0


def _choice(path: Path, label: str, now: Entries, options: dict[str, str], nothing: str, set_key: str = "") -> Control:
    texts = [(_text(path, value), called) for value, called in options.items()]
    value = now.get(path)
    chosen = None if value is None else _text(path, value)
    return Control(dotted(path), label, "choice", chosen, options=(("", nothing), *texts), set_key=set_key)


def _text(path: Path, value: str) -> str:
    """The value as `--set` takes it: bare where it is then read as that very text."""
    bare = (
        parse_assignment(f"{dotted(path)}={value}")[1] if value.strip() == value and value[:1] not in "\"'[{" else None
    )
    return value if bare == value else toml_rs.dumps({"x": value}).removeprefix("x = ").rstrip("\n")


def _of_stream(scenario: Scenario, name: str, stream: Stream, now: Entries) -> Group:
    words: tuple[str, ...] = ()
    choices: tuple[Control, ...] = ()
    if isinstance(stream, PretrainingStream):
        title, says = "What pretraining has read", "How often each voice speaks for itself in the training text."
    elif isinstance(stream, SpecStream):
        title, says = "What it is told", "Each claim is fallible evidence about me, and makes the part that is played."
        words = ("claim", "part")
        choices = tuple(_claims(scenario, name, stream, now))
    else:
        title = "What it does, and what comes of it" if stream.kind == "rl" else "What it reads of itself"
        says = "Is what was seen about me (1), or about the part I play (0)?"
        words = ("part",)
    controls = (*choices, *_numbers(scenario, now, "streams", name))
    return Group(name, title, says, controls, name, words)


def _claims(scenario: Scenario, name: str, stream: SpecStream, now: Entries) -> Iterator[Control]:
    path: Path = ("streams", name)
    people = {identity: called(scenario, identity) for identity in scenario.identities}
    yield _claim((*path, "identity"), "You are", now, people, stream.identity)
    for facet, of in scenario.facets.items():
        label = of.question or plain(facet)
        yield _claim((*path, "claims", facet), label, now, dict.fromkeys(of.values), stream.claims.get(facet))


def _claim(path: Path, label: str, now: Entries, options: dict[str, Any], claim: Any) -> Control:
    own = claim is not None and claim.reliability is not None
    named = {value: called or value for value, called in options.items()}
    return _choice(path, label, now, named, "says nothing", dotted((*path, "value")) if own else "")


def _of_world(scenario: Scenario, now: Entries) -> Iterator[Control]:
    if scenario.world is None:
        return
    yield from _numbers(scenario, now, "world", "trials")
    for facet, of in scenario.facets.items():
        label = f"in fact: {of.question or plain(facet)}"
        yield _choice(("world", "facts", facet), label, now, {v: v for v in of.values}, "no fact")
    yield from _numbers(scenario, now, "world", "reliability")
    yield from _numbers(scenario, now, "world", "seed")
