"""Information: what evidence has told, and what it may tell."""

from bayes_self.beliefs.case import case_of
from bayes_self.beliefs.information import kl_bits
from bayes_self.beliefs.landscape import concentration, entrenchment
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree, require
from bayes_self.laws.bayes import next_outcomes, untempered_probe
from bayes_self.laws.beliefs import heeded, is_possible, rounding
from bayes_self.laws.bookkeeping import with_twin_probe
from bayes_self.laws.choice import choices, one_of
from bayes_self.laws.definition import Key, law
from bayes_self.measures.probe_value import probe_value
from bayes_self.scenario import Scenario
from bayes_self.scenario.probes import ResolvedProbe


@law(
    statement="What evidence has told is at least 0 bits, and the likeliest answer costs none to be the likeliest.",
    reason="Gibbs' inequality: KL(p ‖ p0) >= 0.",
)
def concentration_is_not_negative(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    case = case_of(scenario, evidence)
    for subject, bits in concentration(case).items():
        require(bits >= -1e-9, f"the concentration of {subject} is {bits:.9g} bits, below 0")
    for subject, bits in entrenchment(case).items():
        least = min(bits.values(), default=0.0)
        require(not least > 1e-9, f"every answer to {subject} costs bits, at least {least:.9g}")


def _trusted(scenario: Scenario, evidence: Evidence) -> list[ResolvedProbe]:
    """The probes of which nothing was seen that says whether they are broken."""
    return [
        probe for probe in scenario.probes() if probe.doubt in (0, 1) or heeded(scenario, evidence, probe).sum() == 0
    ]


def _no_probe(scenario: Scenario, evidence: Evidence) -> str | None:
    if not scenario.probes():
        return "there is no probe"
    return None if _trusted(scenario, evidence) else "every probe is doubted, and what it showed says more or less so"


@law(
    statement="A noisier reading never has more expected information: a probe of less reliability, with errors of "
    "the same kind, tells no more of one's identity, a facet or whose evidence it is.",
    reason="The data-processing inequality: the less reliable outcome is the more reliable one, replaced now "
    "and then by one that does not hang on the values.",
    conditions="the same table and errors (another distribution of errors may tell more), the same evidence so far, "
    "which does not say that one of them is broken: the probe has no counts, or a doubt of 0 or 1",
    unless=_no_probe,
)
def noise_tells_no_more(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    rng = choices(key, "noise")
    probe = one_of(rng, _trusted(scenario, evidence))
    about = one_of(rng, ["identity", *scenario.facets, probe.stream])
    noisier = probe.reliability * one_of(rng, [0.0, 0.5, 0.9])
    raw = draft.inferred_from(scenario)
    raw, twin = with_twin_probe(raw, probe.stream, probe.name, reliability=noisier)
    other = draft.scenario_of(raw)
    if not is_possible(other, evidence):
        return
    bits = probe_value(case_of(other, evidence), about)
    clear, noisy = bits[probe.stream, probe.name], bits[probe.stream, twin]
    said = f"{probe.stream}.{probe.name} of reliability {probe.reliability:.4g} tells {clear:.9g} bits about {about}"
    require(
        noisy <= clear + rounding(scenario, evidence),
        f"{said}, and of reliability {noisier:.4g} it tells {noisy:.9g}",
    )
    require(clear >= 0 and noisy >= 0, f"{said}, which is below 0")


@law(
    statement="What a probe is expected to tell is the mean of what its outcomes would tell: Σ_o P(o) KL(p after "
    "o ‖ p).",
    reason="Mutual information is the expected relative entropy of posterior and prior (Lindley).",
    conditions="the probe's weight (times its stream's) is 1: expected information is that of an untempered "
    "observation",
    unless=untempered_probe,
)
def expected_information_is_expected(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    case = case_of(scenario, evidence)
    bits, now = probe_value(case, "identity"), case.beliefs.identities
    for probe, row, after in next_outcomes(case, key):
        possible = [(p, then) for p, then in zip(row, after, strict=True) if p > 0]
        mean = sum(float(p) * float(kl_bits(then.identities, now)) for p, then in possible)
        told = f"bits that {'.'.join(probe)} tells of the identity"
        agree(told, bits[probe], mean, rounding(scenario, evidence))
