"""Random scenarios built from a NumPy generator, feature by feature."""

from dataclasses import dataclass

import numpy as np

FACETS = ("substrate", "era", "name", "tone")
VALUES = ("language model", "human brain", "thermostat", 'it\'s "odd"')
IDENTITIES = ("assistant", "jfk", "nobody", "tool")


@dataclass
class Draw:
    """One source of numbers; `positive` keeps probabilities away from 0, so that nothing is impossible."""

    rng: np.random.Generator
    positive: bool
    weights_one: bool

    def sometimes(self, p):
        return bool(self.rng.random() < p)

    def choice(self, options):
        return options[int(self.rng.integers(len(options)))]

    def weight(self):
        if self.weights_one or self.sometimes(0.5):
            return 1.0
        return self.choice([0.0, 0.25, 0.5, 2.0, float(self.rng.uniform(0, 3))])

    def unit(self, ends=0.15):
        """A number in [0, 1], often an end of it (never an end if positive)."""
        if not self.positive and self.sometimes(ends):
            return self.choice([0.0, 1.0])
        return float(self.rng.uniform(0.05, 0.95))

    def probabilities(self, n, zeros=0.3):
        """n numbers that sum to one, with exact zeros and ones now and then."""
        p = self.rng.dirichlet(np.full(n, self.choice([0.3, 1.0, 5.0]))) * 0.98 + 0.02 / n
        if not self.positive and self.sometimes(zeros):
            p[self.rng.permutation(n)[: self.rng.integers(1, n)]] = 0.0
        return (p / p.sum()).tolist()

    def table(self, about, outcomes):
        """The nested `given` over the values of the facets in `about`."""
        if not about:
            return self.probabilities(outcomes, zeros=0.2)
        return {value: self.table(about[1:], outcomes) for value in about[0]}


def said(draw, value):
    """A claim, bare or with its own reliability."""
    return {"value": value, "reliability": draw.unit(ends=0.1)} if draw.sometimes(0.4) else value


def spec_stream(draw, facets, identities):
    stream = {"kind": "spec", "weight": draw.weight()}
    if draw.sometimes(0.7):
        stream["reliability"] = draw.unit(ends=0.1)
    claims = {d: said(draw, draw.choice(facets[d]["values"])) for d in facets if draw.sometimes(0.5)}
    if claims:
        stream["claims"] = claims
    if draw.sometimes(0.4):
        stream["identity"] = said(draw, draw.choice(list(identities)))
    return stream


def probe(draw, facets, errors):
    names = draw.rng.permutation(list(facets))[: draw.rng.integers(1, 4)].tolist()
    outcomes = ["she answers", "nothing happens", "static"][: draw.rng.integers(2, 4)]
    found = {
        "about": names,
        "outcomes": outcomes,
        "given": draw.table([facets[d]["values"] for d in names], len(outcomes)),
        "weight": draw.weight(),
    }
    if draw.sometimes(0.3):
        found["reliability"] = draw.unit(ends=0.1)
    if draw.sometimes(0.3):
        table = dict(zip(outcomes, draw.probabilities(len(outcomes)), strict=True))
        found["errors"] = draw.choice([errors, table])
    return found


def observation_stream(draw, kind, facets, errors, owned):
    stream = {"kind": kind, "weight": draw.weight(), "reliability": draw.unit(ends=0.1)}
    if not owned:
        stream["ownership"] = draw.choice([0.0, 1.0, *draw.rng.uniform(0.05, 0.95, size=4).tolist()])
    if draw.sometimes(0.5):
        stream["errors"] = errors
    stream["readings"] = [d for d in facets if draw.sometimes(0.4)]
    names = ["phone", "check"][: draw.rng.integers(0 if stream["readings"] else 1, 3)]
    stream["probes"] = {name: probe(draw, facets, errors) for name in names}
    return stream


def tried(stream):
    """{probe: (about, outcomes or None for a reading)}."""
    found = {facet: ([facet], None) for facet in stream.get("readings", [])}
    return found | {name: (p["about"], p["outcomes"]) for name, p in stream.get("probes", {}).items()}


def world(draw, facets, streams):
    """Facts for some facets (the rest: claims, or the void), trials of most probes, some other tables."""
    found = {
        "seed": int(draw.rng.integers(1000)),
        "facts": {d: draw.choice(f["values"]) for d, f in facets.items() if draw.sometimes(0.5)},
    }
    for name, stream in streams.items():
        if stream["kind"] not in ("rl", "introspection"):
            continue
        trials = {p: int(draw.rng.integers(1, 30)) for p in tried(stream) if draw.sometimes(0.8)}
        found.setdefault("trials", {})[name] = trials
        if draw.sometimes(0.3):
            found.setdefault("reliability", {})[name] = draw.unit()
        for p, (about, outcomes) in tried(stream).items():
            if outcomes and draw.sometimes(0.3):
                true = draw.table([facets[d]["values"] for d in about], len(outcomes))
                found.setdefault("tables", {}).setdefault(name, {})[p] = {"given": true}
    return found


def build(seed, sizes, switches, positive, weights_one):
    draw = Draw(np.random.default_rng(seed), positive, weights_one)
    facets = {}
    for name in FACETS[: sizes["facets"]]:
        facets[name] = {"values": list(VALUES[: draw.rng.integers(2, sizes["values"] + 1)])}
        if draw.sometimes(0.4):
            p = draw.probabilities(len(facets[name]["values"]), zeros=0.1)
            facets[name]["base"] = dict(zip(facets[name]["values"], p, strict=True))
    identities = {}
    for name in IDENTITIES[: sizes["identities"]]:
        profile = {}
        for d in facets:
            if draw.sometimes(0.7):
                options = facets[d]["values"]
                spread = dict(zip(options, draw.probabilities(len(options)), strict=True))
                profile[d] = draw.choice([draw.choice(options), spread])
        identities[name] = {"prior": float(draw.rng.uniform(0.2, 3)), "profile": profile}
        if draw.sometimes(0.5):
            identities[name]["bits"] = float(draw.rng.uniform(0, 6))
    scenario = {"schema": 1, "title": "a random scenario", "coherence": draw.unit(), "facets": facets}
    if switches["salience"]:
        scenario["salience"] = draw.choice([draw.unit(), {d: draw.unit() for d in facets if draw.sometimes(0.6)}])
    streams = {}
    if switches["mentions"]:
        mentions = {h: float(draw.rng.integers(1, 1000)) for h in identities if draw.sometimes(0.7)}
        streams["pretraining"] = {"kind": "pretraining", "weight": draw.weight(), "mentions": mentions}
    for name in ("spec", "system_prompt")[: sizes["spec"]]:
        streams[name] = spec_stream(draw, facets, identities)
    errors = "part" if switches["part_errors"] else "uniform"
    for name, kind in (("rl", "rl"), ("introspection", "introspection"), ("tools", "rl"))[: sizes["observed"]]:
        streams[name] = observation_stream(draw, kind, facets, errors, owned=not switches["ownership"])
    names = draw.rng.permutation(list(streams)).tolist() if draw.sometimes(0.3) else list(streams)
    scenario |= {"identities": identities, "streams": {name: streams[name] for name in names}}
    if switches["world"]:
        scenario["world"] = world(draw, facets, streams)
    return scenario
