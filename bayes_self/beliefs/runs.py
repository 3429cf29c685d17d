"""Many runs of one scenario: where reality or the spec speaks they agree, and in the void each goes its own way.

Each run draws its own evidence from the world. Then it improvises in the void: it acts from its own self-model, sees
itself act, and takes that as evidence. With weights 1 its beliefs are a martingale, so that each run may concentrate,
and different runs concentrate in different places.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from bayes_self.beliefs.case import Case, case_of
from bayes_self.beliefs.contradiction import refuse_impossible
from bayes_self.beliefs.labels import by_facet, by_identity, by_stream
from bayes_self.errors import BayesSelfError
from bayes_self.evidence.evidence import Evidence
from bayes_self.model.beliefs import believe
from bayes_self.model.coordinates import PROBE
from bayes_self.model.potentials import Counts
from bayes_self.model.silence import IDENTITY
from bayes_self.scenario import Scenario
from bayes_self.world.draws import Key, multinomials, uniforms
from bayes_self.world.simulation import improvised, turns
from bayes_self.world.world import VOID, World, answers, facts_in_force, void_probes

if TYPE_CHECKING:
    import xarray as xr

_AT_ONCE = 256
"""Runs that are computed together: enough to be quick, and few enough to need little memory."""


class Ends(NamedTuple):
    """What runs believe, at their end or after every step (step first, then run)."""

    log_evidence: Float[np.ndarray, "... run"]
    identities: Float[np.ndarray, "... run H"]
    facets: Float[np.ndarray, "... run D V"]
    ownership: Float[np.ndarray, "... run S"]


@dataclass(frozen=True)
class Runs:
    """What many runs believe at their end, and how they came there."""

    case: Case
    """The scenario and the frame, without evidence: every run has its own."""
    steps: int
    """How many trials each run has improvised."""
    void: tuple[str, ...]
    """The facets that neither a fact nor a claim settles."""
    improvised: tuple[PROBE, ...]
    """The probes about them that were tried."""
    identities: "xr.DataArray"
    """P(identity), dims `run`, `identity`."""
    facets: "xr.DataArray"
    """P(value), dims `run`, `facet`, `value`; NaN where a facet has no such value."""
    ownership: "xr.DataArray"
    """P(stream is about me), dims `run`, `stream`."""
    trajectory: "xr.Dataset | None"
    """The same three with the dim `step` after `run`, from before the first step; None unless it was asked for."""

    @property
    def scenario(self) -> Scenario:
        """The scenario that these are runs of."""
        return self.case.scenario

    def of(self, subject: str) -> "xr.DataArray":
        """Beliefs about a facet, or about the "identity"; dims `run` and the answers, in the scenario's order."""
        if subject == IDENTITY:
            return self.identities
        return self.facets.sel(facet=subject, value=list(self.scenario.facets[subject].values))

    def to_dataset(self) -> "xr.Dataset":
        """The beliefs at the end of each run as one xarray Dataset."""
        arrays = {"identities": self.identities, "facets": self.facets, "ownership": self.ownership}
        import xarray as xr

        return xr.Dataset(arrays, attrs={"frame": self.case.frame, "steps": self.steps})


def many_runs(
    scenario: Scenario,
    *,
    key: Key,
    runs: int,
    steps: int | None = None,
    frame: str = "self-model",
    every_step: bool = False,
) -> Runs:
    """What `runs` runs of a scenario believe after the world has answered them and they have improvised.

    Probes about facts and claims are answered by the world, for each run anew. Then the void probes that the world
    tries are tried in turn for `steps` trials altogether (None: as often as the scenario says), and answered by the
    run's own self-model, which sees, and acts, through the frame. `key` is a whole number, or a key of JAX; a run stays
    the same however many others there are. `every_step` keeps the beliefs after every trial.

    Raises:
        BayesSelfError: the scenario has no world, or the numbers of runs or steps are not positive.
        EvidenceError: a run meets evidence that no self-model allows.

    """
    if runs < 1 or (steps is not None and steps < 0):
        raise BayesSelfError(f"got {runs} runs of {steps} steps, expected one run or more, of no steps or more")
    case = case_of(scenario, Evidence(from_world=True), frame)
    world = case.world
    if world is None:
        raise BayesSelfError(f"{scenario.name or 'the scenario'}: runs need a [world] that answers the probes")
    observed = _observed(world, case, key, runs)
    order = turns(world, *void_probes(world, case.believed))
    order = order if steps is None else np.resize(order, steps if len(order) else 0)
    u = np.stack([uniforms(key, f"runs/improvisation/{run}", len(order)) for run in range(runs)])
    found = [
        _in_runs(case, _of_runs(observed, block), order, u[block], every_step)
        for block in (slice(start, start + _AT_ONCE) for start in range(0, runs, _AT_ONCE))
    ]
    at = 1 if every_step else 0
    ends = Ends(*(np.concatenate(each, axis=at) for each in zip(*found, strict=True)))
    void = facts_in_force(world, case.believed) == VOID
    return _named(case, void, order, ends, every_step)


