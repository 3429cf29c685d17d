"""The numbers of a scenario as the generative program reads them: the file's, or those that were drawn for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

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

    def doubt_of(self, probe: ResolvedProbe) -> Number:
        """δ of a probe; a reading's is its stream's."""
        own = () if probe.is_reading else ("probes", probe.name)
        return self.of("streams", probe.stream, *own, "doubt")

    def identities(self) -> Float[np.ndarray, " H"]:
        """ω_h / Σ ω of those written down: ω_h = prior_h · 2^(−bits_h) · mentions_h^(w_pretraining)."""
        every = self.scenario.identities
        logs = np.array([np.log2(identity.prior) - identity.bits for identity in every.values()])
        for stream in self.scenario.streams.values():
            if isinstance(stream, PretrainingStream):
                logs = logs + stream.weight * np.log2([stream.mentions.get(h, 1.0) for h in every])
        weights = 2.0 ** (logs - logs.max())
        return weights / weights.sum()

    @cached_property
    def masks(self) -> tuple[tuple[int, int], ...]:
        """(who is beneath, who is worn) of every mask, as positions among the identities written down."""
        every, masks = list(self.scenario.identities), self.scenario.masks
        return () if masks is None else tuple((every.index(g), every.index(h)) for g, h in masks.pairs(every))

    def self_models(self) -> Float[AnyArray, " J"]:
        """P(h) ∝ ω_h, then P(g as h) ∝ ω_g · 2^(−bits of the mask) · ω_h / Σ_k ω_k over all k that g can wear."""
        omega = self.identities()
        if not self.masks:
            return jnp.asarray(omega)
        wearable = np.zeros(len(omega))
        for g, h in self.masks:
            wearable[g] += omega[h]
        choice = np.array([omega[g] * omega[h] / wearable[g] if wearable[g] > 0 else 0.0 for g, h in self.masks])
        weights = jnp.concatenate([jnp.asarray(omega), jnp.exp2(-jnp.asarray(self.of("masks", "bits"))) * choice])
        return weights / jnp.sum(weights)

    def values_of_self_models(self, facet: str) -> Float[AnyArray, "J V"]:
        """P(z_d given h), and given "g as h": of h as surely as the mask covers d, if h takes a stand; else of g."""
        rows = self.values(facet)
        if not self.masks:
            return rows
        assert self.scenario.masks is not None
        is_covered = facet in self.scenario.masks.covers
        shows = self.of("masks", "covers", facet) if is_covered else 0.0
        takes_a_stand = [facet in identity.profile for identity in self.scenario.identities.values()]
        masked = [
            shows * rows[h] + (1 - shows) * rows[g] if is_covered and takes_a_stand[h] else rows[g]
            for g, h in self.masks
        ]
        return jnp.concatenate([rows, jnp.stack(masked)])

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
