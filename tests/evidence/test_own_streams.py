"""Streams of one's own, in Python: exact, differentiable, and in every way like any other observation stream."""

import copy
import math

import jax
import numpy as np
import oracle
import pytest
from commanded import SMALL
from compared import close
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from numpyro import handlers
from numpyro.infer.util import log_density
from strategies import evidence_rows, scenarios

import bayes_self as bs
from bayes_self import laws
from bayes_self.beliefs import landscape
from bayes_self.beliefs.case import case_of
from bayes_self.beliefs.labels import by_label, values_of
from bayes_self.laws.enumeration.draft import observation_streams
from bayes_self.measures.attribution import attribution
from bayes_self.measures.comparison import asymmetry, frame_probabilities
from bayes_self.measures.sensitivity import sensitivity
from bayes_self.measures.viability import cumulative_bill
from bayes_self.model.beliefs import believe
from bayes_self.model.jax_arrays import in_float64
from bayes_self.model.potentials import Heard
from bayes_self.scenario import parse

JUDGE = '[streams.judge]\nkind = "introspection"\nownership = 0.6\n'
SCENARIO = parse(SMALL.replace("[world]", JUDGE + "[world]"), "small")
RAW = SCENARIO.to_dict()
LOGS = st.one_of(st.floats(-8, 2), st.sampled_from([0.0, -40.0, -math.inf]))


def evidence_of(scenario, rows):
    """What the oracle's rows are to the package."""
    said = [row for row in rows if "values" in row]
    found = bs.Evidence.from_rows(scenario, [row for row in rows if "values" not in row])
    for row in said:
        found += bs.listen(scenario, {row["stream"]: lambda _, row=row: bs.LogPotentials(row["values"], row["part"])})
    return found


@st.composite
def said(draw, raw):
    """A row of the oracle: one stream says something of some facets."""
    facets = draw(st.lists(st.sampled_from(list(raw["facets"])), min_size=1, max_size=2, unique=True))
    return {
        "stream": draw(st.sampled_from(list(observation_streams(raw)))),
        "values": {facet: {v: draw(LOGS) for v in raw["facets"][facet]["values"]} for facet in facets},
        "part": draw(st.one_of(st.none(), LOGS)),
    }


@st.composite
def heard(draw):
    """One scenario with other weights and ownerships, its rows of counts and of what was heard, and the package's."""
    raw = copy.deepcopy(RAW)
    for stream in ("rl", "judge"):
        raw["streams"][stream]["ownership"] = draw(st.sampled_from([0.0, 0.3, 0.8, 1.0]))
        raw["streams"][stream]["weight"] = draw(st.sampled_from([0.0, 0.5, 1.0, 1.0]))
    rows = draw(evidence_rows(raw, max_count=5))
    rows += draw(st.lists(said(raw), min_size=1, max_size=3))
    assume(np.isfinite(oracle.log_evidence(raw, rows)))
    scenario = bs.Scenario.from_dict(raw)
    return raw, rows, scenario, evidence_of(scenario, rows)


def check_posterior(raw, rows, scenario, evidence):
    result, truth = bs.posterior(scenario, evidence), oracle.posterior(raw, rows)
    assert result.log_evidence == pytest.approx(truth["log_evidence"], abs=1e-9)
    close(dict(zip(scenario.identities, result.identities.values, strict=True)), truth["identities"], 1e-9)
    close({facet: values_of(result.facets, facet) for facet in scenario.facets}, truth["facets"], 1e-9)
    close(by_label(result.ownership), truth["ownership"], 1e-9)


@examples(20)
@given(heard())
def test_the_posterior_and_the_trajectory_are_those_of_enumeration(drawn):
    raw, rows, scenario, evidence = drawn
    check_posterior(*drawn)
    steps = bs.trajectory(scenario, evidence)
    for i, (_, belief) in enumerate(oracle.trajectory(raw, rows)):
        close(dict(zip(scenario.identities, steps.identities.values[i], strict=True)), belief["identities"], 1e-9)


@examples(2)
@given(st.data())
def test_so_it_is_on_random_scenarios(data):
    raw = data.draw(scenarios(min_observed=1))
    rows = [*data.draw(evidence_rows(raw)), data.draw(said(raw)), data.draw(said(raw))]
    scenario = bs.Scenario.from_dict(raw)
    evidence = evidence_of(scenario, rows)
    if np.isfinite(oracle.log_evidence(raw, rows)):
        check_posterior(raw, rows, scenario, evidence)
    else:
        with pytest.raises(bs.EvidenceError, match=r"no self-model allows|contradict"):
            bs.posterior(scenario, evidence)


@examples(2)
@given(heard())
def test_measures_are_those_of_enumeration(drawn):
    """Attribution, verdicts and bits where the world answers again, frames, asymmetry, the bill."""
    raw, rows, scenario, evidence = drawn
    case = case_of(scenario, bs.Evidence(evidence.counts, from_world=True, potentials=evidence.potentials))
    shares = attribution(case, facet="name", value="Jack")
    try:
        truth = oracle.attribution(raw, rows, facet="name", value="Jack")
        bits, frames = oracle.bits_to_flip(raw, rows), oracle.frame_posterior(raw, rows)
        asymmetric = oracle.asymmetry(raw, rows, "assistant", "jfk")
    except oracle.ImpossibleEvidence:
        return
    close(shares.shares, truth["shares"], 1e-7)
    close(landscape.bits_to_flip(case), bits, 1e-7)
    close(frame_probabilities({f: case_of(scenario, evidence, f) for f in oracle.FRAMES}), frames, 1e-9)
    close(asymmetry(case, "assistant", "jfk"), asymmetric, 1e-7)
    close(cumulative_bill(case), oracle.cumulative(raw, rows), 1e-7)


