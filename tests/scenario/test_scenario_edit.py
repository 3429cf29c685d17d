"""Edits return another scenario, checked like a file; settings are read as the command reads them."""

# ruff: noqa: E501 (one case a line, however long)

import tomllib

import pytest
from example_file import EXAMPLE, SMALL

from bayes_self.errors import ScenarioError
from bayes_self.scenario import Scenario, parse
from bayes_self.scenario.assign import WHERE, parse_assignment
from bayes_self.scenario.keys import dotted, split

PHONE = "streams.rl.probes.phone_jacqueline"


@pytest.fixture
def scenario():
    return parse(EXAMPLE, name="example")


def at(scenario, *path):
    found = scenario.to_dict()
    for part in path:
        found = found[part]
    return found


def fault_of(scenario, *settings):
    with pytest.raises(ScenarioError) as caught:
        scenario.with_settings(dict(map(parse_assignment, settings)), WHERE)
    (fault,) = caught.value.faults
    assert f"{fault.key} (from --set): got " in str(caught.value)
    return fault


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        (" 3 ", 3),
        ("1e-3", 1e-3),
        ("true", True),
        ("Claude", "Claude"),
        ("human brain", "human brain"),
        ('"1961"', "1961"),
        ("3 wise men", "3 wise men"),
        ("[0.1, 0.9]", [0.1, 0.9]),
        ("{ value = 'x', reliability = 1 }", {"value": "x", "reliability": 1}),
        ("a=b", "a=b"),
        ("0.5 # so", 0.5),
        ("a\nb = 2", "a\nb = 2"),
    ],
)
def test_values_are_read_as_toml_and_bare_words_as_strings(text, value):
    assert parse_assignment(f"streams.spec.claims.name={text}") == ("streams.spec.claims.name", value)


@pytest.mark.parametrize("text", ["coherence", "=3", "", "a..b=3", ".a=3", "a.=3", 'a."b=3'])
def test_what_is_no_setting_is_refused(text):
    with pytest.raises(ScenarioError, match="KEY=VALUE"):
        parse_assignment(text)


def test_a_claim_or_a_fact_without_a_value_is_taken_out(scenario):
    keys = ("streams.spec.claims.substrate", "streams.spec.identity", "world.facts.substrate")
    edited = scenario.with_settings(dict(parse_assignment(f"{key}=") for key in keys))
    assert edited.without_claims().to_dict()["streams"] == scenario.without_claims().to_dict()["streams"]
    assert "substrate" not in edited.world.facts
    assert fault_of(edited, "streams.spec.claims.substrate=").got == "nothing there"


@pytest.mark.parametrize("value", ["", "[", "[1, 2", "{a", '"open'])
def test_a_value_that_is_begun_and_not_ended_is_refused(value):
    with pytest.raises(ScenarioError, match="a value in TOML"):
        parse_assignment(f"coherence={value}")


@pytest.mark.parametrize("path", [("a",), ("a", "b c", "d.e"), ('say "so"', "back\\slash", ""), ("é", "a=b")])
def test_keys_are_split_as_they_are_joined(path):
    assert split(dotted(path)) == path
    assert tomllib.loads(f"{dotted(path)} = 1")


def test_keys_may_be_quoted_either_way_and_spaced():
    assert split("""streams . 'phone home'."x.y".z""") == ("streams", "phone home", "x.y", "z")


