"""Where a law's condition is dropped it is not claimed, or does not come out: the conditions are needed.

Beliefs are enumerated here, which compiles nothing: that the package agrees is the law of Bayes' rule.
"""

import numpy as np
import pytest
from one_facet import one_facet, row

import bayes_self as bs
from bayes_self import laws
from bayes_self.beliefs.case import case_of
from bayes_self.laws.draft import without_claims
from bayes_self.laws.enumeration.model import believe as belief
from bayes_self.laws.enumeration.model import posterior as enumerated
from bayes_self.laws.enumeration.world import expected_evidence
from bayes_self.measures.attribution import attribution
from bayes_self.measures.comparison import asymmetry
from bayes_self.measures.probe_value import probe_value
from bayes_self.measures.spectrum import spectrum

LAW = {law.name: law for law in laws.ALL}
YES = {"kind": "spec", "claims": {"d": "yes"}}
NO = {"kind": "spec", "claims": {"d": "no"}}
HALF = {"kind": "rl", "ownership": 0.5, "readings": ["d"]}


def believed(raw, *rows):
    found = enumerated(raw, list(rows))
    named = {f"identity = {h}": p for h, p in found["identities"].items()}
    named |= {f"{d} = {v}": p for d, values in found["facets"].items() for v, p in values.items()}
    return named | {f"{s} is about me": p for s, p in found["ownership"].items()}


def refused(name, raw, *rows):
    """Why a law is not claimed, where its equation does not come out either."""
    scenario = bs.Scenario.from_dict(raw)
    seen = bs.Evidence.from_rows(scenario, rows)
    assert LAW[name].broken(scenario, seen) is not None
    return LAW[name].why_not(scenario, seen)


def test_counts_of_two_streams_are_not_counts_of_one():
    """Each stream is about me, or about the part, as a whole."""
    one = believed(one_facet(rl=HALF), row("yes", 4))
    two = believed(one_facet(rl=HALF, tools=HALF), row("yes", 2), row("yes", 2, stream="tools"))
    assert abs(one["d = yes"] - two["d = yes"]) > 0.01


def test_counts_of_two_probes_that_are_doubted_are_not_counts_of_one():
    """One of them may be broken and the other not: two kinds of probe tell more than one that is repeated."""
    doubted = {"kind": "rl", "doubt": 0.1, "reliability": 0.9}
    asked = {"about": ["d"], "outcomes": ["yes", "no"], "given": {"yes": [1.0, 0.0], "no": [0.0, 1.0]}}
    raw = one_facet(rl=doubted | {"probes": {"one": asked, "other": asked}})
    together = believed(raw, row("yes", 20, probe="one"))["d = no"]
    apart = believed(raw, row("yes", 10, probe="one"), row("yes", 10, probe="other"))["d = no"]
    assert apart < together / 5
    scenario = bs.Scenario.from_dict(raw)
    why = LAW["splitting-a-count-does-not-matter"].why_not(
        scenario, bs.Evidence.from_rows(scenario, [row("yes", 20, probe="one")])
    )
    assert why == "every probe that was observed is doubted"


def test_what_one_doubted_probe_can_tell_is_nearly_what_it_may():
    """L(yes) = 1 - δ + δ / (n + 1), L(no) = δ / (n + 1): two probes tell twice as much."""
    doubt, n = 1e-3, 1000
    sure = {"kind": "rl", "doubt": doubt, "reliability": 1.0, "readings": ["d"]}

    def bits(raw, *rows):
        logs = [belief(raw, list(which)).log_facet("d") for which in (rows, ())]
        return float(np.diff(logs[0])[0] - np.diff(logs[1])[0]) / -np.log(2)

    most = np.log2(1 / doubt) + np.log2(n + 1)
    told = bits(one_facet(rl=sure), row("yes", n))
    assert told == pytest.approx(np.log2(1 + (1 - doubt) * (n + 1) / doubt))
    assert most - 0.01 < told < most
    two = one_facet(rl=sure, tools=sure)
    assert bits(two, row("yes", n), row("yes", n, stream="tools")) > 1.99 * most


def test_what_a_tempered_model_improvises_hangs_on_the_order_in_which_it_is_asked():
    """Predictions are untempered, so that asking two streams has no joint distribution where one is tempered."""

    def shown(raw, first, second):
        seen = ({"stream": s, "probe": "d", "outcome": o, "count": 1} for s, o in (first, second))
        stages = (believed(raw)["d = yes"], believed(raw, next(seen))["d = yes"])
        told = (0.95 * p + 0.05 / 2 for p in stages)  # P(shown yes): a reading is right in 19 of 20 cases
        return np.prod([p if o == "yes" else 1 - p for p, (_, o) in zip(told, (first, second), strict=True)])

    for weight, differs in ((1.0, False), (0.5, True)):
        raw = one_facet(rl={"readings": ["d"], "weight": weight}, introspection={"readings": ["d"]})
        raw["identities"]["a"]["prior"] = 3.0
        asked = [("rl", "yes"), ("introspection", "no")]
        assert (abs(shown(raw, *asked) - shown(raw, *asked[::-1])) > 1e-3) == differs


