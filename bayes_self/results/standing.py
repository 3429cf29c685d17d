"""What a self-model was told, and what is true: the two that a belief is seen against."""

from dataclasses import dataclass

from bayes_self.scenario import Scenario


@dataclass(frozen=True)
class Standing:
    """What the spec claims of a facet, and what is true of it."""

    told: tuple[str, ...]
    """The values claimed, in the order of the file; the last is in force."""
    fact: str | None
    """The world's fact; None where it has none, or there is no world."""


def standings(scenario: Scenario) -> dict[str, Standing]:
    """{facet: what the spec claims of it, and what is true of it}."""
    facts = scenario.world.facts if scenario.world else {}
    claims = scenario.claims_in_force()
    return {facet: Standing(claims.values_of(facet), facts.get(facet)) for facet in scenario.facets}
