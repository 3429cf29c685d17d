"""What an inference of unknown numbers found: as an object, and in a sentence."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import xarray as xr

from bayes_self.beliefs.labels import by_label, values_of
from bayes_self.inference.groups import OF_EACH, SPREAD, group, variable
from bayes_self.words.numbers import probability_text

if TYPE_CHECKING:
    from bayes_self.inference.inference import Inference

SETTINGS = ("sampler", "warmup", "target_acceptance", "seed", "summed_out")


class InferenceObject(NamedTuple):
    """`infer`. Of several bodies of evidence `unknown` is the population, and beliefs are means over the bodies."""

    unknown: Mapping[str, Mapping[str, Any]]
    """{key: mean, sd, q05, q95, r_hat, ess_bulk, ess_tail, mcse_mean, mcse_sd, prior, contraction}, the last being
    1 − posterior variance / prior variance."""
    identities: Mapping[str, float]
    """Probabilities averaged over the draws, here and in the next two."""
    facets: Mapping[str, Mapping[str, float]]
    ownership: Mapping[str, float]
    spread: Mapping[str, Any]
    """Their standard deviations over the draws."""
    divergences: int
    draws: Mapping[str, int]
    sampler: Mapping[str, Any]
    """Its settings and seed, and what was summed out."""
    warnings: Sequence[str]
    by_evidence: Mapping[str, Mapping[str, Any]]
    """Each of several bodies of evidence; of one, empty, and no part of the object."""

    @classmethod
    def of(cls, found: "Inference") -> "InferenceObject":
        """What was found."""
        question = found.question
        believed = group(found.tree, "beliefs")
        overall = believed.mean("evidence") if question.pooled else believed
        each = {name: _body(found, name, believed.sel(evidence=name)) for name in question.evidence * question.pooled}
        return cls(
            unknown={key: _unknown(found, key, prior) for key, prior in question.named},
            **_beliefs(found, overall),
            divergences=int(group(found.tree, "sample_stats").diverging.sum()),
            draws={"chains": overall.sizes["chain"], "draws": overall.sizes["draw"]},
            sampler={name: found.tree.attrs[name] for name in SETTINGS},
            warnings=found.diagnosis.warnings,
            by_evidence=each,
        )

    def printed(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        return {name: each for name, each in self._asdict().items() if name != "by_evidence" or each}


def _unknown(found: "Inference", key: str, prior: Any) -> dict[str, Any]:
    numbers = _numbers(found.summary[variable(key)])
    pooled = {"spread": _numbers(found.summary[variable(key) + SPREAD])} if found.question.pooled else {}
    return {**numbers, "prior": str(prior), "contraction": 1 - (numbers["sd"] / prior.sd) ** 2, **pooled}


def _body(found: "Inference", name: str, believed: xr.Dataset) -> dict[str, Any]:
    of_each = {key: found.summary[variable(key) + OF_EACH].sel(evidence=name) for key in found.question.keys}
    return {"unknown": {key: _numbers(each) for key, each in of_each.items()}, **_beliefs(found, believed)}


def _numbers(column: xr.DataArray) -> dict[str, Any]:
    return {str(which): float(value) for which, value in zip(column.summary.values, column.values, strict=True)}


def _beliefs(found: "Inference", believed: xr.Dataset) -> dict[str, Any]:
    over = ("chain", "draw")
    return {**_named(found, believed.mean(over)), "spread": _named(found, believed.std(over))}


def _named(found: "Inference", believed: xr.Dataset) -> dict[str, Any]:
    return {
        "identities": by_label(believed.identities),
        "facets": {facet: values_of(believed.facets, facet) for facet in found.scenario.facets},
        "ownership": by_label(believed.ownership),
    }


def inference_finding(found: "Inference") -> str:
    """The number that the evidence says most about, against its prior."""
    question, summary = found.question, found.summary
    learnt = {}
    for key, prior in question.named:
        sd = prior.sd
        learnt[key] = 1 - float(summary[variable(key)].sel(summary="sd")) / sd
    key = max(learnt, key=lambda each: learnt[each])
    mean, low, high = (float(summary[variable(key)].sel(summary=which)) for which in ("mean", "q05", "q95"))
    if learnt[key] < 0.1:
        return "The evidence hardly narrows any of the unknown numbers down"
    prior = dict(question.named)[key]
    before, (least, most) = prior.mean, prior.bounds
    moved = (
        "no other than" if abs(mean - before) < 0.02 * (most - least) else "up from" if mean > before else "down from"
    )
    return f"The evidence puts {key} at {mean:.2f} ({low:.2f} to {high:.2f}), {moved} the prior's {before:.2f}"


def spread_finding(found: "Inference") -> str:
    """The belief that hangs most on the unknown numbers: of an identity, or of a facet's value."""
    believed = group(found.tree, "beliefs")
    identities = believed.identities.stack(belief=["identity"])
    facets = believed.facets.stack(belief=["facet", "value"])
    widest = [
        (each.std(("chain", "draw")).max("evidence") if "evidence" in each.dims else each.std(("chain", "draw")))
        for each in (identities, facets)
    ]
    which = 0 if float(widest[0].max()) > float(widest[1].max()) else 1
    at = widest[which].fillna(-1.0).argmax("belief")
    chosen = (identities, facets)[which].isel(belief=at)
    low, high = (float(x) for x in chosen.quantile([0.05, 0.95], ("chain", "draw")).values)
    name = ": ".join(str(part) for part in chosen.belief.item())
    if high - low < 0.1:
        return "What it believes hardly hangs on the unknown numbers"
    return f"“{name}” hangs most on the unknown numbers: {probability_text(low)} to {probability_text(high)}"
