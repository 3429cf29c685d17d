"""Faults of sense: expectations that say too much or too little, and priors of numbers that nobody has."""

from typing import Any

from bayes_self.scenario.faults import Report, did_you_mean, listed, shown
from bayes_self.scenario.fields import is_finite, is_probability
from bayes_self.scenario.keys import Path, dotted, split
from bayes_self.scenario.names import Known, table
from bayes_self.scenario.stream_schema import OBSERVATION_KINDS

SUBJECTS = ("facet", "identity", "ownership")


def check(report: Report, raw: dict[str, Any], known: Known) -> None:
    written = raw.get("expectations")
    for index, expectation in enumerate(written if isinstance(written, list | tuple) else []):
        if isinstance(expectation, dict):
            _check_expectation(report, ("expectations", index), expectation, known)
    for key, prior in table(raw.get("unknown")).items():
        _check_key(report, ("unknown", key), key, known)
        _check_prior(report, ("unknown", key), table(prior))


def _check_expectation(report: Report, path: Path, expectation: dict[str, Any], known: Known) -> None:
    subjects = [key for key in SUBJECTS if key in expectation]
    if len(subjects) != 1:
        got = " and ".join(subjects) or "no subject"
        report.add(path, got, "exactly one of facet, identity, ownership")
    facet = expectation.get("facet")
    report.name((*path, "identity"), expectation.get("identity"), known.identities, "one of the identities")
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
    elif subjects in (["identity"], ["ownership"]):
        for key in ("value", "verdict"):
            if key in expectation:
                report.add((*path, key), f"a {key}", f"above or below: only a facet has a {key}")
    if not bounds and not has_verdict and (has_value or subjects in (["identity"], ["ownership"])):
        report.add(path, "no bound", "above = ... or below = ...")
    above, below = expectation.get("above", 0), expectation.get("below", 1)
    if is_probability(above) and is_probability(below) and above >= below:
        report.add((*path, bounds[-1]), f"above = {above} and below = {below}", "bounds with room between them")


def _check_key(report: Report, path: Path, key: str, known: Known) -> None:
    keys = unknown_keys(known)
    try:
        found = dotted(split(key)) in keys
    except ValueError:
        found = False
    if not found:
        expected = "coherence, a salience, a reliability or an ownership of this scenario: "
        report.add(path, shown(key), expected + listed(keys), did_you_mean(key, keys))


def unknown_keys(known: Known) -> list[str]:
    """The dotted keys of all numbers in [0, 1] that `infer` may take as unknown."""
    paths: list[Path] = [("coherence",), ("salience",), *(("salience", facet) for facet in known.facets)]
    for name in known.streams:
        kind, stream, path = known.kind(name), known.streams[name], ("streams", name)
        if kind == "spec":
            claims = [("claims", facet) for facet in table(stream.get("claims"))]
            parts = [("identity",)] if "identity" in stream else []
            paths += [(*path, "reliability"), *((*path, *part, "reliability") for part in parts + claims)]
        elif kind in OBSERVATION_KINDS:
            probes = table(stream.get("probes"))
            paths += [(*path, "reliability"), (*path, "ownership")]
            paths += [(*path, "probes", probe, "reliability") for probe in probes]
    return [dotted(path) for path in paths]


def _check_prior(report: Report, path: Path, prior: dict[str, Any]) -> None:
    if "beta" in prior and "uniform" in prior:
        report.add(path, "beta and uniform", "one of them")
    if "beta" in prior and not _pair(prior["beta"], lambda a, b: a > 0 and b > 0):
        report.add((*path, "beta"), shown(prior["beta"]), "two numbers > 0, such as [2, 2]")
    if "uniform" in prior and not _pair(prior["uniform"], lambda low, high: 0 <= low < high <= 1):
        report.add((*path, "uniform"), shown(prior["uniform"]), "two numbers from 0 to 1, the smaller first")


def _pair(value: Any, holds: Any) -> bool:
    is_pair = isinstance(value, list | tuple) and len(value) == 2 and all(is_finite(number) for number in value)
    return is_pair and bool(holds(*value))
