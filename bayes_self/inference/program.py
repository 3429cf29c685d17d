"""The generative program in NumPyro, discrete sites and all: the definition of the model, read aloud.

It is written from the definition alone. It uses neither potentials nor the log evidence, so that each can be held
against the other; and it does what the log evidence cannot: draw. For inference the log evidence is exact and fast.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jaxtyping import Bool, Float, Int

from bayes_self.evidence.evidence import Evidence
from bayes_self.inference.priors import prior_of
from bayes_self.inference.program_counts import WorkingOrBroken
from bayes_self.inference.program_numbers import Number, Numbers
from bayes_self.inference.refusals import accepted, refuse_tempered
from bayes_self.model.arrays import AnyArray
from bayes_self.scenario import Scenario
from bayes_self.scenario.keys import dotted
from bayes_self.scenario.probes import ResolvedProbe
from bayes_self.scenario.stream_schema import ObservationStream

Index = Int[AnyArray, "..."] | int
Trials = Mapping[str, Mapping[str, int]]
"""How often each probe is tried, by stream and probe, as in the file's `world.trials`."""


@dataclass(frozen=True)
class _SelfModel:
    """P(h) and P(z_d given h): of me, masks among them, or of the part, who wears none."""

    identities: Float[AnyArray, " J"]
    values: dict[str, Float[AnyArray, "J V"]]


def program(scenario: Scenario, unknown: Sequence[str] = ()) -> Callable[..., None]:
    """The generative program of a scenario: a NumPyro model `model(evidence=None, trials=None)`.

        h ~ Categorical(π),  z_d ~ P(z_d given h)           sites `me.identity`, `me.FACET`
        h', z' ~ P_part, in which the claims are true        `part.identity`, `part.FACET`; the part wears no mask
        m_s ~ P(about the part, about me)                    `about_me.STREAM`, 1 for "about me"
        a claim ~ ρ [it is true] + (1 − ρ) / answers         `streams.STREAM.claims.FACET`, `streams.STREAM.identity`
        b_p ~ P(working, broken)                             `broken.STREAM.PROBE`, 1 for "broken", where δ is not 0
        counts ~ Multinomial(trials, ρ A + (1 − ρ) e)        `evidence.STREAM.PROBE`, one count for each outcome
        counts ~ DirichletMultinomial(trials, 1)             the same, of a probe that is broken
        what a stream of one's own said: a factor            `evidence.STREAM.0`, if there is such evidence

    Values of sites are positions in the order of the file; of `me.identity`, every "g as h" follows the identities
    (`scenario.self_models`). Claims are always observed. With `evidence` (an `Evidence`),
    counts are observed, probes of weight 0 are left out, and the sum of the log density over all discrete sites is the
    log evidence (nats) plus the log multinomial coefficients, which the log evidence leaves out. Without it, counts are
    drawn: `trials` of each probe by stream and name, the world's where None. Conditioned on the facts and on every
    `about_me.STREAM` being 1, the draws are those of a world whose tables and reliabilities are as believed.

    `unknown` are dotted keys of numbers that are drawn from their priors, at sites of that name (see `infer`). NumPyro
    computes in JAX's precision: enable float64 for densities that are exact to more than some seven digits. Enumerated
    by funsor, it may have no gradient where the scenario has hard zeros (`jfk_coder`); `infer` has no such limit.

    Raises:
        ScenarioError: a weight is neither 0 nor 1 (a tempered score has no generative model), or a number cannot be
            unknown.

    """
    keys = accepted(scenario, unknown) if unknown else ()
    refuse_tempered(scenario)

    def model(evidence: Evidence | None = None, trials: Trials | None = None) -> None:
        if evidence is not None and trials is not None:
            raise ValueError("give evidence, which is observed, or trials, whose outcomes are drawn: not both")
        priors = {key: prior_of(scenario, key).distribution for key in keys}
        drawn = {key: numpyro.sample(key, prior) for key, prior in priors.items()}
        numbers = Numbers(scenario, cast(dict[str, Number], drawn))
        me = _SelfModel(numbers.self_models(), {d: numbers.values_of_self_models(d) for d in scenario.facets})
        written = _SelfModel(jnp.asarray(numbers.identities()), {d: numbers.values(d) for d in scenario.facets})
        part, possible = _part(written, scenario)
        h, z = _someone("me", me)
        _, z_part = _someone("part", part)
        goes_by = jnp.array([*range(len(scenario.identities)), *(worn for _, worn in numbers.masks)])
        _claims(scenario, numbers, goes_by[h], z)
        for stream in (name for name, of in scenario.streams.items() if isinstance(of, ObservationStream)):
            owned = jnp.where(possible, numbers.of("streams", stream, "ownership"), 1.0)
            # Not a Bernoulli: NumPyro keeps its probability away from 0 and 1.
            about_me = _one_of(dotted(("about_me", stream)), jnp.stack([1 - owned, owned]))
            _heard(scenario, stream, evidence, about_me, z, z_part)
            for probe in (probe for probe in scenario.probes() if probe.stream == stream):
                values = [jnp.where(about_me == 1, z[d], z_part[d]) for d in probe.about]
                chances = _chances(probe, numbers, part, possible)[tuple(values)]
                _counts(scenario, probe, numbers.doubt_of(probe), chances, evidence, trials)

    return model


