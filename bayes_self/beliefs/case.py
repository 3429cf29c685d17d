"""A case: a scenario with its evidence, as one frame sees it. Every measure starts from one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from bayes_self.evidence.evidence import Evidence
from bayes_self.model.beliefs import Beliefs, believe
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.counts import counts_of
from bayes_self.model.frames import framed
from bayes_self.model.parameters import Parameters
from bayes_self.model.potentials import Counts
from bayes_self.model.silence import no_counts, subjects, without_claims, without_claims_on_each
from bayes_self.scenario import Scenario
from bayes_self.world.self_model import SelfModel, self_model_of
from bayes_self.world.world import World, answered_again


@dataclass(frozen=True)
class Case:
    """A scenario and its evidence as arrays, with the names of their axes."""

    model: SelfModel
    """The scenario taken to pieces, as the file has it."""
    frame: str
    believed: Parameters
    """The scenario's numbers, as the frame has them."""
    counts: Counts
    world: World | None
    """What answers again when the spec changes; None where the evidence was given and stays as it is."""

    @property
    def scenario(self) -> Scenario:
        """The scenario that this is a case of."""
        return self.model.scenario

    @property
    def names(self) -> Coordinates:
        """The names of the scenario's axes."""
        return self.model.names

    @cached_property
    def beliefs(self) -> Beliefs:
        """p: the posterior."""
        return believe(self.believed, self.counts)

    @cached_property
    def prior(self) -> Beliefs:
        """p0, the prior predictive: bits and mentions, no claims, no observations."""
        return believe(without_claims(self.believed, self.names), no_counts(self.believed))

    def edited(self, edit: Callable[[Parameters], Parameters]) -> "Case":
        """The case under another spec: `edit` changes the claims, and the world, if there is one, answers again.

        With a leading axis on the claims, the case has one for each setting.
        """
        believed = edit(self.believed)
        if self.world is None:
            return replace(self, believed=believed)
        counts = answered_again(self.world, self.counts, self.believed, believed)
        return replace(self, believed=believed, counts=counts)

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """What something is claimed about: "identity" and facets."""
        return subjects(self.names)

    @cached_property
    def silences(self) -> Beliefs:
        """Beliefs without any claim (r), and without the claims on each of `subjects` (q); the world answers again."""
        every = (None, *self.subjects)
        case = self.edited(lambda numbers: without_claims_on_each(numbers, self.names, every))
        return case.beliefs


def case_of(scenario: Scenario, evidence: Evidence | None = None, frame: str = "self-model") -> Case:
    """The case of a scenario with evidence (None: no observations), seen through a frame."""
    model = self_model_of(scenario)
    evidence = Evidence() if evidence is None else evidence
    return Case(
        model=model,
        frame=frame,
        believed=framed(model.numbers, frame),
        counts=counts_of(evidence, model.names),
        world=model.world if evidence.from_world else None,
    )
