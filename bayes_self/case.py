"""A case: a scenario with its evidence, as one frame sees it. Every measure starts from one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from bayes_self.beliefs import Beliefs, LogBeliefs, beliefs, log_beliefs
from bayes_self.coordinates import Coordinates, coordinates_of
from bayes_self.counts import counts_of
from bayes_self.evidence import Evidence
from bayes_self.frames import framed
from bayes_self.leaving_out import no_counts, without_claims
from bayes_self.parameters import Parameters, parameters_of
from bayes_self.potentials import Counts
from bayes_self.scenario import Scenario
from bayes_self.world import World, answered_again, world_of


@dataclass(frozen=True)
class Case:
    """A scenario and its evidence as arrays, with the names of their axes."""

    scenario: Scenario
    frame: str
    names: Coordinates
    believed: Parameters
    """The scenario's numbers, as the frame has them."""
    counts: Counts
    world: World | None
    """What answers again when the spec changes; None where the evidence was given and stays as it is."""

    @cached_property
    def beliefs(self) -> Beliefs:
        """p: the posterior."""
        return beliefs(self.believed, self.counts)

    @cached_property
    def log_beliefs(self) -> LogBeliefs:
        """Logarithms of p, in nats."""
        return log_beliefs(self.believed, self.counts)

    @cached_property
    def prior(self) -> Beliefs:
        """p0, the prior predictive: bits and mentions, no claims, no observations."""
        return beliefs(without_claims(self.believed, self.names), no_counts(self.believed))

    def edited(self, edit: Callable[[Parameters], Parameters]) -> "Case":
        """The case under another spec: `edit` changes the claims, and the world, if there is one, answers again."""
        believed = edit(self.believed)
        if self.world is None:
            return replace(self, believed=believed)
        counts = answered_again(self.world, self.counts, self.believed, believed)
        return replace(self, believed=believed, counts=counts)

    @cached_property
    def without_spec(self) -> "Case":
        """The case without any claim, answered again; its posterior is r."""
        return self.edited(lambda numbers: without_claims(numbers, self.names))

    def without_claims_on(self, subject: str) -> "Case":
        """The case without the claims about one facet (or "identity"), answered again; its posterior is q."""
        return self.edited(lambda numbers: without_claims(numbers, self.names, subject))


def case_of(scenario: Scenario, evidence: Evidence | None = None, frame: str = "self-model") -> Case:
    """The case of a scenario with evidence (None: no observations), seen through a frame."""
    names = coordinates_of(scenario)
    evidence = Evidence() if evidence is None else evidence
    return Case(
        scenario=scenario,
        frame=frame,
        names=names,
        believed=framed(parameters_of(scenario, names), frame),
        counts=counts_of(evidence, names),
        world=world_of(scenario, names) if evidence.from_world else None,
    )
