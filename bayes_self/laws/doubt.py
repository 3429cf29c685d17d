"""Doubt: a probe may say nothing of what it is about, and repeating it does not make it say more."""

import math

import numpy as np
from scipy.special import gammaln

from bayes_self.beliefs.case import case_of
from bayes_self.beliefs.names import named as by_name
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree, require
from bayes_self.laws.beliefs import heeded, is_possible, log_evidence, probabilities, rounding
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.scenario import Scenario
from bayes_self.scenario.probes import ResolvedProbe


def _doubted(scenario: Scenario, evidence: Evidence) -> list[ResolvedProbe]:
    """The probes with counts that are doubted, and may be trusted."""
    return [p for p in scenario.probes() if 0 < p.doubt < 1 and heeded(scenario, evidence, p).sum() > 0]


def _undoubted(scenario: Scenario, evidence: Evidence) -> str | None:
    return None if _doubted(scenario, evidence) else "no probe that was observed is doubted, but not given up"


def _unobserved(scenario: Scenario, evidence: Evidence) -> str | None:
    return None if evidence else "nothing was observed"


def _doubting(raw: draft.Raw, doubt: float) -> draft.Raw:
    raw = draft.without_doubt(raw)
    for name in draft.observed(raw):
        raw = draft.changed_stream(raw, name, doubt=doubt)
    return raw


@law(
    statement="A doubt of 0 is no doubt, also where something else is doubted.",
    reason="(1 - 0) L + 0 · m = L.",
    conditions="something was observed. The law sets the doubts, and adds a stream that is doubted and shows nothing",
    unless=_unobserved,
)
def doubt_0_is_no_doubt(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    raw = draft.without_doubt(draft.inferred_from(scenario))
    trusting = draft.scenario_of(raw)
    if not is_possible(trusting, evidence):
        return
    silent = {"kind": "rl", "doubt": 0.5, "readings": [next(iter(raw["facets"]))]}
    name, rest = draft.unused(raw["streams"], "silent"), rounding(scenario, evidence)
    beside = draft.scenario_of(draft.with_stream(_doubting(raw, 0.0), name, silent))
    expected = probabilities(trusting, evidence) | {f"{name} is about me": 1.0}
    agree("P", probabilities(beside, evidence), expected, rest)
    agree("log Z", log_evidence(beside, evidence), log_evidence(trusting, evidence), rest)


@law(
    statement="With a doubt of 1 nothing that probes show moves a facet, an identity or an ownership; the evidence "
    "is Γ(K) / Γ(K + X) · Π_o Γ(1 + x_o) for each probe, whatever the values.",
    reason="The likelihood of a broken probe does not depend on the values, mine or the part's.",
    conditions="something was observed, and claims are possible. The law sets the doubts",
    unless=_unobserved,
    of_impossible=True,
)
def doubt_1_moves_nothing(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    broken, rest = draft.scenario_of(_doubting(draft.inferred_from(scenario), 1.0)), rounding(scenario, evidence)
    if not is_possible(broken):
        return
    expected = log_evidence(broken)
    for probe in broken.probes():
        x = heeded(broken, evidence, probe)
        expected += float(gammaln(len(x)) - gammaln(len(x) + x.sum()) + gammaln(1 + x).sum())
    agree("P", probabilities(broken, evidence), probabilities(broken), rest)
    agree("log Z", log_evidence(broken, evidence), expected, rest)


@law(
    statement="What one probe of doubt δ can tell is bounded, however often it is tried: it changes the odds of two "
    "identities, of two values of any facet, and of whose evidence it is, by at most "
    "log2(1/δ) + (K - 1) log2(X + 1) bits, for K outcomes and X trials.",
    reason="Its likelihood is at least δm and at most (1 - δ)M + δm, m being the mean and M the maximum of "
    "Π p_o^(x_o) over all frequencies p; and M <= (X + 1)^(K - 1) m, because Π p_o^(x_o) is log-concave.",
    conditions="evidence of one probe alone, whose doubt is above 0; any weight, any ownership",
    unless=_undoubted,
)
def one_doubted_probe_tells_so_much(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    probe = one_of(choices(key, "one probe"), _doubted(scenario, evidence))
    told = draft.keeping(evidence, [(probe.stream, probe.name)])
    if not is_possible(scenario):
        return
    x = heeded(scenario, evidence, probe)
    most = math.log2(1 / probe.doubt) + (len(x) - 1) * math.log2(x.sum() + 1)
    before, after = (_every_log(scenario, what) for what in (Evidence(), told))
    for subject in before.keys() & after.keys():
        logs = before[subject]
        with np.errstate(invalid="ignore"):
            moved = (after[subject] - logs) / np.log(2)
        moved = moved[np.isfinite(logs)]
        bits = float(moved.max() - moved.min())
        said = f"{probe.stream}.{probe.name} moved the odds of {subject} by {bits:.9g} bits, and can by {most:.9g}"
        require(bits <= most + rounding(scenario, told) * max(1.0, most), said)


def _every_log(scenario: Scenario, evidence: Evidence) -> dict[str, np.ndarray]:
    """The log probabilities, in nats, of the answers to every question that has more than one."""
    case = case_of(scenario, evidence)
    found, names = case.beliefs, case.names
    logs = {"identity": np.asarray(found.log_identities)}
    for d, facet in enumerate(names.facets):
        logs[facet] = np.asarray(found.log_facets[d, : len(names.values[d])])
    for stream, p in zip(names.streams, found.ownership, strict=True):
        if 1e-6 < p < 1 - 1e-6:  # its logarithms are known to rounding
            logs[f"whose {stream} is"] = np.log([p, 1 - p])
    return logs


@law(
    statement="P(a probe is broken) is its doubt, times the evidence if it is certainly broken, over the evidence.",
    reason="Bayes' rule: P(broken given E) = P(broken) P(E given broken) / P(E).",
    conditions="the probe has counts, and a doubt that is neither 0 nor 1",
    unless=_undoubted,
)
def a_probe_is_broken_by_bayes_rule(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    probe = one_of(choices(key, "broken"), _doubted(scenario, evidence))
    broken = draft.as_probe(draft.inferred_from(scenario), probe.stream, probe.name, doubt=1.0)
    log_z, if_broken = log_evidence(scenario, evidence), log_evidence(draft.scenario_of(broken), evidence)
    case = case_of(scenario, evidence)
    found = by_name(case.beliefs, case.names).broken[probe.stream][probe.name]
    expected = math.exp(math.log(probe.doubt) + if_broken - log_z)
    agree(f"P({probe.stream}.{probe.name} is broken)", found, expected, rounding(scenario, evidence))


@law(
    statement="In how many rows the counts of a doubted probe are told does not matter, also not to whether it is "
    "broken: it is the probe that is broken, not a row.",
    reason="The likelihood is one of the sums of the counts.",
    conditions="the rows are of one probe: of two, each would be broken by itself",
    unless=_undoubted,
)
def rows_of_a_doubted_probe_add_up(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    share = one_of(choices(key, "rows"), [0.5, 0.25])  # so that parts add up to the last bit
    rows = evidence.rows(scenario)
    parts = [row | {"count": row["count"] * part} for part in (share, 1 - share) for row in rows]
    split = Evidence.from_rows(scenario, parts)
    agree("P", probabilities(scenario, split), probabilities(scenario, evidence), rounding(scenario, evidence))
    found, expected = (
        by_name(case.beliefs, case.names).broken for case in (case_of(scenario, e) for e in (split, evidence))
    )
    for stream, probes in expected.items():
        agree(f"P(broken) in {stream}", found[stream], probes, rounding(scenario, evidence))
