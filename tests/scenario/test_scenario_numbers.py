"""A number in place of a number: the scenario is that of the whole file, and refusals are the same."""

import pytest

from bayes_self.errors import ScenarioError
from bayes_self.scenario import gallery, load
from bayes_self.scenario.assign import assign
from bayes_self.scenario.controls import groups
from bayes_self.scenario.edit import with_numbers
from bayes_self.scenario.schema import Scenario
from bayes_self.world.self_model import self_model_of
from bayes_self.world.setting import arrays_in


def by_the_file(scenario, settings):
    raw = scenario.to_dict()
    for key, value in settings.items():
        assign(raw, key, value, "here")
    return Scenario.from_dict(raw, scenario.name, lambda path: "here")


@pytest.mark.parametrize("name", gallery.names())
def test_it_is_what_the_whole_file_would_be(name):
    scenario = load(name)
    before, in_place = scenario.to_dict(), 0
    self_model_of(scenario)
    _ = scenario.probes()
    numbers = [c for group in groups(scenario) for c in group.controls if c.kind != "choice" and c.value is not None]
    for control in numbers:
        settings = {control.key: 7 if control.kind in ("trials", "seed") else 0.35, "coherence": 0.8}
        in_place += with_numbers(scenario, settings, None) is not None
        found, expected = scenario.with_settings(settings), by_the_file(scenario, settings)
        assert found.to_dict() == expected.to_dict()
        assert found.model_dump() == expected.model_dump()
        assert found.name == expected.name
        ours, theirs = (dict(arrays_in(self_model_of(each).numbers)) for each in (found, expected))
        assert all((array == theirs[place]).all() for place, array in ours.items()), control.key
    assert in_place > len(numbers) / 2
    assert scenario.to_dict() == before


KEYS = (
    "coherence",
    "identities.jfk.bits",
    "identities.jfk.profile.substrate",
    "streams.rl.weight",
    "streams.pretraining.mentions.jfk",
    "world.trials.rl.unit_tests",
    "world.seed",
    "facets.name.base",
    "streams.rl.probes.unit_tests.given",
    "schema",
    "streams.nobody.weight",
    "title",
)


@pytest.mark.parametrize("value", [-1, 2, float("nan"), float("inf"), True, "0.5", 10**400, None, [0.5]])
@pytest.mark.parametrize("key", KEYS)
def test_what_a_file_would_refuse_is_refused_alike(key, value):
    scenario = load("jfk_coder")

    def outcome(edited):
        try:
            return edited(scenario, {key: value}).to_dict()
        except ScenarioError as error:
            return [str(fault) for fault in error.faults]

    assert outcome(lambda scenario, settings: scenario.with_settings(settings, "here")) == outcome(by_the_file)
