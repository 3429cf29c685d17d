"""Priors of unknown numbers, as the scenario states them: beta or uniform."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from bayes_self.scenario import Scenario
from bayes_self.scenario.keys import split
from bayes_self.scenario.unknowns import prior_parameters

if TYPE_CHECKING:
    import numpyro.distributions as dist


@dataclass(frozen=True)
class Prior:
    """The prior of one number."""

    kind: str
    """`beta`, with two shape parameters, or `uniform`, with two bounds."""
    first: float
    second: float

    @property
    def distribution(self) -> "dist.Distribution":
        """The prior in NumPyro."""
        import numpyro.distributions as dist

        of_kind = dist.Beta if self.kind == "beta" else dist.Uniform
        return of_kind(self.first, self.second)

    @property
    def mean(self) -> float:
        """The prior mean."""
        if self.kind == "beta":
            return self.first / (self.first + self.second)
        return (self.first + self.second) / 2

    @property
    def sd(self) -> float:
        """The prior standard deviation."""
        if self.kind == "beta":
            return (self.mean * (1 - self.mean) / (self.first + self.second + 1)) ** 0.5
        return (self.second - self.first) / 12**0.5

    def density(self, x: Float[np.ndarray, " N"]) -> Float[np.ndarray, " N"]:
        """The prior density at `x`."""
        from scipy.stats import beta, uniform

        if self.kind == "beta":
            return beta.pdf(x, self.first, self.second)
        return uniform.pdf(x, self.first, self.second - self.first)

    @property
    def bounds(self) -> tuple[float, float]:
        """What the number lies between."""
        return (0.0, 1.0) if self.kind == "beta" else (self.first, self.second)

    def __str__(self) -> str:
        return f"{self.kind}({self.first:g}, {self.second:g})"


def prior_of(scenario: Scenario, key: str) -> Prior:
    """The prior of the number that a dotted key names: `[unknown."KEY"]` of the scenario, else that of its kind.

    Bits are uniform(0, 20), from no price to one that nobody pays. Every other number is beta(2, 2).

    Beta(2, 2) has mean 0.5 and standard deviation 0.22, and no density at 0 and 1: a number about which the scenario
    states no prior is neither certainly ignored nor certainly obeyed.
    """
    return Prior(*prior_parameters(scenario, split(key)))
