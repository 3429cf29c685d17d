"""The report of `run`: who it takes itself to be, what has become of each facet, and what it would take to change."""

from collections.abc import Iterator, Mapping

from bayes_self.beliefs.expectations import findings
from bayes_self.beliefs.posterior import Posterior
from bayes_self.report.bars import bar
from bayes_self.report.heading import OWNERSHIP, subject_line, title
from bayes_self.report.look import Look, padded
from bayes_self.results.beliefs import flip_in_words, ownership_before
from bayes_self.results.expectations import found_in_words, remark
from bayes_self.results.self_models import others, shown, worn_or_none
from bayes_self.results.what_happened import what_happened
from bayes_self.words.layout import paragraph
from bayes_self.words.numbers import probability_text

_LABEL, _BAR = 34, 40


def posterior_report(result: Posterior, look: Look | None = None, edited: str = "") -> list[str]:
    """The lines of a report of at most 100 columns; `edited` says what was changed in the scenario's file."""
    return list(_lines(result, look or Look(), edited))


def _lines(result: Posterior, look: Look, edited: str) -> Iterator[str]:
    scenario = result.scenario
    yield from title(scenario, look)
    yield from paragraph(scenario.question)
    yield from paragraph(edited, hanging=2)
    if result.case.frame != "self-model":
        yield f"In the frame {result.case.frame}."
    yield ""
    yield from _evidence(result)
    yield ""
    yield look.styled(f"{'':{_LABEL + _BAR + 6}}posterior  prior", "dim")
    told, flips = result.concentration, result.bits_to_flip
    before, after = result.before.identities, result.after.identities
    yield from _heading("identity", "", told["identity"], flip_in_words(after, flips["identity"]), look)
    listed = shown(scenario, after)
    yield from _bars({name: after[name] for name in listed}, before, look)
    if left := others(after, listed):
        yield look.styled(f"  {left}", "dim")
    yield from _masks(result, look)
    for facet in scenario.facets:
        before, after = result.before.facets[facet], result.after.facets[facet]
        yield from _heading(facet, result.verdicts[facet], told[facet], flip_in_words(after, flips[facet]), look)
        yield from _bars(after, before, look)
    if result.after.ownership:
        yield look.styled("ownership", "bold") + OWNERSHIP
        yield from _bars(result.after.ownership, ownership_before(result), look)
    yield from _broken(result, look)
    yield from _expectations(result, look)
    yield ""
    yield from paragraph(look.signs(what_happened(result, ownership_before(result))))


def _masks(result: Posterior, look: Look) -> Iterator[str]:
    """Who is beneath and who is worn; nothing without masks."""
    if result.after.beneath:
        yield look.styled("beneath", "bold") + ": who it is, under any mask"
        yield from _bars(result.after.beneath, result.before.beneath, look)
        yield look.styled("worn", "bold") + ": the mask that it wears"
        now = worn_or_none(result.after.worn)
        yield from _bars(now, dict.fromkeys(now, 0.0) | worn_or_none(result.before.worn), look)


def _broken(result: Posterior, look: Look) -> Iterator[str]:
    """P(broken) of every probe with evidence and doubt."""
    if result.after.broken:
        doubt = {(probe.stream, probe.name): probe.doubt for probe in result.scenario.probes()}
        found = {f"{s}: {p}": (x, doubt[s, p]) for s, probes in result.after.broken.items() for p, x in probes.items()}
        yield look.styled("broken", "bold") + ": the probability that a probe says nothing of what it is about"
        yield from _bars({k: x for k, (x, _) in found.items()}, {k: d for k, (_, d) in found.items()}, look)


def _evidence(result: Posterior) -> Iterator[str]:
    rows = result.evidence.rows(result.scenario)
    if not rows:
        yield "Evidence: no observations."
    for stream in dict.fromkeys(row["stream"] for row in rows):
        probes: dict[str, list[str]] = {}
        for row in rows:
            if row["stream"] == stream:
                probes.setdefault(row["probe"], []).append(f"{row['outcome']} {row['count']:.6g}")
        counted = "; ".join(f"{probe}: {', '.join(counts)}" for probe, counts in probes.items())
        yield from paragraph(f"Evidence of {stream}: {counted}", hanging=2)


def _heading(subject: str, verdict: str, told: float, flip: str, look: Look) -> Iterator[str]:
    found = f"{verdict}, concentration {told:.2f} bits" if verdict else f"concentration {told:.2f} bits"
    yield from subject_line(subject, f"{found}; {flip}", look)


def _bars(after: Mapping[str, float], before: Mapping[str, float], look: Look) -> Iterator[str]:
    for label, p in after.items():
        drawn = bar(p, before[label], _BAR, look)
        was = look.styled(f"{probability_text(before[label]):>8}", "dim")
        yield f"  {padded(label, _LABEL, look)}  {drawn}  {probability_text(p):>7}{was}"


def _expectations(result: Posterior, look: Look) -> Iterator[str]:
    found = findings(result)
    if found:
        yield look.styled("expected", "bold")
    for finding in found:
        said = "; ".join(filter(None, [found_in_words(finding), remark(finding)]))
        lines = paragraph(f"{finding.says} ({said})", indent=4)
        sign = look.styled(look.signs("✓" if finding.holds else "✗"), "green" if finding.as_recorded else "red")
        yield f"  {sign} {lines[0].strip()}"
        yield from lines[1:]
