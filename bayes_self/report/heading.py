"""How the report of a measure opens and closes."""

from collections.abc import Iterator

from bayes_self.beliefs.posterior import Posterior
from bayes_self.report.look import Look
from bayes_self.scenario import Scenario
from bayes_self.words.layout import paragraph

OWNERSHIP = ": is the evidence about me (1), or about the part I play (0)?"


def title(scenario: Scenario, look: Look) -> Iterator[str]:
    """The scenario's title."""
    for line in paragraph(scenario.title or scenario.name or "A scenario"):
        yield look.styled(line, "bold")


def subject_line(subject: str, about: str, look: Look) -> Iterator[str]:
    """A subject, and what is said of it."""
    first, *rest = paragraph(f"{subject}: {about}", hanging=2)
    yield look.styled(subject, "bold") + first[len(subject) :] if first.startswith(subject) else first
    yield from rest


def heading(result: Posterior, measured: str, look: Look) -> Iterator[str]:
    """The scenario's title, the frame where it is not the usual one, and what is measured, in which unit."""
    scenario, frame = result.scenario, result.case.frame
    yield from title(scenario, look)
    if frame != "self-model":
        yield f"In the frame {frame}."
    yield from paragraph(measured)
    yield ""


def closing(*sentences: str) -> Iterator[str]:
    """The finding."""
    yield ""
    yield from paragraph(" ".join(f"{sentence}." for sentence in sentences if sentence))
