"""Evidence as arrays, and arrays as evidence: the same counts by position and by name."""

import math

import numpy as np

from bayes_self.errors import EvidenceError
from bayes_self.evidence.evidence import Evidence
from bayes_self.evidence.own_streams import name_faults
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.potentials import Counts, Heard


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
    return Counts(single, tuple(joint), heard_of(evidence, names) if evidence.potentials else None)


def heard_of(evidence: Evidence, names: Coordinates) -> Heard:
    """What streams of one's own say, added up exactly; what a scenario without the stream cannot hear is left out.

    Raises:
        EvidenceError: they speak of facets or values that the scenario does not have.

    """
    shape = (len(names.streams), len(names.facets), max(map(len, names.values)))
    found = Heard(np.zeros(shape), np.zeros(shape), np.zeros(shape[0]))
    facets = dict(zip(names.facets, names.values, strict=True))
    for s, stream in enumerate(names.streams):
        said = evidence.potentials.get(stream, ())
        if faults := [fault for each in said for fault in name_faults(each, stream, facets)]:
            raise EvidenceError(faults)
        for d, (facet, values) in enumerate(facets.items()):
            for v, value in enumerate(values):
                of_me = [(each.values[facet][value], each.part) for each in said if facet in each.values]
                found.of_me[s, d, v] = math.fsum(x for x, _ in of_me)
                found.of_part[s, d, v] = math.fsum(x for x, part in of_me if part is None)
        found.constant[s] = math.fsum(each.part for each in said if each.part is not None)
    return found


def evidence_of(counts: Counts, names: Coordinates, *, from_world: bool) -> Evidence:
    """The counts by name; probes that were never observed are left out."""
    rows = {probe: counts.single[p, : len(names.outcomes[probe])] for p, probe in enumerate(names.single)}
    rows |= {probe: seen[0] for probe, seen in zip(names.joint, counts.joint, strict=True)}
    return Evidence({probe: np.asarray(seen) for probe, seen in rows.items()}, from_world=from_world)
