"""What differs between two posteriors: of two scenarios, each with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass

from bayes_self.beliefs.posterior import Posterior
from bayes_self.model.silence import IDENTITY

Pair = tuple[float | None, float | None]
"""What the first believes and what the second does; None where it has no such answer."""


@dataclass(frozen=True)
class BeliefDifference:
    """Beliefs side by side, the first scenario's and the second's."""

    identities: dict[str, Pair]
    """P(identity)."""
    facets: dict[str, dict[str, Pair]]
    """P(value), the facets that moved most first; a facet that only one has stands last."""
    ownership: dict[str, Pair]
    """P(stream is about me)."""
    verdicts: dict[str, tuple[str | None, str | None]]
    total_variation: dict[str, float]
    """`½ Σ |p − q|` over answers, of the identity ("identity") and of every facet that both have, the largest first. An
    answer that one of them does not have counts as probability 0 there."""
    log_evidence: tuple[float, float] | None
    """log Z of each, in nats, claims included; None where they saw different evidence, because then it says nothing."""


def difference(a: Posterior, b: Posterior) -> BeliefDifference:
    """What the second of two posteriors believes otherwise than the first."""
    identities = _paired(a.after.identities, b.after.identities)
    facets = {
        facet: _paired(a.after.facets.get(facet, {}), b.after.facets.get(facet, {}))
        for facet in _either(a.scenario.facets, b.scenario.facets)
    }
    both = [facet for facet in facets if facet in a.scenario.facets and facet in b.scenario.facets]
    variation = {IDENTITY: total_variation(identities), **{facet: total_variation(facets[facet]) for facet in both}}
    order = sorted(variation, key=lambda subject: -variation[subject])
    by_variation = [subject for subject in order if subject != IDENTITY] + [d for d in facets if d not in variation]
    return BeliefDifference(
        identities=identities,
        facets={facet: facets[facet] for facet in by_variation},
        ownership=_paired(a.after.ownership, b.after.ownership),
        verdicts={facet: (a.verdicts.get(facet), b.verdicts.get(facet)) for facet in by_variation},
        total_variation={subject: variation[subject] for subject in order},
        log_evidence=(a.log_evidence, b.log_evidence) if a.evidence == b.evidence else None,
    )


def total_variation(pairs: Mapping[str, Pair]) -> float:
    """`½ Σ |p − q|`, from 0 to 1; an answer that is missing on one side has probability 0 there."""
    return sum(abs((p or 0.0) - (q or 0.0)) for p, q in pairs.values()) / 2


def _paired(p: Mapping[str, float], q: Mapping[str, float]) -> dict[str, Pair]:
    return {answer: (p.get(answer), q.get(answer)) for answer in _either(p, q)}


def _either(a: Mapping[str, object], b: Mapping[str, object]) -> list[str]:
    return list(dict.fromkeys([*a, *b]))
