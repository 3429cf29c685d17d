"""Putting other claims in the spec's mouth."""

from dataclasses import replace

import numpy as np

from bayes_self.case import Case
from bayes_self.coordinates import Coordinates
from bayes_self.leaving_out import without_claims
from bayes_self.parameters import Claims, Parameters
from bayes_self.scenario.schema import Scenario
from bayes_self.scenario.stream_schema import SpecStream


def first_spec(scenario: Scenario) -> SpecStream | None:
    """The spec stream that comes first in the file."""
    return next((stream for stream in scenario.streams.values() if isinstance(stream, SpecStream)), None)


def told(case: Case, identity: str) -> Case:
    """The case with a spec that says "you are h" and nothing else: in the first spec stream, as reliably as it speaks.

    Nothing is observed again here; raises ValueError if there is no spec stream.
    """
    speaker = first_spec(case.scenario)
    if speaker is None:
        raise ValueError("the scenario has no spec stream that could say so")
    h = case.names.identities.index(identity)
    bare = without_claims(case.believed, case.names)
    return replace(case, believed=replace(bare, identity_claims=_one(0, h, speaker.reliability, speaker.weight)))


def claiming(numbers: Parameters, scenario: Scenario, names: Coordinates, facet: str, value: str) -> Parameters:
    """The numbers with "facet is value" among the claims, all other claims unchanged.

    The last spec stream that claims the facet says so, as reliably as it did; where none does, the first spec stream.
    Raises ValueError if there is no spec stream.
    """
    d = names.facets.index(facet)
    v = names.values[d].index(value)
    claims = numbers.claims
    own = [i for i, (_, subject) in enumerate(names.facet_claims) if subject == facet and claims.weight[i] > 0]
    if own:
        answer = np.array(claims.answer)
        answer[own[-1]] = v
        return replace(numbers, claims=replace(claims, answer=answer))
    speaker = first_spec(scenario)
    if speaker is None:
        raise ValueError("the scenario has no spec stream that could say so")
    return replace(numbers, claims=_joined(claims, _one(d, v, speaker.reliability, speaker.weight)))


def _one(subject: int, answer: int, reliability: float, weight: float) -> Claims:
    return Claims(np.array([subject]), np.array([answer]), np.array([reliability]), np.array([weight]))


def _joined(claims: Claims, more: Claims) -> Claims:
    return Claims(
        np.concatenate([claims.subject, more.subject]),
        np.concatenate([claims.answer, more.answer]),
        np.concatenate([claims.reliability, more.reliability]),
        np.concatenate([claims.weight, more.weight]),
    )
