"""Scenario files as pytest collects them: a test for each expectation, and for each law that is claimed of it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pytest

from bayes_self.errors import BayesSelfError
from bayes_self.evidence.evidence import Evidence
from bayes_self.laws.catalogue import ALL
from bayes_self.laws.definition import Law, LawBroken
from bayes_self.scenario import Scenario


class NotExpected(AssertionError):
    """An expectation of a scenario file that does not come out as it is on record."""


class ScenarioFile(pytest.File):
    """One scenario file."""

    @cached_property
    def inputs(self) -> tuple[Scenario, Evidence]:
        """The scenario, and its evidence: drawn by its world, or in a CSV file beside it with the same stem."""
        from bayes_self.evidence.files import read_evidence
        from bayes_self.scenario import load
        from bayes_self.world.simulation import simulate

        scenario = load(self.path)
        if scenario.world is not None:
            return scenario, simulate(scenario, key=scenario.world.seed)
        beside = self.path.with_suffix(".csv")
        return scenario, read_evidence(beside, scenario) if beside.is_file() else Evidence.empty()

    def collect(self) -> Iterator[pytest.Item]:
        """An item for each expectation and each law; a file with faults fails here, with all of them."""
        try:
            scenario, _ = self.inputs
        except BayesSelfError as error:
            raise self.CollectError(str(error)) from None
        for i, expectation in enumerate(scenario.expectations):
            name = f"expectation {i + 1}: {expectation.says}".rstrip(": ")
            yield _marked(ExpectationItem.from_parent(self, name=name, index=i))
        for law in ALL:
            yield _marked(LawItem.from_parent(self, name=law.name, law=law))


def _marked(item: pytest.Item) -> pytest.Item:
    item.add_marker("bayes_self")
    return item


class ExpectationItem(pytest.Item):
    """One expectation of a scenario file."""

    def __init__(self, *, index: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.index = index

    def runtest(self) -> None:
        """Hold the expectation against the posterior."""
        from bayes_self.beliefs.expectations import findings
        from bayes_self.beliefs.posterior import posterior

        found = findings(posterior(*_inputs(self)))[self.index]
        if not found.as_recorded:
            recorded = "\nwhich is on record as failed, and yet it holds" * found.failed
            raise NotExpected(f"{found.says}{recorded}\nfound: {found.found}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """A sentence for what was foreseen, a traceback for what was not."""
        told = isinstance(excinfo.value, NotExpected | BayesSelfError)
        return str(excinfo.value) if told else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        """Where it stands."""
        return self.path, None, f"{self.path.name}: {self.name}"


class LawItem(pytest.Item):
    """One law, held against a scenario file."""

    def __init__(self, *, law: Law, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.law = law

    def runtest(self) -> None:
        """Hold the law against the scenario; skipped, with the reason, where it is not claimed."""
        scenario, evidence = _inputs(self)
        if (reason := self.law.why_not(scenario, evidence)) is not None:
            pytest.skip(f"not claimed: {reason}")
        self.law.check(scenario, evidence)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The counterexample, as files that can be run."""
        told = isinstance(excinfo.value, LawBroken | BayesSelfError)
        return str(excinfo.value) if told else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        """Where it stands."""
        return self.path, None, f"{self.path.name}: {self.name}"


def _inputs(item: pytest.Item) -> tuple[Scenario, Evidence]:
    assert isinstance(item.parent, ScenarioFile)
    return item.parent.inputs