def _someone(who: str, of: _SelfModel) -> tuple[Index, dict[str, Index]]:
    """An identity, and values of its facets."""
    h = _one_of(f"{who}.identity", of.identities)
    return h, {d: _one_of(dotted((who, d)), table[h]) for d, table in of.values.items()}


def _one_of(site: str, chances: Float[AnyArray, "*enumerated N"]) -> Index:
    return cast(Index, numpyro.sample(site, dist.CategoricalProbs(chances)))


def _part(written: _SelfModel, scenario: Scenario) -> tuple[_SelfModel, Bool[AnyArray, ""]]:
    """The self-model given that what is claimed is true (of several claims, the later), and whether any can be it."""
    weights, values = written.identities, dict(written.values)
    claims = scenario.claims_in_force()
    for facet, value in claims.values.items():
        is_it = np.array(scenario.facets[facet].values) == value
        weights = weights * jnp.sum(written.values[facet] * is_it, -1)
        values[facet] = jnp.broadcast_to(is_it.astype(float), written.values[facet].shape)
    if claims.identity:
        weights = weights * (np.array(list(scenario.identities)) == claims.identity)
    total = jnp.sum(weights)
    possible = total > 0
    chances = jnp.where(possible, weights / jnp.where(possible, total, 1.0), written.identities)
    return _SelfModel(chances, values), possible


def _claims(scenario: Scenario, numbers: Numbers, h: Index, z: dict[str, Index]) -> None:
    for name, stream in scenario.claims_in_force().by_stream.items():
        if stream.identity:
            answers = list(scenario.identities)
            _claim(numbers, ("streams", name, "identity"), h, answers, stream.identity.value)
        for d, claim in stream.claims.items():
            _claim(numbers, ("streams", name, "claims", d), z[d], scenario.facets[d].values, claim.value)


def _claim(numbers: Numbers, key: tuple[str, ...], truth: Index, answers: Sequence[str], said: str) -> None:
    trust = numbers.of(*key, "reliability")
    says = trust * (jnp.expand_dims(truth, -1) == jnp.arange(len(answers))) + (1 - trust) / len(answers)
    numpyro.sample(dotted(key), dist.CategoricalProbs(says), obs=jnp.array(list(answers).index(said)))


def _heard(
    scenario: Scenario,
    name: str,
    evidence: Evidence | None,
    about_me: Index,
    z: dict[str, Index],
    z_part: dict[str, Index],
) -> None:
    """What a stream of one's own said, as a factor: it is a density of what it observed, and draws nothing."""
    if evidence is None or scenario.streams[name].weight == 0:
        return
    for i, said in enumerate(evidence.potentials.get(name, ())):
        of_me = of_part = jnp.zeros(())
        for d, row in said.values.items():
            potential = jnp.array([row[value] for value in scenario.facets[d].values])
            of_me, of_part = of_me + potential[z[d]], of_part + potential[z_part[d]]
        of_part = of_part if said.part is None else jnp.asarray(said.part)
        numpyro.factor(dotted(("evidence", name, str(i))), jnp.where(about_me == 1, of_me, of_part))


def _chances(
    probe: ResolvedProbe, numbers: Numbers, part: _SelfModel, possible: Bool[AnyArray, ""]
) -> Float[AnyArray, "*V O"]:
    """P(outcome given values): ρ A + (1 − ρ) e."""
    trust = numbers.reliability_of(probe)
    n = len(probe.outcomes)
    errors = jnp.full(n, 1 / n) if isinstance(probe.errors, str) else jnp.asarray(probe.errors)
    if isinstance(probe.errors, str) and probe.errors == "part":
        letters = "abc"[: len(probe.about)]
        tables = ",".join(f"h{letter}" for letter in letters)
        seen = jnp.einsum(
            f"h,{tables},{letters}o->o", part.identities, *(part.values[d] for d in probe.about), probe.table
        )
        errors = jnp.where(possible, trust * seen + (1 - trust) / n, errors)
    return trust * probe.table + (1 - trust) * errors


def _counts(
    scenario: Scenario,
    probe: ResolvedProbe,
    doubt: Number,
    chances: Float[AnyArray, "*enumerated O"],
    evidence: Evidence | None,
    trials: Trials | None,
) -> None:
    """The counts of one probe, observed or drawn; no site where there are none."""
    seen, tried = None, 0.0
    if evidence is not None:
        is_heeded = probe.weight * scenario.streams[probe.stream].weight > 0
        seen = evidence.of(probe.stream, probe.name) if is_heeded else None
        tried = 0.0 if seen is None else float(seen.sum())
    elif trials is not None or scenario.world is not None:
        planned = trials if trials is not None else scenario.world.trials  # type: ignore[union-attr]
        tried = planned.get(probe.stream, {}).get(probe.name, 0)
    if tried > 0:
        name = dotted(("evidence", probe.stream, probe.name))
        # Not validated: counts may be weighed down, and need not be whole.
        counts = dist.Multinomial(probs=chances, total_count=tried, validate_args=False)
        if not (isinstance(doubt, int | float) and doubt == 0):
            doubt = jnp.asarray(doubt)
            broken = _one_of(dotted(("broken", probe.stream, probe.name)), jnp.stack([1 - doubt, doubt]))
            counts = WorkingOrBroken(broken, chances, tried)
        numpyro.sample(name, counts, obs=None if seen is None else jnp.asarray(seen))
