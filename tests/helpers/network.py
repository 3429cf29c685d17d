"""The model as a Bayesian network that pyAgrum solves: a second judge of posteriors.

One network holds everything: my identity and facets, the part's, a referent node for each observation
stream, and a binary node for each claim ("this was said") and each probe ("these counts were observed"). The
parents of a probe's node are the referent, my facets and the part's; its probability is the tempered likelihood
of the counts, scaled to at most one.
"""

import numpy as np
import pyagrum as gum

from bayes_self.laws.enumeration import draft

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
    """An identity node and, as its children, the facets."""
    pi = np.array([h.get("prior", 1.0) * 0.5 ** h.get("bits", 0.0) for h in scenario["identities"].values()])
    for stream in draft.streams(scenario, "pretraining").values():
        mentions = [stream.get("mentions", {}).get(h, 1.0) for h in scenario["identities"]]
        pi *= np.array(mentions) ** stream.get("weight", 1.0)
    add(net, whose + "identity", len(pi))
    fill(net, whose + "identity", pi / pi.sum(), [whose + "identity"])
    for facet, values in draft.values(scenario).items():
        hold = scenario.get("coherence", 0.9) * draft.salience(scenario, facet)
        base = draft.base(scenario, facet)
        profiles = [draft.profile(scenario, h, facet) for h in scenario["identities"]]
        table = [base if p is None else hold * p + (1 - hold) * base for p in profiles]
        add(net, whose + facet, len(values))
        net.addArc(whose + "identity", whose + facet)
        fill(net, whose + facet, np.stack(table), [whose + "identity", whose + facet])


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


def add_counts(net, stream, name, about, log_likelihood):
    """The node "these counts of this probe"; returns the log of the scale that was taken out."""
    node, mine, parts = f"{stream}: {name}", [MINE + d for d in about], [PARTS + d for d in about]
    shape, n = log_likelihood.shape, len(about)
    scale = log_likelihood.max()
    of_me = np.exp(log_likelihood - scale).reshape(*shape, *[1] * n)
    of_part = np.moveaxis(of_me, range(2 * n), [*range(n, 2 * n), *range(n)])
    yes = np.stack(np.broadcast_arrays(of_part, of_me))  # the referent: 0 the part, 1 me
    add(net, node, 2)
    parents = [f"{stream} is about me", *mine, *parts]
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
        n = np.array([draft.counts(rows, stream, name, o) for o in probe.outcomes])
        heed = n * probe.weight * scenario["streams"][stream].get("weight", 1.0)
        heeded = spoken(probe, p_part[tuple(probe.about)])[..., heed > 0]
        with np.errstate(divide="ignore"):
            log_likelihood = np.log(heeded) @ heed[heed > 0]
        node, scale = add_counts(net, stream, name, probe.about, log_likelihood)
        evidence[node] = 1
        log_scale += scale
    for i, (about, at, size, rho, weight) in enumerate(claims(scenario)):
        likelihood = (rho * (np.arange(size) == at) + (1 - rho) / size) ** weight
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
        "identities": named(scenario["identities"], MINE + "identity"),
        "facets": {facet: named(values, MINE + facet) for facet, values in draft.values(scenario).items()},
        "ownership": {
            stream: named(("part", "me"), f"{stream} is about me")["me"]
            for stream in draft.observation_streams(scenario)
        },
    }
