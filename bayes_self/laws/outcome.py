"""A scenario file held against the laws and its own expectations: what `check --laws` and the pytest plugin do."""

from dataclasses import dataclass

from bayes_self.evidence.evidence import Evidence
from bayes_self.laws.definition import Key, Law, LawBroken
from bayes_self.scenario import Scenario


@dataclass(frozen=True)
class Held:
    """One law, and what came of it."""

    law: Law
    why_not: str | None
    """Why it is not claimed of the scenario; None where it is."""
    broken: LawBroken | None
    """The smallest counterexample that was found; None where it holds or is not claimed."""

    @property
    def holds(self) -> bool:
        """Whether it is claimed, and not broken."""
        return self.why_not is None and self.broken is None


def held(law: Law, scenario: Scenario, evidence: Evidence, key: Key = 0) -> Held:
    """One law, held against a scenario and its evidence."""
    why_not = law.why_not(scenario, evidence)
    if why_not is not None:
        return Held(law, why_not, None)
    try:
        law.check(scenario, evidence, key)
    except LawBroken as broken:
        return Held(law, None, broken)
    return Held(law, None, None)
