"""Files of every format there was are read, and mean what they meant; files of a format to come say so."""

from pathlib import Path

import pytest

import bayes_self as bs
from bayes_self.errors import BayesSelfError
from bayes_self.files.format_number import refuse_other, written_by
from bayes_self.scenario import parse
from bayes_self.scenario.schema import Scenario

FORMATS = Path(__file__).parent / "formats"
SCENARIO = FORMATS / "scenario_1.toml"


@pytest.fixture(scope="module")
def scenario():
    return bs.load(SCENARIO)


def test_a_scenario_of_schema_1_means_what_it_meant(scenario):
    since = {"masks"}
    assert scenario.to_dict().keys() == {f.alias or name for name, f in Scenario.model_fields.items()} - since
    assert scenario.masks is None
    assert [probe.doubt for probe in scenario.probes()] == [0, 0, 0]
    assert (scenario.coherence, scenario.salience_of("substrate"), scenario.salience_of("name")) == (0.8, 0.7, 1.0)
    assert scenario.identities["assistant"].profile["name"] == {"Claude": 0.9, "Jack": 0.0, "another": 0.1}
    reading, phone, name = scenario.probes()
    assert (reading.is_reading, reading.reliability, reading.errors) == (True, 0.95, "uniform")
    assert (phone.reliability, list(phone.errors), phone.table.tolist()) == (0.97, [0.2, 0.8], [[0, 1], [0.8, 0.2]])
    assert (name.stream, name.reliability, name.errors) == ("introspection", 0.6, "part")
    assert scenario.true_table("rl", "phone").tolist() == [[0.01, 0.99], [0.8, 0.2]]
    assert scenario.streams["system_prompt"].claims["name"].reliability == 0.8


def test_a_file_that_does_not_say_is_of_schema_1(scenario):
    silent = parse(SCENARIO.read_text(encoding="utf-8").replace("schema = 1\n", "", 1))
    assert silent.to_dict() == {key: part for key, part in scenario.to_dict().items() if key != "schema"}
    assert silent.schema_number == 1


def test_a_file_from_the_future_is_told_so_and_nothing_else():
    text = SCENARIO.read_text(encoding="utf-8").replace("schema = 1\n", "schema = 2\nunheard_of = 1\n", 1)
    with pytest.raises(bs.ScenarioError) as refused:
        parse(text)
    (fault,) = refused.value.faults
    assert (fault.key, fault.line, fault.got) == ("schema", 2, "2")
    assert "expected 1" in str(fault)
    assert "newer" in fault.hint


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_evidence_of_old_is_read(scenario, suffix):
    found = bs.read_evidence(FORMATS / f"evidence_1.{suffix}", scenario)
    assert {probe: counts.tolist() for probe, counts in found.counts.items()} == {
        ("rl", "phone"): [1.0, 3.5],
        ("introspection", "name"): [0.0, 2.0, 0.0],
    }


def test_saved_results_carry_their_format():
    about = written_by()
    assert about["bayes_self_format"] == 1
    refuse_other(about, "posterior.nc")
    refuse_other({}, "posterior.nc")  # from before there were numbers
    with pytest.raises(BayesSelfError, match=r"posterior\.nc: bayes_self_format: got 2 .*expected 1"):
        refuse_other(about | {"bayes_self_format": 2}, "posterior.nc")
