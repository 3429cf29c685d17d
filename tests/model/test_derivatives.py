"""Derivatives of the log evidence: against enumeration, and against differences of the oracle's log evidence."""

import copy
from dataclasses import replace

import numpy as np
import oracle
import pytest
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import cases

import bayes_self as bs
from bayes_self.beliefs.case import case_of
from bayes_self.measures.sensitivity import sensitivity
from bayes_self.measures.spectrum import covariance
from bayes_self.model.beliefs import all_assignments, believe
from bayes_self.model.keys import setter

SCENARIO = {
    "schema": 1,
    "title": "Told it is JFK, and its calls do not get through",
    "coherence": 0.8,
    "salience": 0.9,
    "facets": {
        "substrate": {"values": ["model", "brain"]},
        "era": {"values": ["now", "1962", "never"]},
        "tone": {"values": ["plain", "grand"]},
    },
    "identities": {
        "assistant": {"profile": {"substrate": "model", "era": "now"}},
        "jfk": {"bits": 2.0, "profile": {"substrate": "brain", "era": "1962", "tone": {"grand": 0.7, "plain": 0.3}}},
        "nobody": {},
    },
    "streams": {
        "pretraining": {"mentions": {"jfk": 30}, "weight": 0.5},
        "spec": {"reliability": 0.9, "identity": "jfk", "claims": {"substrate": "brain"}},
        "rl": {
            "reliability": 0.85,
            "ownership": 0.7,
            "readings": ["era"],
            "probes": {
                "phone": {
                    "about": ["substrate"],
                    "outcomes": ["she answers", "nothing happens"],
                    "given": {"model": [0.0, 1.0], "brain": [0.8, 0.2]},
                },
                "date": {
                    "about": ["substrate", "era"],
                    "outcomes": ["right", "wrong"],
                    "given": {
                        "model": {"now": [0.9, 0.1], "1962": [0.4, 0.6], "never": [0.0, 1.0]},
                        "brain": {"now": [0.7, 0.3], "1962": [1.0, 0.0], "never": [0.5, 0.5]},
                    },
                },
            },
        },
        "introspection": {"reliability": 0.6, "ownership": 0.4, "errors": "part", "readings": ["substrate", "tone"]},
    },
}
SEEN = [
    ("rl", "era", "now", 2),
    ("rl", "phone", "nothing happens", 3),
    ("rl", "phone", "she answers", 1),
    ("rl", "date", "wrong", 2),
    ("introspection", "substrate", "model", 2),
    ("introspection", "substrate", "brain", 1),
    ("introspection", "tone", "grand", 1.5),
]
ROWS: list = [dict(zip(("stream", "probe", "outcome", "count"), row, strict=True)) for row in SEEN]


def put(array, where, x):
    """The array with x somewhere in it, which may be complex."""
    found = array.astype(np.result_type(array, x))
    found[where] = x
    return found


# Where each number is in the file, and where among the parameters (with a position, where it is one of several).
NUMBERS = {
    "coherence": (lambda raw, x: raw.update(coherence=x), lambda p, x: replace(p, coherence=x)),
    "salience": (lambda raw, x: raw.update(salience=x), lambda p, x: replace(p, salience=np.full(3, x))),
    "ownership": (
        lambda raw, x: raw["streams"]["rl"].update(ownership=x),
        lambda p, x: replace(p, ownership=put(p.ownership, 0, x)),
    ),
    "weight of pretraining": (
        lambda raw, x: raw["streams"]["pretraining"].update(weight=x),
        lambda p, x: replace(p, pretraining_weight=x),
    ),
    "reliability of a claim": (
        lambda raw, x: raw["streams"]["spec"].update(claims={"substrate": {"value": "brain", "reliability": x}}),
        lambda p, x: replace(p, claims=replace(p.claims, reliability=np.full(1, x))),
    ),
    "weight of claims": (
        lambda raw, x: raw["streams"]["spec"].update(weight=x),
        lambda p, x: replace(
            p,
            claims=replace(p.claims, weight=np.full(1, x)),
            identity_claims=replace(p.identity_claims, weight=np.full(1, x)),
        ),
    ),
    "reliability of probes": (
        lambda raw, x: raw["streams"]["rl"].update(reliability=x),
        lambda p, x: replace(
            p,
            single=replace(p.single, reliability=put(p.single.reliability, slice(2), x)),
            joint=tuple(replace(probe, reliability=np.full(1, x)) for probe in p.joint),
        ),
    ),
    "weight of a stream": (
        lambda raw, x: raw["streams"]["introspection"].update(weight=x),
        lambda p, x: replace(p, single=replace(p.single, weight=put(p.single.weight, slice(2, None), x))),
    ),
}


