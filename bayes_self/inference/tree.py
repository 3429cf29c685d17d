"""Draws of unknown numbers as an ArviZ DataTree: posterior, prior, beliefs, likelihoods, predictive, observed."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr
from jaxtyping import Float, PRNGKeyArray

from bayes_self.beliefs.labels import by_facet, by_identity, by_stream
from bayes_self.files.format_number import written_by
from bayes_self.inference.draw_beliefs import AtDraws, beliefs_at_draws, leaving_out_each, replicates
from bayes_self.inference.groups import OF_EACH, SPREAD, variable
from bayes_self.inference.model import OFFSET, moved
from bayes_self.inference.question import Question
from bayes_self.inference.sampling import Draws
from bayes_self.model.coordinates import PROBE
from bayes_self.model.silence import no_counts

_NATS = {"units": "nats"}


def tree_of(question: Question, drawn: Draws, *, key: PRNGKeyArray | int) -> xr.DataTree:
    """All of an inference in ArviZ's groups; every variable has dims `chain` and `draw` first, where it has draws.

    `/posterior`, `/prior`: the unknown numbers by dotted key; with several bodies of evidence those of the population,
    their spread in log odds (`KEY spread`) and those of each body (`KEY of each`, dim `evidence`). `/beliefs`,
    `/prior_beliefs`: exact probabilities at each draw (identities, facets, ownership), after and before the
    observations. `/sample_stats`. `/log_prior`: nats, one variable for each number that was drawn. `/log_likelihood`:
    log Z in nats, claims included, without multinomial coefficients. `/log_likelihood_of_probes`: log p(counts of a
    probe given all other counts), for `Inference.loo`; apart, because it does not add up to log Z.
    `/posterior_predictive`, `/prior_predictive`: replicates of the counts. `/observed_data`: the counts.
    """
    prior = _of_prior(question, next(iter(drawn.samples.values())).shape[:2], key)
    after, likely, replicated = _believed(question, drawn.samples, key)
    before, _, unseen = _believed(question, prior, key, observing=False)
    groups = {
        "posterior": _numbers(question, drawn.samples),
        "prior": _numbers(question, prior),
        "beliefs": after,
        "prior_beliefs": before,
        "sample_stats": _stats(drawn),
        "log_prior": _log_prior(question, drawn.samples),
        "log_likelihood": None if likely is None else likely[["log_evidence"]],
        "log_likelihood_of_probes": None if likely is None else likely[["of_each_probe"]],
        "posterior_predictive": replicated,
        "prior_predictive": unseen,
        "observed_data": _observed(question),
    }
    tree = xr.DataTree(xr.Dataset(attrs=_about(question)))
    for name, dataset in groups.items():
        if dataset is not None:
            tree[name] = xr.DataTree(dataset)
    return tree


def values_at(question: Question, samples: dict[str, np.ndarray]) -> Float[np.ndarray, "J C N K"]:
    """The unknown numbers of each body of evidence at each draw."""
    if not question.pooled:
        return np.stack([samples[key] for key in question.keys], -1)[None]
    of_each = [
        moved(prior, samples[key][..., None], samples[key + SPREAD][..., None], samples[key + OFFSET])
        for key, prior in question.named
    ]
    return np.moveaxis(np.asarray(jnp.stack(of_each, -1)), -2, 0)


def _about(question: Question) -> dict[str, Any]:
    return {
        "scenario": question.scenario.name,
        "title": question.scenario.title,
        "frame": question.cases[0].frame,
        "scenario_toml": question.scenario.to_toml(),
        **written_by(),
        "sampler": "NumPyro NUTS, dense mass matrix",
        "summed_out": "identities, values and whose evidence it is, exactly",
    }


def _of_prior(question: Question, shape: tuple[int, ...], key: PRNGKeyArray | int) -> dict[str, np.ndarray]:
    """As many draws from the prior as there are from the posterior, by site."""
    keys = jax.random.split(_folded(key, 1), 3 * len(question.keys))
    found: dict[str, np.ndarray] = {}
    for i, (name, prior) in enumerate(question.named):
        found[name] = np.asarray(prior.distribution.sample(keys[3 * i], shape))
        if question.pooled:
            found[name + SPREAD] = np.abs(np.asarray(jax.random.normal(keys[3 * i + 1], shape)))
            found[name + OFFSET] = np.asarray(jax.random.normal(keys[3 * i + 2], (*shape, len(question.cases))))
    return found


def _folded(key: PRNGKeyArray | int, data: int) -> PRNGKeyArray:
    return jax.random.fold_in(jax.random.key(key) if isinstance(key, int) else key, data)


def _numbers(question: Question, samples: dict[str, np.ndarray]) -> xr.Dataset:
    found: dict[str, tuple] = {}
    for k, (key, prior) in enumerate(question.named):
        about = {"key": key, "prior": str(prior)}
        found[variable(key)] = (("chain", "draw"), samples[key], about)
        if question.pooled:
            of_each = np.moveaxis(values_at(question, samples)[..., k], 0, -1)
            found[variable(key) + SPREAD] = (("chain", "draw"), samples[key + SPREAD], {"units": "log odds"})
            found[variable(key) + OF_EACH] = (("chain", "draw", "evidence"), of_each, about)
    coords = {"evidence": list(question.evidence)} if question.pooled else {}
    return xr.Dataset(found, {**_draws(samples[question.keys[0]].shape), **coords})


def _draws(shape: tuple[int, ...]) -> dict[str, np.ndarray]:
    return {"chain": np.arange(shape[0]), "draw": np.arange(shape[1])}


def _stats(drawn: Draws) -> xr.Dataset:
    stats = dict(drawn.stats)
    stats["tree_depth"] = np.ceil(np.log2(stats["n_steps"] + 1)).astype(int)
    return xr.Dataset(
        {name: (("chain", "draw"), values) for name, values in stats.items()}, _draws(stats["energy"].shape)
    )


def _log_prior(question: Question, samples: dict[str, np.ndarray]) -> xr.Dataset:
    """log p of every number that has a prior of its own, on its own scale, in nats."""
    found = {}
    for key, prior in question.named:
        found[variable(key)] = (("chain", "draw"), np.asarray(prior.distribution.log_prob(samples[key])), _NATS)
        if question.pooled:
            half_normal = 0.5 * np.log(2 / np.pi) - samples[key + SPREAD] ** 2 / 2
            found[variable(key) + SPREAD] = (("chain", "draw"), half_normal, _NATS)
    return xr.Dataset(found, _draws(samples[question.keys[0]].shape))


def _believed(
    question: Question,
    samples: dict[str, np.ndarray],
    key: PRNGKeyArray | int,
    observing: bool = True,
) -> tuple[xr.Dataset, xr.Dataset | None, xr.Dataset | None]:
    """Beliefs, log likelihoods and replicates of the counts at each draw, for each body of evidence."""
    x = values_at(question, samples)
    shape = x.shape[1:3]
    beliefs, likelihood, replicated = [], [], []
    for j, case in enumerate(question.cases):
        counts = case.counts if observing else no_counts(case.believed)
        probes, left_out = leaving_out_each(question, counts)
        found = beliefs_at_draws(question, x[j].reshape(-1, x.shape[-1]), counts, left_out)
        beliefs.append(_beliefs(question, found, shape))
        likelihood.append(_log_likelihood(found, probes, shape))
        trials = {probe: round(float(seen.sum())) for probe, seen in _seen(question, j).items()}
        again = replicates(question, found, trials, counts, key=key, purpose=f"{question.evidence[j]}/{observing}")
        replicated.append(
            _by_outcome(question, {probe: each.reshape(*shape, -1) for probe, each in again.items()}, shape)
        )
    return (
        _over_evidence(question, beliefs),
        _over_evidence(question, likelihood) if observing else None,
        _over_evidence(question, replicated) if any(map(bool, replicated)) else None,
    )


def _over_evidence(question: Question, each: list[xr.Dataset]) -> xr.Dataset:
    """One dataset with a dim `evidence`; a body without observations has NaN where others have numbers."""
    if not question.pooled:
        return each[0]
    said = {name: dataset for name, dataset in zip(question.evidence, each, strict=True) if dataset}
    along = xr.Variable("evidence", list(said))
    joined = xr.concat(list(said.values()), along, join="outer", combine_attrs="override")
    return joined.reindex(evidence=list(question.evidence)).transpose(
        "chain", "draw", "evidence", ..., missing_dims="ignore"
    )


def _beliefs(question: Question, found: AtDraws, shape: tuple[int, ...]) -> xr.Dataset:
    names, leading = question.cases[0].names, _draws(shape)
    return xr.Dataset(
        {
            "identities": by_identity(found.identities.reshape(*shape, -1), names, **leading),
            "facets": by_facet(found.facets.reshape(*shape, *found.facets.shape[1:]), names, **leading),
            "ownership": by_stream(found.ownership.reshape(*shape, -1), names, **leading),
        }
    )


def _log_likelihood(found: AtDraws, probes: list[PROBE], shape: tuple[int, ...]) -> xr.Dataset:
    log_z = found.log_evidence
    pointwise = (log_z[:, None] - found.without).reshape(*shape, len(probes))
    return xr.Dataset(
        {
            "log_evidence": (("chain", "draw"), log_z.reshape(shape), _NATS),
            "of_each_probe": (("chain", "draw", "probe"), pointwise, _NATS),
        },
        {**_draws(shape), "probe": [".".join(probe) for probe in probes]},
    )


def _seen(question: Question, j: int) -> dict[PROBE, np.ndarray]:
    """The counts of every probe that a body of evidence observed."""
    case = question.cases[j]
    names, counts = case.names, case.counts
    rows = {probe: np.asarray(counts.single)[p, : len(names.outcomes[probe])] for p, probe in enumerate(names.single)}
    rows |= {probe: np.asarray(row)[0] for probe, row in zip(names.joint, counts.joint, strict=True)}
    return {probe: row for probe, row in rows.items() if row.sum() > 0}


def _by_outcome(question: Question, rows: dict[PROBE, np.ndarray], shape: tuple[int, ...]) -> xr.Dataset:
    """Counts by probe and outcome, NaN where a probe has no such outcome."""
    if not rows:
        return xr.Dataset()
    outcomes_of = question.cases[0].names.outcomes
    outcomes = list(dict.fromkeys(outcome for probe in rows for outcome in outcomes_of[probe]))
    counts = np.full((*shape, len(rows), len(outcomes)), np.nan)
    for i, (probe, row) in enumerate(rows.items()):
        counts[..., i, [outcomes.index(outcome) for outcome in outcomes_of[probe]]] = row
    leading = _draws(shape) if shape else {}
    return xr.Dataset(
        {"counts": ((*leading, "probe", "outcome"), counts, {"units": "trials"})},
        {**leading, "probe": [".".join(probe) for probe in rows], "outcome": outcomes},
    )


def _observed(question: Question) -> xr.Dataset | None:
    each = [_by_outcome(question, _seen(question, j), ()) for j in range(len(question.cases))]
    if not any(map(bool, each)):
        return None
    return _over_evidence(question, each)
