"""What is compiled again, and what is not: an edit of a number, or other evidence, must not cost seconds."""

import numpy as np
from traces import traces

import bayes_self as bs
from bayes_self.beliefs import _believe
from bayes_self.simulation import _improvise

SCENARIO = bs.Scenario.from_dict(
    {
        "schema": 1,
        "title": "Two identities, read twice",
        "facets": {"x": {"values": ["yes", "no"]}, "y": {"values": ["yes", "no"]}},
        "identities": {"a": {"profile": {"x": "yes", "y": "no"}}, "b": {"profile": {"x": "no"}}},
        "streams": {
            "pretraining": {"mentions": {"a": 10}},
            "spec": {"claims": {"x": "yes"}},
            "introspection": {"readings": ["x", "y"], "ownership": 0.5},
        },
    }
)


def seen(count):
    return bs.Evidence({("introspection", "x"): np.array([0.0, count])})


def test_editing_numbers_and_evidence_compiles_nothing():
    first = bs.posterior(SCENARIO, seen(1.0))
    compiled = traces(_believe)
    edited = (
        SCENARIO.with_set("coherence", 0.3)
        .with_set("streams.introspection.reliability", 0.5)
        .with_set("streams.introspection.ownership", 0.25)
        .with_set("streams.pretraining.mentions.b", 1000)
        .with_weight("spec", 0.5)
        .with_claim("x", "no", reliability=0.6)
    )
    found = [bs.posterior(edited, seen(1.0)), bs.posterior(SCENARIO, seen(7.0)), bs.posterior(SCENARIO)]
    assert traces(_believe) == compiled
    assert len({first.log_evidence, *(other.log_evidence for other in found)}) == 4


def test_saying_more_or_less_compiles_nothing():
    said = bs.posterior(SCENARIO)
    compiled = traces(_believe)
    found = [bs.posterior(SCENARIO.with_claim("y", value)) for value in ("yes", "no")]
    found += [bs.posterior(SCENARIO.without_claims()), bs.posterior(SCENARIO.with_identity_claim("b"))]
    assert traces(_believe) == compiled
    assert len({said.log_evidence, *(other.log_evidence for other in found)}) == 5


def test_trying_more_or_less_in_the_void_compiles_nothing():
    world = {"trials": {"introspection": {"y": 3}}}
    tried = bs.Scenario.from_dict({**SCENARIO.to_dict(), "world": world})
    first = bs.simulate(tried, key=1)
    compiled = traces(_improvise)
    more = bs.simulate(tried.with_set("world.trials.introspection.y", 12), key=1)
    assert traces(_improvise) == compiled
    assert (first.total, more.total) == (3, 12)


def test_another_shape_compiles_once():
    bs.posterior(SCENARIO)
    compiled = traces(_believe)
    for bits in (0, 3):
        many = {name: {"bits": bits} for name in "abcdefghijklm"}
        bs.posterior(SCENARIO.from_dict({**SCENARIO.to_dict(), "identities": many}))
    assert traces(_believe) == compiled + 1