def of_substrate(logs, part=None):
    """A stream that says something of the substrate."""
    return lambda it: bs.LogPotentials(
        {"substrate": dict(zip(it.facets["substrate"].values, map(float, logs), strict=True))}, part
    )


def judged(scenario, logs=(-0.5, -3.0), part=None):
    return bs.listen(scenario, {"judge": of_substrate(logs, part)})


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


def test_impossible_evidence_names_what_forbids():
    with pytest.raises(bs.EvidenceError, match=r"judge\.substrate is not") as refused:
        bs.posterior(SCENARIO, judged(SCENARIO, (-math.inf, -math.inf)))
    assert str(refused.value).count("is not") == 2


def by_position(scenario):
    """Takes the first value to be the language model."""
    return bs.LogPotentials({"substrate": dict(zip(scenario.facets["substrate"].values, (-0.5, -3.0), strict=True))})


def by_belief(scenario):
    """Counts what is claimed as evidence for it."""
    claims = scenario.streams["spec"].claims if "spec" in scenario.streams else {}
    jack = -0.1 if "name" in claims else -2.0
    return bs.LogPotentials({"name": {"Claude": -1.0, "Jack": jack}})


def by_name(scenario):
    return bs.LogPotentials({"substrate": {"language model": -0.5, "human brain": -3.0}})


def test_laws_hold_of_a_stream_that_keeps_its_contract():
    every = {law.name: law for law in laws.ALL}
    some = [every["bayes-rule"], every["weight-0-is-silence"]]
    laws.check_streams(SCENARIO, {"judge": by_name}, bs.simulate(SCENARIO, key=1), laws=some)
    keys = iter(range(10))  # not every shuffling changes places
    with pytest.raises(AssertionError, match="in another order"):
        any(laws.check_streams(SCENARIO, {"judge": by_position}, key=key, laws=[]) for key in keys)
    with pytest.raises(AssertionError, match="other things are believed"):
        laws.check_streams(SCENARIO, {"judge": by_belief}, laws=[])


def said_of(values, part=None):
    return lambda scenario: bs.LogPotentials(values, part)


BOTH = {"language model": 0.0, "human brain": -1.0}


@pytest.mark.parametrize(
    ("name", "stream", "told"),
    [
        ("juge", said_of({"substrate": BOTH}), 'did you mean "judge"'),
        ("spec", said_of({"substrate": BOTH}), r"add \[streams.spec\]|observation stream"),
        ("judge", said_of({"substrat": BOTH}), 'did you mean "substrate"'),
        ("judge", said_of({"substrate": {"language model": 0.0}}), "no potential of"),
        ("judge", said_of({"substrate": BOTH | {"thermostat": 0.0}}), "thermostat"),
        ("judge", said_of({"substrate": BOTH | {"human brain": math.nan}}), "nan"),
        ("judge", said_of({"substrate": BOTH | {"human brain": math.inf}}), "inf"),
        ("judge", said_of({"substrate": BOTH | {"human brain": True}}), "nats"),
        ("judge", said_of({"substrate": BOTH}, part=math.nan), "part"),
        ("judge", lambda scenario: {"substrate": BOTH}, "LogPotentials"),
    ],
)
def test_a_breach_of_the_contract_is_told(name, stream, told):
    with pytest.raises(bs.EvidenceError, match=told):
        bs.listen(SCENARIO, {name: stream})


def test_what_was_heard_is_not_lost_in_silence(tmp_path):
    """A table of counts refuses it, other values refuse it, and the DataTree keeps it."""
    evidence = judged(SCENARIO, part=-2.0)
    with pytest.raises(bs.EvidenceError, match="log potentials"):
        bs.write_evidence(tmp_path / "evidence.csv", evidence, SCENARIO)
    assert not list(tmp_path.iterdir())
    raw = copy.deepcopy(RAW)
    raw["facets"]["substrate"]["values"] = ["language model", "human brain", "thermostat"]
    raw["streams"].pop("rl")
    raw["world"].pop("trials")
    with pytest.raises(bs.EvidenceError, match="thermostat"):
        bs.posterior(bs.Scenario.from_dict(raw), evidence)
    from bayes_self.results.tree import to_datatree

    tree = to_datatree(bs.posterior(SCENARIO, evidence))
    assert float(tree["log_potentials"].of_me.sel(stream="judge", facet="substrate", value="human brain")) == -3.0
    assert float(tree["log_potentials"].constant_of_part.sel(stream="judge")) == -2.0


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


def test_the_worked_example_holds(monkeypatch):
    """Its own tests, with three laws in place of all of them."""
    import runpy
    from pathlib import Path

    monkeypatch.setattr("bayes_self.laws.catalogue.ALL", laws.ALL[:3])
    example = Path(__file__).parents[2] / "examples" / "your_own_laws" / "test_writer.py"
    tests = {name: run for name, run in runpy.run_path(str(example)).items() if name.startswith("test_")}
    assert len(tests) == 3
    for run in tests.values():
        run()


def test_the_page_does_as_it_says():
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "your_own_stream.md").read_text(encoding="utf-8")
    code = page[page.index("```python") + 9 :]
    exec(code[: code.index("```")], {})
    with pytest.raises(bs.EvidenceError) as refused:
        bs.listen(SCENARIO, {"judge": said_of({"substrate": {"language model": 0.0}})})
    assert str(refused.value).partition(": ")[2] in page
