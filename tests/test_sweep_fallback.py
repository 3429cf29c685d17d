"""Points of a sweep that products cannot certify, and sweeps in which hardly anything changes."""

import jax
import numpy as np
import pytest
from commanded import SMALL

import bayes_self as bs
from bayes_self.scenario import parse
from bayes_self.sweeps import evaluate
from bayes_self.sweeps.axes import grid
from bayes_self.sweeps.beliefs import many_beliefs
from bayes_self.sweeps.plan import Plan


def test_many_points_without_a_certificate_are_what_each_is_by_itself(monkeypatch):
    monkeypatch.setattr(evaluate, "_WORTH_COMPILING", 1)
    # only John F. Kennedy has a human brain, and every reading is against him
    scenario = parse(SMALL, "small").with_settings({"coherence": 1, "streams.rl.ownership": 1})
    evidence = bs.Evidence({("rl", "name"): np.array([1.0, 0.0])})
    plan = Plan(scenario, grid({"streams.rl.weight": [1.0, 40.0, 4000.0]}), evidence=evidence)
    coordinates = plan.points.coordinates((slice(0, 3),))
    by_itself, calls = plan.evaluator.exactly, []
    monkeypatch.setattr(evaluate.Evaluator, "exactly", lambda self, point: calls.append(point))
    found = plan.evaluator.evaluate(coordinates)
    assert not calls
    whole = np.resize(coordinates[0], (plan.evaluator.block, 1))
    assert plan.evaluator._compiled(whole)["certain"][:3].tolist() == [True, True, False]
    for i, point in enumerate(np.stack(coordinates, 1)):
        for name, expected in by_itself(point).items():
            np.testing.assert_allclose(found[name][i], expected, rtol=1e-9, atol=1e-11)
    assert found["facet_bits_to_flip"][2].max() > 1000


@pytest.mark.parametrize(("key", "once"), [("identities.warm_assistant.bits", True), ("coherence", False)])
def test_a_sweep_over_priors_alone_computes_the_evidence_once(key, once):
    """Then no array holds the evidence of every identity and facet at every point: the rest is a matrix product."""
    scenario = bs.load("the_void")
    plan = Plan(scenario, grid({key: [0.1, 0.5]}))
    n_points, n_identities, n_facets = 61, len(scenario.identities), len(scenario.facets)
    with jax.enable_x64(True):
        at_point = jax.vmap(plan.evaluator._at_point(many_beliefs))
        program = jax.make_jaxpr(at_point)(np.full((n_points, 1), 0.3))
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
