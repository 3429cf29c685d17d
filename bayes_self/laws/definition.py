"""A law: an equation that posteriors obey, the theorem it rests on, and the conditions under which it holds."""

from collections.abc import Callable
from dataclasses import dataclass

from bayes_self.evidence.evidence import Evidence
from bayes_self.laws.beliefs import is_possible
from bayes_self.laws.counterexample import as_files
from bayes_self.laws.transcription import not_a_table, written_out
from bayes_self.scenario import Scenario
from bayes_self.world.draws import Key

Equation = Callable[[Scenario, Evidence, Key], None]
"""What a law checks, whatever its conditions; AssertionError says in words where it does not come out."""
Condition = Callable[[Scenario, Evidence], str | None]
"""Why a law is not claimed of a scenario with its evidence; None where it is."""


class LawBroken(AssertionError):
    """A law that does not hold of a scenario with its evidence. Its text ends in files that can be run."""

    def __init__(self, law: "Law", scenario: Scenario, evidence: Evidence, detail: str) -> None:
        super().__init__(law, scenario, evidence, detail)
        self.law = law
        self.scenario = scenario
        self.evidence = evidence
        self.detail = detail
        """What was compared, what was found and what was expected."""

    def __str__(self) -> str:
        said = f"the law `{self.law.name}` is broken: {self.detail}\n\n{self.law.statement}\nWhy: {self.law.reason}"
        return f"{said}\n\n{as_files(self.scenario, self.evidence)}"


@dataclass(frozen=True)
class Law:
    """An equation that posteriors obey."""

    name: str
    """A few words joined by hyphens."""
    statement: str
    """What holds, in a sentence."""
    reason: str
    """The theorem that it rests on."""
    conditions: str
    """Under what conditions it holds, in words."""
    equation: Equation
    condition: Condition
    of_impossible: bool = False
    """Whether it is claimed of evidence that no self-model allows, too."""

    def why_not(self, scenario: Scenario, evidence: Evidence | None = None) -> str | None:
        """Why the law is not claimed of a scenario with its evidence (None: no observations); None where it is."""
        evidence = Evidence() if evidence is None else evidence
        if reason := not_a_table(evidence):
            return reason
        scenario, evidence = written_out(scenario, evidence)
        reason = self.condition(scenario, evidence)
        if reason is None and not self.of_impossible and not is_possible(scenario, evidence):
            return "no self-model allows the evidence"
        return reason

    def applies(self, scenario: Scenario, evidence: Evidence | None = None) -> bool:
        """Whether the law is claimed of a scenario with its evidence."""
        return self.why_not(scenario, evidence) is None

    def check(
        self, scenario: Scenario, evidence: Evidence | None = None, key: Key = 0, *, smallest: bool = True
    ) -> None:
        """Hold a scenario and its evidence (None: no observations) against the law, where it is claimed of them.

        What streams of one's own said is written out as probes first. `key` chooses what the law changes (which stream
        it leaves out, where it splits a count). With `smallest`, a counterexample is reduced as long as the law stays
        broken; a Hypothesis test does that by itself.

        Raises:
            LawBroken: the law does not hold; with the smallest counterexample found.

        """
        evidence = Evidence() if evidence is None else evidence
        if not self.applies(scenario, evidence):
            return
        scenario, evidence = written_out(scenario, evidence)
        broken = self.broken(scenario, evidence, key)
        if broken is None:
            return
        if smallest:
            from bayes_self.laws.shrinking import smallest_of

            broken = smallest_of(broken, key)
        raise broken

    __call__ = check

    def broken(self, scenario: Scenario, evidence: Evidence, key: Key = 0) -> LawBroken | None:
        """What is wrong, whether or not the law is claimed; None where the equation comes out."""
        try:
            self.equation(scenario, evidence, key)
        except AssertionError as error:
            return LawBroken(self, scenario, evidence, str(error))
        return None


def law(
    *,
    statement: str,
    reason: str,
    conditions: str = "none",
    unless: Condition | None = None,
    of_impossible: bool = False,
) -> Callable[[Equation], Law]:
    """Make a law of a function that takes a scenario, evidence and a key, and raises AssertionError with a reason.

    The law's name is that of the function, with hyphens. `unless` says of a scenario with its evidence why the law is
    not claimed there, or returns None. Nor is it claimed of evidence that no self-model allows, unless `of_impossible`.
    """

    def made(equation: Equation) -> Law:
        name = equation.__name__.replace("_", "-")
        return Law(name, statement, reason, conditions, equation, unless or _always, of_impossible)

    return made


def _always(scenario: Scenario, evidence: Evidence) -> None:
    return None
