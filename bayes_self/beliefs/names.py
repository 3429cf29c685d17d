"""Beliefs by name, as plain dictionaries: what reports and JSON print, without loading xarray for a few numbers."""

from dataclasses import dataclass

import numpy as np

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
    beneath: dict[str, float]
    """{identity: P(it is beneath, with a mask or without)}; nothing without masks."""
    worn: dict[str, float]
    """{identity: P(it is worn as a mask)}; nothing without masks."""
    broken: dict[str, dict[str, float]]
    """{stream: {probe: P(it is broken)}} of probes with counts and doubt."""


def named(found: Beliefs, names: Coordinates) -> NamedBeliefs:
    """The same probabilities, each with its name; the padding of facets with fewer values is left out."""
    return NamedBeliefs(
        dict(zip(names.identities, found.identities.tolist(), strict=True)),
        {
            facet: dict(zip(values, row, strict=False))
            for facet, values, row in zip(names.facets, names.values, found.facets.tolist(), strict=True)
        },
        dict(zip(names.streams, found.ownership.tolist(), strict=True)),
        dict(zip(names.written, np.exp(found.log_beneath).tolist(), strict=True)) if names.masks else {},
        dict(zip(names.written, found.worn.tolist(), strict=True)) if names.masks else {},
        _broken(found, names),
    )


def _broken(found: Beliefs, names: Coordinates) -> dict[str, dict[str, float]]:
    """P(broken) of every probe that is doubted and has counts."""
    if found.given.doubts is None:
        return {}
    numbers, broken, (of_single, of_joint) = found.numbers, found.broken, found.given.doubts
    rows = list(zip(names.single, numbers.single.doubt, of_single.tries, broken.single, strict=True))
    joint = zip(names.joint, numbers.joint, of_joint, broken.joint, strict=True)
    rows += [(probe, each.doubt[0], doubts.tries[0], p) for probe, each, doubts, p in joint]
    every: dict[str, dict[str, float]] = {}
    for (stream, probe), doubt, tries, p in rows:
        if doubt > 0 and tries > 0:
            every.setdefault(stream, {})[probe] = float(p)
    return every