def _of_runs(counts: Counts, block: slice) -> Counts:
    return Counts(counts.single[block], tuple(seen[block] for seen in counts.joint))


def _observed(world: World, case: Case, key: Key, runs: int) -> Counts:
    """What the world shows each run; a leading axis for the runs."""
    shown, names = answers(world, case.believed), case.names

    def drawn(probe: PROBE, trials: float, row: Float[np.ndarray, " O"]) -> np.ndarray:
        if trials == 0 or not row.any():
            return np.zeros((runs, len(row)))
        return multinomials(key, "runs/" + "/".join(probe), int(trials), np.broadcast_to(row, (runs, len(row))))

    single = [drawn(p, n, row) for p, n, row in zip(names.single, world.trials[0], shown.single, strict=True)]
    joint = [drawn(p, n, row[0]) for p, n, row in zip(names.joint, world.trials[1], shown.joint, strict=True)]
    return Counts(
        np.stack(single, axis=1) if single else np.zeros((runs, *shown.single.shape)),
        tuple(counts[:, None] for counts in joint),
    )


def _in_runs(
    case: Case, observed: Counts, order: Int[np.ndarray, " step"], u: Float[np.ndarray, "run step"], every_step: bool
) -> Ends:
    """Beliefs of runs side by side, at their end or from before the first step on. Raises EvidenceError."""
    steps = []
    for counts in improvised(case.believed, observed, order, u):
        found = believe(case.believed, counts) if every_step or len(steps) == len(order) else None
        steps.append(found)
        if found is not None:
            _refuse_impossible(case, found.is_possible, counts)
    ends = [Ends(each.log_evidence, each.identities, each.facets, each.ownership) for each in steps if each is not None]
    return Ends(*(np.stack(each) for each in zip(*ends, strict=True))) if every_step else ends[-1]


def _refuse_impossible(case: Case, possible: Bool[np.ndarray, " run"], after: Counts) -> None:
    """Raise EvidenceError for the first run, if any, whose evidence no self-model allows."""
    for run in np.flatnonzero(~possible)[:1]:
        refuse_impossible(replace(case, counts=Counts(after.single[run], tuple(seen[run] for seen in after.joint))))


def _named(case: Case, void: np.ndarray, order: np.ndarray, found: Ends, every_step: bool) -> Runs:
    names, number = case.names, {"run": np.arange(found.log_evidence.shape[-1])}
    last = Ends(*(array[-1] for array in found)) if every_step else found
    trajectory = None
    if every_step:
        import xarray as xr

        axes = {**number, "step": np.arange(len(order) + 1)}
        by_run = Ends(*(np.swapaxes(array, 0, 1) for array in found))
        trajectory = xr.Dataset(_arrays(case, by_run, axes), attrs={"frame": case.frame})
    probes = (*names.single, *names.joint)
    tried = tuple(probes[p] for p in dict.fromkeys(order.tolist()))
    unsettled = tuple(facet for facet, is_void in zip(names.facets, void, strict=True) if is_void)
    return Runs(case, len(order), unsettled, tried, **_arrays(case, last, number), trajectory=trajectory)


def _arrays(case: Case, found: Ends, axes: Mapping[str, np.ndarray]) -> "dict[str, xr.DataArray]":
    return {
        "identities": by_identity(found.identities, case.names, **axes),
        "facets": by_facet(found.facets, case.names, **axes),
        "ownership": by_stream(found.ownership, case.names, **axes),
    }


def wins(beliefs: "xr.DataArray") -> dict[str, int]:
    """In how many runs each answer is the likeliest; ties go to the first. Dims `run` and the answers'."""
    labels = [str(label) for label in beliefs[beliefs.dims[-1]].values]
    counts = np.bincount(beliefs.values.argmax(-1), minlength=len(labels))
    return dict(zip(labels, counts.tolist(), strict=True))


def spread(beliefs: "xr.DataArray") -> float:
    """The mean total variation between the beliefs of two runs, 0 to 1; dims `run` and the answers'.

    0: all runs agree. In a void in which each run is certain of one of K answers, each as often: near 1 - 1/K.
    """
    p = np.sort(beliefs.values, axis=0)
    n = len(p)
    if n < 2:
        return 0.0
    # Σ over pairs of |p_i - p_j| is linear in the sorted values
    rank = 2 * np.arange(n) - n + 1
    return float((rank[:, None] * p).sum() / (n * (n - 1) / 2) / 2)


def certainty(beliefs: "xr.DataArray") -> float:
    """The mean over runs of the largest probability: how settled each run is by itself."""
    return float(beliefs.max(str(beliefs.dims[-1])).mean())