@pytest.mark.parametrize(
    ("setting", "path", "value"),
    [
        ("streams.rl.weight=0.5", ("streams", "rl", "weight"), 0.5),
        ("identities.jfk.bits=0", ("identities", "jfk", "bits"), 0),
        ("identities.assistant.bits=2", ("identities", "assistant", "bits"), 2),
        ("world.trials.rl.phone_jacqueline=200", ("world", "trials", "rl", "phone_jacqueline"), 200),
        ("world.reliability.introspection=1", ("world", "reliability"), {"rl": 0.95, "introspection": 1}),
        ("streams.spec.claims.substrate=language model", ("streams", "spec", "claims", "substrate"), "language model"),
        ("streams.spec.claims.substrate.reliability=0.7", ("streams", "spec", "claims", "substrate"), {"value": "human brain", "reliability": 0.7}),
        ("streams.spec.identity.reliability=0.7", ("streams", "spec", "identity"), {"value": "jfk", "reliability": 0.7}),
        (f"{PHONE}.reliability=0.1", (*split(PHONE), "reliability"), 0.1),
        (f'{PHONE}.given."human brain"=[0.5, 0.5]', (*split(PHONE), "given", "human brain"), [0.5, 0.5]),
        (f"{PHONE}.errors=part", (*split(PHONE), "errors"), "part"),
        ("expectations.0.above=0.5", ("expectations", 0, "above"), 0.5),
        ("salience.substrate=0.1", ("salience",), {"substrate": 0.1}),
        ("salience=0.1", ("salience",), 0.1),
        ('unknown."streams.rl.ownership".uniform=[0, 1]', ("unknown", "streams.rl.ownership"), {"uniform": [0, 1]}),
        ("identities.nobody={}", ("identities", "nobody"), {}),
    ],
)  # fmt: skip
def test_settings_reach_every_key_of_the_file(scenario, setting, path, value):
    other = scenario.with_settings(dict([parse_assignment(setting)]), WHERE)
    assert at(other, *path) == value
    assert other.name == "example"
    assert parse(other.to_toml(), name="example") == other
    assert scenario == parse(EXAMPLE, name="example")


def test_tables_that_the_file_has_not_are_made():
    scenario = Scenario.from_dict({**SMALL, "streams": {"rl": {"readings": ["name"]}}})
    other = scenario.with_settings({"world.trials.rl.name": 5, "streams.spec.claims.name": "Jack"})
    assert at(other, "world") == {"trials": {"rl": {"name": 5}}}
    assert at(other, "streams", "spec") == {"claims": {"name": "Jack"}}
    assert at(scenario.with_set("salience.name", 0.5), "salience") == {"name": 0.5}


def test_one_salience_for_all_becomes_one_for_each():
    scenario = Scenario.from_dict({**SMALL, "salience": 0.8}).with_set("salience.name", 0.5)
    assert (scenario.salience_of("name"), scenario.salience_of("tone")) == (0.5, 0.8)


def test_a_bare_stand_becomes_a_table():
    stand = {
        "identities.jfk.profile.substrate.language model": 0.5,
        "identities.jfk.profile.substrate.human brain": 0.5,
    }
    profile = parse(EXAMPLE).with_settings(stand).identities["jfk"].profile
    assert profile == {"substrate": {"language model": 0.5, "human brain": 0.5}}


def test_settings_are_checked_together():
    scenario = parse(EXAMPLE)
    both = {f'{PHONE}.given."human brain".0': 0.5, f'{PHONE}.given."human brain".1': 0.5}
    assert scenario.with_settings(both).probes()[0].table[1].tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("setting", "key", "hint"),
    [
        ("coherence=2", "coherence", ""),
        ("coherence=high", "coherence", ""),
        ("titel=x", "titel", "title"),
        ("identities.jkf.bits=0", "identities.jkf", "jfk"),
        ("facets.substrat.question=x", "facets.substrat", "substrate"),
        ("streams.rll.weight=2", "streams.rll", "rl"),
        ("streams.rl.wieght=2", "streams.rl.wieght", "weight"),
        ("streams.rl.probes.phone.weight=2", "streams.rl.probes.phone", "phone_jacqueline"),
        ("world.trials.rl.phone_jaqueline=2", "world.trials.rl.phone_jaqueline", "phone_jacqueline"),
        ("streams.spec.claims.substrat=x", "streams.spec.claims.substrat", "substrate"),
        ("streams.spec.claims.substrate=language modle", "streams.spec.claims.substrate", "language model"),
        ("streams.rl.weight.x=2", "streams.rl.weight", ""),
        ("title.x=2", "title", ""),
        ("expectations.1.above=0.5", "expectations.1", ""),
        ("expectations.first.above=0.5", "expectations.first", ""),
        (f"{PHONE}.outcomes.2=x", f"{PHONE}.outcomes.2", ""),
        ("unknown.coherenc.beta=[1, 1]", "unknown.coherenc", "coherence"),
    ],
)
def test_faults_of_settings_say_so(scenario, setting, key, hint):
    fault = fault_of(scenario, setting)
    assert fault.key == key
    assert fault.hint == (f'did you mean "{hint}"?' if hint else "")


