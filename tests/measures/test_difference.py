"""What differs between two scenarios: in their files, and in their beliefs."""

import copy

import numpy as np
import pytest
from commanded import SMALL
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from strategies import scenarios

import bayes_self as bs
from bayes_self.measures import difference as of_beliefs
from bayes_self.report.difference import difference_report, edited
from bayes_self.scenario import difference as of_files
from bayes_self.scenario import gallery, parse
from bayes_self.scenario.difference import FileDifference, difference
from bayes_self.scenario.keys import dotted


def numbers(raw, path=()):
    """The paths of all numbers that a scenario dict may say otherwise without another number changing with it."""
    fields = ("coherence", "salience", "prior", "bits", "weight", "reliability", "ownership", "seed")
    for key, value in raw.items():
        at = (*path, key)
        is_free = key in fields or path[-1:] == ("mentions",) or (path[:1] == ("world",) and "trials" in path)
        if isinstance(value, dict):
            yield from numbers(value, at)
        elif isinstance(value, int | float) and is_free:
            yield at


@given(st.data(), scenarios())
@examples(60)
def test_setting_a_number_shows_exactly_that_key(data, raw):
    scenario = bs.Scenario.from_dict(raw)
    path = data.draw(st.sampled_from(list(numbers(raw))))
    before = raw
    for part in path:
        before = before[part]
    after = 1 if before != 1 else 0.5 if path[:2] != ("world", "trials") and path[-1] != "seed" else 0
    changed = scenario.with_set(dotted(path), after)
    assert difference(scenario, changed) == FileDifference({}, {}, {dotted(path): (before, after)})
    assert difference(changed, scenario) == FileDifference({}, {}, {dotted(path): (after, before)})


@given(scenarios())
@examples(40)
def test_a_scenario_does_not_differ_from_itself(raw):
    scenario = bs.Scenario.from_dict(raw)
    assert not difference(scenario, scenario)
    assert not difference(scenario, parse(scenario.to_toml()))


@pytest.mark.parametrize("name", gallery.names())
def test_no_scenario_of_the_gallery_differs_from_itself_without_comments(name):
    scenario = bs.load(name)
    assert not difference(scenario, parse(scenario.to_toml()))


WRITTEN_OUT = [
    ("schema", 1),
    ("coherence", 0.9),
    ("salience", 1),
    ("salience.name", 1.0),
    ("salience", {"substrate": 1}),
    ("identities.assistant.bits", 0),
    ("identities.assistant.profile.substrate", {"language model": 1, "human brain": 0}),
    ("facets.name.base", {"Jack": 0.5, "Claude": 0.5}),
    ("streams.spec.kind", "spec"),
    ("streams.spec.claims.name", {"value": "Jack"}),
    ("streams.spec.claims.name.reliability", 0.95),
    ("streams.spec.identity.reliability", 0.95),
    ("streams.rl.probes.phone.reliability", 0.95),
    ("streams.rl.probes.phone.errors", "uniform"),
    ("streams.rl.errors", "uniform"),
    ("world.reliability.rl", 0.95),
    ("world.tables.rl.phone.given", {"language model": [0, 1], "human brain": [0.8, 0.2]}),
    ("unknown.coherence.beta", [2, 2]),
    ('unknown."streams.rl.reliability".beta', [2, 2]),
]


@pytest.mark.parametrize(("key", "value"), WRITTEN_OUT)
def test_a_default_written_out_is_no_difference(key, value):
    small = parse(SMALL)
    key = 'unknown."streams.rl.reliability"' if key.startswith('unknown."') else key
    value = {"beta": value} if key.endswith('"') else value
    assert not difference(small, small.with_set(key, value))
    assert not difference(small.with_set(key, value), small)


CHANGES = [
    ("coherence", 0.5, {"coherence": (0.9, 0.5)}),
    ("salience", 0.5, {"salience": (1.0, 0.5)}),
    ("salience", {"name": 0.5}, {"salience.name": (1.0, 0.5)}),
    ("streams.spec.claims.name", "Claude", {"streams.spec.claims.name": ("Jack", "Claude")}),
    ("streams.spec.claims.name.reliability", 0.5, {"streams.spec.claims.name.reliability": (0.95, 0.5)}),
    ("streams.spec.reliability", 0.5, {"streams.spec.reliability": (0.95, 0.5)}),
    (
        "identities.jfk.profile.name",
        {"Jack": 0.9, "Claude": 0.1},
        {"identities.jfk.profile.name": ("Jack", {"Jack": 0.9, "Claude": 0.1})},
    ),
    ("streams.rl.errors", "part", {"streams.rl.errors": ("uniform", "part")}),
    ("world.reliability.rl", 0.5, {"world.reliability.rl": (0.95, 0.5)}),
    ("streams.rl.probes.phone.given.human brain", [1, 0], {
        'streams.rl.probes.phone.given."human brain"': ([0.8, 0.2], [1, 0]),
    }),
    ("expectations.0.above", 0.5, {"expectations.0.above": (0.9, 0.5)}),
    ("unknown.coherence.beta", [8, 2], {"unknown.coherence.beta": ([2.0, 2.0], [8, 2])}),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "changed"), CHANGES)
def test_what_changed_is_told_in_the_terms_of_the_file(key, value, changed):
    small = parse(SMALL)
    assert difference(small, small.with_set(key, value)) == FileDifference({}, {}, changed)


