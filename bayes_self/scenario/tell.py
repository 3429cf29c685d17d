"""A scenario told back in words, so that a person can check that it means what was meant."""

import math
from collections.abc import Iterator, Mapping

from bayes_self.scenario.keys import split
from bayes_self.scenario.parts import Expectation, Identity
from bayes_self.scenario.schema import Scenario
from bayes_self.scenario.stream_schema import PretrainingStream
from bayes_self.scenario.tell_streams import number, tell_stream
from bayes_self.scenario.unknowns import prior_parameters
from bayes_self.words.layout import columns, paragraph


def tell(scenario: Scenario) -> str:
    """The scenario in plain text of at most 100 characters a line."""
    return "\n".join(_lines(scenario)).rstrip() + "\n"


def _lines(scenario: Scenario) -> Iterator[str]:
    yield from paragraph(scenario.title or scenario.name or "A scenario")
    yield from paragraph(scenario.question)
    yield ""
    yield from paragraph(_hang_together(scenario), hanging=2)
    yield from ("", "Who it may be", "")
    yield from (*_identities(scenario), "")
    for name, identity in scenario.identities.items():
        yield from paragraph(_stands(name, identity), indent=2, hanging=4)
    if scenario.masks:
        yield from ("", *paragraph(_masks(scenario), indent=2, hanging=4))
    yield from ("", "The facets")
    for facet in scenario.facets:
        yield from ("", *_facet(scenario, facet))
    yield from ("", "The streams")
    for name in scenario.streams:
        yield from ("", *tell_stream(scenario, name))
    if not scenario.streams:
        yield "  None: nothing is ever learnt."
    if scenario.expectations:
        yield from ("", "What should come out", "")
        for index, expectation in enumerate(scenario.expectations, start=1):
            yield from paragraph(_expectation(index, expectation), indent=2, hanging=3)
    if scenario.unknown:
        yield from ("", "Unknown numbers, for infer", "")
        yield from columns([[key, _prior(scenario, key)] for key in scenario.unknown], indent=2)


def _hang_together(scenario: Scenario) -> str:
    if isinstance(scenario.salience, dict):
        salience = ", ".join(f"{facet} {number(scenario.salience_of(facet))}" for facet in scenario.facets)
    else:
        salience = number(scenario.salience)
    return (
        f"Coherence {number(scenario.coherence)}, salience {salience}: so much, multiplied, does a facet "
        "follow the stand of its identity; for the rest it follows its base."
    )


def _identities(scenario: Scenario) -> list[str]:
    rows = [["identity", "prior", "bits", "mentions", "probability"]]
    mentions, _ = _mentions(scenario)
    for name, probability in prior_probabilities(scenario).items():
        identity = scenario.identities[name]
        counts = number(mentions.get(name, 1.0)) if mentions else "-"
        rows.append([name, number(identity.prior), number(identity.bits), counts, number(probability)])
    return columns(rows, indent=2)


def _masks(scenario: Scenario) -> str:
    masks = scenario.masks
    assert masks is not None
    covers = [f"{d} ({number(c)})" if c < 1 else d for d, c in masks.covers.items() if c > 0]
    n = len(scenario.self_models) - len(scenario.identities)
    by = "any other" if masks.beneath is None and masks.worn is None else _any_of(masks.worn)
    return (
        f"Masks: {_any_of(masks.beneath)} can go by {by}, at {number(masks.bits)} bits, and then has "
        f"that one's {' and '.join(covers) or 'nothing'}. "
        f"That makes {n} more self-model{'s' * (n != 1)}, 'g as h'."
    )


def _any_of(names: tuple[str, ...] | None) -> str:
    return "any identity" if names is None else " or ".join(names)


def _stands(name: str, identity: Identity) -> str:
    who = f"{name}, {identity.label}" if identity.label else name
    stands = [f"{facet} is {_stand(stand)}" for facet, stand in identity.profile.items()]
    return f"{who}: {'; '.join(stands) or 'takes no stand'}"


def _stand(stand: Mapping[str, float]) -> str:
    likely = {value: probability for value, probability in stand.items() if probability > 0}
    if len(likely) == 1:
        return next(iter(likely))
    return " or ".join(f"{value} ({number(probability)})" for value, probability in likely.items())


def prior_probabilities(scenario: Scenario) -> dict[str, float]:
    """P(identity) ∝ prior · 2^(−bits) · mentions^(weight of pretraining), before all claims, evidence and masks."""
    mentions, weight = _mentions(scenario)
    logs = {
        name: math.log(identity.prior) - identity.bits * math.log(2) + weight * math.log(mentions.get(name, 1.0))
        for name, identity in scenario.identities.items()
    }
    largest = max(logs.values())
    total = sum(math.exp(log - largest) for log in logs.values())
    return {name: math.exp(log - largest) / total for name, log in logs.items()}


def _mentions(scenario: Scenario) -> tuple[dict[str, float], float]:
    for stream in scenario.streams.values():
        if isinstance(stream, PretrainingStream):
            return stream.mentions, stream.weight
    return {}, 0.0


def _facet(scenario: Scenario, name: str) -> Iterator[str]:
    facet = scenario.facets[name]
    yield from paragraph(f"{name}: {facet.question}" if facet.question else name, indent=2, hanging=4)
    values = ", ".join(facet.values)
    if facet.base is not None:
        shares = zip(facet.values, facet.base_probabilities(), strict=True)
        values = ", ".join(f"{value} {number(probability)}" for value, probability in shares)
        values += " (base, where no stand is taken)"
    yield from columns([["values", values], ["decided by", _decided_by(scenario, name)]], indent=4)


def _decided_by(scenario: Scenario, facet: str) -> str:
    speaking = scenario.claims_in_force().by_stream
    claims = [(name, stream.claims[facet].value) for name, stream in speaking.items() if facet in stream.claims]
    said = "; ".join(f"{name} claims {value}" for name, value in claims)
    fact = scenario.world.facts.get(facet) if scenario.world else None
    if fact is not None:
        return f"a fact, {fact}, whatever is claimed" + (f" ({said})" if said else "")
    if claims:
        others = f" (of several, the later: {said})" if len(claims) > 1 else ""
        return f"a claim, which makes it true: {claims[-1][1]}{others}"
    return "nothing: the void, in which the model improvises"


def _expectation(index: int, expectation: Expectation) -> str:
    if expectation.verdict:
        what = f"the verdict on {expectation.facet} is {expectation.verdict}"
    else:
        bounds = [f"above {number(expectation.above)}"] if expectation.above is not None else []
        bounds += [f"below {number(expectation.below)}"] if expectation.below is not None else []
        what = f"{_subject(expectation)} is {' and '.join(bounds)}"
    what += "; found afterwards" * expectation.afterwards + "; on record as failed" * expectation.failed
    return f"{index}. {expectation.says} ({what})" if expectation.says else f"{index}. {what}"


def _subject(expectation: Expectation) -> str:
    if expectation.facet:
        return f"P({expectation.facet} = {expectation.value})"
    if expectation.identity:
        return f"P(identity = {expectation.identity})"
    if expectation.beneath:
        return f"P({expectation.beneath} is beneath)"
    if expectation.worn:
        return f"P({expectation.worn} is worn)"
    return f"P(what {expectation.ownership} delivers is about me)"


def _prior(scenario: Scenario, key: str) -> str:
    kind, first, second = prior_parameters(scenario, split(key))
    return f"{kind}({number(first)}, {number(second)})"
