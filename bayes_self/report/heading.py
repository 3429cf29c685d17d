"""How the report of a measure opens and closes."""

from collections.abc import Iterator

from bayes_self.exact import Posterior
from bayes_self.report.look import Look
from bayes_self.words.layout import paragraph


def heading(result: Posterior, measured: str, look: Look) -> Iterator[str]:
    """The scenario's title, the frame where it is not the usual one, and what is measured, in which unit."""
    scenario, frame = result.scenario, result.case.frame
    for line in paragraph(scenario.title or scenario.name or "A scenario"):
        yield look.styled(line, "bold")
    if frame != "self-model":
        yield f"In the frame {frame}."
    yield from paragraph(measured)
    yield ""


def closing(*sentences: str) -> Iterator[str]:
    """The finding."""
    yield ""
    yield from paragraph(" ".join(f"{sentence}." for sentence in sentences if sentence))
