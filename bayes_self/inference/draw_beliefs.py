"""What is believed at every draw of the unknown numbers: exact beliefs, likelihoods, and replicates of the evidence."""

from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float

from bayes_self.beliefs.case import Case
from bayes_self.inference.question import Question
from bayes_self.model.beliefs import Asked, believe
from bayes_self.model.coordinates import PROBE
from bayes_self.model.potentials import Counts
from bayes_self.model.streams.observations import Tables
from bayes_self.world.draws import Key, outcome, settled_counts, uniforms

_AT_ONCE = 64
"""Draws that are computed together: few enough for the processor's cache."""


class AtDraws(NamedTuple):
    """Exact beliefs and likelihoods for one body of evidence, given the unknown numbers of every draw (N)."""

    log_evidence: Float[np.ndarray, " N"]
    """log Z in nats."""
    identities: Float[np.ndarray, "N H"]
    facets: Float[np.ndarray, "N D V"]
    ownership: Float[np.ndarray, "N S"]
    without: Float[np.ndarray, "N Q"]
    """log Z in nats without the counts of one observed probe (Q of them)."""
    working: Asked
    """P(values of what each probe is about, of its stream's referent, and the probe is not broken)."""
    broken: Asked
    """P(each probe is broken)."""
    tables: Tables
    """P(outcome given values), errors included: of single-facet probes, and of each joint one."""


def beliefs_at_draws(
    question: Question, x: Float[np.ndarray, "N K"], counts: Counts, left_out: list[Counts]
) -> AtDraws:
    """Beliefs at N draws of the unknown numbers, given counts, and the evidence given counts without each probe."""
    blocks = [_block(question, x[start : start + _AT_ONCE], counts, left_out) for start in range(0, len(x), _AT_ONCE)]
    return _joined(blocks)


def _block(question: Question, x: Float[np.ndarray, "N K"], counts: Counts, left_out: list[Counts]) -> AtDraws:
    numbers, n = question.numbers(x), len(x)
    found = believe(numbers, counts, about_me=question.assignments)
    without = [believe(numbers, others, about_me=question.assignments).log_evidence for others in left_out]
    single, joint = found.given.tables

    def wide(array: np.ndarray, own: int) -> np.ndarray:
        return np.broadcast_to(array, (n, *array.shape[array.ndim - own :]))

    return AtDraws(
        wide(found.log_evidence, 0),
        wide(found.identities, 1),
        wide(found.facets, 2),
        wide(found.ownership, 1),
        np.stack([wide(each, 0) for each in without], -1) if without else np.zeros((n, 0)),
        Asked(wide(found.working.single, 2), tuple(map(wide, found.working.joint, map(len, found.given.scopes)))),
        Asked(wide(found.broken.single, 1), tuple(wide(each, 0) for each in found.broken.joint)),
        (
            wide(single, 3),
            tuple(wide(table, 2 + len(scope)) for table, scope in zip(joint, found.given.scopes, strict=True)),
        ),
    )


def _joined(blocks: list[Any]) -> Any:
    """Structures of arrays laid end to end along their first axis."""
    first = blocks[0]
    parts = [
        _joined([block[i] for block in blocks])
        if isinstance(part, tuple)
        else np.concatenate([block[i] for block in blocks])
        for i, part in enumerate(first)
    ]
    return first._make(parts) if hasattr(first, "_make") else type(first)(parts)


def leaving_out_each(question: Question, counts: Counts) -> tuple[list[PROBE], list[Counts]]:
    """The observed probes, and the counts without each in turn."""
    names = question.cases[0].names
    probes, without = [], []
    for p, probe in enumerate(names.single):
        if counts.single[p].sum() > 0:
            probes.append(probe)
            kept = (np.arange(len(counts.single)) != p)[:, None]
            without.append(counts._replace(single=counts.single * kept))
    for j, probe in enumerate(names.joint):
        if counts.joint[j].sum() > 0:
            probes.append(probe)
            joint = tuple(np.zeros_like(seen) if i == j else seen for i, seen in enumerate(counts.joint))
            without.append(counts._replace(joint=joint))
    return probes, without


def replicates(
    question: Question, found: AtDraws, trials: dict[PROBE, int], counts: Counts, *, key: Key, purpose: str
) -> dict[PROBE, Float[np.ndarray, "N O"]]:
    """Counts of each probe as they might have been, one replicate for each draw.

    A replicate draws the values that the probe is about once, from the beliefs about the stream's referent at that
    draw, and then as many trials as there were: one settled self-model answers them all. Where the probe is broken, its
    outcomes have frequencies of their own, drawn given the `counts` that the beliefs rest on.
    """
    names, drawn = question.cases[0].names, {}
    for probe, n in trials.items():
        at = _of(question.cases[0], probe, found, counts)
        name = f"replicates/{purpose}/{'/'.join(probe)}"
        weights = np.concatenate([at.working.reshape(len(at.working), -1), at.broken[:, None]], -1)
        cell = outcome(uniforms(key, f"{name}/values", len(weights)), weights)
        broken = cell == weights.shape[-1] - 1
        table = at.table.reshape(len(at.table), -1, at.table.shape[-1])
        outcomes = len(names.outcomes[probe])
        rows = table[np.arange(len(table)), np.where(broken, 0, cell)][:, :outcomes]
        drawn[probe] = settled_counts(key, name, n, rows, broken, 1 + at.seen[:outcomes])
    return drawn


class _OfProbe(NamedTuple):
    """What is believed of one probe at N draws."""

    working: Float[np.ndarray, "N ..."]
    broken: Float[np.ndarray, " N"]
    table: Float[np.ndarray, "N ..."]
    seen: Float[np.ndarray, " O"]
    """Its counts, times its weight."""


def _of(case: Case, probe: PROBE, found: AtDraws, counts: Counts) -> _OfProbe:
    names, numbers = case.names, case.believed
    if probe in names.single:
        p = names.single.index(probe)
        seen = np.asarray(counts.single)[p] * numbers.single.weight[p]
        return _OfProbe(found.working.single[:, p], found.broken.single[:, p], found.tables[0][:, p], seen)
    j = names.joint.index(probe)
    seen = np.asarray(counts.joint[j])[0] * numbers.joint[j].weight[0]
    return _OfProbe(found.working.joint[j], found.broken.joint[j], found.tables[1][j][:, 0], seen)
