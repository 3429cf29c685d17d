"""What cannot be inferred is refused, with the reason: no generative meaning, not identified, fixed by the frame."""

import pytest
from one_scenario import scenario

import bayes_self as bs
from bayes_self.inference.refusals import accepted

REFUSED = {
    ("streams.rl.weight",): "vary it",
    ("streams.rl.probes.phone.weight",): "vary it",
    ("identities.jfk.bits",): "one number of the prior",
    ("identities.jfk.prior",): "one number of the prior",
    ("streams.pretraining.mentions.jfk",): "one number of the prior",
    ("coherence", "salience"): "only their product",
    ("coherence", "salience.substrate", "salience.name", "salience.colour"): "only their product",
    ("streams.rl.reliabilty",): 'did you mean "streams.rl.reliability"',
    ("streams.rl.probes.phone",): "or a mask's number of this scenario",
    ("world.seed",): "or a mask's number of this scenario",
    ("masks.bits",): r"with \[masks\], which this one does not have",
    ("",): "or a mask's number of this scenario",
    (): "at least one of",
}


@pytest.mark.parametrize("unknown", REFUSED, ids=" with ".join)
def test_a_question_that_cannot_be_answered_is_refused(unknown):
    with pytest.raises(bs.ScenarioError, match=REFUSED[unknown]):
        accepted(scenario(), unknown)


@pytest.mark.parametrize("key", ["streams.rl.weight", "streams.spec.weight"])
def test_a_tempered_scenario_has_no_generative_model(key):
    with pytest.raises(bs.ScenarioError, match="tempered"):
        accepted(scenario().with_set(key, 0.5), ["coherence"])
    assert accepted(scenario().with_set(key, 0.0), ["coherence"]) == ("coherence",)


def test_a_weight_of_pretraining_is_a_number_of_the_prior():
    assert accepted(scenario().with_set("streams.pretraining.weight", 0.3), ["coherence"]) == ("coherence",)


@pytest.mark.parametrize(
    ("frame", "key"),
    [
        ("persona-selection", "coherence"),
        ("persona-selection", "salience.name"),
        ("persona-selection", "masks.bits"),
        ("simulator", "masks.bits"),
        ("simulator", "masks.covers.name"),
        ("simulator", "streams.rl.ownership"),
    ],
)
def test_a_number_that_the_frame_fixes_is_not_unknown(frame, key):
    masked = scenario().with_set("masks", {"covers": {"name": 0.9}})
    with pytest.raises(bs.ScenarioError, match="does not fix"):
        accepted(masked, [key], frame)
    assert accepted(masked, [key])


def test_coherence_with_the_salience_of_some_facets_is_identified():
    keys = ("coherence", "salience.substrate", "salience.name")
    assert set(accepted(scenario(), keys)) == set(keys)


def test_a_key_given_twice_is_one_number():
    assert accepted(scenario(), ["coherence", "coherence"]) == ("coherence",)


def test_a_common_salience_is_unknown_only_where_the_file_has_one():
    apart = scenario().with_set("salience", {"name": 0.5})
    with pytest.raises(bs.ScenarioError, match="each facet its own"):
        accepted(apart, ["salience"])
