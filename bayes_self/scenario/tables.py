"""Faults of tables: rows missing, too short or too long, and probabilities that do not sum to one."""

import math
from typing import Any

from bayes_self.scenario.fields import PROBABILITY, is_probability
from bayes_self.scenario.keys import Path
from bayes_self.scenario.names import Known, distinct, table, texts
from bayes_self.scenario.report import Report
from bayes_self.scenario.stream_schema import OBSERVATION_KINDS
from bayes_self.words.spelling import shown

TOLERANCE = 1e-6
"""How far the sum of a probability table may be from one."""


def check(report: Report, raw: dict[str, Any], known: Known) -> None:
    for name, facet in table(raw.get("facets")).items():
        _check_facet(report, ("facets", name), table(facet), known.facets[name])
    for name, identity in table(raw.get("identities")).items():
        for facet, stand in table(table(identity).get("profile")).items():
            _sums_to_one(report, ("identities", name, "profile", facet), stand)
    for stream in known.streams:
        if known.kind(stream) in OBSERVATION_KINDS:
            for name, probe in table(known.streams[stream].get("probes")).items():
                _check_probe(report, ("streams", stream, "probes", name), table(probe), known)
    for stream, probes in table(table(raw.get("world")).get("tables")).items():
        of_stream = known.probes(stream) if stream in known.observations() else {}
        for name, true in table(probes).items():
            if name in of_stream and "given" in table(true):
                _check_given(report, ("world", "tables", stream, name, "given"), true["given"], of_stream[name], known)


def _check_facet(report: Report, path: Path, facet: dict[str, Any], values: list[str]) -> None:
    distinct(report, (*path, "values"), facet.get("values"))
    base = facet.get("base")
    if isinstance(base, dict) and values:
        for name in base:
            report.name((*path, "base", name), name, values, "one of the values")
        for value in dict.fromkeys(values):
            if value not in base:
                report.add((*path, "base"), f"no probability of {shown(value)}", "a probability of every value")
        _sums_to_one(report, (*path, "base"), base)


def _check_probe(report: Report, path: Path, probe: dict[str, Any], known: Known) -> None:
    outcomes = texts(probe.get("outcomes"))
    errors = probe.get("errors")
    if isinstance(errors, dict):
        for outcome in errors if outcomes else ():
            report.name((*path, "errors", outcome), outcome, outcomes, "one of the outcomes")
        _sums_to_one(report, (*path, "errors"), errors)
    if "given" in probe:
        _check_given(report, (*path, "given"), probe["given"], probe, known)


def _sums_to_one(report: Report, path: Path, part: Any) -> None:
    """A fault where probabilities do not sum to one; entries that are none are told elsewhere."""
    if isinstance(part, dict) and all(is_probability(number) for number in part.values()):
        _check_sum(report, path, math.fsum(part.values()))


def _check_sum(report: Report, path: Path, total: float) -> None:
    if abs(total - 1) > TOLERANCE:
        report.add(path, f"probabilities that sum to {total:.7g}", "a sum of 1")


def _check_given(report: Report, path: Path, given: Any, probe: dict[str, Any], known: Known) -> None:
    about, outcomes = texts(probe.get("about")), texts(probe.get("outcomes"))
    understood = about and outcomes and all(known.facets.get(facet) for facet in about)
    if understood and isinstance(given, dict):
        _check_level(report, path, given, about, outcomes, known)


def _check_level(report: Report, path: Path, part: Any, about: list[str], outcomes: list[str], known: Known) -> None:
    if not about:
        _check_row(report, path, part, outcomes)
        return
    facet, values = about[0], known.facets[about[0]]
    if not isinstance(part, dict):
        report.add(path, shown(part), f"a table over the values of {facet}: " + ", ".join(values))
        return
    for value in part:
        report.name((*path, value), value, values, f"one of the values of {facet}")
    for value in dict.fromkeys(values):
        if value in part:
            _check_level(report, (*path, value), part[value], about[1:], outcomes, known)
        else:
            report.add((*path, value), "nothing", _what(about[1:], outcomes))


def _what(about: list[str], outcomes: list[str]) -> str:
    return f"a table over the values of {about[0]}" if about else f"a row of {len(outcomes)} probabilities"


def _check_row(report: Report, path: Path, row: Any, outcomes: list[str]) -> None:
    if not isinstance(row, list | tuple):
        report.add(path, shown(row), f"a row of {len(outcomes)} probabilities, one per outcome")
        return
    wrong = [index for index, number in enumerate(row) if not is_probability(number)]
    for index in wrong:
        report.add((*path, index), shown(row[index]), PROBABILITY)
    if len(row) != len(outcomes):
        report.add(path, f"{len(row)} entries", f"{len(outcomes)}, one per outcome: " + ", ".join(outcomes))
    elif not wrong:
        _check_sum(report, path, math.fsum(row))