def test_what_only_one_has_is_added_or_removed_without_its_defaults():
    raw = parse(SMALL).to_dict()
    more = copy.deepcopy(raw)
    more["identities"]["nobody"] = {}
    more["identities"]["joe"] = {"profile": {"name": "Jack"}, "bits": 2}
    more["streams"]["prompt"] = {"kind": "spec", "claims": {"name": "Claude"}}
    more["expectations"] = [{"facet": "name", "verdict": "flat"}, *more["expectations"]]
    a, b = bs.Scenario.from_dict(raw), bs.Scenario.from_dict(more)
    added = {
        "identities.nobody": {},
        "identities.joe.bits": 2,
        "identities.joe.profile.name": "Jack",
        "streams.prompt.kind": "spec",
        "streams.prompt.claims.name": "Claude",
        "expectations.0": {"facet": "name", "verdict": "flat"},
    }
    assert difference(a, b) == FileDifference(added, {}, {})
    assert difference(b, a) == FileDifference({}, added, {})


def test_the_order_of_spec_streams_counts_and_no_other():
    raw = parse(SMALL).to_dict()
    raw["streams"]["prompt"] = {"kind": "spec", "claims": {"name": "Claude"}}
    a = bs.Scenario.from_dict(raw)
    swapped = raw | {"streams": {name: raw["streams"][name] for name in ("rl", "prompt", "spec")}}
    assert difference(a, bs.Scenario.from_dict(swapped)).changed == {
        "streams": (["spec", "prompt"], ["prompt", "spec"])
    }
    turned = {
        key: dict(reversed(part.items())) if key in ("facets", "identities") else part for key, part in raw.items()
    }
    assert not difference(a, bs.Scenario.from_dict(turned))


def beliefs_of(a, b, evidence=None):
    return of_beliefs.difference(bs.posterior(a, evidence or bs.expect(a)), bs.posterior(b, evidence or bs.expect(b)))


def test_beliefs_side_by_side():
    a = parse(SMALL)
    b = a.with_set("coherence", 0.3).with_set("world.trials.rl.phone", 1)
    found = beliefs_of(a, b)
    p, q = (bs.posterior(scenario, bs.expect(scenario)) for scenario in (a, b))
    assert found.identities["jfk"] == (p.identities.sel(identity="jfk"), q.identities.sel(identity="jfk"))
    assert found.ownership["rl"] == (p.ownership.sel(stream="rl"), q.ownership.sel(stream="rl"))
    assert found.verdicts == {facet: (p.verdicts[facet], q.verdicts[facet]) for facet in a.facets}
    apart = {facet: float(np.abs((p.facets - q.facets).sel(facet=facet)).sum()) / 2 for facet in a.facets}
    apart["identity"] = float(np.abs(p.identities - q.identities).sum()) / 2
    assert found.total_variation == pytest.approx(apart)
    assert list(found.total_variation) == sorted(apart, key=lambda subject: -apart[subject])
    assert list(found.facets) == sorted(a.facets, key=lambda facet: -apart[facet])
    assert found.log_evidence is None


def test_log_evidence_is_compared_on_the_same_evidence_only():
    a = parse(SMALL)
    evidence = bs.expect(a)
    found = beliefs_of(a, a.with_set("coherence", 0.3), evidence)
    expected = [bs.posterior(each, evidence).log_evidence for each in (a, a.with_set("coherence", 0.3))]
    assert found.log_evidence == tuple(expected)


def test_what_only_one_can_believe():
    raw = parse(SMALL).to_dict()
    raw["identities"]["joe"] = {}
    raw["facets"]["tone"] = {"values": ["plain", "grand"]}
    a, b = parse(SMALL), bs.Scenario.from_dict(raw)
    found = beliefs_of(a, b)
    joe = float(bs.posterior(b, bs.expect(b)).identities.sel(identity="joe"))
    assert found.identities["joe"] == (None, joe)
    assert list(found.facets)[-1] == "tone"
    assert {before for before, _ in found.facets["tone"].values()} == {None}
    assert [after for _, after in found.facets["tone"].values()] == pytest.approx([0.5, 0.5])
    assert found.verdicts["tone"] == (None, "flat")
    assert "tone" not in found.total_variation
    assert found.total_variation["identity"] == pytest.approx(joe)


@given(scenarios(weights_one=True, positive=True, world=True, max_observed=2))
@examples(5)
def test_beliefs_of_a_scenario_do_not_differ_from_its_own(raw):
    scenario = bs.Scenario.from_dict(raw)
    found = beliefs_of(scenario, scenario)
    assert set(found.total_variation.values()) == {0.0}
    assert all(v == w for v, w in found.verdicts.values())
    assert found.log_evidence is not None
    assert found.log_evidence[0] == found.log_evidence[1]


def test_the_report():
    a = parse(SMALL)
    b = a.with_set("coherence", 0.3).with_set("identities.jfk.bits", 4)
    results = bs.posterior(a, bs.expect(a)), bs.posterior(b, bs.expect(b))
    report = difference_report(("small", "mine"), results, of_files.difference(a, b), of_beliefs.difference(*results))
    assert max(map(len, report)) <= 100
    assert "  coherence: 0.9 → 0.3" in report
    assert "  identities.jfk.bits: 0.0 → 4" in report
    assert "Both read the same evidence." in report
    assert any(line.startswith("identity: 0.") for line in report)
    assert "log evidence" in report[-1]


def test_what_an_edit_changed():
    a = parse(SMALL)
    assert edited(difference(a, a.with_set("coherence", 0.5))) == "As edited: coherence = 0.5 (file: 0.9)."
    claimed = a.with_claim("substrate", "human brain")
    assert (
        edited(difference(a, claimed)) == 'As edited: streams.spec.claims.substrate = "human brain" (not in the file).'
    )
    assert edited(difference(claimed, a)) == 'As edited: no streams.spec.claims.substrate (file: "human brain").'
    assert edited(difference(a, a)) == "As edited: nothing that the file does not say itself."
