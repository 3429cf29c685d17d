"""Putting other claims in the spec's mouth."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bayes_self.beliefs.case import Case
from bayes_self.model.coordinates import Coordinates
from bayes_self.model.parameters import Claims, Parameters
from bayes_self.model.silence import without_claims
from bayes_self.scenario.schema import Scenario
from bayes_self.scenario.stream_schema import SpecStream


def first_spec(scenario: Scenario) -> SpecStream | None:
    """The spec stream that comes first in the file."""
    return next((stream for stream in scenario.streams.values() if isinstance(stream, SpecStream)), None)


def told(case: Case, identities: Sequence[str]) -> Case:
    """The case with a spec that says "you are h" and nothing else, for each of some identities along a leading axis.

    The first spec stream says so, as reliably as it speaks. Nothing is observed again here; raises ValueError if there
    is no spec stream.
    """
    speaker = first_spec(case.scenario)
    if speaker is None:
        raise ValueError("the scenario has no spec stream that could say so")
    answer = np.array([[case.names.identities.index(name)] for name in identities])
    said = Claims(np.zeros_like(answer), answer, np.array([speaker.reliability]), np.array([speaker.weight]))
    bare = without_claims(case.believed, case.names)
    return replace(case, believed=replace(bare, identity_claims=said))


def claiming(
    numbers: Parameters, scenario: Scenario, names: Coordinates, claims: Sequence[tuple[int, int]]
) -> Parameters:
    """The numbers with "facet d is v" among the claims, all other claims unchanged; a leading axis over (d, v).

    The last spec stream that claims the facet says so, as reliably as it did; where none does, the first spec stream.
    Raises ValueError if there is no spec stream.
    """
    speaker, said = first_spec(scenario), numbers.claims
    if speaker is None:
        raise ValueError("the scenario has no spec stream that could say so")
    n, c = len(claims), said.subject.shape[-1]
    rows = [np.concatenate([np.broadcast_to(given, (n, c)), np.zeros((n, 1))], -1) for given in vars(said).values()]
    subject, answer, reliability, weight = (rows[0].astype(int), rows[1].astype(int), rows[2], rows[3])
    for i, (d, v) in enumerate(claims):
        own = np.flatnonzero((said.subject == d) & (said.weight > 0))
        if len(own):
            answer[i, own[-1]] = v
        else:
            subject[i, c], answer[i, c], reliability[i, c], weight[i, c] = d, v, speaker.reliability, speaker.weight
    return replace(numbers, claims=Claims(subject, answer, reliability, weight))
