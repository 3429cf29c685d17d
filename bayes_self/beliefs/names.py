"""Beliefs by name, as plain dictionaries: what reports and JSON print, without loading xarray for a few numbers."""

from dataclasses import dataclass

from bayes_self.model.beliefs import Beliefs
from bayes_self.model.coordinates import Coordinates


@dataclass(frozen=True)
class NamedBeliefs:
    """Probabilities by the names of the scenario, in its order."""

    identities: dict[str, float]
    facets: dict[str, dict[str, float]]
    """{facet: {value: P(value)}}."""
    ownership: dict[str, float]
    """{stream: P(it is about me)} of the observation streams."""


def named(found: Beliefs, names: Coordinates) -> NamedBeliefs:
    """The same probabilities, each with its name; the padding of facets with fewer values is left out."""
    return NamedBeliefs(
        dict(zip(names.identities, found.identities.tolist(), strict=True)),
        {
            facet: dict(zip(values, row, strict=False))
            for facet, values, row in zip(names.facets, names.values, found.facets.tolist(), strict=True)
        },
        dict(zip(names.streams, found.ownership.tolist(), strict=True)),
    )
