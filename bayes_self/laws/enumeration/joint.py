"""The tables that the model multiplies, each a joint over (identity, values of facet 1, of facet 2, …)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.special import gammaln

from bayes_self.laws.enumeration import draft
from bayes_self.laws.enumeration.draft import Number, Probe, Raw, Rows


def log(p: Any) -> Any:
    with np.errstate(divide="ignore"):
        return np.log(p)


def power(log_p: np.ndarray, w: Number) -> np.ndarray:
    """log(p^w), where 0^0 = 1: what has weight 0 says nothing, not even that something is impossible."""
    return np.zeros_like(log_p) if w == 0 else w * log_p


def log_sum(log_p: np.ndarray, axis: int | tuple[int, ...] | None = None) -> Any:
    """log Σ exp, with −inf for an empty or impossible sum."""
    top = np.max(log_p, axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    return log(np.sum(np.exp(log_p - top), axis=axis)) + np.squeeze(top, axis=axis)


def on_axes(scenario: Raw, array: np.ndarray, about: Sequence[str]) -> np.ndarray:
    """A table over the facets `about` (then maybe more axes) laid out over (identity, every facet, …)."""
    facets = list(scenario["facets"])
    order = sorted(range(len(about)), key=lambda i: facets.index(about[i]))
    array = np.transpose(array, order + list(range(len(about), array.ndim)))
    sizes = [len(v) if facet in about else 1 for facet, v in draft.values(scenario).items()]
    return array.reshape([1, *sizes, *array.shape[len(about) :]])


def self_model_prior(scenario: Raw) -> np.ndarray:
    """log P(self-model): of h ∝ ω_h = prior_h · 2^(−bits_h) · mentions_h^(w_pretraining), of "g as h" as below."""
    omega = {}
    for name, identity in scenario["identities"].items():
        term = np.log(identity.get("prior", 1.0)) - identity.get("bits", 0.0) * np.log(2)
        for stream in draft.streams(scenario, "pretraining").values():
            term += stream.get("weight", 1.0) * np.log(stream.get("mentions", {}).get(name, 1.0))
        omega[name] = term
    pairs = [pair for pair in draft.self_models(scenario).values() if pair[1] is not None]
    log_p = list(omega.values())
    for g, h in pairs:  # ω_g · 2^(−bits of the mask) · ω_h / Σ ω_k over all k that g can wear
        worn_by_g = log_sum(np.array([omega[k] for beneath, k in pairs if beneath == g]))
        log_p.append(omega[g] - scenario["masks"].get("bits", 3.0) * np.log(2) + omega[h] - worn_by_g)
    return np.array(log_p) - log_sum(np.array(log_p))


def value_given_self_model(scenario: Raw, name: str, facet: str) -> np.ndarray:
    """P(z_d given "g as h"): that of h as surely as the mask covers d, if h takes a stand on it; else that of g."""
    beneath, worn = draft.self_models(scenario)[name]
    p = value_given_identity(scenario, beneath, facet)
    if worn is None or draft.profile(scenario, worn, facet) is None:
        return p
    shows = draft.covers(scenario, facet)
    return shows * value_given_identity(scenario, worn, facet) + (1 - shows) * p


def value_given_identity(scenario: Raw, identity: str, facet: str) -> np.ndarray:
    """P(z_d given h) = κσ_d · profile + (1 − κσ_d) · base where h takes a stand, else base."""
    profile, base = draft.profile(scenario, identity, facet), draft.base(scenario, facet)
    if profile is None:
        return base
    hold = scenario.get("coherence", 0.9) * draft.salience(scenario, facet)
    return hold * profile + (1 - hold) * base


def log_prior(scenario: Raw) -> np.ndarray:
    """log P(h) + Σ_d log P(z_d given h): an array (self-models, values of facet 1, values of facet 2, …)."""
    tables = []
    for pi, identity in zip(self_model_prior(scenario), draft.self_models(scenario), strict=True):
        term = pi * np.ones([1] * (1 + len(scenario["facets"])))
        for facet in scenario["facets"]:
            p = value_given_self_model(scenario, identity, facet)
            term = term + on_axes(scenario, log(p), [facet])
        tables.append(term)
    return np.concatenate(tables)


def indicator(
    scenario: Raw, identity: str | None = None, facet_values: Mapping[str, str | None] | None = None
) -> np.ndarray:
    """[goes by identity and z_d = value …], laid out over (self-model, every facet); "g as h" goes by h."""
    names = draft.self_models(scenario)
    found = np.ones([len(names), *map(len, draft.values(scenario).values())])
    if identity is not None:
        is_h = np.array([identity == (g if h is None else h) for g, h in names.values()], dtype=float)
        found = found * is_h.reshape([-1] + [1] * len(scenario["facets"]))
    for facet, value in (facet_values or {}).items():
        is_v = np.array([name == value for name in scenario["facets"][facet]["values"]], dtype=float)
        found = found * on_axes(scenario, is_v, [facet])
    return found


def log_claims(scenario: Raw) -> np.ndarray:
    """Σ over claims of w · log(ρ [z_d = v] + (1 − ρ) / K); "you are g" likewise over identities."""
    total = np.zeros_like(log_prior(scenario))
    for stream in draft.streams(scenario, "spec").values():
        weight = stream.get("weight", 1.0)
        for facet, said in stream.get("claims", {}).items():
            value, rho = draft.claim(said, stream)
            error = (1 - rho) / len(scenario["facets"][facet]["values"])
            total += power(log(rho * indicator(scenario, facet_values={facet: value}) + error), weight)
        if "identity" in stream:
            value, rho = draft.claim(stream["identity"], stream)
            error = (1 - rho) / len(scenario["identities"])
            total += power(log(rho * indicator(scenario, identity=value) + error), weight)
    return total


def claims_in_force(scenario: Raw) -> tuple[dict[str, str], str | None]:
    """({facet: value}, identity or None): later in the file counts; a stream of weight 0 claims nothing."""
    facets, identity = {}, None
    for stream in draft.streams(scenario, "spec").values():
        if stream.get("weight", 1.0) > 0:
            facets |= {d: draft.claim(said, stream)[0] for d, said in stream.get("claims", {}).items()}
            if "identity" in stream:
                identity = draft.claim(stream["identity"], stream)[0]
    return facets, identity


def log_part(scenario: Raw) -> np.ndarray | None:
    """log P_part(h', z'): the prior given that the claims hold, of one who wears no mask; None if nobody can be it."""
    facets, identity = claims_in_force(scenario)
    unmasked = np.array([h is None for _, h in draft.self_models(scenario).values()], dtype=float)
    table = log_prior(scenario) + log(indicator(scenario, identity, facets))
    table = table + log(unmasked.reshape([-1] + [1] * len(scenario["facets"])))
    mass = log_sum(table)
    return table - mass if np.isfinite(mass) else None


def errors(scenario: Raw, probe: Probe) -> np.ndarray:
    """e_p(o), an array over outcomes."""
    uniform = np.full(len(probe.outcomes), 1 / len(probe.outcomes))
    if isinstance(probe.errors, dict):
        return draft.distribution(probe.errors, probe.outcomes)
    if probe.errors == "uniform":
        return uniform
    assert probe.errors == "part"
    part = log_part(scenario)
    if part is None:
        return uniform
    shown = np.exp(part)[..., None] * on_axes(scenario, probe.table, probe.about)
    return probe.reliability * shown.reshape(-1, len(probe.outcomes)).sum(0) + (1 - probe.reliability) * uniform


def outcome_given_values(scenario: Raw, probe: Probe) -> np.ndarray:
    """ρ A_p(o given z) + (1 − ρ) e_p(o), laid out over (identity, every facet, outcome)."""
    spoken = probe.reliability * probe.table + (1 - probe.reliability) * errors(scenario, probe)
    return on_axes(scenario, spoken, probe.about)


def log_likelihood(scenario: Raw, rows: Rows, stream: str) -> np.ndarray:
    """Σ_p log P(x_p given z) of one stream; rows of other streams say nothing here."""
    total = np.zeros_like(log_prior(scenario))
    for name, probe in draft.probes(scenario, stream).items():
        trusted, broken = whether_broken(scenario, rows, stream, name, probe)
        total = total + np.logaddexp(trusted, broken)
    return total


def heeded(scenario: Raw, rows: Rows, stream: str, name: str, probe: Probe) -> np.ndarray:
    """x_o = n_o · w_p · w_s."""
    weight = probe.weight * scenario["streams"][stream].get("weight", 1.0)
    return np.array([draft.counts(rows, stream, name, outcome) * weight for outcome in probe.outcomes], dtype=float)


def whether_broken(scenario: Raw, rows: Rows, stream: str, name: str, probe: Probe) -> tuple[np.ndarray, np.ndarray]:
    """log (1 − δ) Π_o P(o given z)^x_o, over (identity, every facet), and log δ Γ(K) / Γ(K + X) Π_o Γ(1 + x_o)."""
    x, p = heeded(scenario, rows, stream, name, probe), outcome_given_values(scenario, probe)
    said = sum((power(log(p[..., o]), n) for o, n in enumerate(x)), np.zeros(p.shape[:-1]))
    any_frequencies = gammaln(len(x)) - gammaln(len(x) + x.sum()) + gammaln(1 + x).sum()
    return log(1 - probe.doubt) + said, np.full_like(said, log(probe.doubt) + any_frequencies)


def next_outcome(scenario: Raw, rows: Rows, stream: str, name: str) -> np.ndarray:
    """P(next outcome given z and what was seen of the probe), laid out over (identity, every facet, outcome)."""
    probe = draft.probes(scenario, stream)[name]
    x, p = heeded(scenario, rows, stream, name, probe), outcome_given_values(scenario, probe)
    trusted, broken = whether_broken(scenario, rows, stream, name, probe)
    with np.errstate(invalid="ignore"):
        is_broken = np.exp(broken - np.logaddexp(trusted, broken))[..., None]
    is_broken = np.where(np.isnan(is_broken), 0.0, is_broken)  # values that are impossible have no say
    return (1 - is_broken) * p + is_broken * (1 + x) / (len(x) + x.sum())


def log_said(scenario: Raw, rows: Rows, stream: str, about_me: bool) -> np.ndarray:
    """Σ over what the stream said of w_s · log P(said given z), where it is about me, or given z' of the part."""
    total, w = np.zeros_like(log_prior(scenario)), scenario["streams"][stream].get("weight", 1.0)
    for row in draft.said(rows, stream):
        if row["part"] is not None and not about_me:
            total = total + power(np.full_like(total, row["part"]), w)
            continue
        for facet, potentials in row["values"].items():
            of_values = np.array([potentials[value] for value in scenario["facets"][facet]["values"]])
            total = total + power(on_axes(scenario, of_values, [facet]), w)
    return total


def ownership(scenario: Raw, stream: str) -> Number:
    """τ_s; 1 if no identity allows the part."""
    return 1.0 if log_part(scenario) is None else scenario["streams"][stream].get("ownership", 1.0)
