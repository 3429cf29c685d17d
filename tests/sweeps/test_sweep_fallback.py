"""Points of a sweep that products cannot certify, and sweeps in which hardly anything changes."""

import jax
import numpy as np
import pytest
from commanded import SMALL

import bayes_self as bs
from bayes_self.scenario import parse
from bayes_self.sweeps import evaluate, products
from bayes_self.sweeps.axes import grid
from bayes_self.sweeps.plan import Plan


def test_many_points_without_a_certificate_are_what_each_is_by_itself(monkeypatch):
    monkeypatch.setattr(evaluate, "_WORTH_COMPILING", 1)
    # only John F. Kennedy has a human brain, and every reading is against him
    scenario = parse(SMALL, "small").with_settings({"coherence": 1, "streams.rl.ownership": 1})
    evidence = bs.Evidence({("rl", "name"): np.array([1.0, 0.0])})
    plan = Plan(scenario, grid({"streams.rl.weight": [1.0, 40.0, 4000.0]}), evidence=evidence)
    coordinates = plan.points.coordinates((slice(0, 3),))
    found = plan.evaluator.evaluate(coordinates)
    whole = np.resize(coordinates[0], (plan.evaluator.block, 1))
    assert plan.evaluator._compiled(whole)["certain"][:3].tolist() == [True, True, False]
    for i, weight in enumerate(coordinates[0]):
        result = bs.posterior(scenario.with_set("streams.rl.weight", weight), evidence)
        np.testing.assert_allclose(found["identities"][i], result.case.beliefs.identities, rtol=1e-9, atol=1e-11)
        bits = [result.bits_to_flip[f][v] for f, d in scenario.facets.items() for v in d.values]
        np.testing.assert_allclose(found["facet_bits_to_flip"][i], bits, rtol=1e-9, atol=1e-11)
    assert found["facet_bits_to_flip"][2].max() > 1000


def test_compiled_sums_that_differ_from_the_engine_are_refused(monkeypatch):
    monkeypatch.setattr(evaluate, "_WORTH_COMPILING", 1)
    monkeypatch.setattr(products, "_GROUP", 1)
    monkeypatch.setattr(products, "_log_product", lambda evidence: (evidence.sum(2), evidence.min((0, 1, 2))))
    plan = Plan(parse(SMALL, "small"), grid({"coherence": [0.2, 0.9]}))
    with pytest.raises(bs.BayesSelfError, match="do not agree with the engine"):
        plan.evaluator.evaluate(plan.points.coordinates((slice(0, 2),)))


@pytest.mark.parametrize(("key", "once"), [("identities.warm_assistant.bits", True), ("coherence", False)])
def test_a_sweep_over_priors_alone_computes_the_evidence_once(key, once):
    """Then no array holds the evidence of every identity and facet at every point: the rest is a matrix product."""
    scenario = bs.load("the_void")
    plan = Plan(scenario, grid({key: [0.1, 0.5]}))
    n_points, n_identities, n_facets = 61, len(scenario.identities), len(scenario.facets)
    with jax.enable_x64(True):
        program = jax.make_jaxpr(jax.vmap(plan.evaluator._at_point))(np.full((n_points, 1), 0.3))
    per_point = [np.prod(shape) / n_points for shape in shapes(program.jaxpr) if n_points in shape]
    n_assignments = 2 ** len(plan.evaluator.names.streams)
    assert (max(per_point) < n_assignments * n_identities * n_facets) == once


def shapes(jaxpr):
    """The shapes of all that a program computes, also within its loops."""
    for equation in jaxpr.eqns:
        yield from (variable.aval.shape for variable in equation.outvars)
        for value in equation.params.values():
            for inner in value if isinstance(value, list | tuple) else [value]:
                inner = getattr(inner, "jaxpr", inner)
                if hasattr(inner, "eqns"):
                    yield from shapes(inner)
