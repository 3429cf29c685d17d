"""The report of `compare SCENARIO OTHER`: what differs in the files, and what that did to the beliefs."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.difference import BeliefDifference, Pair
from bayes_self.model.silence import IDENTITY
from bayes_self.report.heading import OWNERSHIP
from bayes_self.report.look import Look, padded
from bayes_self.scenario.difference import FileDifference
from bayes_self.words.layout import paragraph
from bayes_self.words.numbers import probability_text
from bayes_self.words.sentences import series
from bayes_self.words.spelling import shown

_LABEL = 50
_STILL = 0.0005
"""A total variation that three decimals do not show."""


def difference_report(
    called: tuple[str, str],
    results: tuple[Posterior, Posterior],
    files: FileDifference,
    beliefs: BeliefDifference,
    look: Look | None = None,
) -> list[str]:
    """The lines of a report of at most 100 columns; `called` is how the user called the two scenarios."""
    look = look or Look()
    lines = [*_files(called, files, look), "", *_evidence(results), "", *_beliefs(results, beliefs, look)]
    return [look.signs(line) for line in lines]


def edited(files: FileDifference) -> str:
    """What an edit changed, in one sentence: `As edited: coherence = 0.5 (file: 0.9).`"""
    said = [
        f"{key} = {as_written(after)} (file: {as_written(before)})" for key, (before, after) in files.changed.items()
    ]
    said += [f"{key} = {as_written(value)} (not in the file)" for key, value in files.added.items()]
    said += [f"no {key} (file: {as_written(value)})" for key, value in files.removed.items()]
    return f"As edited: {'; '.join(said) or 'nothing that the file does not say itself'}."


def as_written(value: Any) -> str:
    """A value in the notation of the file."""
    if isinstance(value, dict) and value:
        return "{ " + ", ".join(f"{key} = {as_written(item)}" for key, item in value.items()) + " }"
    return "[" + ", ".join(map(as_written, value)) + "]" if isinstance(value, list | tuple) else shown(value)


def _files(called: tuple[str, str], files: FileDifference, look: Look) -> Iterator[str]:
    for line in paragraph(f"What {called[1]} says otherwise than {called[0]}"):
        yield look.styled(line, "bold")
    said = [f"{key}: {as_written(before)} → {as_written(after)}" for key, (before, after) in files.changed.items()]
    said += [f"{key}: {as_written(value)} (added)" for key, value in files.added.items()]
    said += [f"{key}: {as_written(value)} (removed)" for key, value in files.removed.items()]
    for line in said or ["Nothing: the files say the same."]:
        yield from paragraph(line, indent=2, hanging=2)


def _evidence(results: tuple[Posterior, Posterior]) -> Iterator[str]:
    a, b = (result.evidence for result in results)
    if a == b:
        yield from paragraph("Both read the same evidence." if a else "Neither has any evidence.")
        return
    differs = [
        ".".join(probe)
        for probe in dict.fromkeys([*a.counts, *b.counts])
        if not np.array_equal(a.counts.get(probe, []), b.counts.get(probe, []))
    ]
    said = dict.fromkeys([*a.potentials, *b.potentials])
    differs += [stream for stream in said if a.potentials.get(stream) != b.potentials.get(stream)]
    hint = " To compare beliefs on one evidence, give it with --evidence." if a.from_world or b.from_world else ""
    yield from paragraph(f"The evidence differs, too: {series(differs)}.{hint}")


def _beliefs(results: tuple[Posterior, Posterior], beliefs: BeliefDifference, look: Look) -> Iterator[str]:
    frame = results[0].case.frame
    where = "" if frame == "self-model" else f" in the frame {frame}"
    yield look.styled(f"What is believed{where}", "bold") + ", what moved most first (total variation, from 0 to 1)"
    for subject, variation in beliefs.total_variation.items():
        if variation >= _STILL or _verdicts(beliefs, subject):
            pairs = beliefs.identities if subject == IDENTITY else beliefs.facets[subject]
            yield from _subject(subject, f"{variation:.3f}", _verdicts(beliefs, subject), pairs, look)
    for facet in [facet for facet in beliefs.facets if facet not in beliefs.total_variation]:
        is_new = facet in results[1].scenario.facets
        verdict = beliefs.verdicts[facet][is_new]
        yield from _subject(
            facet, f"only in the {'second' if is_new else 'first'}", f", {verdict}", beliefs.facets[facet], look
        )
    if moved := {stream: pair for stream, pair in beliefs.ownership.items() if abs(_change(pair)) >= _STILL}:
        yield look.styled("ownership", "bold") + OWNERSHIP
        yield from _rows(moved, look)
    if not any(x >= _STILL for x in beliefs.total_variation.values()):
        yield "  Nothing that three decimals show."
    yield from _closing(beliefs)


def _subject(subject: str, moved: str, verdicts: str, pairs: Mapping[str, Pair], look: Look) -> Iterator[str]:
    yield look.styled(padded(subject, len(subject), look), "bold") + f": {moved}{verdicts}"
    yield from _rows(pairs, look)


def _rows(pairs: Mapping[str, Pair], look: Look) -> Iterator[str]:
    for answer, (p, q) in pairs.items():
        is_shown = p is not None and q is not None and abs(q - p) >= _STILL
        change = f"{_change((p, q)):+.3f}" if is_shown else ""
        yield f"  {padded(answer, _LABEL, look)}  {_probability(p):>8} → {_probability(q):<8} {change:>7}".rstrip()


def _probability(p: float | None) -> str:
    return "-" if p is None else probability_text(p)


def _change(pair: Pair) -> float:
    return (pair[1] or 0.0) - (pair[0] or 0.0)


def _verdicts(beliefs: BeliefDifference, subject: str) -> str:
    """The verdicts before and after, with a comma in front, where the verdict changed."""
    before, after = beliefs.verdicts.get(subject, ("", ""))
    return f", {before} → {after}" if before != after else ""


def _closing(beliefs: BeliefDifference) -> Iterator[str]:
    still = [
        subject for subject, x in beliefs.total_variation.items() if x < _STILL and not _verdicts(beliefs, subject)
    ]
    said = [f"{series(still)} did not move (below {_STILL})"] if still else []
    if beliefs.log_evidence is not None:
        before, after = beliefs.log_evidence
        said.append(f"log evidence {before:.3f} → {after:.3f} nats ({after - before:+.3f}; claims included)")
    yield ""
    yield from paragraph(f"{'; '.join(said)}." if said else "")
