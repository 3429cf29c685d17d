"""Streams of one's own, in Python: exact, differentiable, and in every way like any other observation stream."""

import math

import jax
import numpy as np
import oracle
import pytest
from commanded import SMALL
from compared import close
from numpyro import handlers
from numpyro.infer.util import log_density
from own_stream import JUDGE, SCENARIO, judged, of_substrate

import bayes_self as bs
from bayes_self.beliefs import landscape
from bayes_self.beliefs.case import case_of
from bayes_self.measures.sensitivity import sensitivity
from bayes_self.model.beliefs import believe
from bayes_self.model.jax_arrays import in_float64
from bayes_self.model.potentials import Heard
from bayes_self.scenario import parse


def test_a_stream_that_says_what_counts_would_is_as_good_as_the_counts():
    """Log potentials Σ n log P(o given z) are the likelihood of the counts n, whoever they are about."""
    counted = bs.Evidence({("rl", "phone"): np.array([1.0, 4.0]), ("rl", "name"): np.array([0.0, 2.0])})
    shown = 0.95 * np.array([[0.0, 1.0], [0.8, 0.2]]) + 0.05 / 2
    told = bs.Evidence({("rl", "name"): counted.counts["rl", "name"]})
    told += bs.listen(SCENARIO, {"rl": of_substrate(np.log(shown) @ [1.0, 4.0])})
    for frame in oracle.FRAMES:
        a, b = bs.posterior(SCENARIO, counted, frame), bs.posterior(SCENARIO, told, frame)
        assert a.log_evidence == pytest.approx(b.log_evidence, abs=1e-10)
        for name in ("identities", "facets", "ownership"):
            assert getattr(a.case.beliefs, name) == pytest.approx(getattr(b.case.beliefs, name), abs=1e-12)
    again = [landscape.bits_to_flip(case_of(SCENARIO, evidence)) for evidence in (counted, told)]
    close(again[0], again[1], 1e-9)


def test_evidence_adds_up_in_any_order_and_0_is_silence():
    one, other = judged(SCENARIO), judged(SCENARIO, (-2.0, 0.0), part=-1.0)
    counted = bs.simulate(SCENARIO, key=1)
    a, b = bs.posterior(SCENARIO, one + counted + other), bs.posterior(SCENARIO, other + one + counted)
    assert (a.identities == b.identities).all()
    assert a.case.world is not None, "counts are the world's, and answer again"
    off = SCENARIO.with_weight("judge", 0.0)
    silent = case_of(off, counted + one + other).beliefs
    assert silent.facets == pytest.approx(case_of(off, counted).beliefs.facets, abs=1e-12)
    # only differences count, as long as the part is held against the same potentials
    shifted = bs.posterior(SCENARIO, counted + judged(SCENARIO, (499.5, 497.0)))
    assert shifted.facets.values == pytest.approx(bs.posterior(SCENARIO, counted + one).facets.values, nan_ok=True)


def test_a_constant_for_the_part_moves_the_self_pointer():
    """Odds of ownership: τ Σ_z P(z) L(z) to (1 − τ) exp(part)."""
    bare = parse(SMALL[SMALL.index("[facets.") : SMALL.index("[streams.")] + JUDGE)
    p = bs.posterior(bare).facets.sel(facet="substrate").dropna("value").values
    for part in (-4.0, 0.0, -math.inf):
        mine = 0.6 * (p @ np.exp([-0.5, -3.0]))
        found = bs.posterior(bare, judged(bare, part=part)).ownership
        assert float(found.sel(stream="judge")) == pytest.approx(mine / (mine + 0.4 * math.exp(part)))


def test_log_potentials_have_probabilities_as_derivatives():
    """∂ log Z / ∂ log potential = w · P(the stream is about me, and my value is that); and likewise of the part."""
    case = case_of(SCENARIO.with_weight("judge", 0.7), bs.simulate(SCENARIO, key=1) + judged(SCENARIO))

    @in_float64
    @jax.jit
    def log_z(heard):
        return believe(case.believed, case.counts._replace(heard=heard)).log_evidence

    heard = case.counts.heard
    assert heard is not None
    slope = in_float64(jax.grad(log_z))(jax.tree.map(np.asarray, heard))
    s = case.names.streams.index("judge")
    owned = case.beliefs.ownership[s]
    assert np.asarray(slope.of_me)[s].sum(-1) == pytest.approx(0.7 * owned * np.ones(2))
    assert np.asarray(slope.of_part)[s].sum(-1) == pytest.approx(0.7 * (1 - owned) * np.ones(2))
    assert float(slope.constant[s]) == pytest.approx(0.7 * (1 - owned))
    for name, at in (("of_me", (s, 0, 1)), ("of_part", (s, 1, 1)), ("constant", (s,))):
        moved = [np.array(getattr(heard, name)) for _ in range(2)]
        for sign, array in zip((1e-5, -1e-5), moved, strict=True):
            array[at] += sign
        ends = [float(log_z(heard._replace(**{name: array}))) for array in moved]
        assert np.asarray(getattr(slope, name))[at] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-6)


@pytest.mark.parametrize("key", ["streams.judge.weight", "streams.judge.ownership"])
def test_beliefs_have_derivatives_by_the_stream_s_numbers(key):
    evidence, step = judged(SCENARIO, part=-2.0), 1e-5
    found = sensitivity(case_of(SCENARIO, evidence), key)
    at = found.attrs["value"]
    ends = [bs.posterior(SCENARIO.with_set(key, at + sign * step), evidence).facets for sign in (1, -1)]
    assert found.facets.values == pytest.approx(((ends[0] - ends[1]) / (2 * step)).values, abs=1e-7, nan_ok=True)


def test_many_settings_are_one_call():
    """What is heard has leading axes like everything else."""
    case = case_of(SCENARIO, judged(SCENARIO))
    heard = case.counts.heard
    assert heard is not None
    many = Heard(*(np.stack([array, 2 * array]) for array in heard))
    found = believe(case.believed, case.counts._replace(heard=many))
    twice = believe(case.believed, case.counts._replace(heard=Heard(*(2 * array for array in heard))))
    assert found.facets[0] == pytest.approx(case.beliefs.facets, abs=1e-12)
    assert found.facets[1] == pytest.approx(twice.facets, abs=1e-12)


def test_the_generative_program_scores_it_alike():
    """With every discrete site given, what was heard adds its log potential of me, or of the part, or its constant."""
    model = bs.program(SCENARIO)
    someone = {"me.identity": 0, "me.substrate": 0, "me.name": 1, "about_me.rl": 1}
    someone |= {"part.identity": 1, "part.substrate": 1, "part.name": 1}

    def log_joint(evidence, about_me):
        given = someone | {"about_me.judge": about_me}
        return float(log_density(handlers.seed(model, 0), (evidence,), {}, given)[0])

    heard = judged(SCENARIO), judged(SCENARIO, part=-2.0)
    for about_me, expected in ((1, (-0.5, -0.5)), (0, (-3.0, -2.0))):
        silent = log_joint(bs.Evidence(), about_me)
        found = [log_joint(evidence, about_me) - silent for evidence in heard]
        assert found == pytest.approx(list(expected), abs=1e-4), about_me


def test_bodies_of_evidence_with_and_without_it_are_inferred_together():
    from bayes_self.inference.question import question_of

    bodies = {"a": judged(SCENARIO), "b": bs.simulate(SCENARIO, key=1)}
    question = question_of(SCENARIO, bodies, ["streams.judge.ownership"])
    assert question.counts.heard is not None
    assert not np.asarray(question.counts.heard.of_me)[1].any()
