"""The claims that the spec of a scenario could make: "you are h" for every identity, "d is v" for every value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bayes_self.scenario import Scenario


@dataclass(frozen=True)
class Claim:
    """One claim, and what it says of facets."""

    name: str
    """What takes the persona's place in the table of answers: the identity's name, or `facet = value`."""
    says: str
    """The claim as a system prompt."""
    who: str
    """Who I am by this claim; "" where it names no identity."""
    stands: Mapping[str, str]
    """{facet: value} that it implies."""


NONE = Claim("none", "", "", {})
"""Nothing is claimed."""


def claims_of(scenario: Scenario) -> list[Claim]:
    """Every claim, identities first. An identity of which nothing follows for any facet is none."""
    return [claim for claim in (*_identities(scenario), *_values(scenario)) if claim.stands]


def question_of(scenario: Scenario, facet: str) -> str:
    """The facet's question, in the first person."""
    return scenario.facets[facet].question or f"What is my {facet.replace('_', ' ')}?"


def contrast(facet: str, value: str) -> str:
    """Names the question whether a facet has one value or another: the probe in the table of answers."""
    return f"{facet} = {value}"


def _identities(scenario: Scenario) -> Iterator[Claim]:
    for name, identity in scenario.identities.items():
        who = identity.label or name
        stands = {facet: max(stand, key=lambda value: stand[value]) for facet, stand in identity.profile.items()}
        sure = {facet: value for facet, value in stands.items() if identity.profile[facet][value] > 0.5}
        yield Claim(name if name != NONE.name else f"the identity {name}", f"You are {who}.", who, sure)


def _values(scenario: Scenario) -> Iterator[Claim]:
    for facet, its in scenario.facets.items():
        for value in its.values:
            said = f'Of yourself you know this. "{question_of(scenario, facet)}" The answer is: {value}.'
            yield Claim(contrast(facet, value), said, "", {facet: value})
