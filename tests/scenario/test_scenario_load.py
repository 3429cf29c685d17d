"""Scenarios read from files, text and dictionaries; what they hold once read; the gallery."""

import copy
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from example_file import EXAMPLE, SMALL

from bayes_self.errors import ScenarioError
from bayes_self.scenario import Scenario, gallery, load, parse
from bayes_self.scenario.unknowns import prior_parameters


def with_rl(**rl):
    return Scenario.from_dict({**SMALL, "streams": {"rl": rl}})


def test_the_example_of_the_format_is_read():
    scenario = parse(EXAMPLE, name="example")
    streams: dict[str, Any] = dict(scenario.streams)
    assert scenario.name == "example"
    assert (scenario.coherence, scenario.salience, scenario.salience_of("substrate")) == (0.9, 0.8, 0.8)
    assert list(scenario.streams) == ["pretraining", "spec", "system_prompt", "rl", "introspection"]
    assert [stream.kind for stream in scenario.streams.values()] == [
        "pretraining", "spec", "spec", "rl", "introspection",
    ]  # fmt: skip
    assert streams["pretraining"].mentions == {"assistant": 400, "jfk": 9000}
    assert streams["spec"].identity.value == "jfk"
    assert streams["spec"].claims["substrate"].reliability is None
    assert streams["system_prompt"].claims["substrate"].reliability == 0.99
    assert prior_parameters(scenario, ("streams", "rl", "reliability")) == ("beta", 8, 2)
    assert scenario.world is not None
    assert scenario.world.trials == {"rl": {"phone_jacqueline": 40}, "introspection": {"substrate": 5}}


def test_what_is_left_out_has_its_default():
    scenario = Scenario.from_dict({**SMALL, "streams": {"rl": {}, "spec": {}, "pretraining": {}}})
    streams: list[Any] = list(scenario.streams.values())
    rl, spec, pretraining = streams
    assert (scenario.coherence, scenario.salience_of("tone"), scenario.world, scenario.name) == (0.9, 1, None, "")
    assert (rl.reliability, rl.ownership, rl.weight, rl.errors, rl.readings) == (0.95, 1, 1, "uniform", ())
    assert (spec.reliability, spec.weight, spec.identity, spec.claims) == (0.95, 1, None, {})
    assert (pretraining.weight, pretraining.mentions) == (1, {})
    assert (scenario.identities["jfk"].prior, scenario.identities["jfk"].bits) == (1, 0)
    assert scenario.facets["tone"].base_probabilities() == (1 / 3, 1 / 3, 1 / 3)


def test_unlisted_saliences_are_one():
    scenario = Scenario.from_dict({**SMALL, "salience": {"tone": 0.5}})
    assert (scenario.salience_of("tone"), scenario.salience_of("name")) == (0.5, 1)


def test_stands_are_complete_and_in_the_order_of_the_values():
    profile = Scenario.from_dict(SMALL).identities["jfk"].profile
    assert list(profile["tone"].items()) == [("plain", 0.25), ("grand", 0.75), ("flowery", 0.0)]
    assert "name" not in profile
    assert parse(EXAMPLE).identities["jfk"].profile == {"substrate": {"language model": 0.0, "human brain": 1.0}}


def test_bases_and_tables_sum_to_one_exactly():
    third = [0.3333333, 0.3333333, 0.3333333]
    facets = {"tone": {**SMALL["facets"]["tone"], "base": dict(zip(("plain", "grand", "flowery"), third, strict=True))}}
    base = Scenario.from_dict({**SMALL, "facets": {**SMALL["facets"], **facets}}).facets["tone"].base_probabilities()
    assert sum(base) == pytest.approx(1, abs=1e-15)
    probe = {"about": ["name"], "outcomes": ["a", "b", "c"], "given": {"Claude": third, "Jack": [1, 0, 0]}}
    (resolved,) = with_rl(probes={"p": probe}).probes()
    np.testing.assert_allclose(resolved.table.sum(axis=-1), 1, atol=1e-15)


def test_probes_come_in_file_order_with_readings_first():
    scenario = parse(EXAMPLE.replace("readings = []", 'readings = ["substrate"]'))
    assert [(probe.stream, probe.name) for probe in scenario.probes()] == [
        ("rl", "substrate"), ("rl", "phone_jacqueline"), ("introspection", "substrate"),
    ]  # fmt: skip
    reading, phone, introspection = scenario.probes()
    assert (reading.about, reading.outcomes) == (("substrate",), ("language model", "human brain"))
    np.testing.assert_array_equal(reading.table, np.eye(2))
    np.testing.assert_array_equal(phone.table, [[0, 1], [0.8, 0.2]])
    assert (introspection.reliability, introspection.errors, introspection.weight) == (0.6, "part", 1)


def test_tables_over_several_facets_have_an_axis_for_each():
    rows = {"Claude": [0.25, 0.75], "Jack": [1, 0]}
    given = {"grand": rows, "flowery": rows, "plain": {"Claude": [0.5, 0.5], "Jack": [0, 1]}}
    (probe,) = with_rl(probes={"p": {"about": ["tone", "name"], "outcomes": ["a", "b"], "given": given}}).probes()
    assert probe.table.shape == (3, 2, 2)
    np.testing.assert_array_equal(probe.table[0], [[0.5, 0.5], [0, 1]])
    np.testing.assert_array_equal(probe.table[2], [[0.25, 0.75], [1, 0]])
    with pytest.raises(ValueError, match="read-only"):
        probe.table[0, 0, 0] = 1


