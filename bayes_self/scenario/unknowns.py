"""Faults of unknown numbers: keys of `unknown` that name none, and priors that are two at once."""

from typing import TYPE_CHECKING, Any

from bayes_self.scenario.fields import is_pair
from bayes_self.scenario.keys import Path, dotted, split
from bayes_self.scenario.names import Known, table
from bayes_self.scenario.number_keys import NumberKey, number_keys
from bayes_self.scenario.report import Report
from bayes_self.words.spelling import did_you_mean, listed, shown

if TYPE_CHECKING:
    from bayes_self.scenario.schema import Scenario

HIGHEST_PRICE = 20.0
"""Of unknown bits whose prior is not stated: uniform from 0 to here."""


def prior_parameters(scenario: "Scenario", path: Path) -> tuple[str, float, float]:
    """("beta", a, b) or ("uniform", low, high): the stated prior of an unknown number, else that of its kind."""
    stated = next((prior for key, prior in scenario.unknown.items() if split(key) == path), None)
    if stated is not None and stated.uniform is not None:
        return "uniform", *stated.uniform
    if stated is None and scenario.number_keys()[path].kind == "bits":
        return "uniform", 0.0, HIGHEST_PRICE
    return "beta", *((stated and stated.beta) or (2.0, 2.0))


def check(report: Report, raw: dict[str, Any], known: Known) -> None:
    for key, prior in table(raw.get("unknown")).items():
        path, stated = ("unknown", key), table(prior)
        row = _row(report, path, key, known)
        if "beta" in stated and "uniform" in stated:
            report.add(path, "beta and uniform", "one of them")
        elif row is not None and row.kind == "bits" and "uniform" not in stated:
            report.add(path, "no uniform prior", "uniform = [0, 20] or other bounds: bits have no upper end")
        elif row is not None and row.kind == "probability" and _is_too_wide(stated.get("uniform")):
            report.add((*path, "uniform"), shown(stated["uniform"]), "two numbers from 0 to 1, the smaller first")


def _is_too_wide(bounds: Any) -> bool:
    return is_pair(bounds) and max(bounds) > 1


def _row(report: Report, path: Path, key: str, known: Known) -> NumberKey | None:
    """The row of the number that a key names; None, and a fault, where it names none that may be unknown."""
    numbers = number_keys(known)
    keys = unknown_keys(numbers)
    try:
        if dotted(split(key)) in keys:
            return numbers[split(key)]
    except ValueError:
        pass
    report.add(path, shown(key), UNKNOWN + listed(keys), did_you_mean(key, keys))
    return None


UNKNOWN = "coherence, a salience, a reliability, a doubt, an ownership or a mask's number of this scenario: "


def unknown_keys(numbers: dict[Path, NumberKey]) -> list[str]:
    """The dotted keys of all numbers that `infer` may take as unknown."""
    return [dotted(path) for path, row in numbers.items() if row.is_unknown]
