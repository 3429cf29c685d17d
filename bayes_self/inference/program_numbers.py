"""The numbers of a scenario as the generative program reads them: the file's, or those that were drawn for it."""

from collections.abc import Mapping
from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from bayes_self.model.arrays import AnyArray
from bayes_self.scenario import Scenario
from bayes_self.scenario.keys import dotted
from bayes_self.scenario.probes import ResolvedProbe
from bayes_self.scenario.stream_schema import PretrainingStream

Number = Float[AnyArray, ""] | float


@dataclass(frozen=True)
class Numbers:
    """A scenario, with what was drawn for its unknown numbers."""

    scenario: Scenario
    drawn: Mapping[str, Number]
    """By dotted key."""

    def of(self, *path: str) -> Number:
        """The number at a key: what was drawn for it, else what the file says; a claim's is its stream's by default."""
        if (key := dotted(path)) in self.drawn:
            return self.drawn[key]
        if above := self.scenario.inherited(*path):
            return self.of(*map(str, above))
        number = self.scenario.number(*path)
        assert number is not None
        return number

    def reliability_of(self, probe: ResolvedProbe) -> Number:
        """ρ of a probe; a reading's is its stream's."""
        own = () if probe.is_reading else ("probes", probe.name)
        return self.of("streams", probe.stream, *own, "reliability")

    def identities(self) -> Float[AnyArray, " H"]:
        """π_h ∝ prior_h · 2^(−bits_h) · mentions_h^(w_pretraining)."""
        every = self.scenario.identities
        logs = np.array([np.log2(identity.prior) - identity.bits for identity in every.values()])
        for stream in self.scenario.streams.values():
            if isinstance(stream, PretrainingStream):
                logs = logs + stream.weight * np.log2([stream.mentions.get(h, 1.0) for h in every])
        weights = 2.0 ** (logs - logs.max())
        return weights / weights.sum()

    def values(self, facet: str) -> Float[AnyArray, "H V"]:
        """P(z_d given h): κσ_d · profile + (1 − κσ_d) · base where h takes a stand, else base."""
        base = np.array(self.scenario.facets[facet].base_probabilities())
        held = self.of("coherence") * self.of("salience", facet)
        return jnp.stack([self._row(h, facet, held, base) for h in self.scenario.identities])

    def _row(self, identity: str, facet: str, held: Number, base: Float[np.ndarray, " V"]) -> Float[AnyArray, " V"]:
        stand = self.scenario.identities[identity].profile.get(facet)
        if stand is None:
            return jnp.asarray(base)
        return held * np.array([stand[value] for value in self.scenario.facets[facet].values]) + (1 - held) * base
