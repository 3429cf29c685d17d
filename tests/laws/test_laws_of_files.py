"""`check --laws` and `pytest --bayes-self`: the laws of scenario files, without writing a test."""

import json
import subprocess
import sys

import pytest
from commanded import SMALL, ask, refused

from bayes_self import laws
from bayes_self.commands.check import DOES_NOT_HOLD

HOLDS = SMALL.replace('verdict = "flat"', 'verdict = "concentrated"')
PROBABILITIES = next(law for law in laws.ALL if law.name == "probabilities-sum-to-one")


@laws.law(statement="It is never JFK.", reason="A law that is wrong, to see it break.", conditions="a spec stream")
def never_jfk(scenario, evidence, key):
    laws.require("jfk" not in scenario.identities, "jfk is there")


@laws.law(
    statement="It is never here.", reason="A law of something else.", unless=lambda scenario, evidence: "not here"
)
def not_here(scenario, evidence, key):
    raise AssertionError


@pytest.fixture
def small(tmp_path, monkeypatch):
    path = tmp_path / "small.toml"
    path.write_text(HOLDS)
    monkeypatch.setattr(laws, "ALL", (PROBABILITIES, never_jfk, not_here))
    return path


def test_check_tells_each_law_and_the_smallest_counterexample(small):
    result = ask("check", "--laws", small)
    assert result.exit_code == DOES_NOT_HOLD
    told = result.stdout
    assert "All 2 expectations of 1 scenario hold." in told
    assert "✓ probabilities-sum-to-one" in told
    assert "✗ never-jfk" in told
    assert "not claimed: not here" in told
    assert told.endswith("1 of 2 laws of 1 scenario are broken (1 are not claimed).\n")
    counterexample = told.split("`:\n\n")[1]
    assert "identities.jfk" in counterexample
    assert "assistant" not in counterexample
    assert "note: small: never-jfk is broken" in result.stderr


def test_check_gives_them_as_an_object(small, monkeypatch):
    monkeypatch.setattr(laws, "ALL", (PROBABILITIES, not_here))
    result = ask("check", "--laws", small, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert [finding["holds"] for finding in found["scenarios"]["small"]] == [True, True]
    assert found["laws"]["small"] == {
        "probabilities-sum-to-one": {"holds": True, "why_not": None},
        "not-here": {"holds": None, "why_not": "not here"},
    }


def test_laws_and_robustness_are_asked_for_apart(small):
    assert "not for both at once" in refused("check", small, "--laws", "--robustness")


def test_pytest_collects_scenario_files(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "small.toml").write_text(SMALL)
    (tmp_path / "mine" / "faulty.toml").write_text("coherence = 2")
    (tmp_path / "elsewhere.toml").write_text("this is none of its business")
    asked = ["--bayes-self", "mine", "-k", "expectation or probabilities-sum or faulty", "-p", "no:cacheprovider", "-q"]
    command = [sys.executable, "-m", "pytest", *asked, "--continue-on-collection-errors"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 1, result.stderr
    assert "1 failed, 2 passed" in result.stdout
    assert "1 error" in result.stdout
    assert "coherence (line 1): got 2, expected a number from 0 to 1" in result.stdout
    assert "substrate is flat\nfound: concentrated" in result.stdout
    assert "Traceback" not in result.stdout
    assert "elsewhere" not in result.stdout
