"""Faults of sense: expectations that say too much or too little."""

from typing import Any

from bayes_self.scenario.fields import is_probability
from bayes_self.scenario.keys import Path
from bayes_self.scenario.names import Known
from bayes_self.scenario.report import Report

SUBJECTS = ("facet", "identity", "beneath", "worn", "ownership")


def check(report: Report, raw: dict[str, Any], known: Known) -> None:
    written = raw.get("expectations")
    for index, expectation in enumerate(written if isinstance(written, list | tuple) else []):
        if isinstance(expectation, dict):
            _check_expectation(report, ("expectations", index), expectation, known)


def _check_expectation(report: Report, path: Path, expectation: dict[str, Any], known: Known) -> None:
    subjects = [key for key in SUBJECTS if key in expectation]
    if len(subjects) != 1:
        got = " and ".join(subjects) or "no subject"
        report.add(path, got, "exactly one of " + ", ".join(SUBJECTS))
    facet = expectation.get("facet")
    report.name((*path, "identity"), expectation.get("identity"), known.self_models, "one of the identities")
    for side in ("beneath", "worn"):
        if side in expectation and not known.has_masks:
            report.add((*path, side), "a scenario without masks", "[masks]: without them nobody is beneath or worn")
        report.name((*path, side), expectation.get(side), known.identities, "one of the identities")
    report.name((*path, "ownership"), expectation.get("ownership"), known.observations(), "an observation stream")
    if report.name((*path, "facet"), facet, list(known.facets), "one of the facets") and known.facets[str(facet)]:
        values = known.facets[str(facet)]
        report.name((*path, "value"), expectation.get("value"), values, f"one of the values of {facet}")
    _check_what(report, path, expectation, subjects)


def _check_what(report: Report, path: Path, expectation: dict[str, Any], subjects: list[str]) -> None:
    bounds = [key for key in ("above", "below") if key in expectation]
    has_value, has_verdict = "value" in expectation, "verdict" in expectation
    if subjects == ["facet"]:
        if not has_value and not has_verdict:
            report.add(path, "a facet alone", "a value (with above or below) or a verdict")
        if has_verdict and (has_value or bounds):
            report.add((*path, "verdict"), "a verdict and more", "a verdict alone, or a value with above or below")
    elif len(subjects) == 1:
        for key in ("value", "verdict"):
            if key in expectation:
                report.add((*path, key), f"a {key}", f"above or below: only a facet has a {key}")
    if not bounds and not has_verdict and (has_value or (len(subjects) == 1 and subjects != ["facet"])):
        report.add(path, "no bound", "above = ... or below = ...")
    above, below = expectation.get("above", 0), expectation.get("below", 1)
    if is_probability(above) and is_probability(below) and above >= below:
        report.add((*path, bounds[-1]), f"above = {above} and below = {below}", "bounds with room between them")
