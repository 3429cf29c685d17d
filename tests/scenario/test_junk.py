"""Whatever stands anywhere in a file, it is a scenario or has faults that are told, and nothing else."""

import tomllib

import pytest
from good_scenario import GOOD, faults_of

from bayes_self.errors import ScenarioError
from bayes_self.scenario import Scenario
from bayes_self.scenario.keys import dotted
from bayes_self.scenario.tell import tell


@pytest.mark.parametrize("depth", [60, 3000])
@pytest.mark.parametrize(("before", "inner", "after"), [("x = ", "[", "]"), ("x = ", "{ a = ", "}"), ("x", ".a", "")])
def test_nesting_without_end_is_a_fault(depth, before, inner, after):
    (fault,) = faults_of(
        before + inner * depth + (" = 1" if not after else "[]" if inner == "[" else "1") + after * depth
    )
    assert "within each other" in fault.got


JUNK = [3, -1.5, "x", "", True, [], {}, [[]], ["x", 3], {"a": 1}, {"kind": []}, float("nan"), None]


def paths_in(part, path=()):
    yield path
    for key, below in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield from paths_in(below, (*path, key))


def with_junk(path, junk):
    raw = tomllib.loads(GOOD)
    at = raw
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = junk
    return raw


@pytest.mark.parametrize("path", [path for path in paths_in(tomllib.loads(GOOD)) if path], ids=dotted)
def test_no_junk_anywhere_makes_anything_but_a_scenario_or_faults(path):
    for junk in JUNK:
        try:
            scenario = Scenario.from_dict(with_junk(path, junk))
        except ScenarioError as error:
            told = str(error)
        else:
            told = tell(scenario)
            scenario.probes()
        assert told
        assert "Input should" not in told


@pytest.mark.parametrize("key", ["\0", "\0nce", "[key]", "\x7f", "observation"])
def test_no_key_is_taken_for_a_mark_of_the_reader(key):
    for where in (key, f"facets.{key}.{key}", f"world.{key}"):
        *above, last = where.split(".")
        raw = tomllib.loads(GOOD)
        at = raw
        for part in above:
            at = at.setdefault(part, {})
        at[last] = 0.5
        with pytest.raises(ScenarioError) as error:
            Scenario.from_dict(raw)
        assert dotted(tuple(where.split("."))) in [fault.key for fault in error.value.faults]
