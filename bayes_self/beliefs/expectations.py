"""Expectations: what a scenario says should come out, held against what did."""

from dataclasses import dataclass, field

from bayes_self.beliefs.posterior import Posterior
from bayes_self.scenario.schema import Expectation


@dataclass(frozen=True)
class Finding:
    """One expectation, and what was found."""

    says: str
    holds: bool
    found: float | str
    """A probability, or a verdict."""
    failed: bool = False
    """Whether the scenario's author has it on record as one that did not come out."""
    afterwards: bool = False
    """Whether it was written down after the scenario was first run."""
    bounds: tuple[float, ...] = field(default=(), metadata={"printed": False})
    """The bounds that a probability is held against."""

    @property
    def as_recorded(self) -> bool:
        """Whether it holds, or is on record as failed and still does not."""
        return self.holds != self.failed


def findings(result: Posterior) -> list[Finding]:
    """Every expectation of the posterior's scenario, checked: a verdict, or a probability above or below a bound."""
    return [_finding(expectation, result) for expectation in result.scenario.expectations]


def _finding(expectation: Expectation, result: Posterior) -> Finding:
    if expectation.facet is not None and expectation.verdict is not None:
        found = result.verdicts[expectation.facet]
    else:
        found = _probability(expectation, result)
    return Finding(
        expectation.says or in_words(expectation),
        within(expectation, found),
        found,
        expectation.failed,
        expectation.afterwards,
        tuple(bound for bound in (expectation.above, expectation.below) if bound is not None),
    )


def within(expectation: Expectation, found: float | str) -> bool:
    """Whether a verdict is the one expected, or a probability within the bounds."""
    if isinstance(found, str):
        return found == expectation.verdict
    above = expectation.above is None or found > expectation.above
    below = expectation.below is None or found < expectation.below
    return above and below


def _probability(expectation: Expectation, result: Posterior) -> float:
    for side, found in (("beneath", result.after.beneath), ("worn", result.after.worn)):
        if (identity := getattr(expectation, side)) is not None:
            return found[identity]
    if expectation.identity is not None:
        return result.after.identities[expectation.identity]
    if expectation.ownership is not None:
        return result.after.ownership[expectation.ownership]
    return result.after.facets[str(expectation.facet)][str(expectation.value)]


def in_words(expectation: Expectation) -> str:
    """What is expected, as the file states it for the computer."""
    subject = expectation.identity or expectation.ownership or expectation.facet
    if side := expectation.beneath or expectation.worn:
        subject = f"{side} is {'beneath' if expectation.beneath else 'worn'}"
    if expectation.verdict:
        return f"{subject} is {expectation.verdict}"
    answer = f" = {expectation.value}" if expectation.value else ""
    bounds = [("above", expectation.above), ("below", expectation.below)]
    return f"P({subject}{answer}) {' and '.join(f'{word} {bound}' for word, bound in bounds if bound is not None)}"
