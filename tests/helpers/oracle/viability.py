"""How well reality plays along with an identity: viability, conviction, realization, accuracy, agreement."""

import numpy as np

from bayes_self.laws.enumeration import draft
from bayes_self.laws.enumeration.joint import (
    log_likelihood,
    log_prior,
    log_said,
    log_sum,
    next_outcome,
    self_model_prior,
)
from bayes_self.laws.enumeration.model import believe, framed, posterior
from bayes_self.laws.enumeration.world import answer, facts, trials


def mean(numbers):
    """A mean over nothing is None."""
    return float(np.mean(numbers)) if len(numbers) else None


def values_given_identity(scenario):
    """log P(z given h), laid out over (identity, every facet), whatever the prior of h."""
    joint = log_prior(scenario | ({"masks": scenario["masks"] | {"bits": 0.0}} if "masks" in scenario else {}))
    return joint - log_sum(joint.reshape(len(joint), -1), axis=1).reshape([-1] + [1] * (joint.ndim - 1))


def viability_by_probe(scenario, frame="self-model"):
    """{stream: {probe: {identity: KL(P_world(o) ‖ P(o given h, me))}}} of tried probes not in the void."""
    believed = framed(scenario, frame)
    found = {}
    for stream in draft.observation_streams(scenario):
        for name in draft.probes(believed, stream):
            true = answer(scenario, stream, name)
            if trials(scenario, stream, name) == 0 or true is None:
                continue
            p = np.exp(values_given_identity(believed))[..., None] * next_outcome(believed, [], stream, name)
            p = p.reshape(len(p), -1, len(true)).sum(1)
            with np.errstate(divide="ignore", invalid="ignore"):
                bits = np.where(true > 0, true * np.log2(true / p), 0.0).sum(1)
            found.setdefault(stream, {})[name] = dict(zip(draft.self_models(believed), bits.tolist(), strict=True))
    return found


def viability(scenario, frame="self-model"):
    """{identity: mean over the trials}."""
    bits = viability_by_probe(scenario, frame)
    tried = [(s, p, trials(scenario, s, p)) for s in bits for p in bits[s]]
    total = sum(n for *_, n in tried)
    if total == 0:
        return dict.fromkeys(draft.self_models(framed(scenario, frame)))
    return {h: sum(n * bits[s][p][h] for s, p, n in tried) / total for h in draft.self_models(framed(scenario, frame))}


def cumulative(scenario, rows, frame="self-model"):
    """{identity: bits}: log2 Σ_z P(z given h) Π P(o given z, me)^n of the best identity less that of h.

    Untempered, no claims; claims that are left out are left out of the part too, so they are gone from its
    errors.
    """
    believed = draft.without_claims(framed(scenario, frame))
    for stream in draft.observation_streams(believed).values():
        stream["weight"] = 1.0
        for probe in stream.get("probes", {}).values():
            probe["weight"] = 1.0
    joint = values_given_identity(believed)
    for stream in draft.observation_streams(believed):
        joint = joint + log_likelihood(believed, rows, stream) + log_said(believed, rows, stream, about_me=True)
    bits = log_sum(joint.reshape(len(joint), -1), axis=1) / np.log(2)
    bits = np.where(self_model_prior(believed) > -np.inf, bits, -np.inf)  # what a frame does not have, nobody keeps
    return dict(zip(draft.self_models(believed), (bits.max() - bits).tolist(), strict=True))


def stands(scenario, identity):
    """{facet: the value that the profile gives most; ties go to the first}."""
    found = {}
    for facet, values in draft.values(scenario).items():
        p = draft.profile(scenario, identity, facet)
        if p is not None:
            found[facet] = values[int(np.argmax(p))]
    return found


def conviction(scenario, rows, frame="self-model"):
    """{identity: mean over its stands of the posterior probability of their likeliest values}."""
    p = posterior(framed(scenario, frame), rows)["facets"]
    return {h: mean([p[d][v] for d, v in stands(scenario, h).items()]) for h in scenario["identities"]}


def realization(scenario, rows, frame="self-model"):
    """The same sum over the stands that are also true in the world, divided by all stands."""
    p, true = posterior(framed(scenario, frame), rows)["facets"], facts(scenario)
    return {
        h: mean([p[d][v] if true[d] == v else 0.0 for d, v in stands(scenario, h).items()])
        for h in scenario["identities"]
    }


def accuracy(scenario, rows, frame="self-model"):
    """Mean over the world's facts of log2 P(fact); −inf if a fact is held impossible."""
    p = posterior(framed(scenario, frame), rows)["facets"]
    with np.errstate(divide="ignore"):
        return mean([np.log2(p[d][v]) for d, v in scenario.get("world", {}).get("facts", {}).items()])


def agreement(scenario, rows, frame="self-model"):
    """P(z_d = the value its identity makes likeliest): mean over an identity's stands, then by P(h)."""
    belief = believe(framed(scenario, frame), rows)
    joint = np.exp(log_sum(belief.me, axis=0) - belief.log_evidence)  # (identity, every facet)
    total, held = 0.0, 0.0
    for i, h in enumerate(scenario["identities"]):  # those written down, which come first
        own = stands(scenario, h)
        if own and joint[i].sum() > 0:
            agrees = []
            for facet, value in own.items():
                axis = list(scenario["facets"]).index(facet)
                at = scenario["facets"][facet]["values"].index(value)
                agrees.append(np.take(joint[i], at, axis=axis).sum())
            held += np.mean(agrees)
            total += joint[i].sum()
    return float(held / total) if total > 0 else None
