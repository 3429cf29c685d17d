"""The laws that every posterior obeys, on random scenarios of two structures; `tests/deep/laws_deep.py` takes many."""

import ast
import csv
import tomllib
from pathlib import Path

import law_page
import pytest
from commanded import ask
from effort import examples
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

import bayes_self as bs
import bayes_self.laws.enumeration as enumeration
from bayes_self import laws
from bayes_self.laws.enumeration.model import posterior as enumerated
from bayes_self.laws.reductions import smaller
from bayes_self.laws.strategies import edits, evidence, scenarios, scenarios_like, structure_of, worlds

# A part of everything, and small: each law compiles this once, and all numbers and counts are served by that.
EVERYTHING = {
    "facets": {"substrate": ["language model", "human brain"], "name": ["the Assistant", "Jack"]},
    "identities": {"assistant": ["substrate"], "jfk": ["substrate", "name"]},
    "pretraining": True,
    "spec": {"spec": {"claims": ["name"], "identity": False}},
    "observed": {
        "rl": {
            "readings": [],
            "probes": {"phone": {"about": ["name", "substrate"], "outcomes": ["she answers", "nothing happens"]}},
        },
        "introspection": {"readings": ["substrate"], "probes": {}},
    },
}


MASKED = EVERYTHING | {"masks": {"covers": ["name"], "beneath": ["assistant"]}}


@pytest.mark.parametrize("structure", [EVERYTHING, MASKED], ids=["unmasked", "masked"])
@examples(4)
@given(st.data())
def test_every_law_holds(structure, data):
    scenario = data.draw(scenarios_like(structure, world=True))
    seen = data.draw(evidence(scenario))
    laws.check(scenario, seen, data.draw(st.integers(0, 1)), smallest=False)


def test_every_law_is_claimed_of_something():
    scenario = bs.Scenario.from_dict(_known())
    seen = bs.expect(scenario)
    assert {law.name: law.why_not(scenario, seen) for law in laws.ALL if not law.applies(scenario, seen)} == {}


def _known():
    """A scenario of which every law is claimed."""
    return {
        "facets": {"substrate": {"values": ["language model", "human brain"]}, "name": {"values": ["it", "Jack"]}},
        "identities": {
            "assistant": {"profile": {"substrate": "language model"}},
            "jfk": {"profile": {"substrate": "human brain", "name": "Jack"}},
        },
        "masks": {"covers": ["name"], "beneath": ["assistant"]},
        "streams": {
            "pretraining": {"mentions": {"jfk": 10}},
            "spec": {"claims": {"name": "Jack"}},
            "rl": {"ownership": 0.5, "readings": ["substrate"]},
            "introspection": {"doubt": 0.2, "readings": ["substrate"]},
        },
        "world": {
            "facts": {"substrate": "language model"},
            "trials": {"rl": {"substrate": 3}, "introspection": {"substrate": 3}},
        },
    }


@examples(10)
@given(st.data())
def test_random_scenarios_are_scenarios(data):
    """They are read again from their files, and can be edited, given a world, and made smaller."""
    scenario = data.draw(scenarios(max_facets=2, probes_about=2, world=None))
    assert bs.Scenario.from_dict(scenario.to_dict()).to_dict() == scenario.to_dict()
    assert len(scenario.facets) <= 2
    assert all(len(probe.about) <= 2 for probe in scenario.probes())
    assert data.draw(worlds(scenario)).world is not None
    scenario.with_settings(data.draw(edits(scenario)))
    like = data.draw(scenarios_like(scenario))
    same = [structure_of(each) | {"identities": list(each.identities)} for each in (like, scenario)]
    assert same[0] == same[1]  # but that an identity may be made equal to another
    assert data.draw(evidence(scenario, some=True)).total > 0 or not scenario.probes()
    assert data.draw(evidence(scenario, max_count=3.0)).total <= 3 * sum(len(p.outcomes) for p in scenario.probes())


def _observed(scenario):
    return [stream for stream in scenario.streams.values() if stream.kind in ("rl", "introspection")]


