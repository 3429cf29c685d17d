"""The numbers of random scenarios: few digits, so that a person can read them, and corners often."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from bayes_self.laws.draft import Raw
from bayes_self.laws.structures import Draw, Structure

_PARTS = 20


def probability(positive: bool = False) -> st.SearchStrategy[float]:
    """A number of two digits from 0 to 1; often an end of it, never if `positive`."""
    inside = st.integers(5, 95).map(lambda percent: percent / 100)
    common = st.sampled_from([0.5, 0.9, 0.95])
    return st.one_of(common, inside) if positive else st.one_of(common, st.sampled_from([0.0, 1.0]), inside)


@st.composite
def distribution(draw: Draw, n: int, positive: bool = False) -> list[float]:
    """N numbers in twentieths that sum to one: zeros and ones among them, unless `positive`."""
    free = _PARTS - n * positive
    cuts = sorted(draw(st.lists(st.integers(0, free), min_size=n - 1, max_size=n - 1)))
    ends = zip([0, *cuts], [*cuts, free], strict=True)
    return [(high - low + positive) / _PARTS for low, high in ends]


def weight(fixed: bool = False) -> st.SearchStrategy[float]:
    """A power on a likelihood, 1 if `fixed`."""
    return st.just(1.0) if fixed else st.sampled_from([1.0, 1.0, 0.0, 0.5, 2.0])


@st.composite
def filled(draw: Draw, structure: Structure, positive: bool = False, weights_one: bool = False) -> Raw:
    """A scenario of the structure, as it is written."""
    answers = structure["facets"]
    raw: Raw = {"schema": 1, "coherence": draw(probability(positive))}
    salience = draw(st.sampled_from(["none", "number", "table"]))
    if salience == "number":
        raw["salience"] = draw(probability(positive))
    elif salience == "table":
        raw["salience"] = {d: draw(probability(positive)) for d in answers}
    raw["facets"] = {d: draw(_facet(values, positive)) for d, values in answers.items()}
    raw["identities"] = draw(_identities(structure, positive))
    if "masks" in structure:
        raw["masks"] = draw(_masks(structure["masks"], positive))
    raw["streams"] = {}
    if structure["pretraining"]:
        mentions = {h: draw(st.sampled_from([1, 10, 400, 9000])) for h in raw["identities"]}
        said = {"kind": "pretraining", "weight": draw(weight(weights_one)), "mentions": mentions}
        raw["streams"]["pretraining"] = said
    for name, said in structure["spec"].items():
        raw["streams"][name] = draw(_spec(said, answers, list(raw["identities"]), positive, weights_one))
    owned = draw(st.booleans())
    for name, stream in structure["observed"].items():
        raw["streams"][name] = draw(_observation(name, stream, answers, owned, positive, weights_one))
    return raw


@st.composite
def _facet(draw: Draw, values: Sequence[str], positive: bool) -> Raw:
    facet: Raw = {"values": list(values)}
    if draw(st.booleans()):
        p = draw(distribution(len(values), positive))
        facet["base"] = dict(zip(values, p, strict=True))
    return facet


@st.composite
def _identities(draw: Draw, structure: Structure, positive: bool) -> Raw:
    found: Raw = {}
    for name, stands in structure["identities"].items():
        if found and draw(st.sampled_from([False, False, False, True])):
            found[name] = dict(next(iter(found.values())))  # equal identities: a corner
            continue
        profile: Raw = {}
        for facet in stands:
            values = structure["facets"][facet]
            if draw(st.booleans()):
                profile[facet] = draw(st.sampled_from(values))
            else:
                profile[facet] = dict(zip(values, draw(distribution(len(values), positive)), strict=True))
        bits, prior = draw(st.sampled_from([0.0, 1.0, 3.5])), draw(st.sampled_from([1.0, 0.2, 3.0]))
        found[name] = {"prior": prior, "bits": bits, "profile": profile}
    return found


@st.composite
def _masks(draw: Draw, masks: Raw, positive: bool) -> Raw:
    found = masks | {"bits": draw(st.sampled_from([0.0, 1.0, 3.5]))}
    if draw(st.booleans()):
        found["covers"] = {d: draw(probability(positive)) for d in masks["covers"]}
    return found


def doubt() -> st.SearchStrategy[float | None]:
    """The probability that a probe says nothing; mostly not written."""
    return st.sampled_from([None, None, None, 0.0, 0.05, 0.5, 1.0])


def _claim(value: str, rho: float | None) -> Any:
    return value if rho is None else {"value": value, "reliability": rho}


@st.composite
def _spec(
    draw: Draw, said: Raw, answers: dict[str, list[str]], identities: list[str], positive: bool, weights_one: bool
) -> Raw:
    own = st.one_of(st.none(), probability(positive))
    stream: Raw = {"kind": "spec", "weight": draw(weight(weights_one)), "reliability": draw(probability(positive))}
    stream["claims"] = {d: _claim(draw(st.sampled_from(answers[d])), draw(own)) for d in said["claims"]}
    if said["identity"]:
        stream["identity"] = _claim(draw(st.sampled_from(identities)), draw(own))
    return stream


@st.composite
def _observation(
    draw: Draw,
    name: str,
    stream: Raw,
    answers: dict[str, list[str]],
    owned: bool,
    positive: bool,
    weights_one: bool,
) -> Raw:
    kind = stream.get("kind") or ("introspection" if name == "introspection" else "rl")
    found: Raw = {"kind": kind, "weight": draw(weight(weights_one)), "reliability": draw(probability(positive))}
    if not owned:
        found["ownership"] = draw(st.one_of(st.sampled_from([0.5, 0.9, 0.0, 1.0]), probability(False)))
    found["errors"] = draw(st.sampled_from(["uniform", "part"]))
    if (doubted := draw(doubt())) is not None:
        found["doubt"] = doubted
    found["readings"] = list(stream["readings"])
    found["probes"] = {p: draw(_probe(probe, answers, positive, weights_one)) for p, probe in stream["probes"].items()}
    return found


@st.composite
def _probe(draw: Draw, probe: Raw, answers: dict[str, list[str]], positive: bool, weights_one: bool) -> Raw:
    found = probe | {"given": draw(table([answers[d] for d in probe["about"]], len(probe["outcomes"]), positive))}
    found["weight"] = draw(weight(weights_one))
    own = draw(st.one_of(st.none(), probability(positive)))
    if own is not None:
        found["reliability"] = own
    if (doubted := draw(doubt())) is not None:
        found["doubt"] = doubted
    errors = draw(st.sampled_from(["of the stream", "part", "table"]))
    if errors == "part":
        found["errors"] = "part"
    elif errors == "table":
        p = draw(distribution(len(probe["outcomes"]), positive))
        found["errors"] = dict(zip(probe["outcomes"], p, strict=True))
    return found


@st.composite
def table(draw: Draw, about: list[list[str]], outcomes: int, positive: bool = False) -> Any:
    """P(outcome given values), nested one level per facet."""
    if not about:
        return draw(distribution(outcomes, positive))
    return {value: draw(table(about[1:], outcomes, positive)) for value in about[0]}
