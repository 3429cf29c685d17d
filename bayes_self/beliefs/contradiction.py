"""Evidence that no self-model allows: which claims and outcomes contradict each other."""

import numpy as np

from bayes_self.beliefs.case import Case
from bayes_self.errors import EvidenceError, Fault
from bayes_self.model.beliefs import believe
from bayes_self.model.parameters import Parameters
from bayes_self.model.potentials import Counts, Heard
from bayes_self.model.silence import no_counts, without_claims

Cell = tuple[int, int]
"""A position in all counts laid end to end, as (array, index)."""


def refuse_impossible(case: Case, held: bool = False) -> None:
    """Raise EvidenceError, naming the probes and outcomes at fault, if no self-model allows the claims and evidence.

    Of evidence that was `held` while an edit changed the beliefs, it says how to draw it again.
    """
    if case.beliefs.is_possible:
        return
    raise EvidenceError([_fault(case, held)], case.scenario.name)


def _fault(case: Case, held: bool) -> Fault:
    if not _is_possible(without_claims(case.believed, case.names), case.counts):
        numbers, blame = without_claims(case.believed, case.names), "no self-model allows them together"
    else:
        numbers, blame = case.believed, "no self-model allows them together with the claims of the spec"
    if not _is_possible(numbers, no_counts(numbers)):
        streams = sorted({stream for stream, _ in case.names.facet_claims} | set(case.names.identity_claims))
        return Fault(
            ", ".join(f"streams.{stream}" for stream in streams),
            None,
            "claims that contradict each other or every identity",
            "claims that some self-model allows",
            "lower a claim's reliability below 1, or the coherence below 1",
        )
    culprits = _smallest_conflict(numbers, case.counts)
    named = _names(culprits, case)
    return Fault(
        ", ".join(dict.fromkeys(where for where, _ in named)),
        None,
        f"evidence that is impossible: {' and '.join(dict.fromkeys(told for _, told in named))}",
        f"evidence that some self-model allows ({blame})",
        "a table with a 0 and reliability 1 forbids an outcome for good; lower the reliability or the coherence"
        + held * ", or draw the evidence, which was held, again (--fresh)",
    )


def _is_possible(numbers: Parameters, counts: Counts) -> bool:
    return bool(believe(numbers, counts).is_possible)


def _smallest_conflict(numbers: Parameters, counts: Counts) -> list[Cell]:
    """A set of outcomes that is impossible, and would not be without any one of them."""
    arrays = [np.array(array) for array in (counts.single, *counts.joint, *(counts.heard or ()))]
    kept = [(a, int(i)) for a, array in enumerate(arrays) for i in np.flatnonzero(_may_forbid(array, a, counts))]
    for cell in list(kept):
        a, i = cell
        was = arrays[a].ravel()[i]
        arrays[a].ravel()[i] = 0.0
        if _is_possible(numbers, _as_counts(arrays, counts)):
            arrays[a].ravel()[i] = was
        else:
            kept.remove(cell)
    return kept


def _as_counts(arrays: list[np.ndarray], like: Counts) -> Counts:
    n = 1 + len(like.joint)
    return Counts(arrays[0], tuple(arrays[1:n]), None if like.heard is None else Heard(*arrays[n:]))


def _may_forbid(array: np.ndarray, a: int, counts: Counts) -> np.ndarray:
    """Where an outcome was observed or, in what was heard (the arrays after the probes'), something was forbidden."""
    return np.isneginf(array.ravel()) if a > len(counts.joint) else array.ravel() > 0


def _names(cells: list[Cell], case: Case) -> list[tuple[str, str]]:
    """(stream and probe or facet, what was observed there)."""
    names = case.names
    width = max((len(names.outcomes[probe]) for probe in names.single), default=1)
    found = []
    for a, i in cells:
        if a > len(names.joint):
            found.append(_heard(i, case, a - len(names.joint)))
            continue
        probe, o = (names.single[i // width], i % width) if a == 0 else (names.joint[a - 1], i)
        found.append((".".join(probe), f'{".".join(probe)} = "{names.outcomes[probe][o]}"'))
    return found


def _heard(i: int, case: Case, field: int) -> tuple[str, str]:
    """What a stream of one's own forbids: a value of mine (1), of the part's (2), or that it is about the part (3)."""
    names = case.names
    if field == len(Heard._fields):
        return names.streams[i], f"{names.streams[i]}, which cannot be about the part,"
    s, d, v = np.unravel_index(i, (len(names.streams), *case.believed.base.shape))
    where = f"{names.streams[s]}.{names.facets[d]}"
    return where, f'{where} is not "{names.values[d][v]}"'