CORNERS = {
    "a persona taken whole": lambda s, e: s.coherence == 1 and s.salience == 1,
    "coherence 0": lambda s, e: s.coherence == 0,
    "ownership 0": lambda s, e: any(stream.ownership == 0 for stream in _observed(s)),
    "ownership 1": lambda s, e: any(stream.ownership == 1 for stream in _observed(s)),
    "weight 0": lambda s, e: any(stream.weight == 0 for stream in s.streams.values()),
    "a certain table": lambda s, e: any((p.table == 1).any() and p.reliability == 1 for p in s.probes()),
    "equal identities": lambda s, e: len(set(map(str, s.identities.values()))) < len(s.identities),
    "one identity": lambda s, e: len(s.identities) == 1,
    "a joint probe": lambda s, e: any(len(p.about) == 2 for p in s.probes()),
    "a huge count": lambda s, e: e.total >= 1e9,
    "a fractional count": lambda s, e: e.total % 1 > 0,
    "masks": lambda s, e: s.masks is not None,
    "masks without a price": lambda s, e: s.masks is not None and s.masks.bits == 0,
    "a mask that does not always show": lambda s, e: s.masks is not None and min(s.masks.covers.values()) < 1,
    "a probe that is doubted": lambda s, e: any(0 < p.doubt < 1 for p in s.probes()),
    "a probe that says nothing": lambda s, e: any(p.doubt == 1 for p in s.probes()),
}


def test_random_scenarios_reach_the_corners():
    reached = set()

    @seed(0)
    @settings(max_examples=100, database=None, phases=[Phase.generate])
    @given(st.data())
    def draw(data):
        scenario = data.draw(scenarios(max_identities=2, max_facets=2))
        seen = data.draw(evidence(scenario))
        reached.update(name for name, corner in CORNERS.items() if corner(scenario, seen))

    draw()
    assert reached == CORNERS.keys()


@laws.law(statement="Jack is unlikely.", reason="A law that is wrong, to see it break.", of_impossible=True)
def jack_is_unlikely(scenario, evidence, key):
    """Enumerated, which compiles nothing."""
    found = enumerated(scenario.to_dict(), evidence.rows(scenario))["facets"]["name"]["Jack"]
    laws.require(found < 0.6, f"P(Jack) is {found:.3f}")


def test_a_broken_law_tells_the_smallest_counterexample_and_how_to_run_it(tmp_path):
    scenario = bs.Scenario.from_dict(_known())
    with pytest.raises(laws.LawBroken) as caught:
        jack_is_unlikely.check(scenario, bs.expect(scenario))
    told = str(caught.value)
    assert told.startswith("the law `jack-is-unlikely` is broken: P(Jack) is 0.")
    assert "A law that is wrong" in told
    smallest = caught.value.scenario
    assert not caught.value.evidence
    assert "substrate" not in smallest.facets
    assert not any(
        jack_is_unlikely.broken(bs.Scenario.from_dict(less), caught.value.evidence)
        for less in smaller(smallest.to_dict())
        if less["facets"] and less["identities"] and "name" in less["facets"]
    )
    file = tmp_path / "counterexample.toml"
    file.write_text(told.split("`:\n\n")[1], encoding="utf-8")
    assert ask("run", file).exit_code == 0


def test_a_counterexample_prints_its_evidence_too():
    from bayes_self.laws.counterexample import as_files

    scenario = bs.Scenario.from_dict(_known())
    seen = bs.expect(scenario)
    toml, table = as_files(scenario, seen).split("`:\n\n")[1].split("\nstream,probe,")
    rows = list(csv.DictReader(("stream,probe," + table).splitlines()))
    read = bs.Scenario.from_dict(tomllib.loads(toml))
    assert bs.Evidence.from_rows(read, [row | {"count": float(row["count"])} for row in rows]) == seen


def test_a_law_is_not_held_against_what_it_is_not_claimed_of():
    def broken(scenario, evidence, key):
        raise ZeroDivisionError

    never = laws.law(statement="", reason="", unless=lambda scenario, evidence: "never")(broken)
    never.check(bs.Scenario.from_dict(_known()))
    assert never.why_not(bs.Scenario.from_dict(_known())) == "never"


def test_the_enumeration_shares_no_code_with_the_rest_of_the_package():
    for file in Path(enumeration.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bayes_self"):
                assert str(node.module).startswith("bayes_self.laws.enumeration"), (file.name, node.module)


def test_the_page_states_every_law_as_it_is():
    """`python tests/law_page.py` writes it anew."""
    assert law_page.PAGE.read_text(encoding="utf-8") == law_page.page()
    boundaries = (Path(__file__).parent / "test_law_boundaries.py").read_text(encoding="utf-8")
    for law, test in law_page.BOUNDARIES.items():
        assert law in {law.name for law in laws.ALL}
        assert f"def test_{test}(" in boundaries


def test_every_law_says_what_it_rests_on():
    assert len({law.name for law in laws.ALL}) == len(laws.ALL) >= 30
    for law in laws.ALL:
        assert law.statement.endswith(".")
        assert law.reason.endswith(".")
        assert law.conditions
