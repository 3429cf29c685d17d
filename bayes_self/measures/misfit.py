"""Misfit: where the evidence does not look like anything the self-model predicts."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from bayes_self.beliefs.case import Case
from bayes_self.beliefs.information import kl_bits
from bayes_self.model.arrays import AnyArray
from bayes_self.model.coordinates import PROBE
from bayes_self.world.draws import Key, dirichlet, multinomials, outcome, uniforms


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
        chances = table[cells]
        if if_broken is not None:
            broken = cells == len(weights) - 1  # the last cell
            u = [uniforms(key, f"misfit/{name}/broken/{o}", replicates)[broken] for o in range(len(counts))]
            chances[broken] = dirichlet(np.stack(u, -1), if_broken)
        drawn = multinomials(key, f"misfit/{name}", max(1, round(counts.sum())), chances)
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
    """P(values that a working probe is about), then P(broken) where it is doubted."""
    table: np.ndarray
    """P(outcome given these values), a row for each weight."""
    if_broken: np.ndarray | None
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
    trust = [*zip(numbers.single.doubt, numbers.single.weight, strict=True)]
    trust += [(probe.doubt[0], probe.weight[0]) for probe in numbers.joint]
    found_rows = []
    for (probe, counts, *rest), (doubt, weight) in zip(rows, trust, strict=True):
        real = counts[: len(names.outcomes[probe])]
        found_rows.append(_of_probe(probe, real, *rest, if_broken=1 + real * weight if doubt > 0 else None))
    return found_rows


def _of_probe(
    probe: PROBE,
    counts: np.ndarray,
    expected: np.ndarray,
    values: np.ndarray,
    table: np.ndarray,
    broken: Float[AnyArray, ""] | float,
    if_broken: np.ndarray | None,
) -> _Predicted:
    """Padding taken off, and one row of the table for each combination of values that has probability."""
    n = len(counts)
    flat, rows = values.ravel(), table.reshape(-1, table.shape[-1])[:, :n]
    real = flat > 0
    weights, chances = flat[real], rows[real] / rows[real].sum(-1, keepdims=True)
    if if_broken is not None:
        weights, chances = np.append(weights, broken), np.vstack([chances, if_broken / if_broken.sum()])
    return _Predicted(probe, counts, expected[:n], weights / weights.sum(), chances, if_broken)
