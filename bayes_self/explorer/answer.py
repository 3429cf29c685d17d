"""What a page draws: beliefs, trajectory, landscape and verdicts, as `run` and `measure` would print them."""

from collections.abc import Mapping
from typing import Any

from bayes_self.beliefs.expectations import findings
from bayes_self.beliefs.labels import by_identity, by_stream
from bayes_self.beliefs.posterior import Posterior, posterior, stages
from bayes_self.explorer.question import Asked
from bayes_self.measures.turning_points import asked_about
from bayes_self.model.silence import IDENTITY
from bayes_self.results.beliefs import facets_settled, ownership_before, pointer_moves, who_wins
from bayes_self.results.measures import landscape_finding
from bayes_self.results.objects import as_object as findings_object
from bayes_self.results.self_models import who_and_mask, worn_or_none
from bayes_self.results.standing import Standing, standings
from bayes_self.results.what_happened import what_happened
from bayes_self.scenario import Scenario


def answer(asked: Asked) -> dict[str, Any]:
    """Everything about one question. Raises BayesSelfError: an edit is at fault, or the evidence impossible."""
    result = posterior(asked.scenario, asked.evidence, asked.frame)
    owned = ownership_before(result)
    return {
        **_beliefs(result, owned),
        **_sentences(result, owned),
        **_trajectory(result),
        "verdicts": result.verdicts,
        "bits_to_flip": result.bits_to_flip,
        "claimed": _claimed(result.scenario),
        "asked_about": asked_about(result.scenario.claims_in_force().identities, result.after.identities),
        "concentration": result.concentration,
        "standing": _standing(result),
        "expectations": findings_object(findings(result)),
        "drawn_again": asked.edition.drawn_again(),
        "trials": result.evidence.total,
        "values": asked.values,
        "command": asked.command,
    }


def _beliefs(result: Posterior, owned: dict[str, float]) -> dict[str, Any]:
    return {
        "log_evidence": result.log_evidence,
        "identities": result.after.identities,
        "facets": result.after.facets,
        "ownership": result.after.ownership,
        "beneath": result.after.beneath,
        "worn": worn_or_none(result.after.worn) if result.after.worn else {},
        "broken": result.after.broken,
        "prior": {"identities": result.before.identities, "facets": result.before.facets, "ownership": owned},
    }


def _sentences(result: Posterior, owned: dict[str, float]) -> dict[str, str]:
    """What came out, in words."""
    return {
        "who": who_and_mask(result),
        "settled": facets_settled(result.facets, result.scenario),
        "loose": landscape_finding(result.bits_to_flip, result.verdicts),
        "happened": what_happened(result, owned),
    }


def _trajectory(result: Posterior) -> dict[str, Any]:
    names = result.case.names
    steps, found = stages(result.case)
    rows = [
        {
            "step": step,
            "identities": dict(zip(names.identities, identities, strict=True)),
            "ownership": dict(zip(names.streams, ownership, strict=True)),
        }
        for step, identities, ownership in zip(steps, found.identities.tolist(), found.ownership.tolist(), strict=True)
    ]
    identities = by_identity(found.identities, names, step=list(steps))
    ownership = by_stream(found.ownership, names, step=list(steps))
    return {
        "trajectory": rows,
        "overtakes": who_wins(identities, result.scenario),
        "pointer": pointer_moves(ownership) if names.streams else "",
    }


def _standing(result: Posterior) -> Mapping[str, Mapping[str, str]]:
    """Of every value of every facet: whether it is true in the world, was told, or is neither."""
    return {
        facet: {value: _kind(standing, value) for value in result.scenario.facets[facet].values}
        for facet, standing in standings(result.scenario).items()
    }


def _claimed(scenario: Scenario) -> list[str]:
    """What something is claimed about: facets, and "identity"."""
    facets = [facet for facet, standing in standings(scenario).items() if standing.told]
    return [IDENTITY] * bool(scenario.claims_in_force().identities) + facets


def _kind(standing: Standing, value: str) -> str:
    told = bool(standing.told) and standing.told[-1] == value
    if value == standing.fact:
        return "both" if told else "true"
    return "told" if told else "neither"
