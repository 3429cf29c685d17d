"""What random scenarios are made of: which names there are, and what refers to what. The numbers come later.

Structure and numbers are drawn apart, because compiled code serves every scenario of one structure.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from bayes_self.laws.draft import Raw, inferred_from, observed, streams
from bayes_self.scenario import Scenario

FACETS = {
    "substrate": ("language model", "human brain", "thermostat"),
    "name": ("the Assistant", "Jack", "nobody"),
    "era": ("2020s", "1960s", "1860s"),
    "tone": ("helpful", "presidential", "curt"),
}
IDENTITIES = ("assistant", "jfk", "somebody", "tool", "oracle", "crowd")
PROBES = {"phone": ("she answers", "nothing happens", "static"), "check": ("cashed", "refused", "lost")}
SPEC = ("spec", "system_prompt", "reminder")
OBSERVED = ("rl", "introspection", "tools", "diary")

Draw = Callable[..., Any]
"""Hypothesis's own type of `draw` cannot be checked when it runs."""
Structure = Raw
"""A scenario whose numbers, and which value is meant, are not drawn yet."""


def names(known: tuple[str, ...], n: int, what: str) -> list[str]:
    """N names: those that are known first."""
    return [*known[:n], *(f"{what} {i}" for i in range(len(known) + 1, n + 1))]


@st.composite
def structures(
    draw: Draw,
    *,
    identities: tuple[int, int],
    facets: tuple[int, int],
    values: tuple[int, int],
    spec: tuple[int, int],
    observed: tuple[int, int],
    probes_about: int,
) -> Structure:
    """The structure of a scenario; each pair is the least and the largest number of something."""
    questions = names(tuple(FACETS), draw(st.integers(*facets)), "facet")
    answers = {d: names(FACETS.get(d, ()), draw(st.integers(*values)), "value") for d in questions}
    found: Raw = {
        "facets": answers,
        "identities": {
            h: [d for d in questions if draw(st.booleans())]
            for h in names(IDENTITIES, draw(st.integers(*identities)), "identity")
        },
        "pretraining": draw(st.booleans()),
        "spec": {
            name: {
                "claims": [d for d in questions if draw(st.booleans())],
                "identity": draw(st.sampled_from([False, False, True])),
            }
            for name in names(SPEC, draw(st.integers(*spec)), "spec")
        },
    }
    if len(found["identities"]) > 1 and draw(st.sampled_from([False, False, True])):
        found["masks"] = draw(_masks(questions, list(found["identities"])))
    streams = names(OBSERVED, draw(st.integers(*observed)), "stream")
    return found | {"observed": {name: draw(_stream(answers, probes_about)) for name in streams}}


@st.composite
def _masks(draw: Draw, questions: list[str], identities: list[str]) -> Raw:
    """What masks cover, who can wear one and who can be worn; of each list a part, or all, or it is left out."""
    found: Raw = {"covers": draw(_some(questions))}
    for side in ("beneath", "worn"):
        if draw(st.booleans()):
            found[side] = draw(_some(identities))
    if found.get("beneath") == found.get("worn") and len(found.get("worn", identities)) == 1:
        del found["worn"]  # nobody wears his own name
    return found


def _some(names: list[str]) -> st.SearchStrategy[list[str]]:
    return st.permutations(names).flatmap(lambda order: st.integers(1, len(order)).map(lambda n: list(order)[:n]))


@st.composite
def _stream(draw: Draw, answers: dict[str, list[str]], probes_about: int) -> dict[str, Any]:
    readings = [d for d in answers if draw(st.booleans())]
    probes: Raw = {}
    for name, outcomes in PROBES.items():
        if not (readings or probes) or draw(st.sampled_from([False, False, True])):
            n = draw(st.integers(1, min(probes_about, 3, len(answers))))
            about = draw(st.permutations(list(answers)))[:n]
            probes[name] = {"about": about, "outcomes": list(outcomes[: draw(st.integers(2, 3))])}
    return {"readings": readings, "probes": probes}


def structure_of(scenario: Scenario) -> Structure:
    """The structure that a scenario has: its names, and what refers to what."""
    raw = inferred_from(scenario)
    spec = {name: raw["streams"][name] for name in streams(raw, "spec")}
    return {
        "facets": {d: list(facet.values) for d, facet in scenario.facets.items()},
        "identities": {h: list(said.get("profile", {})) for h, said in raw["identities"].items()},
        **({"masks": _lists(raw["masks"])} if "masks" in raw else {}),
        "pretraining": bool(streams(raw, "pretraining")),
        "spec": {
            name: {"claims": list(said.get("claims", {})), "identity": "identity" in said}
            for name, said in spec.items()
        },
        "observed": {name: _structure_of_stream(scenario, name) for name in observed(raw)},
    }


def _lists(masks: Raw) -> Raw:
    return {name: list(masks[name]) for name in ("covers", "beneath", "worn") if name in masks}


def _structure_of_stream(scenario: Scenario, name: str) -> dict[str, Any]:
    stream = scenario.streams[name]
    probes = {p.name: p for p in scenario.probes() if p.stream == name}
    readings = list(getattr(stream, "readings", ()))
    return {
        "kind": stream.kind,
        "readings": readings,
        "probes": {
            p: {"about": list(probe.about), "outcomes": list(probe.outcomes)}
            for p, probe in probes.items()
            if p not in readings
        },
    }
