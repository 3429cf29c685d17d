"""Bayes' rule: beliefs are the enumerated joint, normalised; and what follows for predictions."""

import math
from typing import Any

import numpy as np

from bayes_self.beliefs.case import Case, case_of
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws.agreement import agree, require
from bayes_self.laws.beliefs import named, rounding
from bayes_self.laws.choice import choices
from bayes_self.laws.definition import Key, law
from bayes_self.laws.draft import inferred_from
from bayes_self.laws.enumeration import model
from bayes_self.model.beliefs import Beliefs, believe
from bayes_self.model.coordinates import PROBE
from bayes_self.model.frames import FRAMES
from bayes_self.model.potentials import Counts
from bayes_self.scenario import Scenario
from bayes_self.scenario.stream_schema import OBSERVATION_KINDS

LARGEST_JOINT = 400_000
"""Cells of the joint of one's self-model, all facets and all referents that are enumerated."""


@law(
    statement="Probabilities are numbers from 0 to 1, and those of one question sum to one.",
    reason="Kolmogorov's axioms.",
)
def probabilities_sum_to_one(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    case = case_of(scenario, evidence)
    for when, found in (("", case.beliefs), (" before the evidence", case.prior)):
        numbers = named(found, case.names)
        for name, p in numbers.items():
            require(-1e-12 <= p <= 1 + 1e-12, f"P({name}){when} is {p:.12g}, which is no probability")
        agree(f"the sum of P(identity){when}", float(found.identities.sum()), 1.0)
        for d, facet in enumerate(case.names.facets):
            agree(f"the sum of P({facet}){when}", float(found.facets[d].sum()), 1.0)


def too_large(scenario: Scenario, evidence: Evidence) -> str | None:
    """Why a joint is not enumerated."""
    referents = 2 ** sum(stream.kind in OBSERVATION_KINDS for stream in scenario.streams.values())
    cells = len(scenario.self_models) * math.prod(len(f.values) for f in scenario.facets.values()) * referents
    return f"its joint has {cells} cells, too many to enumerate" if cells > LARGEST_JOINT else None


@law(
    statement="Beliefs are those of Bayes' rule: the joint, cell by cell over (identity, all facets, all referents), "
    "summed and normalised; in every frame, with and without the evidence.",
    reason="Bayes' rule and total probability.",
    conditions=f"the joint has at most {LARGEST_JOINT} cells",
    unless=too_large,
    of_impossible=True,
)
def bayes_rule(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw, rows, rest = inferred_from(scenario), evidence.rows(scenario), rounding(scenario, evidence)
    for frame in FRAMES:
        case = case_of(scenario, evidence, frame)
        _is_enumerated(case, model.framed(raw, frame), rows, rest)
    prior = model.prior(raw)
    found = case_of(scenario, evidence).prior.identities
    agree(
        "P before claims and observations",
        dict(zip(scenario.self_models, map(float, found), strict=True)),
        prior["identities"],
    )


def _is_enumerated(case: Case, raw: dict, rows: list, rest: float) -> None:
    where = f" in the frame {case.frame}"
    found = case.beliefs
    try:
        joint = model.believe(raw, rows)
    except model.ImpossibleEvidence:
        require(not found.is_possible, f"evidence that no cell of the joint allows is thought possible{where}")
        return
    require(found.is_possible, f"evidence that some cell of the joint allows is thought impossible{where}")
    log_z = joint.log_evidence
    agree(f"log Z{where}", float(found.log_evidence), log_z, rest)
    owned = model.named(joint)["ownership"]
    agree(f"P(about me){where}", dict(zip(case.names.streams, map(float, found.ownership), strict=True)), owned, rest)
    agree(
        f"log P{where}",
        _by_name(case.names.identities, found.log_identities),
        _by_name(case.names.identities, joint.log_identities() - log_z),
        rest,
    )
    for d, (facet, values) in enumerate(zip(case.names.facets, case.names.values, strict=True)):
        expected = _by_name(values, joint.log_facet(facet) - log_z)
        agree(f"log P{where} of {facet}", _by_name(values, found.log_facets[d, : len(values)]), expected, rest)


def _by_name(names: tuple[str, ...], numbers: Any) -> dict[str, float]:
    return dict(zip(names, map(float, numbers), strict=True))


def next_outcomes(case: Case, key: Key, most: int = 3) -> list[tuple[PROBE, np.ndarray, list[Beliefs]]]:
    """Of some probes whose weight is 1: what each is called, P(next outcome), and the beliefs after each outcome."""
    shown, numbers, names = case.beliefs.predictive, case.believed, case.names
    cells = [(name, 0, p) for p, name in enumerate(names.single) if numbers.single.weight[p] == 1]
    cells += [(name, 1 + j, 0) for j, name in enumerate(names.joint) if numbers.joint[j].weight[0] == 1]
    found = []
    for i in choices(key, "next outcomes").permutation(len(cells))[:most]:
        name, array, p = cells[int(i)]
        row = (shown.single[p] if array == 0 else shown.joint[array - 1])[: len(names.outcomes[name])]
        after = [believe(numbers, _with_one_more(case.counts, array, p, o)) for o in range(len(row))]
        found.append((name, row, after))
    return found


def _with_one_more(counts: Counts, array: int, p: int, o: int) -> Counts:
    arrays = [np.array(counts.single), *map(np.array, counts.joint)]
    arrays[array][p, o] += 1
    return Counts(arrays[0], tuple(arrays[1:]))


def untempered_probe(scenario: Scenario, evidence: Evidence) -> str | None:
    """Why no next outcome has a probability that beliefs answer to as Bayes' rule says."""
    untempered = [p for p in scenario.probes() if p.weight * scenario.streams[p.stream].weight == 1]
    return None if untempered else "no probe has weight 1"


@law(
    statement="What is predicted of the next outcome is the ratio of the evidence with it to the evidence without it.",
    reason="The chain rule: P(o given E) = P(E, o) / P(E).",
    conditions="the probe's weight (times its stream's) is 1; what else was observed may be tempered",
    unless=untempered_probe,
)
def prediction_is_a_ratio_of_evidences(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    case, rest = case_of(scenario, evidence), rounding(scenario, evidence)
    log_z = float(case.beliefs.log_evidence)
    for probe, row, after in next_outcomes(case, key):
        for o, (p, then) in enumerate(zip(row, after, strict=True)):
            agree(f"P(outcome {o} of {'.'.join(probe)})", float(p), math.exp(float(then.log_evidence) - log_z), rest)


@law(
    statement="No observation is expected to move a belief: Σ_o P(o) P(h given o) = P(h), and so for facets and "
    "ownership.",
    reason="Conservation of expected evidence: the posterior is a martingale under the model's own predictions.",
    conditions="the probe's weight (times its stream's) is 1; what else was observed may be tempered",
    unless=untempered_probe,
)
def expected_evidence_is_conserved(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    case, rest = case_of(scenario, evidence), rounding(scenario, evidence)
    now = named(case.beliefs, case.names)
    for probe, row, after in next_outcomes(case, key):
        expected = dict.fromkeys(now, 0.0)
        for p, then in zip(row, after, strict=True):
            if p > 0 and then.is_possible:
                for name, number in named(then, case.names).items():
                    expected[name] += float(p) * number
        agree(f"what P is expected to be after one more trial of {'.'.join(probe)}: P", expected, now, rest)
