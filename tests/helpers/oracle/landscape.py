"""Which beliefs concentrate, which stay flat, and what it would take to change them. All in bits.

In every measure `rows` were drawn by (or expected of) the scenario's world unless `given`.
"""

import copy
from itertools import combinations

import numpy as np

from bayes_self.laws.enumeration import draft
from bayes_self.laws.enumeration.joint import log_sum
from bayes_self.laws.enumeration.model import believe, framed, posterior, prior
from oracle.left_out import rows_under, without_claims_on, without_spec


def kl(p, q):
    """KL(p ‖ q) in bits of two {name: probability}."""
    return sum(a * np.log2(a / q[name]) for name, a in p.items() if a > 0)


def concentration(scenario, rows, frame="self-model"):
    """{"identity": bits, facet: bits}: KL(p ‖ p0)."""
    p, p0 = posterior(framed(scenario, frame), rows), prior(framed(scenario, frame))
    facets = {facet: float(kl(p["facets"][facet], p0["facets"][facet])) for facet in scenario["facets"]}
    return {"identity": float(kl(p["identities"], p0["identities"]))} | facets


def flips(log_q, names):
    """{v: log2( max over v' ≠ v of q(v') / q(v) )}, None where not finite."""
    found = {}
    for i, name in enumerate(names):
        with np.errstate(invalid="ignore"):
            bits = (np.delete(log_q, i).max() - log_q[i]) / np.log(2)
        found[name] = float(bits) if np.isfinite(bits) else None
    return found


def bits_to_flip(scenario, rows, frame="self-model", given=False):
    """From q_d, the posterior without the claims on d, answered again. Evidence kept: entrenchment."""

    def q(changed):
        return believe(framed(changed, frame), rows_under(changed, scenario, rows, given))

    without = q(draft.without_identity_claims(scenario))
    found = {"identity": flips(without.log_identities(), draft.self_models(without.scenario))}
    for facet, values in draft.values(scenario).items():
        without = q(without_claims_on(scenario, facet))
        found[facet] = flips(without.log_facet(facet), values)
    return found


def entrenchment(scenario, rows, frame="self-model"):
    return bits_to_flip(scenario, rows, frame, given=True)


def sharp_on(p, sharp):
    """The value on which p is sharp, or None."""
    value = max(p, key=lambda name: p[name])
    return value if p[value] >= sharp else None


def verdicts(scenario, rows, frame="self-model", given=False, sharp=0.9, leaning=0.25):
    """{facet: verdict}, the first that holds."""
    p, p0 = posterior(framed(scenario, frame), rows), prior(framed(scenario, frame))
    bare = without_spec(scenario)
    r = posterior(framed(bare, frame), rows_under(bare, scenario, rows, given))
    found = {}
    for facet in scenario["facets"]:
        on_p0, on_p, on_r = (sharp_on(belief["facets"][facet], sharp) for belief in (p0, p, r))
        if on_p0 is not None and on_p == on_p0 and on_r in (None, on_p):
            found[facet] = "given"
        elif on_r is not None and on_p == on_r:
            found[facet] = "concentrated"
        elif on_r is not None:
            found[facet] = "contested"
        elif on_p is not None:
            found[facet] = "selected"
        elif on_p0 is not None:
            found[facet] = "unsettled"
        elif kl(p["facets"][facet], p0["facets"][facet]) >= leaning:
            found[facet] = "leaning"
        else:
            found[facet] = "flat"
    return found


def with_claim(scenario, facet, value):
    """The spec claims the value: in the last spec stream that claims the facet, else in the first.

    A stream of weight 0 claims nothing, so it is never the one that claims the facet.
    """
    changed = copy.deepcopy(scenario)
    specs = list(draft.streams(changed, "spec").values())
    claiming = [s for s in specs if s.get("weight", 1.0) > 0 and facet in s.get("claims", {})]
    stream = claiming[-1] if claiming else specs[0]
    claims = stream.setdefault("claims", {})
    rho = draft.claim(claims[facet], stream)[1] if claiming else stream.get("reliability", 0.95)
    claims[facet] = {"value": value, "reliability": rho}
    return changed


def steerability(scenario, rows, frame="self-model", given=False):
    """{facet: mean total variation over pairs of claimed values}, None without a spec stream."""
    found = {}
    for facet, values in draft.values(scenario).items():
        if not draft.streams(scenario, "spec"):
            found[facet] = None
            continue
        p = {}
        for value in values:
            changed = with_claim(scenario, facet, value)
            again = rows_under(changed, scenario, rows, given)
            p[value] = posterior(framed(changed, frame), again)["facets"][facet]
        pairs = combinations(values, 2)
        found[facet] = float(np.mean([sum(abs(p[a][v] - p[b][v]) for v in values) / 2 for a, b in pairs]))
    return found


def covariance(belief):
    """Covariance of the indicators of all values of all facets, from the joint of (h, z) of me."""
    joint = log_sum(belief.me, axis=0)
    joint = np.exp(joint - log_sum(joint))
    sizes = joint.shape[1:]
    states = np.indices(joint.shape).reshape(joint.ndim, -1)[1:]
    indicators = np.concatenate(
        [z[:, None] == np.arange(n) for z, n in zip(states, sizes, strict=True)], axis=1
    ).astype(float)
    p = joint.ravel()
    centred = indicators - p @ indicators
    return (centred * p[:, None]).T @ centred


def spectrum(scenario, rows, frame="self-model", tolerance=1e-10):
    """Ascending eigenvalues of the covariance under p relative to that under p0, where p0 varies."""
    of_p = covariance(believe(framed(scenario, frame), rows))
    before = draft.keeping_streams(scenario, draft.streams(scenario, "pretraining"))
    size, directions = np.linalg.eigh(covariance(believe(framed(before, frame), [])))
    varies = size > tolerance
    whiten = directions[:, varies] / np.sqrt(size[varies])
    return np.sort(np.linalg.eigvalsh(whiten.T @ of_p @ whiten)).tolist()
