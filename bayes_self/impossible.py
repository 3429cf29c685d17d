"""Evidence that no self-model allows: which claims and outcomes contradict each other."""

import jax
import numpy as np

from bayes_self.beliefs import beliefs, is_possible
from bayes_self.case import Case
from bayes_self.coordinates import Coordinates
from bayes_self.errors import EvidenceError, Fault
from bayes_self.leaving_out import no_counts, without_claims
from bayes_self.parameters import Parameters
from bayes_self.potentials import Counts

Cell = tuple[int, int]
"""A position in all counts laid end to end, as (array, index)."""


def refuse_impossible(case: Case) -> None:
    """Raise EvidenceError, naming the probes and outcomes at fault, if no self-model allows the claims and evidence."""
    if is_possible(case.beliefs):
        return
    raise EvidenceError([_fault(case)], case.scenario.name)


def _fault(case: Case) -> Fault:
    if not is_possible(beliefs(without_claims(case.believed, case.names), case.counts)):
        numbers, blame = without_claims(case.believed, case.names), "no self-model allows them together"
    else:
        numbers, blame = case.believed, "no self-model allows them together with the claims of the spec"
    if not is_possible(beliefs(numbers, no_counts(numbers))):
        streams = sorted({stream for stream, _ in case.names.facet_claims} | set(case.names.identity_claims))
        return Fault(
            ", ".join(f"streams.{stream}" for stream in streams),
            None,
            "claims that contradict each other or every identity",
            "claims that some self-model allows",
            "lower a claim's reliability below 1, or the coherence below 1",
        )
    culprits = _smallest_conflict(numbers, case.counts)
    told = [f'{stream}.{probe} = "{outcome}"' for stream, probe, outcome in _names(culprits, case.names)]
    return Fault(
        ", ".join(dict.fromkeys(f"{stream}.{probe}" for stream, probe, _ in _names(culprits, case.names))),
        None,
        f"evidence that is impossible: {' and '.join(told)}",
        f"evidence that some self-model allows ({blame})",
        "a table with a 0 and reliability 1 forbids an outcome for good; lower the reliability or the coherence",
    )


def _smallest_conflict(numbers: Parameters, counts: Counts) -> list[Cell]:
    """A set of outcomes that is impossible, and would not be without any one of them."""
    arrays, tree = jax.tree.flatten(jax.tree.map(np.array, counts))
    cells = [(a, int(i)) for a, array in enumerate(arrays) for i in np.flatnonzero(array.ravel())]
    kept = list(cells)
    for cell in cells:
        trial = [array.copy() for array in arrays]
        for a, i in cells:
            if (a, i) == cell or (a, i) not in kept:
                trial[a].ravel()[i] = 0.0
        if not is_possible(beliefs(numbers, jax.tree.unflatten(tree, trial))):
            kept.remove(cell)
    return kept


def _names(cells: list[Cell], names: Coordinates) -> list[tuple[str, str, str]]:
    width = max((len(names.outcomes[probe]) for probe in names.single), default=1)
    found = []
    for a, i in cells:
        probe, o = (names.single[i // width], i % width) if a == 0 else (names.joint[a - 1], i)
        found.append((*probe, names.outcomes[probe][o]))
    return found
