"""The model as a Bayesian network that pyAgrum solves: a second judge of posteriors.

One network holds everything: my identity and facets, the part's, a referent node for each observation
stream, and a binary node for each claim ("this was said"), each probe ("these counts were observed") and whether
it is broken. The parents of a probe's node are the referent, my facets and the part's, and whether it is broken; its
probability is the tempered likelihood of the counts, scaled to at most one.
"""

import numpy as np
import pyagrum as gum
from scipy.special import betaln

from bayes_self.laws.enumeration import draft
from bayes_self.laws.enumeration.joint import heeded

MINE, PARTS = "my ", "part's "


class NoPart(ValueError):
    """The claims contradict the prior outright: no identity allows the part."""


def add(net, name, size):
    net.add(gum.LabelizedVariable(name, name, size))


def fill(net, name, table, axes):
    """Set a node's table, given with named axes; pyAgrum keeps its axes in reverse order."""
    wanted = list(reversed(net.cpt(name).names))
    net.cpt(name)[:] = np.ascontiguousarray(np.transpose(table, [axes.index(axis) for axis in wanted]))


def add_self_model(net, scenario, whose):
    """An identity node and, as its children, the facets. I may wear a mask, the part does not."""
    pi = np.array([h.get("prior", 1.0) * 0.5 ** h.get("bits", 0.0) for h in scenario["identities"].values()])
    for stream in draft.streams(scenario, "pretraining").values():
        mentions = [stream.get("mentions", {}).get(h, 1.0) for h in scenario["identities"]]
        pi *= np.array(mentions) ** stream.get("weight", 1.0)
    masks = scenario.get("masks", {}) if whose == MINE else {}
    pairs = pairs_of(scenario, masks)
    for g in dict.fromkeys(g for g, _ in pairs):  # for each who is beneath: which mask, in proportion, and its price
        worn = [h for beneath, h in pairs if beneath == g]
        pi = np.append(pi, pi[g] * 0.5 ** masks.get("bits", 3.0) * pi[worn] / pi[worn].sum())
    add(net, whose + "identity", len(pi))
    fill(net, whose + "identity", pi / pi.sum(), [whose + "identity"])
    for facet, values in draft.values(scenario).items():
        hold = scenario.get("coherence", 0.9) * draft.salience(scenario, facet)
        base = draft.base(scenario, facet)
        profiles = [draft.profile(scenario, h, facet) for h in scenario["identities"]]
        table = [base if p is None else hold * p + (1 - hold) * base for p in profiles]
        shows = masks.get("covers", {})
        shows = shows.get(facet, 0.0) if isinstance(shows, dict) else 1.0 * (facet in shows)
        for g, h in pairs:
            seen = 0.0 if profiles[h] is None else shows
            table.append(seen * table[h] + (1 - seen) * table[g])
        add(net, whose + facet, len(values))
        net.addArc(whose + "identity", whose + facet)
        fill(net, whose + facet, np.stack(table), [whose + "identity", whose + facet])


def pairs_of(scenario, masks):
    """(place of who is beneath, of who is worn) of every mask."""
    every = list(scenario["identities"])
    sides = [] if not masks else [[every.index(h) for h in masks.get(s, every)] for s in ("beneath", "worn")]
    return [(g, h) for g in sides[0] for h in sides[1] if g != h] if sides else []


def self_models(scenario):
    """(name, place of the identity that it goes by) of every self-model."""
    every = list(scenario["identities"])
    pairs = pairs_of(scenario, scenario.get("masks"))
    return [(h, i) for i, h in enumerate(every)] + [(f"{every[g]} as {every[h]}", h) for g, h in pairs]


def claims(scenario):
    """Every claim as (node, place of what it says among the node's values, size, reliability, weight)."""
    found = []
    for stream in draft.streams(scenario, "spec").values():
        said = {**stream.get("claims", {}), "identity": stream.get("identity")}
        for node, what in said.items():
            if what is not None:
                names = list(scenario["identities"]) if node == "identity" else draft.values(scenario)[node]
                value, rho = draft.claim(what, stream)
                found.append((node, names.index(value), len(names), rho, stream.get("weight", 1.0)))
    return found


def part_evidence(scenario):
    """{node: place}: what the claims, the later over the earlier, make true of the part."""
    return {PARTS + node: at for node, at, _, _, weight in claims(scenario) if weight > 0}


def part_alone(scenario, targets):
    """(probability that the claims hold, P_part of each set of facets in `targets`)."""
    net = gum.BayesNet()
    add_self_model(net, scenario, PARTS)
    solver = gum.LazyPropagation(net)
    for about in targets:
        solver.addJointTarget({PARTS + facet for facet in about})
    solver.setEvidence(part_evidence(scenario))
    try:
        solver.makeInference()
        mass = solver.evidenceProbability()
    except gum.IncompatibleEvidence as error:
        raise NoPart from error
    if mass == 0:  # pyAgrum says it either way
        raise NoPart
    found = {}
    for about in targets:
        joint = solver.jointPosterior({PARTS + facet for facet in about})
        names = [name.removeprefix(PARTS) for name in reversed(joint.names)]
        found[about] = np.transpose(joint.toarray(), [names.index(facet) for facet in about])
    return mass, found


