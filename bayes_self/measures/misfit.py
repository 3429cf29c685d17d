"""Misfit: where the evidence does not look like anything the self-model predicts."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from bayes_self.beliefs.case import Case
from bayes_self.beliefs.information import kl_bits
from bayes_self.model.arrays import AnyArray
from bayes_self.model.coordinates import PROBE
from bayes_self.world.draws import Key, multinomials, outcome, uniforms


class Misfit(NamedTuple):
    """How ill the observed frequencies of a probe fit what is predicted."""

    bits: float
    """Count times KL(observed frequencies ‖ posterior predictive)."""
    tail: float
    """The probability that a replicate of the evidence would misfit at least as much."""


def misfit(case: Case, *, key: Key, replicates: int = 10_000) -> dict[PROBE, Misfit]:
    """The misfit of every probe with evidence, in bits, with its tail probability by simulation.

    A replicate draws the values that the probe is about once from the posterior of the stream's referent, and then as
    many trials as there were (rounded) from the table at those values: one settled self-model answers them all. The
    tail counts the observed evidence among the replicates, so it is never 0.
    """
    found = {}
    for probe, counts, expected, weights, table in _predicted(case):
        if counts.sum() == 0:
            continue
        name = "/".join(probe)
        cells = outcome(uniforms(key, f"misfit/{name}/values", replicates), weights)
        drawn = multinomials(key, f"misfit/{name}", max(1, round(counts.sum())), table[cells])
        bits = _bits(counts, expected)
        # Rounding may part a replicate from evidence that it equals.
        as_bad = (_bits(drawn, expected) >= bits * (1 - 1e-9) - 1e-9).sum()
        found[probe] = Misfit(float(bits), float((as_bad + 1) / (replicates + 1)))
    return found


def _bits(counts: Float[AnyArray, "... O"], expected: Float[np.ndarray, " O"]) -> np.ndarray:
    total = counts.sum(-1, keepdims=True)
    return np.asarray(total[..., 0] * kl_bits(counts / total, np.broadcast_to(expected, counts.shape)))


def _predicted(case: Case) -> list[tuple[PROBE, np.ndarray, np.ndarray, np.ndarray, np.ndarray]]:
    """(probe, counts, predictive, P(values it is about), P(outcome given these values)) of every probe."""
    names, found = case.names, case.beliefs
    expected, asked, (single, joint) = found.predictive, found.asked, found.given.tables
    rows = [
        (probe, case.counts.single[p], expected.single[p], asked.single[p], single[p])
        for p, probe in enumerate(names.single)
    ]
    rows += [
        (probe, case.counts.joint[j][0], expected.joint[j], asked.joint[j], joint[j][0])
        for j, probe in enumerate(names.joint)
    ]
    return [_trimmed(probe, len(names.outcomes[probe]), *arrays) for probe, *arrays in rows]


def _trimmed(
    probe: PROBE, n: int, counts: np.ndarray, expected: np.ndarray, weights: np.ndarray, table: np.ndarray
) -> tuple[PROBE, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Padding taken off, and one row of the table for each combination of values that has probability."""
    flat, rows = weights.ravel(), table.reshape(-1, table.shape[-1])[:, :n]
    real = flat > 0
    chances = rows[real] / rows[real].sum(-1, keepdims=True)
    return probe, counts[:n], expected[:n], flat[real] / flat[real].sum(), chances
