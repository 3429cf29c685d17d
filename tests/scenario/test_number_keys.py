"""Every number of the table can be set, is believed or true, and is found by the page, by sweeps and by inference."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from commanded import SMALL

from bayes_self.errors import ScenarioError
from bayes_self.inference.refusals import accepted
from bayes_self.model.frames import FIXED, fixes
from bayes_self.model.keys import setter
from bayes_self.scenario import parse
from bayes_self.scenario.assign import parse_assignment
from bayes_self.scenario.controls import groups
from bayes_self.scenario.keys import dotted
from bayes_self.scenario.number_keys import ROWS, row_of
from bayes_self.scenario.world_keys import edits_world
from bayes_self.sweeps.axes import Axis
from bayes_self.sweeps.moves import moves, start_of
from bayes_self.world.self_model import self_model_of
from bayes_self.world.setting import arrays_in

EVERY = parse(
    SMALL.replace(
        "[world]",
        "[masks]\ncovers = ['name']\n"
        "[streams.pretraining]\nmentions = { jfk = 4 }\n[world]\nreliability = { rl = 0.9 }",
        1,
    )
)
OF_FACETS = EVERY.with_set("salience.name", 0.5)
TWO = {"probability": (0.25, 0.75), "trials": (3, 5), "seed": (3, 5)}
OUTSIDE = {"probability": 1.5, "weight": -1, "relative": 0, "bits": float("inf"), "trials": 0.5, "seed": -1}


def scenario_with(pattern):
    return OF_FACETS if pattern == "salience.FACET" else EVERY


def keys_of(row):
    scenario = scenario_with(row.pattern)
    return scenario, [dotted(path) for path, of in scenario.number_keys().items() if of is row]


@pytest.fixture(params=ROWS, ids=lambda row: row.pattern)
def row(request):
    return request.param


def test_the_scenario_of_the_tests_has_every_number():
    assert {id(row) for row in EVERY.number_keys().values()} == set(map(id, ROWS))


def test_it_is_set_within_its_range_alone(row):
    scenario, keys = keys_of(row)
    for key in keys:
        for value in TWO.get(row.kind, (1.5, 2.5)):
            edited = scenario.with_settings(dict([parse_assignment(f"{key}={value}")]))
            assert edited.number(*key.split(".")) == value
        with pytest.raises(ScenarioError, match=key):
            scenario.with_set(key, OUTSIDE[row.kind])


def test_it_reaches_the_arrays_of_what_is_believed_or_of_the_world(row):
    scenario, keys = keys_of(row)
    for key in keys:
        model, (low, high) = self_model_of(scenario), TWO.get(row.kind, (1.5, 2.5))
        assert edits_world(key, low, scenario) != row.is_believed
        if not row.is_believed:
            with pytest.raises(ScenarioError, match="names no number"):
                setter(key, scenario, model.names)
            continue
        put, now = setter(key, scenario, model.names)
        assert now == scenario.number(*key.split("."))
        for value in (low, high):
            expected = dict(arrays_in(self_model_of(scenario.with_set(key, value)).numbers))
            found = dict(arrays_in(put(model.numbers, np.asarray(value))))
            assert all(np.array_equal(found[place], array) for place, array in expected.items()), key
            assert any(not np.array_equal(array, found[place]) for place, array in arrays_in(model.numbers)), key


def test_it_is_on_the_page(row):
    scenario, keys = keys_of(row)
    shown = {c.key: c for group in groups(scenario) for c in group.controls if c.kind != "choice"}
    if row.pattern == "salience.FACET":
        assert "salience" not in shown
    for key in keys:
        assert (shown[key].kind, shown[key].value) == (row.kind, scenario.number(*key.split(".")))


def test_it_is_swept_unless_only_a_draw_has_it(row):
    scenario, keys = keys_of(row)
    for key in keys:
        axis = Axis(key, TWO.get(row.kind, (1.5, 2.5)))
        if row.kind == "seed":
            with pytest.raises(ScenarioError, match="changes no number of the model"):
                moves(start_of(scenario, [axis]), [axis], "self-model")
        else:
            assert moves(start_of(scenario, [axis]), [axis], "self-model")


def test_it_is_inferred_if_it_is_a_believed_probability_or_a_number_of_masks(row):
    scenario, keys = keys_of(row)
    for key in keys:
        if row.is_unknown:
            assert accepted(scenario, [key]) == (key,)
        else:
            with pytest.raises(ScenarioError, match="expected"):
                accepted(scenario, [key])


@pytest.mark.parametrize("frame", FIXED)
def test_what_a_frame_fixes_is_refused_by_sweeps_and_inference(row, frame):
    scenario, keys = keys_of(row)
    for key in [key for key in keys if fixes(frame, tuple(key.split(".")))]:
        axis = Axis(key, (0.25, 0.75))
        with pytest.raises(ScenarioError, match="fixes"):
            moves(start_of(scenario, [axis]), [axis], frame)
        with pytest.raises(ScenarioError, match="does not fix"):
            accepted(scenario, [key], frame)


def test_defaults_are_those_of_the_schema(row):
    if row.pattern == "masks.covers.FACET":
        assert EVERY.number("masks", "covers", "substrate") == row.default, "a facet that is not listed"
        return
    raw = EVERY.to_dict()
    for path in [path for path, of in EVERY.number_keys().items() if of is row]:
        at: Any = raw
        for part in path[:-1]:
            at = at.get(part, {}) if isinstance(at, dict) else {}
        if isinstance(at, dict):
            at.pop(path[-1], None)
    found = type(EVERY).from_dict(raw)
    for path in [path for path, of in EVERY.number_keys().items() if of is row]:
        above = row.above(path)
        assert found.number(*path) == (found.number(*above) if above else row.default)


def test_a_form_of_key_has_one_row_or_rows_of_streams():
    for one, other in pairwise(sorted(ROWS, key=lambda row: row.pattern)):
        assert one.pattern != other.pattern
    assert row_of(("salience", "ownership")) is not None
    assert not fixes("simulator", ("salience", "ownership")), "a facet may have the name of a number"


def test_an_observation_stream_may_be_called_spec():
    start, end = SMALL.index("[streams.spec]"), SMALL.index("[streams.rl]")
    text = (
        (SMALL[:start] + SMALL[end:]).replace(".rl", ".spec").replace("[streams.spec]", "[streams.spec]\nkind = 'rl'")
    )
    assert {"self", "spec", "identities", "world"} == {group.name for group in groups(parse(text))}
    keys = [control.key for group in groups(parse(text)) for control in group.controls]
    assert "streams.spec.ownership" in keys
    assert "streams.spec.identity" not in keys
