"""Every number, claim and fact of a scenario that the page lets one push, by its dotted key.

A control says what it may be set to and how its slider runs; what holds now comes with every answer, so that what is
inherited (a claim's reliability from its stream's) follows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bayes_self.scenario import Scenario
from bayes_self.scenario.assign import parse_assignment
from bayes_self.scenario.entries import Entries, in_force
from bayes_self.scenario.keys import Path, dotted, split
from bayes_self.scenario.rewrite import as_toml
from bayes_self.scenario.stream_schema import ObservationStream, PretrainingStream, SpecStream, Stream
from bayes_self.scenario.wording import plain


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
_ITS_OWN = ("coherence", "salience", "reliability", "weight", "ownership", "mentions", "prior", "trials")
_WORDS = {"bits": "bits to describe"} | {word: word for word in _ITS_OWN}
"""{the name of a key: the word that its control needs explained}"""


def groups(scenario: Scenario) -> tuple[Group, ...]:
    """All that can be pushed, what it is told and what it sees before what they meet."""
    now = in_force(scenario)
    world = tuple(_of_world(scenario, now))
    whole = "How tightly what I am follows from who I am."
    before = "Each identity before pretraining: how likely, and how much has to be explained."
    found = [
        Group("self", "How a self hangs together", whole, tuple(_of_the_whole(scenario, now))),
        *(_of_stream(scenario, name, stream, now) for name, stream in _in_order(scenario)),
        Group("identities", "Who it could be", before, tuple(_of_identities(scenario, now)), words=("identity",)),
        Group("world", "What is true, and how often it is tried", _WORLD, world, words=("fact",)),
    ]
    if not any(isinstance(stream, SpecStream) for stream in scenario.streams.values()):
        found.insert(1, _of_stream(scenario, "spec", SpecStream.model_validate({}), now))
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
    first = {"spec": 0, "rl": 1, "introspection": 2, "pretraining": 3}
    return sorted(scenario.streams.items(), key=lambda stream: first[stream[1].kind])


def _number(kind: str, path: Path, label: str, now: Entries, default: float = 0.0, fine: bool = False) -> Control:
    value = float(now.get(path, default))
    low, high, step = _range(kind, value)
    word = next((_WORDS[name] for name in reversed(path) if name in _WORDS and _WORDS[name] in label), "")
    return Control(dotted(path), label, kind, value, low, high, step, fine=fine, word=word)


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
    return value if bare == value else as_toml(value)


def _of_the_whole(scenario: Scenario, now: Entries) -> Iterator[Control]:
    yield _number("probability", ("coherence",), "coherence: how far a persona is taken whole", now)
    if isinstance(scenario.salience, dict):
        for facet in scenario.facets:
            yield _number("probability", ("salience", facet), f"salience of {plain(facet)}", now, 1.0)
    else:
        yield _number("probability", ("salience",), "salience: how far what is known of identities counts for me", now)


def _of_identities(scenario: Scenario, now: Entries) -> Iterator[Control]:
    for name, identity in scenario.identities.items():
        label = identity.label or plain(name)
        yield _number("bits", ("identities", name, "bits"), f"{label}: bits to describe", now)
        yield _number("relative", ("identities", name, "prior"), f"{label}: prior", now, 1.0)


def _of_stream(scenario: Scenario, name: str, stream: Stream, now: Entries) -> Group:
    words: tuple[str, ...] = ()
    if isinstance(stream, PretrainingStream):
        title, says = "What pretraining has read", "How often each voice speaks for itself in the training text."
        controls = tuple(_of_pretraining(scenario, name, now))
    elif isinstance(stream, SpecStream):
        title, says = "What it is told", "Each claim is fallible evidence about me, and makes the part that is played."
        words = ("claim", "part")
        controls = tuple(_of_spec(scenario, name, stream, now))
    else:
        title = "What it does, and what comes of it" if stream.kind == "rl" else "What it reads of itself"
        says = "Is what was seen about me (1), or about the part I play (0)?"
        words = ("part",)
        controls = tuple(_of_observations(name, stream, now))
    return Group(name, title, says, controls, name, words)


def _of_pretraining(scenario: Scenario, name: str, now: Entries) -> Iterator[Control]:
    yield _number("weight", ("streams", name, "weight"), "weight: how much it counts", now, 1.0)
    for identity, of in scenario.identities.items():
        path = ("streams", name, "mentions", identity)
        yield _number("relative", path, f"{of.label or plain(identity)}: mentions", now, 1.0)


def _of_spec(scenario: Scenario, name: str, stream: SpecStream, now: Entries) -> Iterator[Control]:
    path: Path = ("streams", name)
    people = {identity: of.label or plain(identity) for identity, of in scenario.identities.items()}
    yield _claim((*path, "identity"), "You are", now, people, stream.identity)
    for facet, of in scenario.facets.items():
        label = of.question or plain(facet)
        yield _claim((*path, "claims", facet), label, now, dict.fromkeys(of.values), stream.claims.get(facet))
    yield _number(
        "probability", (*path, "reliability"), "reliability: how far what it is told can be trusted", now, 0.95
    )
    yield _number("weight", (*path, "weight"), "weight: how loudly it is said", now, 1.0)
    subjects = [("identity",)] if stream.identity else []
    for subject in [*subjects, *(("claims", facet) for facet in stream.claims)]:
        label = f"reliability of this claim alone: {plain(subject[-1])}"
        yield _number("probability", (*path, *subject, "reliability"), label, now, fine=True)


def _claim(path: Path, label: str, now: Entries, options: dict[str, Any], claim: Any) -> Control:
    own = claim is not None and claim.reliability is not None
    named = {value: called or value for value, called in options.items()}
    return _choice(path, label, now, named, "says nothing", dotted((*path, "value")) if own else "")


def _of_observations(name: str, stream: ObservationStream, now: Entries) -> Iterator[Control]:
    path = ("streams", name)
    yield _number("probability", (*path, "ownership"), "ownership: it is about me", now, 1.0)
    yield _number("probability", (*path, "reliability"), "reliability: how far it can be trusted", now, 0.95)
    yield _number("weight", (*path, "weight"), "weight: how much it counts", now, 1.0)
    for probe in stream.probes:
        own = (*path, "probes", probe)
        yield _number("weight", (*own, "weight"), f"weight of {plain(probe)}", now, 1.0, fine=True)
        yield _number("probability", (*own, "reliability"), f"reliability of {plain(probe)}", now, fine=True)


def _of_world(scenario: Scenario, now: Entries) -> Iterator[Control]:
    if scenario.world is None:
        return
    for probe in scenario.probes():
        label = f"{plain(probe.stream)}, {plain(probe.name)}: trials"
        yield _number("trials", ("world", "trials", probe.stream, probe.name), label, now)
    for facet, of in scenario.facets.items():
        label = f"in fact: {of.question or plain(facet)}"
        yield _choice(("world", "facts", facet), label, now, {v: v for v in of.values}, "no fact")
    for name, stream in scenario.streams.items():
        if isinstance(stream, ObservationStream) and ("world", "reliability", name) in now:
            label = f"in the world: true reliability of {plain(name)}"
            yield _number("probability", ("world", "reliability", name), label, now, fine=True)
    yield _number("seed", ("world", "seed"), "seed of the draw", now)
