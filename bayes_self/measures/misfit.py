"""Misfit: where the evidence does not look like anything the self-model predicts."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from bayes_self.beliefs.case import Case
from bayes_self.beliefs.information import kl_bits
from bayes_self.model.arrays import AnyArray
from bayes_self.model.coordinates import PROBE
from bayes_self.world.draws import Key, outcome, settled_counts, uniforms


class Misfit(NamedTuple):
    """How ill the observed frequencies of a probe fit what is predicted."""

    bits: float
    """Count times KL(observed frequencies ‖ posterior predictive)."""
    tail: float
    """The probability that a replicate of the evidence would misfit at least as much."""


def misfit(case: Case, *, key: Key, replicates: int = 10_000) -> dict[PROBE, Misfit]:
    """The misfit of every probe with evidence, in bits, with its tail probability by simulation.

    A replicate draws the values that the probe is about once from the posterior of the stream's referent, and then as
    many trials as there were (rounded) from the table at those values: one settled self-model answers them all. Where
    the probe is broken, it draws frequencies from Dirichlet(1 + counts) instead. The tail counts the observed evidence
    among the replicates, so it is never 0.
    """
    found = {}
    for probe, counts, expected, weights, table, if_broken in _predicted(case):
        if counts.sum() == 0:
            continue
        name = "/".join(probe)
        cells = outcome(uniforms(key, f"misfit/{name}/values", replicates), weights)
        broken, n = cells == len(table) - 1, max(1, round(counts.sum()))
        drawn = settled_counts(key, f"misfit/{name}", n, table[cells], broken, if_broken)
        bits = _bits(counts, expected)
        # Rounding may part a replicate from evidence that it equals.
        as_bad = (_bits(drawn, expected) >= bits * (1 - 1e-9) - 1e-9).sum()
        found[probe] = Misfit(float(bits), float((as_bad + 1) / (replicates + 1)))
    return found


def _bits(counts: Float[AnyArray, "... O"], expected: Float[np.ndarray, " O"]) -> np.ndarray:
    total = counts.sum(-1, keepdims=True)
    return np.asarray(total[..., 0] * kl_bits(counts / total, np.broadcast_to(expected, counts.shape)))


class _Predicted(NamedTuple):
    """One probe with what is predicted of it."""

    probe: PROBE
    counts: np.ndarray
    expected: np.ndarray
    """The posterior predictive."""
    weights: np.ndarray
    """P(values that the probe is about, and that it works), then P(it is broken)."""
    table: np.ndarray
    """P(outcome given these values), then what a broken probe shows on average: a row for each weight."""
    if_broken: np.ndarray
    """The parameters of the Dirichlet distribution of a broken probe's frequencies."""


def _predicted(case: Case) -> list[_Predicted]:
    names, found, numbers = case.names, case.beliefs, case.believed
    expected, asked, (single, joint), broken = found.predictive, found.working, found.given.tables, found.broken
    rows: list[tuple] = [
        (probe, case.counts.single[p], expected.single[p], asked.single[p], single[p], broken.single[p])
        for p, probe in enumerate(names.single)
    ]
    rows += [
        (probe, case.counts.joint[j][0], expected.joint[j], asked.joint[j], joint[j][0], broken.joint[j])
        for j, probe in enumerate(names.joint)
    ]
    weights = [*numbers.single.weight, *(probe.weight[0] for probe in numbers.joint)]
    return [
        _of_probe(probe, counts[: len(names.outcomes[probe])], weight, *rest)
        for (probe, counts, *rest), weight in zip(rows, weights, strict=True)
    ]


def _of_probe(
    probe: PROBE,
    counts: np.ndarray,
    weight: float,
    expected: np.ndarray,
    values: np.ndarray,
    table: np.ndarray,
    broken: Float[AnyArray, ""] | float,
) -> _Predicted:
    """Padding taken off, and one row of the table for each combination of values that has probability."""
    n = len(counts)
    flat, rows = values.ravel(), table.reshape(-1, table.shape[-1])[:, :n]
    real = flat > 0
    weights, chances = flat[real], rows[real] / rows[real].sum(-1, keepdims=True)
    if_broken = 1 + counts * weight
    weights, chances = np.append(weights, broken), np.vstack([chances, if_broken / if_broken.sum()])
    return _Predicted(probe, counts, expected[:n], weights / weights.sum(), chances, if_broken)
