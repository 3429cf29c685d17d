"""A scenario as names, numbers and a world: what simulating, believing, comparing and sweeping start from."""

from dataclasses import dataclass

from bayes_self.model.coordinates import Coordinates, coordinates_of
from bayes_self.model.parameters import Parameters, parameters_of
from bayes_self.scenario import Scenario
from bayes_self.world.world import World, world_of

_KEPT = "self_model"


@dataclass(frozen=True, eq=False)
class SelfModel:
    """A scenario taken to pieces, in NumPy arrays."""

    scenario: Scenario
    names: Coordinates
    numbers: Parameters
    """What is believed, as the file has it; a frame may change it."""
    world: World | None
    """What is true; None where the scenario has no world."""


def self_model_of(scenario: Scenario) -> SelfModel:
    """The self-model of a scenario. It is made once, and kept with the scenario, which does not change."""
    kept = vars(scenario)
    if _KEPT not in kept:
        names = coordinates_of(scenario)
        numbers = parameters_of(scenario, names)
        kept[_KEPT] = SelfModel(scenario, names, numbers, world_of(scenario, names, numbers))
    return kept[_KEPT]
