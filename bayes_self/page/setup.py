"""What was set up, for who was not there: who it may be, what it is told, what is true, what it has seen."""

from collections.abc import Iterator

from bayes_self.evidence.evidence import Evidence
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import answered, named, plain
from bayes_self.words.sentences import series


def setup(scenario: Scenario, evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """(what, in words) of everything that went in."""
    return (
        ("Who it may be", series(named(scenario, name) for name in scenario.identities)),
        ("What it is told", _told(scenario)),
        ("What is true", _true(scenario)),
        ("What it has seen", _seen(scenario, evidence)),
    )


def _told(scenario: Scenario) -> str:
    said = [f"by {plain(name)}, {series(claims)}" for name, claims in _claims(scenario)]
    return "; ".join(said) or "nothing"


def _claims(scenario: Scenario) -> Iterator[tuple[str, list[str]]]:
    for name, stream in scenario.claims_in_force().by_stream.items():
        identity = [f"that it is {named(scenario, stream.identity.value)}"] if stream.identity else []
        yield name, identity + [f"that {answered(facet, claim.value)}" for facet, claim in stream.claims.items()]


def _true(scenario: Scenario) -> str:
    if scenario.world is None:
        return "not stated: the evidence was given"
    facts = [answered(facet, value) for facet, value in scenario.world.facts.items()]
    told = scenario.claims_in_force().values
    open_to = [facet for facet in scenario.facets if facet not in scenario.world.facts]
    by_word = [plain(facet) for facet in open_to if facet in told]
    void = [plain(facet) for facet in open_to if facet not in told]
    said = [
        series(facts),
        f"of its {series(by_word)}, whatever it is told" if by_word else "",
        f"of its {series(void)}, nothing: it improvises" if void else "",
    ]
    return "; ".join(filter(None, said))


def _seen(scenario: Scenario, evidence: Evidence) -> str:
    probes = {name: [plain(probe) for stream, probe in evidence.counts if stream == name] for name in scenario.streams}
    return "; ".join(f"in {plain(name)}, {series(seen)}" for name, seen in probes.items() if seen) or "nothing"
