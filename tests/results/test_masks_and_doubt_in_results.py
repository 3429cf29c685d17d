"""Who is beneath, who is worn and what is broken, in the tree of results and in words."""

import pytest

import bayes_self as bs
from bayes_self.results.self_models import doubt_in_words, masks_in_words, others, shown, worn_or_none
from bayes_self.results.tree import to_datatree


@pytest.fixture(scope="module")
def masked():
    scenario = bs.load("jfk_coder")
    return bs.posterior(scenario, bs.simulate(scenario, key=1961))


@pytest.fixture(scope="module")
def doubted():
    scenario = bs.load("one_broken_grader")
    return bs.posterior(scenario, bs.simulate(scenario, key=1961))


def test_the_tree_has_who_is_beneath_and_who_is_worn(masked):
    for group, believed in (("posterior_exact", masked.after), ("prior_exact", masked.before)):
        found = to_datatree(masked)[group]
        for side in ("beneath", "worn"):
            assert found[side].to_series().to_dict() == getattr(believed, side)
            assert found[side].attrs["units"] == "probability"


def test_the_tree_has_what_is_broken_and_else_nothing_of_it(doubted):
    found = to_datatree(doubted)["posterior_exact"]
    assert found["broken"].sel(doubted="rl/life_story").item() == doubted.after.broken["rl"]["life_story"]
    assert set(found.data_vars) == {"identities", "facets", "ownership", "broken", "log_evidence"}


def test_self_models_that_are_not_shown_are_counted(masked):
    p = masked.after.identities
    listed = shown(masked.scenario, p)
    assert all((p[name] >= 0.01) == (name in listed) for name in p)
    left = sum(x for name, x in p.items() if name not in listed)
    assert others(p, listed) == f"{len(p) - len(listed)} other self-models, together {left:.2f}"


def test_worn_or_not_adds_up(masked):
    assert sum(worn_or_none(masked.after.worn).values()) == pytest.approx(1)


def test_in_words(masked, doubted):
    assert masks_in_words(masked) == "an AI assistant is beneath (0.68) and John F. Kennedy is worn (0.88)"
    assert doubt_in_words(masked) == masks_in_words(doubted) == ""
    assert doubt_in_words(doubted) == "it believes that life story of rl (1) is broken"
