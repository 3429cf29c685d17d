"""The world: facts, claims that become facts, the void, drawn and expected evidence, and improvisation."""

import jax
import numpy as np
import pytest
from one_scenario import scenario

import bayes_self as bs
from bayes_self.beliefs.case import case_of
from bayes_self.model.beliefs import believe
from bayes_self.model.silence import no_counts, without_claims
from bayes_self.world.draws import uniforms
from bayes_self.world.self_model import self_model_of
from bayes_self.world.simulation import improvised


def test_the_same_seed_gives_the_same_evidence():
    assert bs.simulate(scenario(), key=3) == bs.simulate(scenario(), key=jax.random.key(3))
    assert bs.simulate(scenario(), key=3) != bs.simulate(scenario(), key=4)


def test_the_draw_of_seed_3_is_what_it_is_on_every_machine():
    drawn = bs.simulate(scenario(), key=3)
    assert drawn.counts["rl", "phone"].tolist() == PHONE_OF_SEED_3


PHONE_OF_SEED_3 = [1.0, 9.0, 2.0]


def test_editing_one_probe_leaves_the_draws_of_the_others():
    one = bs.simulate(scenario(), key=3)
    other = bs.simulate(scenario().with_set("world.trials.rl.phone", 400), key=3)
    assert one.counts["introspection", "substrate"].tolist() == other.counts["introspection", "substrate"].tolist()
    assert other.counts["rl", "phone"].sum() == 400


def test_reality_answers_where_there_is_a_fact_and_the_spec_where_it_claims():
    expected = bs.expect(scenario())
    uniform = (1 - 0.9) / 3
    assert expected.of("rl", "phone") == pytest.approx(12 * (0.9 * np.array([0.0, 0.9, 0.1]) + uniform))
    # The claim "Jack" is the fact; the part shows it for certain, so that errors show it too, but for 0.3 · 0.3 / 3.
    shown = 0.7 * np.array([0, 1, 0]) + 0.3 * (0.7 * np.array([0, 1, 0]) + 0.3 / 3)
    assert expected.of("introspection", "name") == pytest.approx(5 * shown)


def test_nothing_is_expected_of_the_void():
    expected = bs.expect(scenario())
    assert expected.of("introspection", "colour") is None
    assert expected.of("rl", "both") is None, "one of its facets is in the void"


def test_every_trial_in_the_void_is_improvised():
    drawn = bs.simulate(scenario(), key=5)
    assert drawn.counts["introspection", "colour"].sum() == 6
    assert drawn.counts["rl", "both"].sum() == 3


def test_a_claim_in_the_void_becomes_the_fact():
    told = scenario().with_claim("colour", "green", stream="spec")
    assert bs.expect(told).counts["introspection", "colour"].argmax() == 1


def unnamed(case):
    """The case without the claim on the name, answered again."""
    return case.edited(lambda numbers: without_claims(numbers, case.names, "name"))


def test_evidence_is_answered_again_when_a_claim_goes():
    case = case_of(scenario(), bs.expect(scenario()))
    without = unnamed(case)
    names = case.names
    name, phone = names.single.index(("introspection", "name")), names.single.index(("rl", "phone"))
    assert not without.counts.single[name].any(), "the name is in the void now"
    assert without.counts.single[phone] == pytest.approx(case.counts.single[phone]), "rows of other facts are kept"


def test_evidence_that_was_given_stays():
    given = bs.Evidence(bs.expect(scenario()).counts)
    case = case_of(scenario(), given)
    assert np.array_equal(unnamed(case).counts.single, case.counts.single)


def improvised_beliefs(n_runs, n_steps):
    """Beliefs before, and after each of many runs of improvisation through every probe in turn."""
    model = self_model_of(scenario())
    order = np.arange(n_steps) % (len(model.names.single) + len(model.names.joint))
    start, u = no_counts(model.numbers), uniforms(11, "a test", n_runs, n_steps)
    *_, after = improvised(model.numbers, start, order, u)
    return believe(model.numbers, start), believe(model.numbers, after)


def test_the_improvised_posterior_is_a_martingale():
    n_runs = 2000
    before, after = improvised_beliefs(n_runs, 10)
    for name in ("identities", "facets", "ownership"):
        runs, start = np.asarray(getattr(after, name)), np.asarray(getattr(before, name))
        error = runs.std(0, ddof=1) / np.sqrt(n_runs)
        # 15 numbers are looked at; |z| above 4.5 happens to one of them in 10,000 such tests.
        assert (np.abs(runs.mean(0) - start) <= 4.5 * error + 1e-12).all(), name
    assert np.asarray(after.identities).std(0).min() > 0.01, "single runs do move"


def test_drawn_evidence_has_the_expected_mean():
    n = 300
    alone = scenario().with_set("world.trials", {"rl": {"phone": 12}})  # the draws of a probe are its own
    totals = np.array([bs.simulate(alone, key=seed).counts["rl", "phone"] for seed in range(n)])
    expected = bs.expect(scenario()).counts["rl", "phone"]
    error = np.sqrt(expected * (1 - expected / 12) / n)
    assert (np.abs(totals.mean(0) - expected) <= 4.5 * error).all()