# What the scenario says of each.
WRITTEN = dict(zip(NUMBERS, (0.8, 0.9, 0.7, 0.5, 0.9, 1.0, 0.85, 1.0), strict=True))


def slope(raw, rows, edit, at):
    """The derivative of log Z with respect to one number, by a complex step: inwards, where it is at an end."""
    scenario = bs.Scenario.from_dict(raw)
    case = case_of(scenario, bs.Evidence.from_rows(scenario, rows))
    step = -1e-200 if at == 1 else 1e-200
    moved = edit(case.believed, np.asarray(complex(at, step)))
    return believe(moved, case.counts, about_me=all_assignments(len(case.names.streams))).log_evidence.imag / step


def slopes(raw, rows, written, name):
    """The same, with every number of `NUMBERS` put where it should be."""

    def edit(numbers, x):
        for other, (_, move) in NUMBERS.items():
            numbers = move(numbers, x if other == name else np.asarray(written[other]))
        return numbers

    return slope(raw, rows, edit, written[name])


def differences(raw, rows, written, name, edits=None):
    """The same from the oracle, one-sided at the ends of what the file allows: five points, error of order h^4."""

    def log_z(x):
        edited = copy.deepcopy(raw)
        for number, (edit, _) in (edits or NUMBERS).items():
            edit(edited, x if number == name else written[number])
        return oracle.log_evidence(edited, rows)

    h, at = 2e-4, written[name]
    if 2 * h <= at <= 1 - 2 * h:
        points, weights = [-2, -1, 1, 2], [1 / 12, -2 / 3, 2 / 3, -1 / 12]
    else:
        points, weights = [0, 1, 2, 3, 4], [-25 / 12, 4, -3, 4 / 3, -1 / 4]
        if at > 0.5:
            points, weights = [-point for point in points], [-weight for weight in weights]
    return sum(weight * log_z(at + h * point) for point, weight in zip(points, weights, strict=True)) / h


@pytest.mark.parametrize("name", NUMBERS)
def test_derivatives_agree_with_differences(name):
    expected = differences(SCENARIO, ROWS, WRITTEN, name)
    assert slopes(SCENARIO, ROWS, WRITTEN, name) == pytest.approx(expected, rel=1e-7, abs=1e-8)


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("coherence", 0.0),
        ("coherence", 1.0),
        ("salience", 0.0),
        ("ownership", 0.0),
        ("ownership", 1.0),
        ("weight of pretraining", 0.0),
        ("weight of a stream", 0.0),
        ("reliability of a claim", 0.0),
        ("reliability of a claim", 1.0),
        ("reliability of probes", 0.0),
        ("reliability of probes", 1.0),
    ],
)
@pytest.mark.parametrize("joint", [False, True])
def test_derivatives_at_the_ends_agree_with_one_sided_differences(name, at, joint):
    raw, rows = copy.deepcopy(SCENARIO), ROWS
    written = WRITTEN | {"salience": 1.0} if name == "coherence" else dict(WRITTEN)
    written[name] = at
    if not joint:
        del raw["streams"]["rl"]["probes"]["date"]
        rows = [row for row in ROWS if row["probe"] != "date"]
    expected = differences(raw, rows, written, name)
    assert slopes(raw, rows, written, name) == pytest.approx(expected, rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("claims", [{"substrate": "brain"}, {"substrate": "brain", "era": "1962"}])
def test_the_slope_in_coherence_of_1_where_only_the_part_rules_identities_out(claims):
    raw, written = copy.deepcopy(SCENARIO), WRITTEN | {"salience": 1.0, "coherence": 1.0}
    raw |= {"salience": 1.0, "coherence": 1.0}
    raw["streams"]["spec"] = {"reliability": 0.9, "claims": claims}
    edits = {name: edit for name, edit in NUMBERS.items() if name not in ("reliability of a claim", "weight of claims")}
    expected = differences(raw, ROWS, written, "coherence", edits)
    found = slope(raw, ROWS, lambda p, x: replace(p, coherence=x), 1.0)
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-7)


# How often each outcome was seen that a reliability of 1 forbids: the derivative of 0^n at 0 is 1 for n = 1, else 0.
FORBIDDEN = [[1], [2], [1.5], [1, 1], [1, 2]]


