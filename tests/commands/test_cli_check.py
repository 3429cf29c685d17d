"""`check`: every expectation of scenarios, and the exit status."""

import json

import pytest
from commanded import SMALL, ask, refused

import bayes_self as bs
from bayes_self.beliefs.expectations import Finding
from bayes_self.commands.check import DOES_NOT_HOLD
from bayes_self.report.check import check_report
from bayes_self.results.expectations import tally
from bayes_self.scenario import gallery

HOLDS = SMALL.replace('verdict = "flat"', 'verdict = "concentrated"')


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


@pytest.fixture
def holds(tmp_path):
    path = tmp_path / "holds.toml"
    path.write_text(HOLDS)
    return path


def test_one_that_does_not_hold_is_status_1(small, holds):
    result = ask("check", small, holds, "--json")
    assert result.exit_code == DOES_NOT_HOLD
    found = json.loads(result.stdout)
    assert list(found) == ["scenarios"]
    assert list(found["scenarios"]) == ["small", "holds"]
    scenario = bs.load(small)
    expected = bs.findings(bs.posterior(scenario, bs.simulate(scenario, key=3)))
    assert found["scenarios"]["small"] == [
        {"says": f.says, "holds": f.holds, "found": f.found, "failed": False, "afterwards": False} for f in expected
    ]
    assert [f["holds"] for f in found["scenarios"]["holds"]] == [True, True]


def test_all_that_hold_are_status_0(holds):
    result = ask("check", holds)
    assert result.exit_code == 0
    assert "All 2 expectations of 1 scenario hold." in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_what_failed_is_kept_on_record_and_checked(small):
    small.write_text(SMALL.replace('verdict = "flat"', 'verdict = "flat"\nfailed = true'))
    result = ask("check", small)
    assert result.exit_code == 0
    assert "1 of 2 expectations of 1 scenario holds; 1 failed, as is on record." in result.stdout
    assert "on record as failed" in ask("run", small).stdout
    assert "on record as failed" in ask("show", small).stdout
    small.write_text(HOLDS.replace('verdict = "concentrated"', 'verdict = "concentrated"\nfailed = true'))
    result = ask("check", small)
    assert result.exit_code == DOES_NOT_HOLD
    assert "on record as failed, and yet it holds" in result.stdout


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("+", "The one expectation holds"),
        ("+++", "All 3 expectations hold"),
        ("++-", "2 of 3 expectations hold"),
        ("+--", "1 of 3 expectations holds"),
        ("++!!", "2 of 4 expectations hold; 2 failed, as is on record"),
        ("+-!", "1 of 3 expectations holds; of those that do not, 1 is on record as failed"),
        ("++?", "All 3 expectations hold; 1 of them is on record as failed"),
        ("-?", "1 of 2 expectations holds; 1 of them is on record as failed"),
        ("++!*", "2 of 3 expectations hold; 1 failed, as is on record; 1 more, written down afterwards, holds"),
        ("+*_", "The one expectation holds; 1 of 2, written down afterwards, holds"),
        ("**", "Nothing was foretold; 2 more, written down afterwards, hold"),
    ],
)
def test_expectations_are_counted(found, said):
    """+ holds, - does not, ! failed as is on record, ? holds against the record; afterwards: * holds, _ does not."""
    assert tally([Finding("", sign in "+?*", 0.5, sign in "!?", sign in "*_") for sign in found]) == said


def test_options_reach_every_scenario(holds):
    result = ask("check", holds, "--set", "streams.rl.weight=0", "--expected")
    assert result.exit_code == DOES_NOT_HOLD
    assert "None of 2 expectations of 1 scenario holds." in result.stdout


def test_scenarios_of_the_same_name_are_told_apart(holds, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    other = tmp_path / "elsewhere" / "holds.toml"
    other.write_text(HOLDS)
    assert list(json.loads(ask("check", holds, other, "--json").stdout)["scenarios"]) == [str(holds), str(other)]


def test_without_a_name_the_whole_gallery(holds, monkeypatch):
    monkeypatch.setattr(gallery, "names", lambda: ["holds"])
    monkeypatch.setattr(gallery, "path", lambda name: holds)
    found = json.loads(ask("check", "--json").stdout)
    assert list(found["scenarios"]) == ["holds"]


def test_bad_input_is_status_2(small, holds, tmp_path):
    assert "no_such" in refused("check", holds, "no_such")
    assert "--evidence is of one scenario" in refused("check", small, holds, "--evidence", tmp_path / "seen.csv")


def test_long_sentences_are_broken_and_nothing_expected_is_said():
    lines = check_report({"a": [Finding("a sentence that goes on " * 12, False, 0.25)], "b": []})
    assert max(map(len, lines)) <= 100
    assert "  Nothing is expected." in lines
    assert lines[-1] == "None of 1 expectations of 2 scenarios holds."
