"""What became of expectations, in words: how many hold, what the record says, and how far they hang on numbers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bayes_self.beliefs.expectations import Finding
from bayes_self.words.numbers import probability_text

if TYPE_CHECKING:
    from bayes_self.measures.robustness import Robustness

ROBUST = 0.9
"""The share of the plausible space in which a robust expectation holds, at least (an argument)."""
TUNED = 0.5
"""The share below which an expectation that holds hangs on the file's own numbers (an argument)."""


def found_in_words(finding: Finding) -> str:
    """The verdict; or the probability, told apart from the bounds that it is held against."""
    found = finding.found
    return found if isinstance(found, str) else probability_text(found, *finding.bounds)


def tally(found: Sequence[Finding], whose: str = "") -> str:
    """How many of the expectations hold, and whether the file has those that do not on record; in a sentence.

    Those that were written down after the first run are counted apart: they foretold nothing.
    """
    foretold = [each for each in found if not each.afterwards]
    later = [each.holds for each in found if each.afterwards]
    if not later:
        return _foretold(foretold, whose)
    holding = f"{sum(later)} of {len(later)}" if sum(later) < len(later) else f"{len(later)} more"
    afterwards = f"{holding}, written down afterwards, hold{'s' * (sum(later) == 1)}"
    return f"{_foretold(foretold, whose)}; {afterwards}" if foretold else f"Nothing was foretold; {afterwards}"


def _foretold(found: Sequence[Finding], whose: str) -> str:
    n, held = len(found), sum(each.holds for each in found)
    if held == n:
        said = f"The one expectation{whose} holds" if n == 1 else f"All {n} expectations{whose} hold"
    else:
        said = f"{held or 'None'} of {n} expectations{whose} hold{'s' * (held <= 1)}"
    recorded = sum(each.failed and not each.holds for each in found)
    if held < n and recorded == n - held:
        said += f"; {recorded} failed, as is on record"
    elif recorded:
        said += f"; of those that do not, {recorded} {'is' if recorded == 1 else 'are'} on record as failed"
    if mended := sum(each.failed and each.holds for each in found):
        said += f"; {mended} of them {'is' if mended == 1 else 'are'} on record as failed"
    return said


def remark(finding: Finding) -> str:
    """What the record says, "" where there is none."""
    failed = "on record as failed" + ", and yet it holds" * finding.holds
    return "; ".join(["found afterwards"] * finding.afterwards + [failed] * finding.failed)


def caution(found: "Robustness") -> str:
    """What to beware of."""
    if found.holds and found.share < TUNED:
        return "hangs on the file's own numbers"
    if not found.holds and found.share >= TUNED:
        return "fails at the file's own numbers, and at few others"
    return ""


def how_robust(every: "Sequence[Robustness]") -> str:
    """How many expectations are robust, and how many hang on the file's own numbers, in a sentence."""
    if not every:
        return "Nothing is expected."
    robust = sum(each.share >= ROBUST for each in every)
    tuned = sum(each.holds and each.share < TUNED for each in every)
    hang = f"; {tuned} {'hangs' if tuned == 1 else 'hang'} on the file's own numbers (held in less than half)"
    return f"{robust} of {len(every)} expectations hold in at least {ROBUST} of the space{hang if tuned else ''}."
