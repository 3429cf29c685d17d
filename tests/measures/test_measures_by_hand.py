"""Corners of the measures that random scenarios seldom reach, worked out by hand."""

from math import log2

import pytest
from as_toml import to_toml
from one_facet import one_facet, row

import bayes_self as bs
from bayes_self.beliefs.case import case_of
from bayes_self.measures.spectrum import spectrum
from bayes_self.measures.steerability import steerability
from bayes_self.measures.viability import cumulative_bill
from bayes_self.scenario import parse


def seen(written, rows):
    scenario = parse(to_toml({"schema": 1, "title": "by hand", **written}))
    return case_of(scenario, bs.Evidence.from_rows(scenario, rows))


def test_the_part_keeps_its_prior_while_an_identity_is_scored():
    """Keeping h is what one who is certain of h does; the part, whose words the errors are, is certain of nothing."""
    written = one_facet(introspection={"readings": ["d"], "reliability": 0.5, "errors": "part"})
    written["identities"]["a"]["prior"] = 9
    part_says_no = 0.9 * 0.05 + 0.1 * 0.95
    error_no = 0.5 * part_says_no + 0.5 / 2
    no_given_no, no_given_yes = 0.5 + 0.5 * error_no, 0.5 * error_no
    of_a = 0.05 * no_given_no**3 + 0.95 * no_given_yes**3
    of_b = 0.95 * no_given_no**3 + 0.05 * no_given_yes**3
    found = cumulative_bill(seen(written, [row("no", 3, "introspection")]))
    assert found == pytest.approx({"a": log2(of_b / of_a), "b": 0})


def test_no_steering_towards_a_claim_under_which_the_evidence_is_impossible():
    """The stream is the part's alone, and a part that says "no" for certain cannot have shown "yes"."""
    streams = {"rl": {"readings": ["d"], "reliability": 1.0, "ownership": 0.0}}
    written = one_facet(spec={"claims": {"d": "yes"}}, **streams)
    assert steerability(seen(written, [row("yes", 3)])) == {"d": None}


def test_where_everything_is_certain_no_direction_is_left():
    raw = one_facet(rl={"kind": "rl", "readings": ["d"]})
    raw["facets"]["d"]["base"] = {"yes": 1.0, "no": 0.0}
    raw["identities"] = {"somebody": {}}
    found = spectrum(case_of(bs.Scenario.from_dict(raw)))
    assert found.eigenvalues.shape == (0,)
    assert found.directions.shape == (0, 1, 2)
