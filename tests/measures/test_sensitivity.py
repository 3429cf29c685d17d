"""Derivatives of beliefs by every named number, against differences of whole scenarios edited by the same key."""

import numpy as np
import pytest
from one_scenario import scenario

import bayes_self as bs
from bayes_self.beliefs.case import case_of
from bayes_self.measures.sensitivity import sensitivity

KEYS = {
    "coherence": 0.8,
    "salience": 1.0,
    "identities.jfk.prior": 1.0,
    "identities.jfk.bits": 1.0,
    "streams.pretraining.weight": 1.0,
    "streams.pretraining.mentions.jfk": 5.0,
    "streams.spec.reliability": 0.8,
    "streams.spec.weight": 1.0,
    "streams.spec.claims.name.reliability": 0.8,
    "streams.spec.identity.reliability": 0.8,
    "streams.rl.reliability": 0.9,
    "streams.rl.ownership": 0.7,
    "streams.rl.weight": 1.0,
    "streams.rl.probes.phone.reliability": 0.9,
    "streams.rl.probes.both.weight": 1.0,
    "streams.introspection.ownership": 0.6,
}


@pytest.mark.parametrize(("key", "value"), KEYS.items())
def test_a_derivative_is_the_limit_of_differences(key, value):
    told = scenario().with_identity_claim("jfk")
    evidence = bs.Evidence(bs.simulate(scenario(), key=1).counts)
    found = sensitivity(case_of(told, evidence), key)
    assert found.attrs["value"] == value
    step = 1e-6
    below, above = (case_of(told.with_set(key, value + d), evidence).beliefs for d in _steps(value, step))
    width = np.ptp(_steps(value, step))
    differences = (np.asarray(above.identities) - np.asarray(below.identities)) / width
    assert found.identities.values == pytest.approx(differences, abs=2e-5, rel=1e-4)
    assert np.abs(differences).max() > 1e-9, "the number matters"
    owned = (np.asarray(above.ownership) - np.asarray(below.ownership)) / width
    assert found.ownership.values == pytest.approx(owned, abs=2e-5, rel=1e-4)


def _steps(value, step):
    """Both ways, but one way only where the number would leave its range."""
    return (-step, 0.0) if value == 1.0 else (-step, step)


def test_a_key_that_names_no_number_is_told():
    with pytest.raises(bs.ScenarioError, match=r"streams\.rl\.kind"):
        sensitivity(case_of(scenario()), "streams.rl.kind")
