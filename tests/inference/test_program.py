"""The generative program: its density against the exact log evidence, its draws against the world's."""

import copy
from importlib.util import find_spec
from typing import Any

import jax
import numpy as np
import numpyro
import one_scenario
import pytest
from effort import examples
from hypothesis import given
from numpyro import handlers
from numpyro.contrib.funsor import config_enumerate, enum
from numpyro.contrib.funsor import log_density as funsor_log_density
from numpyro.infer import Predictive
from numpyro.infer.inspect import get_model_relations
from scipy.special import gammaln
from scipy.stats import beta, chi2, chi2_contingency
from strategies import cases

import bayes_self as bs
from bayes_self.beliefs.case import case_of

SEEN = [
    ("rl", "phone", "nothing", 3),
    ("rl", "phone", "answers", 1),
    ("rl", "both", "no", 2),
    ("introspection", "substrate", "language model", 2),
    ("introspection", "name", "Jack", 1),
    ("introspection", "colour", "green", 2.5),
]
COLUMNS: tuple[str, ...] = ("stream", "probe", "outcome", "count")
ROWS: list[dict[str, Any]] = [dict(zip(COLUMNS, row, strict=True)) for row in SEEN]


def log_density(model, evidence, drawn=None):
    """The log density of a program, all its discrete sites summed out by funsor."""
    with jax.enable_x64(True):
        summed = enum(config_enumerate(handlers.seed(model, 0)), -1)
        return float(funsor_log_density(summed, (evidence,), {}, drawn or {})[0])


def log_coefficients(evidence):
    """Σ log multinomial coefficients: in the program, and not in the log evidence."""
    return sum(gammaln(n.sum() + 1) - gammaln(n + 1).sum() for n in evidence.counts.values())


def assert_agrees(scenario, evidence):
    exact = float(case_of(scenario, evidence).beliefs.log_evidence)
    expected = exact + log_coefficients(evidence)
    assert log_density(bs.program(scenario), evidence) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(cases(weights_one=True, max_identities=3, max_facets=3, max_values=2, max_observed=2, max_count=30))
@examples(5)
def test_the_density_is_the_log_evidence_of_random_scenarios(case):
    raw, rows = case
    scenario = bs.Scenario.from_dict(raw)
    assert_agrees(scenario, bs.Evidence.from_rows(scenario, rows))


def contradicting(raw):
    raw["streams"]["prompt"] = {"kind": "spec", "claims": {"name": "another"}, "identity": "jfk"}


def silenced(raw):
    contradicting(raw)
    raw["streams"]["prompt"]["weight"] = 0


def impossible_part(raw):
    """Whoever takes stands at a coherence of 1 cannot be both."""
    raw["coherence"] = 1.0
    raw["streams"]["spec"]["claims"]["substrate"] = "language model"
    raw["streams"]["spec"]["identity"] = {"value": "jfk", "reliability": 0.5}


def owned(raw):
    raw["streams"]["rl"]["ownership"], raw["streams"]["introspection"]["ownership"] = 0.0, 1.0


def with_base_and_salience(raw):
    raw["facets"]["name"]["base"] = {"Claude": 0.2, "Jack": 0.3, "another": 0.5}
    raw["salience"] = {"name": 0.5, "colour": 0.0}


def with_own_numbers(raw):
    raw["streams"]["rl"]["probes"]["phone"] |= {
        "reliability": 0.6,
        "errors": {"answers": 0.1, "nothing": 0.2, "static": 0.7},
    }
    raw["streams"]["rl"]["probes"]["both"]["errors"] = "part"
    raw["streams"]["pretraining"]["weight"] = 0.5


def certain(raw):
    raw["streams"]["spec"]["reliability"] = raw["streams"]["introspection"]["reliability"] = 1.0


def masked(raw):
    raw["masks"] = {"bits": 1.5, "covers": {"name": 0.8, "colour": 0.0}}
    raw["streams"]["spec"]["identity"] = "jfk"


def masked_in_part(raw):
    masked(raw)
    raw["identities"]["somebody"] = {"prior": 2.0, "profile": {"colour": "green"}}
    raw["masks"] |= {"covers": ["substrate", "colour"], "beneath": ["somebody", "jfk"], "worn": ["assistant", "jfk"]}


def doubted(raw):
    raw["streams"]["rl"]["doubt"], raw["streams"]["introspection"]["doubt"] = 0.2, 1.0
    raw["streams"]["rl"]["probes"]["both"]["doubt"] = 0.7


def masked_and_doubted(raw):
    masked_in_part(raw)
    doubted(raw)


EDITS = [contradicting, silenced, impossible_part, owned, with_base_and_salience, with_own_numbers, certain]
EDITS += [masked, masked_in_part, doubted, masked_and_doubted]


