"""A point of a sweep as arrays: every number of the scenario there, believed and true."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from bayes_self.arrays import AnyArray
from bayes_self.coordinates import Coordinates, coordinates_of
from bayes_self.frames import framed
from bayes_self.parameters import Parameters, parameters_of
from bayes_self.scenario import Scenario
from bayes_self.world import world_of


class Setting(NamedTuple):
    """The numbers of a scenario as a frame has them, and those of its world."""

    numbers: Parameters
    truth: Parameters | None
    """With the true tables and reliabilities in them; None where there is no world."""
    facts: Int[AnyArray, " D"] | None
    """The true value of each facet, -1 where there is no fact."""
    trials: tuple[Float[AnyArray, " P"], Float[AnyArray, " J"]] | None


def setting_of(scenario: Scenario, frame: str, names: Coordinates | None = None) -> Setting:
    """A scenario as a setting, in NumPy arrays."""
    names = coordinates_of(scenario) if names is None else names
    numbers, world = framed(parameters_of(scenario, names), frame), world_of(scenario, names)
    if world is None:
        return Setting(numbers, None, None, None)
    return Setting(numbers, world.truth, np.asarray(world.facts), world.trials)
