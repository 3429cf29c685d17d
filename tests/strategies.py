"""Random scenarios, as dicts that `tomllib` would parse, and random evidence for them.

Hypothesis draws the sizes, the switches and one integer seed; NumPy's generator fills in the numbers.
What a reader wants of a failing case is that it is small and has few features, and those are what shrinks;
drawing each of the hundreds of numbers through Hypothesis would be slow, and its shrinking would grind on
digits that do not matter.
"""

import numpy as np
from hypothesis import strategies as st
from random_scenarios import Draw, build, tried

SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def scenarios(
    draw,
    max_identities=4,
    max_facets=4,
    max_values=3,
    max_spec=2,
    max_observed=3,
    positive=False,
    weights_one=False,
    with_world=None,
    min_spec=0,
    min_observed=0,
):
    """A random valid scenario as a dict.

    `positive`: no table, reliability or coherence reaches 0 or 1, so that no evidence is impossible.
    `weights_one`: no tempering. `with_world`: None for either.
    """
    sizes = {
        "identities": draw(st.integers(2, max_identities)),
        "facets": draw(st.integers(1, max_facets)),
        "values": draw(st.integers(2, max_values)),
        "spec": draw(st.integers(min_spec, max_spec)),
        "observed": draw(st.integers(min_observed, max_observed)),
    }
    switches = {name: draw(st.booleans()) for name in ("salience", "mentions", "part_errors", "ownership")}
    switches["world"] = draw(st.booleans()) if with_world is None else with_world
    return build(draw(SEEDS), sizes, switches, positive, weights_one)


@st.composite
def evidence_rows(draw, scenario, max_count=1000):
    """Rows for the observation streams: absent, 0, small, fractional, sometimes up to `max_count`."""
    numbers = Draw(np.random.default_rng(draw(SEEDS)), positive=False, weights_one=False)
    largest = draw(st.sampled_from([0, 1, 5, 30, max_count]))
    rows = []
    for name, stream in scenario["streams"].items():
        if stream.get("kind", name) not in ("rl", "introspection"):
            continue
        for p, (about, outcomes) in tried(stream).items():
            for outcome in outcomes or scenario["facets"][about[0]]["values"]:
                n = numbers.rng.uniform(0, min(largest, max_count))
                n = 0.0 if numbers.sometimes(0.4) else float(np.round(n, numbers.choice([0, 2])))
                if numbers.sometimes(0.8):
                    rows.append({"stream": name, "probe": p, "outcome": outcome, "count": n})
    return rows


@st.composite
def cases(draw, max_count=1000, **limits):
    """A scenario and evidence for it."""
    scenario = draw(scenarios(**limits))
    return scenario, draw(evidence_rows(scenario, max_count))