@pytest.mark.parametrize("edit", EDITS)
def test_the_density_is_the_log_evidence_in_special_cases(edit):
    raw = one_scenario.scenario().to_dict()
    edit(raw)
    scenario = bs.Scenario.from_dict(raw)
    assert_agrees(scenario, bs.Evidence.from_rows(scenario, ROWS))


DRAWN = {
    "coherence": 0.55,
    "salience.name": 0.35,
    "streams.spec.reliability": 0.75,
    "streams.spec.claims.name.reliability": 0.65,
    "streams.rl.reliability": 0.85,
    "streams.rl.probes.both.reliability": 0.45,
    "streams.introspection.ownership": 0.25,
}


def test_the_density_in_numbers_that_are_unknown():
    scenario = one_scenario.scenario().with_set("salience", {"colour": 0.8}).with_identity_claim("jfk")
    scenario = scenario.with_set('unknown."streams.rl.reliability"', {"beta": [8, 2]})
    scenario = scenario.with_set("unknown.coherence", {"uniform": [0.5, 1.0]})
    evidence = bs.Evidence.from_rows(scenario, ROWS)
    found = log_density(bs.program(scenario, unknown=list(DRAWN)), evidence, DRAWN)
    known = case_of(scenario.with_settings(DRAWN), evidence).beliefs.log_evidence
    priors = [beta.logpdf(DRAWN["streams.rl.reliability"], 8, 2), np.log(2.0)]
    priors += [beta.logpdf(x, 2, 2) for key, x in DRAWN.items() if key not in ("coherence", "streams.rl.reliability")]
    assert found == pytest.approx(float(known) + log_coefficients(evidence) + sum(priors), rel=1e-9, abs=1e-9)


DRAWN_TOO = {
    "masks.bits": 4.5,
    "masks.covers.name": 0.35,
    "streams.rl.doubt": 0.15,
    "streams.rl.probes.both.doubt": 0.65,
    "streams.introspection.doubt": 0.25,
}


def test_the_density_in_numbers_of_masks_and_doubt_that_are_unknown():
    raw = one_scenario.scenario().to_dict()
    masked_and_doubted(raw)
    raw["masks"]["covers"] = {"name": 1.0, "colour": 0.5}
    scenario = bs.Scenario.from_dict(raw).with_set('unknown."streams.rl.doubt"', {"beta": [1, 9]})
    evidence = bs.Evidence.from_rows(scenario, ROWS)
    found = log_density(bs.program(scenario, unknown=list(DRAWN_TOO)), evidence, DRAWN_TOO)
    known = case_of(scenario.with_settings(DRAWN_TOO), evidence).beliefs.log_evidence
    priors = [-np.log(20.0), beta.logpdf(0.15, 1, 9), *(beta.logpdf(x, 2, 2) for x in (0.35, 0.65, 0.25))]
    assert found == pytest.approx(float(known) + log_coefficients(evidence) + sum(priors), rel=1e-9, abs=1e-9)


FACTS = {"substrate": "language model", "colour": "green"}


def test_draws_are_those_of_the_world():
    """Given the facts in force (one by claim) and that all is about me: every probe's totals and their spread."""
    scenario = one_scenario.scenario().with_set("world.facts", FACTS)
    facts: dict[str, Any] = {
        "me.substrate": 0,
        "me.name": 1,
        "me.colour": 1,
        "about_me.rl": 1,
        "about_me.introspection": 1,
    }
    n_draws = 400
    drawn = Predictive(handlers.condition(bs.program(scenario), facts), num_samples=n_draws)(jax.random.key(1))
    shown = [bs.simulate(scenario, key=key).counts for key in range(n_draws)]
    statistic = degrees = 0
    for (stream, probe), trials in {probe: counts.sum() for probe, counts in shown[0].items()}.items():
        ours = np.asarray(drawn[f"evidence.{stream}.{probe}"])
        theirs = np.array([counts[stream, probe] for counts in shown])
        assert (ours.sum(1) == trials).all()
        totals = np.stack([ours.sum(0), theirs.sum(0)])
        found: Any = chi2_contingency(totals[:, totals.sum(0) > 0], correction=False)
        statistic, degrees = statistic + found.statistic, degrees + found.dof
        chance = totals.sum(0) / totals.sum()
        variance = trials * chance * (1 - chance)
        # The standard error of a variance of n draws, for counts that are not far from normal, is √(2/n) of it.
        assert ours.var(0, ddof=1) == pytest.approx(variance, abs=0.01, rel=5 * np.sqrt(2 / n_draws) + 0.05)
    assert degrees == 2 + 1 + 1 + 2 + 1  # outcomes less one, all of them possible, of five probes
    assert chi2.sf(statistic, degrees) > 1e-4