def test_of_contradicting_claims_the_order_matters():
    seen = row("yes", 2)
    after, before = (believed(one_facet(**s, rl=HALF), seen) for s in ({"a": NO, "b": YES}, {"b": YES, "a": NO}))
    assert abs(after["d = yes"] - before["d = yes"]) > 0.01


def test_a_spec_of_however_small_a_weight_is_not_silent():
    seen = row("yes", 2)
    silent, quiet = (believed(one_facet(spec=NO | {"weight": w}, rl=HALF), seen) for w in (0.0, 1e-9))
    assert abs(silent["d = yes"] - quiet["d = yes"]) > 0.01


def test_with_weights_the_posterior_is_no_martingale():
    raw = one_facet(rl={"readings": ["d"], "weight": 0.5})
    scenario = bs.Scenario.from_dict(raw)
    for name in ("expected-evidence-is-conserved", "prediction-is-a-ratio-of-evidences"):
        assert LAW[name].why_not(scenario) == "no probe has weight 1"
    after = [believed(raw, row(outcome, 1))["identity = a"] for outcome in ("yes", "no")]
    p = believed(raw, row("yes", 0))["d = yes"]
    shown = 0.95 * p + 0.05 / 2
    assert shown * after[0] + (1 - shown) * after[1] == pytest.approx(0.5)  # by the symmetry of the two identities
    other = raw | {"identities": {"a": {"prior": 3.0, "profile": {"d": "yes"}}, "b": raw["identities"]["b"]}}
    now = believed(other, row("yes", 0))
    shown = 0.95 * now["d = yes"] + 0.05 / 2
    after = [believed(other, row(outcome, 1))["identity = a"] for outcome in ("yes", "no")]
    assert abs(shown * after[0] + (1 - shown) * after[1] - now["identity = a"]) > 1e-3


def test_halves_of_an_identity_are_not_one_where_identities_are_claimed():
    told = one_facet(spec={"kind": "spec", "identity": "a", "reliability": 0.5})
    assert refused("equal-halves-are-one", told) == 'there is a claim "you are h"'


def test_halves_that_wear_each_other_are_not_one():
    raw = one_facet() | {"masks": {"covers": ["d"]}}
    assert refused("equal-halves-are-one", raw) == "every identity can be beneath a mask and worn as one"


def test_a_mask_that_covers_nothing_is_told_from_who_wears_it_by_what_it_goes_by():
    told = one_facet(spec={"kind": "spec", "identity": "a", "reliability": 0.5}) | {"masks": {"covers": {"d": 0.0}}}
    assert refused("a-mask-that-covers-nothing-changes-no-facet", told) == 'there is a claim "you are h"'


def test_a_mask_moves_ownership_because_the_part_wears_none():
    raw = one_facet(rl=HALF) | {"masks": {"covers": ["d"], "bits": 0.0, "worn": ["a"]}}
    assert abs(believed(raw, row("yes", 4))["rl is about me"] - 0.5) > 0.01


def test_bits_are_not_all_that_counts_of_who_is_claimed():
    raw = one_facet(spec={"kind": "spec", "identity": "a"})
    raw["identities"]["longer"] = raw["identities"]["a"] | {"bits": 1.0}
    p = believed(raw)
    assert p["identity = a"] / p["identity = longer"] > 2.1
    all_claimed = one_facet(spec={"kind": "spec", "identity": "a"}, other={"kind": "spec", "identity": "b"})
    why = LAW["extra-bits-cost-their-bits"].why_not(bs.Scenario.from_dict(all_claimed))
    assert why == 'all are claimed by "you are h"'


def test_two_facets_tell_more_than_one():
    raw = one_facet(rl={"readings": ["d", "e"]})
    raw["facets"]["e"] = raw["facets"]["d"]
    for identity in raw["identities"].values():
        identity["profile"]["e"] = identity["profile"]["d"]
    p = believed(raw, row("yes", 1e6), row("yes", 1e6, probe="e"))
    assert np.log2(p["identity = a"] / p["identity = b"]) > 1.9 * np.log2(0.95 / 0.05)