def spoken(probe, p_part):
    """P(o given values): an array (values of each facet in `about`, outcomes)."""
    k = len(probe.outcomes)
    errors = np.full(k, 1 / k)
    if isinstance(probe.errors, dict):
        errors = np.array([probe.errors.get(o, 0.0) for o in probe.outcomes])
    elif probe.errors == "part":
        shown = np.tensordot(p_part, probe.table, axes=p_part.ndim)
        errors = probe.reliability * shown + (1 - probe.reliability) / k
    return probe.reliability * probe.table + (1 - probe.reliability) * errors


def log_of_any_frequencies(x):
    """log of the probability of a sequence with these counts, all frequencies being alike beforehand: an urn's."""
    rest = [x[o + 1 :].sum() for o in range(len(x) - 1)]  # one outcome after the other, against all later ones
    k = range(len(x) - 1, 0, -1)
    return sum(betaln(1 + x[o], n + after) + np.log(n) for o, (n, after) in enumerate(zip(k, rest, strict=True)))


def add_counts(net, stream, name, about, log_likelihood, broken, doubt):
    """The node "these counts of this probe"; returns the log of the scale that was taken out."""
    node, mine, parts = f"{stream}: {name}", [MINE + d for d in about], [PARTS + d for d in about]
    shape, n = log_likelihood.shape, len(about)
    scale = max(log_likelihood.max(), broken if doubt > 0 else -np.inf)
    of_me = np.exp(log_likelihood - scale).reshape(*shape, *[1] * n)
    of_part = np.moveaxis(of_me, range(2 * n), [*range(n, 2 * n), *range(n)])
    yes = np.stack(np.broadcast_arrays(of_part, of_me))  # the referent: 0 the part, 1 me
    is_broken = f"{node} is broken"
    add(net, is_broken, 2)
    fill(net, is_broken, np.array([1 - doubt, doubt]), [is_broken])
    yes = np.stack([yes, np.full_like(yes, np.exp(broken - scale) if doubt > 0 else 0.0)])
    add(net, node, 2)
    parents = [is_broken, f"{stream} is about me", *mine, *parts]
    for parent in parents:
        net.addArc(parent, node)
    fill(net, node, np.stack([1 - yes, yes], axis=-1), [*parents, node])
    return node, scale


def solve(scenario, rows):
    """{"log_evidence", "identities", "facets", "ownership"} of possible evidence; raises NoPart."""
    probes = []
    for stream in draft.observation_streams(scenario):
        probes += [(stream, name, probe) for name, probe in draft.probes(scenario, stream).items()]
    part_mass, p_part = part_alone(scenario, {tuple(probe.about) for *_, probe in probes})
    net, evidence, log_scale = gum.BayesNet(), part_evidence(scenario), -np.log(part_mass)
    add_self_model(net, scenario, MINE)
    add_self_model(net, scenario, PARTS)
    for stream, said in draft.observation_streams(scenario).items():
        tau, referent = said.get("ownership", 1.0), f"{stream} is about me"
        add(net, referent, 2)
        fill(net, referent, np.array([1 - tau, tau]), [referent])
    for stream, name, probe in probes:
        heed = heeded(scenario, rows, stream, name, probe)
        said = spoken(probe, p_part[tuple(probe.about)])[..., heed > 0]
        with np.errstate(divide="ignore"):
            log_likelihood = np.log(said) @ heed[heed > 0]
        broken = log_of_any_frequencies(heed)
        node, scale = add_counts(net, stream, name, probe.about, log_likelihood, broken, probe.doubt)
        evidence[node] = 1
        log_scale += scale
    for i, (about, at, size, rho, weight) in enumerate(claims(scenario)):
        answers = [h for _, h in self_models(scenario)] if about == "identity" else np.arange(size)
        likelihood = (rho * (np.array(answers) == at) + (1 - rho) / size) ** weight
        node, parent = f"claim {i}", MINE + about
        add(net, node, 2)
        net.addArc(parent, node)
        fill(net, node, np.stack([1 - likelihood, likelihood], axis=-1), [parent, node])
        evidence[node] = 1
    solver = gum.LazyPropagation(net)
    solver.setEvidence(evidence)
    solver.makeInference()

    def named(names, node):
        return dict(zip(names, solver.posterior(node).toarray().tolist(), strict=True))

    return {
        "log_evidence": np.log(solver.evidenceProbability()) + log_scale,
        "identities": named([name for name, _ in self_models(scenario)], MINE + "identity"),
        "facets": {facet: named(values, MINE + facet) for facet, values in draft.values(scenario).items()},
        "ownership": {
            stream: named(("part", "me"), f"{stream} is about me")["me"]
            for stream in draft.observation_streams(scenario)
        },
        "broken": {
            f"{stream}/{name}": named(("no", "yes"), f"{stream}: {name} is broken")["yes"]
            for stream, name, probe in probes
            if probe.doubt > 0 and heeded(scenario, rows, stream, name, probe).sum() > 0
        },
    }
