"""Evidence is counts: neither its order, nor how it is cut up, nor what things are called, says anything."""

from typing import Any

import numpy as np

from bayes_self.beliefs.posterior import trajectory
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree, require
from bayes_self.laws.beliefs import is_possible, log_evidence, only, probabilities, rounding
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.laws.enumeration import joint
from bayes_self.laws.renaming import shuffled, twice_named
from bayes_self.scenario import Scenario


def _without_observations(scenario: Scenario, evidence: Evidence) -> str | None:
    return None if evidence else "nothing was observed"


@law(
    statement="The order in which evidence arrives does not matter, of rows or of batches; nor in how many rows a "
    "count is.",
    reason="Given the values, and the frequencies of a probe that is broken, the trials are independent: their "
    "likelihoods multiply, and products commute.",
    conditions="what counts as evidence is given; what a tempered model improvises (the void) hangs on the order in "
    "which it is asked",
    unless=_without_observations,
)
def order_does_not_matter(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "order")
    halves = [row | {"count": row["count"] / 2} for row in evidence.rows(scenario)]  # halves add up to the last bit
    rows = [*halves, *halves]
    mixed = [rows[i] for i in rng.permutation(len(rows))]
    cut = int(rng.integers(len(rows) + 1))
    early, late = Evidence.from_rows(scenario, mixed[:cut]), Evidence.from_rows(scenario, mixed[cut:])
    expected, rest = probabilities(scenario, evidence), rounding(scenario, evidence)
    for what in (Evidence.from_rows(scenario, mixed), early + late, late + early):
        require(what == evidence, "the counts changed with the order of their rows")
        agree("P", probabilities(scenario, what), expected, rest)


@law(
    statement="Training ends where all the evidence at once leads, whatever the stages before.",
    reason="Beliefs are static: log likelihoods of the streams add up, and a sum does not depend on its partial sums.",
)
def training_ends_in_the_posterior(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    steps = trajectory(scenario, evidence)
    last = steps.identities.isel(step=-1)
    found = {f"identity = {h}": float(last.sel(identity=h)) for h in scenario.self_models}
    expected = probabilities(scenario, evidence)
    agree("P, after the last stream,", found, only(expected, found), rounding(scenario, evidence))
    untrained = draft.inferred_from(scenario) | {"streams": {}}
    prior = dict(zip(scenario.self_models, np.exp(joint.self_model_prior(untrained)).tolist(), strict=True))
    before = {h: float(steps.identities.isel(step=0).sel(identity=h)) for h in prior}
    agree("P, before training,", before, prior)


@law(
    statement="Splitting a count in two does not matter: a probe's trials may be told of two probes that are alike.",
    reason="L^n = L^a · L^(n - a), for any a from 0 to n.",
    conditions="the two probes are of one stream, which is about me or about the part as a whole (two streams are "
    "not); nobody doubts them, because each of two probes is broken by itself",
    unless=lambda scenario, evidence: (
        _without_observations(scenario, evidence)
        or (None if _trusted(scenario, evidence) else "every probe that was observed is doubted")
    ),
)
def splitting_a_count_does_not_matter(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "splitting")
    cell = one_of(rng, _trusted(scenario, evidence))
    share = one_of(rng, [0.5, 0.25, 1.0])
    raw, twin = with_twin_probe(draft.inferred_from(scenario), *cell)
    counts = dict(evidence.counts)
    counts[cell[0], twin] = share * counts[cell]
    counts[cell] = counts[cell] - counts[cell[0], twin]
    split = draft.scenario_of(raw)
    expected, rest = probabilities(scenario, evidence), rounding(scenario, evidence)
    agree("P", probabilities(split, Evidence(counts)), expected, rest)
    agree("log Z", log_evidence(split, Evidence(counts)), log_evidence(scenario, evidence), rest)


def _trusted(scenario: Scenario, evidence: Evidence) -> list[tuple[str, str]]:
    """The probes with counts that nobody doubts."""
    doubted = {(probe.stream, probe.name) for probe in scenario.probes() if probe.doubt > 0}
    return [cell for cell in sorted(evidence.counts) if cell not in doubted]


def with_twin_probe(raw: draft.Raw, stream: str, name: str, **fields: Any) -> tuple[draft.Raw, str]:
    """With another probe that is like the one named but for some fields; and what it is called."""
    said = raw["streams"][stream]
    probes = said.get("probes", {})
    probe = probes[name] if name in probes else draft.reading(raw, name)
    twin = draft.unused([*probes, *said.get("readings", [])], f"{name} again")
    return draft.changed_stream(raw, stream, probes={**probes, twin: probe | fields}), twin


@law(
    statement="Renaming identities, facets, values, probes and outcomes changes nothing but names.",
    reason="The joint distribution is a product of tables; a name is the label of an axis.",
)
def names_do_not_matter(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw, new = twice_named(draft.inferred_from(scenario))
    counts = {(new(s), new(p)): seen for (s, p), seen in evidence.counts.items()}
    found = probabilities(draft.scenario_of(raw), Evidence(counts))
    expected = probabilities(scenario, evidence)
    agree("P", dict(zip(expected, found.values(), strict=True)), expected, rounding(scenario, evidence))


@law(
    statement="The order of identities, facets, values, probes and observation streams in the file changes no belief.",
    reason="Sums and products over the axes of the joint distribution commute.",
    conditions="the order of spec streams is kept: of contradicting claims the later is what the part is made of",
)
def order_in_the_file_does_not_matter(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = shuffled(draft.inferred_from(scenario), choices(key, "file"))
    other = draft.scenario_of(raw)
    mixed = Evidence.from_rows(other, evidence.rows(scenario))
    rest = rounding(scenario, evidence)
    agree("P", probabilities(other, mixed), probabilities(scenario, evidence), rest)
    agree("log Z", log_evidence(other, mixed), log_evidence(scenario, evidence), rest)


@law(
    statement="A stream of weight 0 is as good as absent.",
    reason="L^0 = 1, also where L = 0; and a spec of weight 0 claims nothing, so that the part is not made of it.",
    conditions="the weight is 0: a spec stream of however small a weight makes the part",
    unless=lambda scenario, evidence: None if scenario.streams else "there is no stream",
    of_impossible=True,
)
def weight_0_is_silence(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.inferred_from(scenario)
    silent = one_of(choices(key, "silence"), list(raw["streams"]))
    off = draft.scenario_of(draft.changed_stream(raw, silent, weight=0.0))
    gone = draft.scenario_of(draft.with_only(raw, set(raw["streams"]) - {silent}))
    rest = draft.keeping(evidence, [cell for cell in evidence.counts if cell[0] != silent])
    require(
        is_possible(off, evidence) == is_possible(gone, rest),
        f"evidence is possible with the stream {silent} at weight 0, or without it, and not both",
    )
    if is_possible(gone, rest):
        heard, expected = probabilities(off, evidence), probabilities(gone, rest)
        agree("P", only(heard, expected), expected, rounding(gone, rest))
        agree("P", heard, probabilities(off, rest), rounding(gone, rest))