def test_draws_of_all_there_is():
    """Unconditioned, nobody is sure of anything: everyone is drawn as often as the definition says."""
    scenario = one_scenario.scenario()
    n_draws = 4000
    drawn = Predictive(bs.program(scenario), num_samples=n_draws)(jax.random.key(2), trials={"rl": {"phone": 7}})
    assert drawn["evidence.rl.phone"].shape == (n_draws, 3)
    assert not any(site.startswith("evidence.introspection") for site in drawn)
    # π ∝ 2 and 5/2; of the part, whose name is Jack: 2 · (0.2 / 3) and 5/2 · (0.8 + 0.2 / 3)
    expected = {
        "me.identity": 2.5 / 4.5,
        "part.identity": 2.5 * (0.8 + 0.2 / 3) / (2 * 0.2 / 3 + 2.5 * (0.8 + 0.2 / 3)),
    }
    for site, p in (expected | {"about_me.rl": 0.7, "about_me.introspection": 0.6}).items():
        assert np.mean(drawn[site]) == pytest.approx(p, abs=5 * np.sqrt(p * (1 - p) / n_draws))
    assert (drawn["part.name"] == 1).all()


def test_draws_of_masks_and_of_broken_probes():
    """As often as the definition says; a broken probe shows every split of its trials alike."""
    raw = one_scenario.scenario().to_dict()
    masked(raw)
    doubted(raw)
    raw["streams"]["rl"]["doubt"] = 1.0
    scenario = bs.Scenario.from_dict(raw)
    n_draws = 4000
    trials = {"rl": {"phone": 2, "both": 7}}
    drawn = Predictive(bs.program(scenario), num_samples=n_draws)(jax.random.key(3), trials=trials)
    omega = np.array([2.0, 2.5, 2.0 * 2**-1.5, 2.5 * 2**-1.5])  # either can wear the other alone
    rows = np.asarray(drawn["evidence.rl.phone"])
    splits = np.array([np.mean((rows == split).all(1)) for split in ([2, 0, 0], [1, 1, 0], [0, 1, 1], [0, 0, 2])])
    for found, p in zip(
        [*np.bincount(drawn["me.identity"]) / n_draws, *splits, np.mean(drawn["broken.rl.both"])],
        [*omega / omega.sum(), *[1 / 6] * 4, 0.7],
        strict=True,
    ):
        assert found == pytest.approx(p, abs=5 * np.sqrt(p * (1 - p) / n_draws))
    assert set(np.unique(drawn["part.identity"])) == {1}


def test_the_tools_of_numpyro_read_it():
    scenario = one_scenario.scenario()
    model = bs.program(scenario, unknown=["coherence"])
    evidence = bs.Evidence.from_rows(scenario, ROWS[:3])
    found = handlers.trace(handlers.seed(model, 0)).get_trace(evidence)
    assert [name for name, site in found.items() if site["is_observed"]] == [
        "streams.spec.claims.name",
        "evidence.rl.phone",
        "evidence.rl.both",
    ]
    assert 0 < found["coherence"]["value"] < 1
    relations = get_model_relations(model, (evidence,))
    assert set(relations["sample_sample"]["evidence.rl.phone"]) >= {"me.substrate", "part.substrate", "about_me.rl"}
    assert set(relations["sample_sample"]["me.name"]) >= {"me.identity", "coherence"}
    if find_spec("graphviz"):
        assert "me.substrate" in numpyro.render_model(model, (evidence,)).source


def test_a_tempered_score_has_no_program():
    tempered = one_scenario.scenario().with_weight("rl", 0.5)
    with pytest.raises(bs.ScenarioError, match=r"streams\.rl\.weight"):
        bs.program(tempered)


def test_a_number_that_cannot_be_unknown_is_refused():
    with pytest.raises(bs.ScenarioError, match=r"identities\.jfk\.bits"):
        bs.program(one_scenario.scenario(), unknown=["identities.jfk.bits"])


def test_evidence_is_observed_or_drawn():
    model = handlers.seed(bs.program(one_scenario.scenario()), 0)
    with pytest.raises(ValueError, match="not both"):
        model(bs.Evidence.empty(), trials={"rl": {"phone": 1}})


def test_a_probe_of_weight_0_says_nothing():
    raw = copy.deepcopy(one_scenario.scenario().to_dict())
    raw["streams"]["rl"]["probes"]["phone"]["weight"] = 0
    scenario = bs.Scenario.from_dict(raw)
    evidence = bs.Evidence.from_rows(scenario, ROWS)
    heeded = bs.Evidence.from_rows(scenario, [row for row in ROWS if row["probe"] != "phone"])
    exact = float(case_of(scenario, evidence).beliefs.log_evidence)
    found = log_density(bs.program(scenario), evidence)
    assert found == pytest.approx(exact + log_coefficients(heeded), rel=1e-9, abs=1e-9)