def test_a_claim_can_lower_its_value_where_the_part_responds():
    """The part explains what was observed; so it was hardly observed of me."""
    hardly = YES | {"reliability": 0.01}
    silent, told = (believed(one_facet(rl=HALF, **s), row("yes", 9)) for s in ({}, {"spec": hardly}))
    assert told["d = yes"] < silent["d = yes"] - 0.05


def test_one_stream_that_is_not_mine_bears_on_whose_the_others_are():
    raw = one_facet(spec=NO, rl=HALF, tools=HALF | {"ownership": 0.0, "errors": "uniform"})
    raw["streams"]["spec"] = {"kind": "spec", "identity": "b"}
    deaf, told = believed(raw, row("yes", 2)), believed(raw, row("yes", 2), row("yes", 2, stream="tools"))
    assert abs(deaf["d = yes"] - told["d = yes"]) > 0.01


def test_where_no_identity_allows_the_part_everything_is_about_me():
    raw = one_facet(("yes", "no", "maybe"), spec=YES, rl=HALF | {"ownership": 0.0}) | {"coherence": 1.0}
    raw["identities"] = {"a": {"profile": {"d": {"no": 0.5, "maybe": 0.5}}}}
    assert "no identity allows the part" in str(refused("disowned-observations-are-irrelevant", raw, row("no", 1)))


def test_of_an_incoherent_self_model_a_part_that_nobody_plays_is_played():
    certain = {"a": {"profile": {"d": {"yes": 1.0}}}, "b": {"profile": {"d": {"yes": 1.0}}}}
    told = one_facet(spec=NO | {"reliability": 0.0}, rl=HALF) | {"identities": certain}
    moved = {c: believed(told | {"coherence": c}, row("no", 4))["rl is about me"] for c in (1.0, 0.9)}
    assert moved[1.0] == 1
    assert moved[0.9] < 0.1


def test_a_claim_or_a_second_stream_moves_ownership():
    claimed = believed(one_facet(spec=NO, rl=HALF), row("yes", 4))
    assert abs(claimed["rl is about me"] - 0.5) > 0.01
    mine = HALF | {"ownership": 0.9}
    two = believed(one_facet(rl=HALF, tools=mine), row("yes", 4), row("yes", 4, stream="tools"))
    assert abs(two["rl is about me"] - 0.5) > 0.01


def test_the_self_model_is_not_symmetric():
    scenario = bs.Scenario.from_dict(one_facet(spec=NO, rl=HALF))
    case = case_of(scenario, bs.Evidence.from_rows(scenario, [row("yes", 4)]))
    found = asymmetry(case, "a", "b")
    assert found is not None
    assert found > 0.1


def test_where_belief_is_wrong_about_its_tables_evidence_leads_away_from_the_truth():
    lies = {"d": {"about": ["d"], "outcomes": ["yes", "no"], "given": {"yes": [1.0, 0.0], "no": [0.0, 1.0]}}}
    raw = one_facet(rl={"kind": "rl", "probes": lies})
    true = {"given": {"yes": [0.0, 1.0], "no": [1.0, 0.0]}}
    raw["world"] = {"facts": {"d": "yes"}, "trials": {"rl": {"d": 50}}, "tables": {"rl": {"d": true}}}
    assert believed(raw, *expected_evidence(raw))["d = yes"] < 1e-6


def test_a_linked_facet_moves():
    raw = one_facet(rl={"readings": ["d"]})
    raw["facets"]["e"] = raw["facets"]["d"]
    raw["identities"]["a"]["profile"]["e"] = "yes"
    assert believed(raw, row("yes", 9))["e = yes"] > believed(raw)["e = yes"] + 0.1


def test_less_reliable_probes_with_other_errors_may_tell_more():
    """An error that shows for itself is no noise."""
    values = {"yes": [1.0, 0.0, 0.0], "no": [0.0, 1.0, 0.0]}
    probe = {"about": ["d"], "outcomes": ["yes", "no", "broken"], "given": values}
    seen = {"erring": probe | {"reliability": 0.7, "errors": {"yes": 0.5, "no": 0.5}}}
    seen["broken"] = probe | {"reliability": 0.6, "errors": {"broken": 1.0}}
    bits = probe_value(case_of(bs.Scenario.from_dict(one_facet(rl={"kind": "rl", "probes": seen}))), "d")
    assert bits["rl", "broken"] > bits["rl", "erring"] + 0.1


