"""Whether a table of answers can tell anything of a self-model; what it lacks is said before any work begins."""

from collections.abc import Iterator

from bayes_self.errors import Fault
from bayes_self.fit.answers import Answers, AnswersError
from bayes_self.fit.meaning import NEITHER, Meaning

FEWEST = 30
"""Answers that count as the persona's or the self's. Some hundred are needed for intervals that say much."""
_SHOWN = 6


def refuse_insufficient(answers: Answers, meaning: Meaning, source: str = "") -> None:
    """Raise AnswersError where answers are too few, none counts, or no persona was ever specified."""
    if faults := list(_missing(answers, meaning)):
        raise AnswersError(faults, source)


def _missing(answers: Answers, meaning: Meaning) -> Iterator[Fault]:
    cells = list(zip(answers.cells, answers.outcomes, strict=True))
    counted = sum(n for cell, given in cells for o, n in given.items() if meaning.of(cell.probe, o) != NEITHER)
    expected = f"at least {FEWEST}"
    if not counted:
        known = list(dict.fromkeys(f'{cell.probe} "{outcome}"' for cell, given in cells for outcome in given))
        more = ", ..." if len(known) > _SHOWN else ""
        got = f"no answer of {answers.n.sum():,.0f} that counts as the persona's or the self's"
        hint = f"say in [persona] and [self] which of these do: {', '.join(known[:_SHOWN])}{more}"
        yield Fault("outcome", None, got, expected, hint)
    elif counted < FEWEST:
        got = f"{counted:,.0f} answers that count as the persona's or the self's"
        yield Fault("outcome", None, got, expected, "a few hundred tell something; ask more")
    if all(cell.persona in meaning.none for cell in answers.cells):
        got = f"no persona but {', '.join(dict.fromkeys(cell.persona for cell in answers.cells))}"
        yield Fault(
            "persona", None, got, "answers under at least one persona", "no claim can be learnt without a claim"
        )