def test_all_faults_of_settings_are_told_at_once(scenario):
    with pytest.raises(ScenarioError) as caught:
        scenario.with_settings({"identities.jkf.bits": 1, "streams.rll.weight": 1, "": 1})
    assert [fault.key for fault in caught.value.faults] == ["identities.jkf", "streams.rll", ""]


def test_a_claim_goes_where_the_facet_is_claimed_last(scenario):
    other = scenario.with_claim("substrate", "language model")
    assert at(other, "streams", "system_prompt", "claims", "substrate") == {
        "value": "language model",
        "reliability": 0.99,
    }
    assert at(other, "streams", "spec") == at(scenario, "streams", "spec")
    other = scenario.with_claim("substrate", "language model", stream="spec", reliability=0.5)
    assert at(other, "streams", "spec", "claims", "substrate") == {"value": "language model", "reliability": 0.5}


def test_a_claim_goes_to_the_first_spec_stream_else_to_a_new_one():
    small = Scenario.from_dict({**SMALL, "streams": {"a": {"kind": "spec"}, "b": {"kind": "spec"}}})
    assert at(small.with_claim("name", "Jack"), "streams", "a") == {"kind": "spec", "claims": {"name": "Jack"}}
    assert at(small.with_identity_claim("jfk", stream="b"), "streams", "b") == {"kind": "spec", "identity": "jfk"}
    assert at(Scenario.from_dict(SMALL).with_claim("name", "Jack"), "streams") == {"spec": {"claims": {"name": "Jack"}}}


def test_claims_can_be_taken_away_and_put_back(scenario):
    without = scenario.without_claim("substrate")
    assert [at(without, "streams", name, "claims") for name in ("spec", "system_prompt")] == [{}, {}]
    assert at(without, "streams", "spec", "identity") == "jfk"
    assert without.without_identity_claim() == scenario.without_claims()
    back = without.with_claim("substrate", "human brain", stream="spec")
    assert back.with_claim("substrate", "human brain", stream="system_prompt", reliability=0.99) == scenario
    assert scenario.without_identity_claim().with_identity_claim("jfk") == scenario


def test_an_unknown_reliability_goes_with_its_claim(scenario):
    key = "streams.spec.identity.reliability"
    unknown = scenario.with_set(f'unknown."{key}".beta', [1, 1])
    assert key in unknown.unknown
    assert key not in unknown.without_identity_claim().unknown
    assert "streams.rl.reliability" in unknown.without_claims().unknown


def test_weights(scenario):
    assert scenario.with_weight("rl", 0).streams["rl"].weight == 0
    with pytest.raises(ScenarioError, match=">= 0"):
        scenario.with_weight("rl", -1)
    with pytest.raises(ScenarioError, match='did you mean "rl"'):
        scenario.with_weight("rll", 1)


def test_wrong_claims_are_refused(scenario):
    with pytest.raises(ScenarioError, match="one of the values of substrate"):
        scenario.with_claim("substrate", "brain")
    with pytest.raises(ScenarioError, match="one of the identities"):
        scenario.with_identity_claim("jack")
    with pytest.raises(ScenarioError, match="an unknown key"):
        scenario.with_claim("substrate", "human brain", stream="rl")
