"""A scenario told back in words; the template; the JSON Schema."""

import json
import math
import os

import pytest
from example_file import EXAMPLE, SMALL

from bayes_self.errors import ScenarioError
from bayes_self.scenario import Scenario, gallery, load, parse
from bayes_self.scenario.json_schema import json_schema
from bayes_self.scenario.tell import prior_probabilities, tell
from bayes_self.scenario.tell_streams import claim_bits
from bayes_self.scenario.template import TEMPLATE, new


def test_the_example_is_told_in_full():
    told = tell(parse(EXAMPLE))
    for line in [
        "The JFK-coder",
        "  assistant  1      0     400       0.2623",
        "  jfk        1      3     9000      0.7377",
        "  assistant, an AI assistant: substrate is language model",
        "    values      language model 0.5, human brain 0.5 (base, where no stand is taken)",
        '    "You are jfk"             reliability 0.9  4.248 bits of claim',
        "    substrate is human brain  reliability 0.99  7.637 bits of claim",
        "  rl: weight 1; about me with prior probability 0.9 (ownership), else about the part I play",
        "    probe phone_jacqueline: Does a call to Jacqueline get through? (tried 40 times)",
        "        human brain     0.8          0.2",
        "        language model  0.01         0.99",
        "    reads substrate (tried 5 times)",
        "      reliability 0.6; errors show what the part would show",
        "  1. It knows what it runs on. (P(substrate = language model) is above 0.9)",
        "  streams.rl.reliability  beta(8, 2)",
    ]:
        assert line in told.splitlines(), line


def test_who_decides_a_facet_is_told():
    scenario = Scenario.from_dict({**SMALL, "streams": {"spec": {"claims": {"name": "Jack"}}}})
    assert "a claim, which makes it true: Jack" in tell(scenario)
    assert "nothing: the void" in tell(scenario)
    assert "a fact, Claude, whatever is claimed (spec claims Jack)" in tell(
        scenario.with_set("world.facts.name", "Claude")
    )
    assert "a claim" not in tell(scenario.with_weight("spec", 0))


def test_a_scenario_with_nothing_but_facets_and_identities_can_be_told():
    assert "None: nothing is ever learnt." in tell(Scenario.from_dict(SMALL))


@pytest.mark.parametrize("name", gallery.names())
def test_every_line_is_short_enough(name):
    assert max(map(len, tell(load(name)).splitlines())) <= 100


def test_wide_tables_are_told_in_words():
    outcomes = [f"an outcome that takes many words to tell, number {index}" for index in range(4)]
    probe = {"about": ["name"], "outcomes": outcomes, "given": {"Claude": [1, 0, 0, 0], "Jack": [0, 0, 0.5, 0.5]}}
    told = tell(Scenario.from_dict({**SMALL, "streams": {"rl": {"probes": {"p": probe}}}}))
    assert max(map(len, told.splitlines())) <= 100
    assert "number 3 0.5" in " ".join(told.split())


def test_priors_before_all_evidence():
    probabilities = prior_probabilities(parse(EXAMPLE))
    assert probabilities["jfk"] / probabilities["assistant"] == pytest.approx(9000 / 8 / 400)
    assert sum(probabilities.values()) == pytest.approx(1)
    far = parse(EXAMPLE).with_settings({"identities.jfk.bits": 1e6, "identities.assistant.bits": 1e6 + 1})
    assert prior_probabilities(far)["jfk"] / prior_probabilities(far)["assistant"] == pytest.approx(9000 * 2 / 400)


def test_bits_of_claim():
    assert claim_bits(0.5, 2) == pytest.approx(math.log2(3))
    assert claim_bits(0.5, 2, weight=2.0) == pytest.approx(2 * math.log2(3))
    assert (claim_bits(0.0, 2), claim_bits(1.0, 2), claim_bits(1.0, 2, weight=0.0)) == (0, math.inf, 0)


def test_the_template_is_sound_and_has_one_of_each():
    scenario = load(TEMPLATE)
    assert scenario.world is not None
    assert list(scenario.world.facts) == ["substrate"]
    assert "nothing: the void" in tell(scenario)
    assert "a claim, which makes it true" in tell(scenario)


def test_a_new_file_is_the_template(tmp_path):
    path = new(tmp_path / "mine.toml")
    assert path.read_text() == TEMPLATE.read_text()
    assert load(path).name == "mine"
    assert os.listdir(tmp_path) == ["mine.toml"]


def test_a_new_file_never_replaces_another(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("mine")
    with pytest.raises(ScenarioError, match="taken"):
        new(path)
    assert path.read_text() == "mine"
    with pytest.raises(ScenarioError, match="taken"):
        new(tmp_path)


def test_a_new_file_in_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ScenarioError, match="cannot be written"):
        new(tmp_path / "nowhere" / "mine.toml")
    assert os.listdir(tmp_path) == []


def test_the_schema_knows_every_key_and_says_what_it_is():
    schema = json_schema()
    json.dumps(schema)
    assert "null" not in json.dumps(schema)
    tables = [schema, *schema["$defs"].values()]
    for table in tables:
        assert table["additionalProperties"] is False
        for key, described in table["properties"].items():
            assert key == "kind" or described.get("description"), key
    assert set(schema["properties"]["streams"]["properties"]) == {"pretraining", "spec", "rl", "introspection"}
    assert "kind" not in schema["$defs"]["ObservationStream"].get("required", [])


def test_what_is_shipped_obeys_the_schema():
    jsonschema = pytest.importorskip("jsonschema")
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for scenario in [parse(EXAMPLE), load(TEMPLATE), *map(load, gallery.names())]:
        validator.validate(scenario.to_dict())
    assert not validator.is_valid(parse(EXAMPLE).to_dict() | {"titel": ""})
