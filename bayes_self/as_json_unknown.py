"""An inference of unknown numbers as the object that `infer --json` prints."""

from typing import Any

import xarray as xr

from bayes_self.labelled import by_label, values_of
from bayes_self.unknown.groups import OF_EACH, SPREAD, group, variable
from bayes_self.unknown.inference import Inference

SETTINGS = ("sampler", "warmup", "target_acceptance", "seed", "summed_out")


def infer_object(found: Inference) -> dict[str, Any]:
    """The object of `infer`.

    `unknown`: {key: mean, sd, q05, q95, r_hat, ess_bulk, ess_tail, mcse_mean, mcse_sd, prior, contraction}, the last
    being 1 − posterior variance / prior variance; `identities` and `facets`: probabilities averaged over the draws,
    and `spread` their standard deviations over the draws; `sampler`: its settings and seed, and what was summed out.
    With several bodies of evidence `unknown` is of the population, the beliefs are means over the bodies, and
    `by_evidence` has each.
    """
    question = found.question
    unknown = {}
    for key, prior in question.named:
        numbers = _numbers(found.summary[variable(key)])
        unknown[key] = {**numbers, "prior": str(prior), "contraction": 1 - (numbers["sd"] / prior.sd) ** 2}
    if question.pooled:
        for key in question.keys:
            unknown[key]["spread"] = _numbers(found.summary[variable(key) + SPREAD])
    believed = group(found.tree, "beliefs")
    overall = believed.mean("evidence") if question.pooled else believed
    result = {
        "unknown": unknown,
        **_beliefs(found, overall),
        "divergences": int(group(found.tree, "sample_stats").diverging.sum()),
        "draws": {"chains": overall.sizes["chain"], "draws": overall.sizes["draw"]},
        "sampler": {name: found.tree.attrs[name] for name in SETTINGS},
        "warnings": list(found.diagnosis.warnings),
    }
    if question.pooled:
        result["by_evidence"] = {name: _body(found, name, believed.sel(evidence=name)) for name in question.evidence}
    return result


def _body(found: Inference, name: str, believed: xr.Dataset) -> dict[str, Any]:
    of_each = {key: found.summary[variable(key) + OF_EACH].sel(evidence=name) for key in found.question.keys}
    return {"unknown": {key: _numbers(each) for key, each in of_each.items()}, **_beliefs(found, believed)}


def _numbers(column: xr.DataArray) -> dict[str, Any]:
    return {str(which): float(value) for which, value in zip(column.summary.values, column.values, strict=True)}


def _beliefs(found: Inference, believed: xr.Dataset) -> dict[str, Any]:
    over = ("chain", "draw")
    return {**_named(found, believed.mean(over)), "spread": _named(found, believed.std(over))}


def _named(found: Inference, believed: xr.Dataset) -> dict[str, Any]:
    return {
        "identities": by_label(believed.identities),
        "facets": {facet: values_of(believed.facets, facet) for facet in found.scenario.facets},
        "ownership": by_label(believed.ownership),
    }
