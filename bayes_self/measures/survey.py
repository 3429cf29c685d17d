"""The whole landscape of a self-model: every measure of where it has settled, taken together."""

from typing import NamedTuple

from bayes_self.beliefs import landscape
from bayes_self.beliefs.case import Case
from bayes_self.beliefs.landscape import ByValue
from bayes_self.measures.spectrum import Spectrum, spectrum
from bayes_self.measures.steerability import steerability


class Survey(NamedTuple):
    """Where a self-model is stiff, and where anything goes."""

    bits_to_flip: ByValue
    """The bits of claim that would make a value the likeliest, per facet and value (and "identity")."""
    entrenchment: ByValue
    """The same with all evidence kept as it is."""
    verdicts: dict[str, str]
    concentration: dict[str, float]
    """In bits, of the identity ("identity") and of each facet."""
    steerability: dict[str, float | None]
    """Per facet, 0 to 1; None without a spec stream."""
    spectrum: Spectrum


def survey(case: Case) -> Survey:
    """All measures of the landscape of one case."""
    return Survey(
        landscape.bits_to_flip(case),
        landscape.entrenchment(case),
        landscape.verdicts(case),
        landscape.concentration(case),
        steerability(case),
        spectrum(case),
    )