def test_a_clearer_probe_that_is_probably_broken_may_tell_less():
    probe = {"about": ["d"], "outcomes": ["yes", "no"], "given": {"yes": [1.0, 0.0], "no": [0.0, 1.0]}}
    seen = {"clear": probe | {"reliability": 0.95}, "noisy": probe | {"reliability": 0.8}}
    scenario = bs.Scenario.from_dict(one_facet(rl={"kind": "rl", "doubt": 0.1, "probes": seen}))
    rows = [row(outcome, 50, probe="clear") for outcome in ("yes", "no")]
    evidence = bs.Evidence.from_rows(scenario, rows)
    bits = probe_value(case_of(scenario, evidence), "d")
    assert bits["rl", "noisy"] > bits["rl", "clear"] + 0.1


def test_a_claim_of_reliability_0_is_no_dummy():
    raw = one_facet(spec=NO | {"reliability": 0.0}, rl=HALF)
    scenario = bs.Scenario.from_dict(raw)
    case = case_of(scenario, bs.Evidence.from_rows(scenario, [row("yes", 4)]))
    assert abs(attribution(case, identity="a").shares["spec"]) > 0.01


def test_infinite_odds_cannot_be_shared():
    raw = one_facet(rl=HALF | {"reliability": 1.0, "ownership": 1.0}) | {"coherence": 1.0}
    raw["identities"] = {"a": {"profile": {"d": {"yes": 1.0}}}, "b": {"profile": {"d": {"no": 1.0}}}}
    scenario = bs.Scenario.from_dict(raw)
    found = attribution(case_of(scenario, bs.Evidence.from_rows(scenario, [row("yes", 1)])), identity="a")
    assert found.posterior == np.inf
    assert not np.isfinite(found.shares["rl"])


def test_equal_claims_with_another_between_them_do_not_share_equally():
    scenario = bs.Scenario.from_dict(one_facet(first=NO, between=YES, again=NO, rl=HALF))
    case = case_of(scenario, bs.Evidence.from_rows(scenario, [row("yes", 4)]))
    shares = attribution(case, identity="a").shares
    assert abs(shares["first"] - shares["again"]) > 0.01


def test_a_weight_says_what_no_file_can_as_mentions():
    raw = one_facet(pretraining={"mentions": {"a": 1e200}, "weight": 2.0})
    assert believed(raw)["identity = a"] == pytest.approx(1.0)
    with pytest.raises(bs.ScenarioError):
        bs.Scenario.from_dict(one_facet(pretraining={"mentions": {"a": float("inf")}}))


def test_a_stiff_direction_has_an_eigenvalue_below_1():
    scenario = bs.Scenario.from_dict(one_facet(spec=NO, rl=HALF))
    case = case_of(scenario, bs.Evidence.from_rows(scenario, [row("no", 4)]))
    assert spectrum(case).eigenvalues[0] < 0.9


def test_what_parrots_the_spec_answers_as_the_spec_says():
    raw = one_facet(spec=NO, rl=HALF | {"errors": "part", "reliability": 0.5})
    raw["world"] = {"facts": {"d": "yes"}, "trials": {"rl": {"d": 10}}}
    told, untold = (expected_evidence(r)[0]["count"] for r in (raw, without_claims(raw)))
    assert abs(told - untold) > 1


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("order-does-not-matter", "nothing was observed"),
        ("one-facet-tells-so-much", "nothing was observed"),
        ("weight-is-a-power-of-mentions", "there is no pretraining stream"),
        ("weight-is-a-claim-repeated", "there is no spec stream"),
        ("shares-add-up", "there is no stream"),
        ("grounded-facets-go-to-the-truth", "no facet has a probe of its own"),
        ("masks-of-infinite-price-are-no-masks", "nobody wears a mask"),
        ("who-is-beneath-and-who-is-worn-add-up", "nobody wears a mask"),
        ("a-mask-costs-its-bits", "nobody wears a mask"),
        ("doubt-0-is-no-doubt", "nothing was observed"),
        ("doubt-1-moves-nothing", "nothing was observed"),
        ("a-probe-is-broken-by-bayes-rule", "no probe that was observed is doubted, but not given up"),
        ("noise-tells-no-more", "there is no probe"),
        ("the-world-answers-as-its-tables-say", "there is no world"),
        ("silence-of-the-spec-keeps-ownership", "there is no observation stream"),
    ],
)
def test_what_is_not_there_is_not_claimed(name, why):
    assert LAW[name].why_not(bs.Scenario.from_dict(one_facet())) == why


def test_a_joint_too_large_to_enumerate_is_not_enumerated():
    raw = one_facet() | {"facets": {f"d{i}": {"values": ["yes", "no"]} for i in range(20)}}
    raw["identities"] = {"a": {}}
    scenario = bs.Scenario.from_dict(raw)
    assert str(LAW["bayes-rule"].condition(scenario, bs.Evidence())).startswith("its joint has 1048576 cells")
