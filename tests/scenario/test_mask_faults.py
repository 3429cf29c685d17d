"""What is wrong with masks and doubt is told by its key, with what was expected; what cannot be is no scenario."""

import pytest
from commanded import SMALL

from bayes_self.errors import ScenarioError
from bayes_self.inference.refusals import accepted
from bayes_self.scenario import parse

MASKED = SMALL.replace("[streams.spec]", "[masks]\ncovers = ['name']\n[streams.spec]", 1)
WRONG = {
    "nothing is covered": ("covers = ['name']", "covers = []", "masks.covers"),
    "no covers at all": ("covers = ['name']", "bits = 2", "masks.covers"),
    "a facet that there is not": ("covers = ['name']", "covers = ['nane']", "masks.covers.0"),
    "more than surely": ("covers = ['name']", "covers = { name = 1.5 }", "masks.covers.name"),
    "an identity that there is not": (
        "covers = ['name']",
        "covers = ['name']\nbeneath = ['asistant']",
        "masks.beneath.0",
    ),
    "nobody beneath": ("covers = ['name']", "covers = ['name']\nbeneath = []", "masks"),
    "only himself": ("covers = ['name']", "covers = ['name']\nbeneath = ['jfk']\nworn = ['jfk']", "masks"),
    "a price without end": ("covers = ['name']", "covers = ['name']\nbits = inf", "masks.bits"),
    "a price in words": ("covers = ['name']", "covers = ['name']\nbits = 'three'", "masks.bits"),
    "twice": ("covers = ['name']", "covers = ['name', 'name']", "masks.covers.1"),
    "more than doubtful": ("ownership = 0.9", "ownership = 0.9\ndoubt = 1.5", "streams.rl.doubt"),
    "less than trusted": ("ownership = 0.9", "ownership = 0.9\ndoubt = -0.1", "streams.rl.doubt"),
    "a spec that is doubted": ('claims.name = "Jack"', 'claims.name = "Jack"\ndoubt = 0.1', "streams.spec.doubt"),
    "a price that is beta": (
        "covers = ['name']",
        "covers = ['name']\n[unknown.\"masks.bits\"]\nbeta = [2, 2]",
        'unknown."masks.bits"',
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_one_fault_by_its_key(case):
    there, instead, key = WRONG[case]
    assert there in MASKED
    with pytest.raises(ScenarioError) as refused:
        parse(MASKED.replace(there, instead, 1))
    assert [fault.key for fault in refused.value.faults] == [key]


def test_as_masked():
    assert parse(MASKED).self_models == ("assistant", "jfk", "assistant as jfk", "jfk as assistant")


def test_a_name_like_a_masks_is_refused_with_masks_alone():
    named = SMALL.replace("[identities.jfk]", '[identities."x as y"]', 1).replace(
        'identity = "jfk"', 'identity = "x as y"'
    )
    assert "x as y" in parse(named).identities
    with pytest.raises(ScenarioError, match="a name without"):
        parse(named.replace("[streams.spec]", "[masks]\ncovers = ['name']\n[streams.spec]", 1))


@pytest.mark.parametrize("side", ["beneath", "worn"])
def test_nobody_is_beneath_or_worn_without_masks(side):
    expectation = f'[[expectations]]\n{side} = "jfk"\nabove = 0.5\n'
    text = SMALL.replace("[facets.substrate]", expectation + "[facets.substrate]", 1)
    with pytest.raises(ScenarioError, match=f"{side}.*masks"):
        parse(text)
    assert parse(text.replace("[streams.spec]", "[masks]\ncovers = ['name']\n[streams.spec]", 1))


def test_a_price_is_inferred_with_masks_alone():
    assert accepted(parse(MASKED), ["masks.bits"]) == ("masks.bits",)
    with pytest.raises(ScenarioError, match=r"with \[masks\], which this one does not have"):
        accepted(parse(SMALL), ["masks.bits"])