@pytest.mark.parametrize("forbidden", FORBIDDEN)
@pytest.mark.parametrize("joint", [False, True])
def test_the_slope_of_beliefs_in_a_reliability_of_1(forbidden, joint):
    """One in which `brain` is impossible, but for errors: dP(brain)/dρ is what the first of them makes of it."""
    given = {"model": [1.0, 0.0], "brain": [0.0, 1.0]}
    about = ["substrate", "tone"] if joint else ["substrate"]
    given = {z: dict.fromkeys(("plain", "grand"), row) for z, row in given.items()} if joint else given
    probe = {"about": about, "outcomes": ["yes", "no"], "given": given}
    raw = {
        "facets": {name: SCENARIO["facets"][name] for name in ("substrate", "tone")},
        "identities": {"nobody": {}},
        "streams": {"rl": {"reliability": 1.0, "probes": {f"p{i}": probe for i in range(len(forbidden))}}},
    }
    rows = [{"stream": "rl", "probe": f"p{i}", "outcome": "yes", "count": n} for i, n in enumerate(forbidden)]
    case = case_of(bs.Scenario.from_dict(raw), bs.Evidence.from_rows(bs.Scenario.from_dict(raw), rows))
    found = sensitivity(case, "streams.rl.reliability").facets.sel(facet="substrate")
    # P(brain) = e^n / (e^n + (1 - e)^n), e = (1 - ρ)/2, n trials in all
    slope_at_1 = -0.5 if sum(forbidden) == 1 else 0.0
    assert found.sel(value="brain") == pytest.approx(slope_at_1, abs=1e-14)
    assert found.sel(value="model") == pytest.approx(-slope_at_1, abs=1e-14)


@given(cases(max_count=2, weights_one=True, max_facets=3, max_observed=2, min_observed=1), st.data())
@examples(6)
def test_slopes_at_the_ends_of_random_scenarios(case, data):
    """All reliabilities and the coherence are 1: much is impossible, and becomes possible inside."""
    raw, rows = case
    raw["coherence"] = 1.0
    raw.pop("salience", None)
    for stream in raw["streams"].values():
        if stream["kind"] != "pretraining":
            stream["reliability"] = 1.0
        for said in (*stream.get("claims", {}).values(), stream.get("identity"), *stream.get("probes", {}).values()):
            if isinstance(said, dict):
                said.pop("reliability", None)
    rows = [row | {"count": float(np.ceil(row["count"]))} for row in rows]
    assume(np.isfinite(oracle.log_evidence(raw, rows)))
    names = [
        "coherence",
        *(f"streams.{s}.reliability" for s, of in raw["streams"].items() if of["kind"] != "pretraining"),
    ]
    key = data.draw(st.sampled_from(names))
    scenario = bs.Scenario.from_dict(raw)
    move, at = setter(key, scenario, case_of(scenario).names)
    found = slope(raw, rows, move, at)
    assert found == pytest.approx(one_sided(raw, rows, key), rel=1e-5, abs=1e-6)


def one_sided(raw, rows, key):
    """Z' / Z from the oracle's Z, a polynomial of low degree, the number being 1: five points on one side."""

    def log_z(x):
        return oracle.log_evidence(bs.Scenario.from_dict(raw).with_set(key, x).to_dict(), rows)

    h, weights = 1e-4, [25 / 12, -4, 3, -4 / 3, 1 / 4]
    return sum(weight * np.exp(log_z(1 - h * i) - log_z(1.0)) for i, weight in enumerate(weights)) / h


def test_pairs_of_beliefs_have_the_enumerated_covariance():
    """Of identities, of values and of "about me"; a joint probe connects two of the facets."""
    scenario = bs.Scenario.from_dict(SCENARIO)
    case = case_of(scenario, bs.Evidence.from_rows(scenario, ROWS))
    mean, enumerated = enumerated_moments()
    found = [case.beliefs.identities, case.beliefs.facets.ravel(), case.beliefs.ownership]
    np.testing.assert_allclose(np.concatenate(found), mean, atol=1e-12)
    n = len(found[0])
    values = slice(n, n + found[1].size)
    np.testing.assert_allclose(covariance(case.beliefs), enumerated[values, values], atol=1e-12)
    with_identity = case.beliefs.with_identity.reshape(n, -1) - np.outer(found[0], found[1])
    np.testing.assert_allclose(with_identity, enumerated[:n, values], atol=1e-12)


def enumerated_moments():
    """Mean and covariance of the indicators of identities, of values (padded to three) and of "about me"."""
    believed = oracle.believe(SCENARIO, ROWS)
    p = np.exp(believed.me - believed.log_evidence)
    rows, n_values = [], 3
    for m, h, *z in np.ndindex(p.shape):
        about_me = [float(believed.referents[m][stream]) for stream in ("rl", "introspection")]
        values = [float(z[d] == v) for d in range(len(z)) for v in range(n_values)]
        rows.append([*(float(h == g) for g in range(p.shape[1])), *values, *about_me])
    indicators = np.array(rows)
    mean = p.ravel() @ indicators
    return mean, (indicators * p.ravel()[:, None]).T @ indicators - np.outer(mean, mean)
