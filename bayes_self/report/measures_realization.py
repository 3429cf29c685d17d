"""The report of `measure realization`: how far each character is believed, and how far it is real."""

from collections.abc import Iterator, Mapping

from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.realization import Character
from bayes_self.report.bars import bar
from bayes_self.report.heading import closing, heading
from bayes_self.report.look import Look, padded
from bayes_self.results.measures import character_played, realization_finding
from bayes_self.words.numbers import probability_text

_LABEL, _BAR, _NUMBER = 30, 18, 7
_ABOUT = (
    "Conviction: the mean posterior probability of a character's stands (0 to 1). Realization: the share of it that "
    "is also true in the world. The character being played is marked."
)


def realization_report(
    result: Posterior,
    characters: Mapping[str, Character],
    accuracy: float | None,
    agreement: float | None,
    look: Look | None = None,
) -> list[str]:
    """The lines of a report of at most 100 columns."""
    return list(_lines(result, characters, accuracy, agreement, look or Look()))


def _lines(
    result: Posterior,
    characters: Mapping[str, Character],
    accuracy: float | None,
    agreement: float | None,
    look: Look,
) -> Iterator[str]:
    yield from heading(result, _ABOUT, look)
    played, _ = character_played(result)
    p = result.after.identities
    yield look.styled(
        f"{'':{_LABEL + 4}}{'conviction':<{_BAR + _NUMBER + 2}}{'realization':<{_BAR + 8}}posterior", "dim"
    )
    for name, found in characters.items():
        cells = "  ".join(_cell(x, look) for x in found)
        mark = look.signs("→") if name == played else " "
        yield f"{mark:<2}{padded(name, _LABEL, look)}  {cells}{probability_text(p[name]):>9}"
    yield ""
    yield ("accuracy   no facts" if accuracy is None else f"accuracy   {accuracy:.3f} bits a fact (0 is perfect)")
    agreed = "none" if agreement is None else probability_text(agreement)
    yield f"agreement  {agreed} (0 to 1): traits that go with their identity"
    yield from closing(realization_finding(characters, result))


def _cell(x: float | None, look: Look) -> str:
    return f"{'-':<{_BAR + _NUMBER}}" if x is None else f"{bar(x, None, _BAR, look)}{probability_text(x):>{_NUMBER}}"
