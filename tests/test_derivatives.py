"""Derivatives of the log evidence: against enumeration, and against differences of the oracle's log evidence."""

import copy
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import oracle
import pytest

import bayes_self as bs
from bayes_self.coordinates import coordinates_of
from bayes_self.counts import counts_of
from bayes_self.log_evidence import all_referents, log_evidence, no_tilt
from bayes_self.parameters import parameters_of
from bayes_self.potentials import potentials

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
ROWS = [dict(zip(("stream", "probe", "outcome", "count"), row, strict=True)) for row in SEEN]

# Where each number is in the file, and where among the parameters (with a position, where it is one of several).
NUMBERS = {
    "coherence": (lambda raw, x: raw.update(coherence=x), lambda p, x: replace(p, coherence=x)),
    "salience": (lambda raw, x: raw.update(salience=x), lambda p, x: replace(p, salience=jnp.full(3, x))),
    "ownership": (
        lambda raw, x: raw["streams"]["rl"].update(ownership=x),
        lambda p, x: replace(p, ownership=jnp.asarray(p.ownership).at[0].set(x)),
    ),
    "weight of pretraining": (
        lambda raw, x: raw["streams"]["pretraining"].update(weight=x),
        lambda p, x: replace(p, pretraining_weight=x),
    ),
    "reliability of a claim": (
        lambda raw, x: raw["streams"]["spec"].update(claims={"substrate": {"value": "brain", "reliability": x}}),
        lambda p, x: replace(p, claims=replace(p.claims, reliability=jnp.full(1, x))),
    ),
    "weight of claims": (
        lambda raw, x: raw["streams"]["spec"].update(weight=x),
        lambda p, x: replace(
            p,
            claims=replace(p.claims, weight=jnp.full(1, x)),
            identity_claims=replace(p.identity_claims, weight=jnp.full(1, x)),
        ),
    ),
    "reliability of probes": (
        lambda raw, x: raw["streams"]["rl"].update(reliability=x),
        lambda p, x: replace(
            p,
            single=replace(p.single, reliability=jnp.asarray(p.single.reliability).at[:2].set(x)),
            joint=tuple(replace(probe, reliability=jnp.full(1, x)) for probe in p.joint),
        ),
    ),
    "weight of a stream": (
        lambda raw, x: raw["streams"]["introspection"].update(weight=x),
        lambda p, x: replace(p, single=replace(p.single, weight=jnp.asarray(p.single.weight).at[2:].set(x))),
    ),
}


# What the scenario says of each.
WRITTEN = dict(zip(NUMBERS, (0.8, 0.9, 0.7, 0.5, 0.9, 1.0, 0.85, 1.0), strict=True))


def arrays(raw, rows):
    scenario = bs.Scenario.from_dict(raw)
    names = coordinates_of(scenario)
    return parameters_of(scenario, names), counts_of(bs.Evidence.from_rows(scenario, rows), names)


@jax.jit
def all_slopes(numbers, counts, referents, at):
    """The derivatives of log Z with respect to all of `NUMBERS`, forward and in reverse."""

    def log_z(at):
        edited = numbers
        for (_, edit), x in zip(NUMBERS.values(), at, strict=True):
            edited = edit(edited, x)
        given = potentials(edited, counts)
        return log_evidence(given, referents, no_tilt(given))

    return jax.jacfwd(log_z)(at), jax.jacrev(log_z)(at)


def slopes(raw, rows, written, name):
    """The derivative of log Z with respect to one number, forward and in reverse."""
    with jax.enable_x64(True):
        forward, reverse = all_slopes(*arrays(raw, rows), all_referents(2), np.array(list(written.values())))
    position = list(NUMBERS).index(name)
    return [float(forward[position]), float(reverse[position])]


def differences(raw, rows, written, name):
    """The same from the oracle, one-sided at the ends of what the file allows: five points, error of order h^4."""

    def log_z(x):
        edited = copy.deepcopy(raw)
        for number, (edit, _) in NUMBERS.items():
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
    assert slopes(SCENARIO, ROWS, WRITTEN, name) == pytest.approx([expected] * 2, rel=1e-7, abs=1e-8)


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
        ("reliability of probes", 0.0),
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
    assert slopes(raw, rows, written, name) == pytest.approx([expected] * 2, rel=1e-6, abs=1e-7)


def test_the_curvature_is_the_covariance_of_beliefs():
    numbers, counts = arrays(SCENARIO, ROWS)
    referents = all_referents(2)
    with jax.enable_x64(True):
        given = potentials(numbers, counts)
        nothing = no_tilt(given)
        curvature = jax.jit(jax.hessian(log_evidence, argnums=2))(given, referents, nothing)
        slope = jax.jit(jax.grad(log_evidence, argnums=2))(given, referents, nothing)
    mean, covariance = enumerated_moments()
    flat = [np.asarray(array).ravel() for array in slope]
    np.testing.assert_allclose(np.concatenate(flat), mean, atol=1e-12)
    blocks = [
        [np.asarray(block).reshape(len(a), len(b)) for block, b in zip(row, flat, strict=True)]
        for row, a in zip(curvature, flat, strict=True)
    ]
    np.testing.assert_allclose(np.block(blocks), covariance, atol=1e-12)


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
