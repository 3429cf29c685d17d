"""Evidence as arrays, and arrays as evidence: the same counts by position and by name."""

import numpy as np

from bayes_self.coordinates import Coordinates
from bayes_self.evidence import Evidence
from bayes_self.potentials import Counts


def counts_of(evidence: Evidence, names: Coordinates) -> Counts:
    """The counts as float64 arrays in the order of `names`, padded with zeros."""
    width = max((len(names.outcomes[probe]) for probe in names.single), default=1)
    single = np.zeros((len(names.single), width))
    for p, probe in enumerate(names.single):
        if (seen := evidence.of(*probe)) is not None:
            single[p, : len(seen)] = seen
    joint = []
    for probe in names.joint:
        seen = evidence.of(*probe)
        joint.append(np.zeros((1, len(names.outcomes[probe]))) if seen is None else np.array(seen)[None])
    return Counts(single, tuple(joint))


def evidence_of(counts: Counts, names: Coordinates, *, from_world: bool) -> Evidence:
    """The counts by name; probes that were never observed are left out."""
    rows = {probe: counts.single[p, : len(names.outcomes[probe])] for p, probe in enumerate(names.single)}
    rows |= {probe: seen[0] for probe, seen in zip(names.joint, counts.joint, strict=True)}
    return Evidence({probe: np.asarray(seen) for probe, seen in rows.items()}, from_world=from_world)
