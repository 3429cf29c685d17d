"""Diagnoses: whether draws are a posterior at all, and the classic ways in which such a question is ill posed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr

from bayes_self.inference.groups import group, variable
from bayes_self.inference.question import Question
from bayes_self.inference.summary import summary
from bayes_self.scenario.keys import split
from bayes_self.scenario.stream_schema import ObservationStream

LARGEST_R_HAT, FEWEST_PER_CHAIN, MOST_DIVERGING, SMALLEST_BFMI = 1.01, 100, 0.01, 0.3
"""R-hat and effective draws: Vehtari et al. 2021 (arXiv 1903.08008); the energy: Betancourt 2016 (arXiv 1604.00695)."""


@dataclass(frozen=True)
class Diagnosis:
    """What to know before the draws are read."""

    failures: tuple[str, ...]
    """Why the draws are no posterior; none if they are one."""
    warnings: tuple[str, ...]
    """What in the question is ill posed, or what an average would hide."""


def diagnosed(question: Question, tree: xr.DataTree) -> Diagnosis:
    """Failures and warnings, each a plain sentence."""
    return Diagnosis(tuple(_failures(tree)), tuple(_warnings(question, tree)))


def _failures(tree: xr.DataTree) -> Iterator[str]:
    found = summary(tree)
    enough = FEWEST_PER_CHAIN * group(tree, "posterior").sizes["chain"]
    for name, each in found.data_vars.items():
        r_hat, bulk, tail = (each.sel(summary=which).values for which in ("r_hat", "ess_bulk", "ess_tail"))
        if not np.all(r_hat <= LARGEST_R_HAT):
            worst = float(np.max(r_hat))
            yield f"the chains disagree about {name}: R-hat {worst:.3f}, and at most {LARGEST_R_HAT} was expected"
        elif not np.all(np.minimum(bulk, tail) >= enough):
            fewest = float(np.min(np.minimum(bulk, tail)))
            yield f"{name} has {fewest:.0f} effective draws, and at least {enough} were expected: draw more"
    diverging = float(group(tree, "sample_stats")["diverging"].mean())
    if diverging > MOST_DIVERGING:
        yield f"{diverging:.1%} of the draws diverged: some corner of the posterior was not explored"


def _warnings(question: Question, tree: xr.DataTree) -> Iterator[str]:
    from arviz_stats.sampling_diagnostics import bfmi

    diverging = int(group(tree, "sample_stats")["diverging"].sum())
    total = group(tree, "sample_stats")["diverging"].size
    if 0 < diverging <= MOST_DIVERGING * total:
        yield f"{diverging} of {total} draws diverged"
    energy = float(np.min(np.asarray(bfmi(tree)["energy"])))
    if energy < SMALLEST_BFMI:
        yield f"the energy explores slowly (BFMI {energy:.2f}): the tails may be too short"
    yield from _nothing_learnt(question, tree)
    yield from _at_an_edge(question, tree)
    yield from _only_together(question, tree)
    yield from _trust_against_truth(question, tree)
    yield from _says_nothing(question, tree)
    yield from _roles_swapped(tree)


def _nothing_learnt(question: Question, tree: xr.DataTree) -> Iterator[str]:
    for key, prior in question.named:
        draws = group(tree, "posterior")[variable(key)].values
        mean, sd = prior.mean, prior.sd
        if abs(draws.mean() - mean) < 0.1 * sd and abs(draws.std() / sd - 1) < 0.1:
            why = (
                ": whose evidence a stream is was decided once, by one toss of this coin"
                if split(key)[-1] == "ownership"
                else ""
            )
            yield f"the evidence says next to nothing of {key}: what was found is its prior, {prior}{why}"


def _at_an_edge(question: Question, tree: xr.DataTree) -> Iterator[str]:
    for key, prior in question.named:
        draws = group(tree, "posterior")[variable(key)].values
        low, high = prior.bounds
        for bound, near in ((low, draws < low + 0.02 * (high - low)), (high, draws > high - 0.02 * (high - low))):
            if prior.kind == "uniform" and not _is_an_end(question, key, bound) and near.mean() > 0.1:
                yield f"{key} piles up at {bound:g}, where its prior {prior} ends: the bound decides, not the evidence"


def _is_an_end(question: Question, key: str, bound: float) -> bool:
    """Whether the number itself, and not only its prior, ends there: bits have no upper end."""
    return bound <= 0 or (bound >= 1 and question.scenario.number_keys()[split(key)].kind == "probability")


def _only_together(question: Question, tree: xr.DataTree) -> Iterator[str]:
    draws = {key: group(tree, "posterior")[variable(key)].values.ravel() for key in question.keys}
    keys = list(draws)
    for i, one in enumerate(keys):
        for other in keys[:i]:
            correlation = float(np.corrcoef(draws[one], draws[other])[0, 1])
            if abs(correlation) > 0.9:
                yield f"{other} and {one} are known only together: their draws have a correlation of {correlation:.2f}"


def _trust_against_truth(question: Question, tree: xr.DataTree) -> Iterator[str]:
    """A reliability, and the facet that its probes ask about: high trust and one answer, or low trust and another."""
    for key in question.keys:
        for facet in _asked(question, key):
            believed = _over_bodies(group(tree, "beliefs")["facets"].sel(facet=facet))
            answer = str(believed.mean(("chain", "draw")).idxmax("value").values)
            trust = group(tree, "posterior")[variable(key)].values
            yield from _traded(key, facet, answer, trust, believed.sel(value=answer).values)


def _over_bodies(believed: xr.DataArray) -> xr.DataArray:
    return believed.mean("evidence") if "evidence" in believed.dims else believed


def _traded(key: str, facet: str, answer: str, trust: np.ndarray, truth: np.ndarray) -> Iterator[str]:
    if truth.std() < 0.05:
        return
    correlation = float(np.corrcoef(trust.ravel(), truth.ravel())[0, 1])
    if abs(correlation) > 0.5:
        yield (
            f"truth and trust trade off: where {key} is {'high' if correlation > 0 else 'low'}, {facet} is {answer} "
            f"(correlation {correlation:.2f}); evidence of another kind about {facet} would part them"
        )


def _asked(question: Question, key: str) -> list[str]:
    """The facets that a reliability of an observation stream, or of one of its probes, is about."""
    path = split(key)
    if path[-1] != "reliability" or not isinstance(question.scenario.streams[path[1]], ObservationStream):
        return []
    of_stream = [probe for probe in question.scenario.probes() if probe.stream == path[1]]
    chosen = [probe for probe in of_stream if len(path) == 3 or probe.name == path[3]]
    return list(dict.fromkeys(facet for probe in chosen for facet in probe.about))


def _says_nothing(question: Question, tree: xr.DataTree) -> Iterator[str]:
    for key in question.keys:
        if facets := _asked(question, key):
            nil = float((group(tree, "posterior")[variable(key)] < 0.05).mean())
            if nil > 0.2:
                yield (
                    f"in {nil:.0%} of the draws {key} is below 0.05: there its probes say nothing of "
                    f"{', '.join(facets)}, whatever they show"
                )


def _roles_swapped(tree: xr.DataTree) -> Iterator[str]:
    """Two identities, each the likeliest in many draws: an average would hide that."""
    believed = group(tree, "beliefs")["identities"]
    bodies = believed["evidence"].values if "evidence" in believed.dims else [None]
    for body in bodies:
        of_body = believed if body is None else believed.sel(evidence=body)
        names, won = np.unique(of_body.idxmax("identity").values, return_counts=True)
        often = {str(name): n / won.sum() for name, n in zip(names, won, strict=True) if n > 0.1 * won.sum()}
        if len(often) > 1:
            shares = ", ".join(f"{name} in {share:.0%}" for name, share in often.items())
            where = "" if body is None else f"{body}: "
            yield f"{where}who it is depends on the unknown numbers: the likeliest identity is {shares} of the draws"