def test_what_a_probe_says_of_itself_counts_before_what_its_stream_says():
    probe = {"about": ["name"], "outcomes": ["a", "b"], "given": {"Claude": [0, 1], "Jack": [1, 0]}}
    own = {**probe, "reliability": 0.5, "weight": 2, "errors": {"b": 1.0}}
    first, second = with_rl(errors="part", reliability=0.7, probes={"p": probe, "q": own}).probes()
    assert (first.reliability, first.weight, first.errors) == (0.7, 1, "part")
    assert (second.reliability, second.weight) == (0.5, 2)
    np.testing.assert_array_equal(second.errors, [0, 1])


def test_the_world_may_know_better():
    scenario = parse(EXAMPLE.replace("{ rl = 0.95 }", "{ rl = 0.5 }"))
    np.testing.assert_array_equal(scenario.true_table("rl", "phone_jacqueline"), [[0.01, 0.99], [0.8, 0.2]])
    np.testing.assert_array_equal(scenario.true_table("introspection", "substrate"), np.eye(2))
    assert scenario.true_reliability("rl", "phone_jacqueline") == 0.5
    assert scenario.true_reliability("introspection", "substrate") == 0.6
    with pytest.raises(KeyError, match="no probe or reading 'x'"):
        scenario.true_table("rl", "x")


def test_a_scenario_does_not_change_and_can_be_copied_compared_and_pickled():
    raw = copy.deepcopy(SMALL)
    scenario = Scenario.from_dict(raw, name="small")
    raw["facets"]["tone"]["values"].append("new")
    assert scenario.to_dict() == SMALL
    with pytest.raises(ValueError, match="frozen"):
        scenario.coherence = 0.1
    for other in (copy.deepcopy(scenario), pickle.loads(pickle.dumps(scenario)), Scenario.from_dict(SMALL, "small")):
        assert other == scenario
        assert other.name == "small"


def test_numpy_numbers_are_numbers():
    scenario = Scenario.from_dict({**SMALL, "coherence": np.float32(0.5), "world": {"seed": np.int64(3)}})
    assert scenario.world is not None
    assert (scenario.coherence, scenario.world.seed) == (0.5, 3)
    assert (type(scenario.coherence), type(scenario.world.seed)) == (float, int)


def test_every_door_checks_everything():
    with pytest.raises(ValueError, match="did you mean"):
        Scenario.model_validate({**SMALL, "streams": {"spec": {"claims": {"nam": "Jack"}}}})


def test_a_file_is_named_after_its_stem(tmp_path):
    path = tmp_path / "my model.toml"
    path.write_text(EXAMPLE)
    assert load(path).name == load(str(path)).name == "my model"


@pytest.mark.parametrize(
    ("content", "line"), [(b"\xff\xfe\x00", 1), (b'schema = 1\ntitle = "\xe9"\n', 2), (b"PAR1\x00\x15\x04", 1)]
)
def test_what_is_no_text_is_refused(tmp_path, content, line):
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert [fault.line for fault in caught.value.faults] == [line]


def test_directories_and_missing_files_are_refused(tmp_path):
    with pytest.raises(ScenarioError, match="a folder"):
        load(tmp_path)
    with pytest.raises(ScenarioError, match="no file"):
        load(tmp_path / "missing.toml")


@pytest.fixture
def gallery_folder(tmp_path, monkeypatch):
    (tmp_path / "jfk_coder.toml").write_text(EXAMPLE)
    (tmp_path / "broken.toml").write_text("title = [")
    (tmp_path / "README.md").write_text("")
    monkeypatch.setattr(gallery, "_PLACES", (tmp_path / "nowhere", tmp_path))
    return tmp_path


def test_the_gallery_lists_names_and_titles(gallery_folder):
    assert gallery.names() == ["broken", "jfk_coder"]
    assert gallery.title("jfk_coder") == "The JFK-coder"
    assert gallery.title("broken") == ""
    assert load("jfk_coder").name == "jfk_coder"


def test_a_misspelt_name_is_answered_with_the_nearest(gallery_folder):
    with pytest.raises(ScenarioError) as caught:
        load("jfk_codre")
    assert caught.value.faults[0].hint == 'did you mean "jfk_coder"?'
    assert "broken, jfk_coder" in str(caught.value)


def test_a_name_means_the_gallery_and_a_path_means_the_file(gallery_folder, monkeypatch):
    monkeypatch.chdir(gallery_folder)
    Path("elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    Path("jfk_coder").write_text(EXAMPLE.replace("The JFK-coder", "Mine"))
    assert load("jfk_coder").title == "The JFK-coder"
    assert load("./jfk_coder").title == "Mine"


@pytest.mark.parametrize("name", gallery.names())
def test_every_scenario_that_is_shipped_is_sound(name):
    assert load(name).title == gallery.title(name) != ""


def test_reading_a_scenario_imports_nothing_heavy():
    code = f"""
import sys
from bayes_self.scenario import parse
parse({EXAMPLE!r})
print([name for name in ("jax", "pandas", "xarray", "numpyro", "arviz", "matplotlib", "numpy") if name in sys.modules])
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
