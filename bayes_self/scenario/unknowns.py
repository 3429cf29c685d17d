"""Faults of unknown numbers: keys of `unknown` that name none, and priors that are two at once."""

from typing import Any

from bayes_self.scenario.keys import Path, dotted, split
from bayes_self.scenario.names import Known, table
from bayes_self.scenario.number_keys import NumberKey, number_keys
from bayes_self.scenario.report import Report
from bayes_self.words.spelling import did_you_mean, listed, shown


def check(report: Report, raw: dict[str, Any], known: Known) -> None:
    for key, prior in table(raw.get("unknown")).items():
        _check_key(report, ("unknown", key), key, known)
        if "beta" in table(prior) and "uniform" in table(prior):
            report.add(("unknown", key), "beta and uniform", "one of them")


def _check_key(report: Report, path: Path, key: str, known: Known) -> None:
    keys = unknown_keys(number_keys(known))
    try:
        found = dotted(split(key)) in keys
    except ValueError:
        found = False
    if not found:
        expected = "coherence, a salience, a reliability or an ownership of this scenario: "
        report.add(path, shown(key), expected + listed(keys), did_you_mean(key, keys))


def unknown_keys(numbers: dict[Path, NumberKey]) -> list[str]:
    """The dotted keys of all numbers in [0, 1] that `infer` may take as unknown."""
    return [dotted(path) for path, row in numbers.items() if row.is_unknown]
