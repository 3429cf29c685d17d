"""A question for NUTS: which numbers are unknown, and the log evidence as a function of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import jax
import numpy as np
from jaxtyping import Float

from bayes_self.beliefs.case import Case, case_of
from bayes_self.beliefs.contradiction import refuse_impossible
from bayes_self.errors import EvidenceError, Fault
from bayes_self.evidence.evidence import Evidence
from bayes_self.inference.priors import Prior, prior_of
from bayes_self.inference.refusals import accepted
from bayes_self.model.arrays import AnyArray
from bayes_self.model.beliefs import all_assignments, believe
from bayes_self.model.keys import Setter, setter
from bayes_self.model.parameters import Parameters
from bayes_self.model.potentials import Counts
from bayes_self.scenario import Scenario

ONE = "evidence"
"""What the evidence is called where there is one."""


@dataclass(frozen=True)
class Question:
    """Unknown numbers of a scenario, with one or more bodies of evidence about them."""

    cases: tuple[Case, ...]
    """The scenario with each body of evidence: each a self-model of its own."""
    evidence: tuple[str, ...]
    """What each body of evidence is called."""
    keys: tuple[str, ...]
    """The dotted keys of the unknown numbers (K of them)."""
    priors: tuple[Prior, ...]
    setters: tuple[Setter, ...]

    @property
    def scenario(self) -> Scenario:
        """The scenario, whose own values of the unknown numbers are not used."""
        return self.cases[0].scenario

    @property
    def pooled(self) -> bool:
        """Whether there are several bodies of evidence, so that their numbers are partially pooled."""
        return len(self.cases) > 1

    @property
    def named(self) -> list[tuple[str, Prior]]:
        """Each key with its prior."""
        return list(zip(self.keys, self.priors, strict=True))

    @property
    def counts(self) -> Counts:
        """The counts of all bodies of evidence, with a leading axis over them (J)."""
        every = [case.counts for case in self.cases]
        if heard := next((counts.heard for counts in every if counts.heard is not None), None):
            silence = jax.tree.map(np.zeros_like, heard)
            every = [counts if counts.heard is not None else counts._replace(heard=silence) for counts in every]
        return cast(Counts, jax.tree.map(lambda *each: np.stack(each), *every))

    def numbers(self, x: Float[AnyArray, "... K"], believed: Parameters | None = None) -> Parameters:
        """The scenario's numbers (or those `believed`) with the unknown ones set to `x`, in the order of `keys`.

        Axes of `x` before its last are leading axes of the numbers.
        """
        numbers = self.cases[0].believed if believed is None else believed
        for i, put in enumerate(self.setters):
            numbers = put(numbers, x[..., i])
        return numbers

    @property
    def assignments(self) -> np.ndarray:
        """Every assignment of streams to me or the part: an unknown ownership may be anything."""
        return all_assignments(len(self.cases[0].names.streams))

    def log_likelihood(
        self, x: Float[AnyArray, " K"], counts: Counts, believed: Parameters | None = None
    ) -> Float[AnyArray, ""]:
        """log Z(x) in nats, of one body of evidence: identities, values and referents summed out."""
        return believe(self.numbers(x, believed), counts, about_me=self.assignments).log_evidence


def question_of(
    scenario: Scenario,
    evidence: Evidence | Mapping[str, Evidence] | None,
    unknown: Sequence[str],
    frame: str = "self-model",
) -> Question:
    """The question which values of the unknown numbers explain the evidence.

    Raises:
        ScenarioError: a number cannot be inferred, alone or with the others; every reason is listed.
        EvidenceError: there is no evidence in a mapping, or no self-model allows it.

    """
    keys = accepted(scenario, unknown, frame)
    bodies = dict(evidence) if isinstance(evidence, Mapping) else {ONE: evidence or Evidence.empty()}
    if not bodies:
        raise EvidenceError([Fault("", None, "no body of evidence", "at least one")], scenario.name)
    cases = tuple(case_of(scenario, body, frame) for body in bodies.values())
    names = cases[0].names
    question = Question(
        cases=cases,
        evidence=tuple(map(str, bodies)),
        keys=keys,
        priors=tuple(prior_of(scenario, key) for key in keys),
        setters=tuple(setter(key, scenario, names)[0] for key in keys),
    )
    for case in cases:
        refuse_impossible(_at_the_middle(question, case))
    return question


def _at_the_middle(question: Question, case: Case) -> Case:
    """The case with every unknown number amid its bounds: what is impossible there is so all over the inside."""
    middle = np.array([np.mean(prior.bounds) for prior in question.priors])
    return replace(case, believed=question.numbers(middle))
