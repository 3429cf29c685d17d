"""Every law of the package, and holding a scenario against those that are claimed of it."""

from collections.abc import Sequence

from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import (
    bayes,
    bookkeeping,
    claims,
    convergence,
    doubt,
    identities,
    information,
    masks,
    referents,
    slopes,
    weights,
    worlds,
)
from bayes_self.laws import shares as sharing
from bayes_self.laws.definition import Key, Law
from bayes_self.scenario import Scenario

_HOMES = (
    bayes,
    bookkeeping,
    weights,
    identities,
    masks,
    claims,
    referents,
    convergence,
    information,
    doubt,
    sharing,
    slopes,
    worlds,
)

ALL: tuple[Law, ...] = tuple(thing for home in _HOMES for thing in vars(home).values() if isinstance(thing, Law))
"""In the order in which they are written."""


def check(
    scenario: Scenario,
    evidence: Evidence | None = None,
    key: Key = 0,
    laws: Sequence[Law] = ALL,
    *,
    smallest: bool = True,
) -> None:
    """Hold a scenario and its evidence (None: no observations) against every law that is claimed of them.

    Raises:
        LawBroken: the first law that does not hold; with the smallest counterexample found, unless told otherwise.

    """
    for law in laws:
        law.check(scenario, evidence, key, smallest=smallest)
