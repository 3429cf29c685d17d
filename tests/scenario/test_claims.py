"""What is claimed is decided once: a stream of weight 0 claims nothing, and the later claim in the file counts."""

import pytest
from commanded import SMALL, WITHOUT_WORLD
from drawing import SCENARIOS

import bayes_self as bs
from bayes_self.page.setup import setup
from bayes_self.results.beliefs import who
from bayes_self.results.measures import character_played
from bayes_self.results.standing import standings
from bayes_self.results.what_happened import what_happened
from bayes_self.scenario import parse
from bayes_self.scenario.tell import tell

SPEC = '\n[streams.{}]\nkind = "spec"\nidentity = "{}"\nclaims.substrate = "{}"\n'
AGAIN = parse(
    WITHOUT_WORLD
    + SPEC.format("prompt", "assistant", "language model")
    + SPEC.format("last", "jfk", "human brain")
    + SPEC.format("unheard", "assistant", "language model")
    + "weight = 0\n"
)


def test_the_later_claim_counts_and_weight_0_claims_nothing():
    claims = AGAIN.claims_in_force()
    assert list(claims.by_stream) == ["spec", "prompt", "last"]
    assert claims.identities == ("assistant", "jfk")
    assert claims.values_of("substrate") == ("language model", "human brain")
    assert (claims.identity, claims.values) == ("jfk", {"name": "Jack", "substrate": "human brain"})


def test_nothing_is_claimed_without_a_spec():
    claims = AGAIN.without_claims().claims_in_force()
    assert (claims.identity, claims.identities, claims.values, dict(claims.by_stream)) == (None, (), {}, {})


def test_an_identity_claimed_again_is_in_force_in_every_output():
    """The report took the first of equal claims for the last, and measured realization of another character."""
    result = bs.posterior(AGAIN)
    assert who(result.identities, AGAIN).startswith("Told it is John F. Kennedy, ")
    assert character_played(result) == ("jfk", True)
    assert standings(AGAIN)["substrate"].told[-1] == "human brain"
    told = what_happened(result, {})
    assert told.startswith("Told that it is an AI assistant, that it is John F. Kennedy, ")


def test_a_page_knows_that_a_claim_of_weight_0_establishes_nothing():
    """The page said of a void facet that it is whatever it is told."""
    silent = parse(SMALL).with_weight("spec", 0)
    said = dict(setup(silent, bs.Evidence.empty()))
    assert said["What it is told"] == "nothing"
    assert said["What is true"] == "its substrate is language model; of its name, nothing: it improvises"
    heard = dict(setup(parse(SMALL), bs.Evidence.empty()))
    assert heard["What is true"] == "its substrate is language model; of its name, whatever it is told"
    assert "nothing: the void" in "\n".join(tell(silent).splitlines())


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_output_has_the_claims_in_force(name):
    scenario = SCENARIOS[name]()
    claims, said = scenario.claims_in_force(), standings(scenario)
    assert {facet: each.told[-1] for facet, each in said.items() if each.told} == claims.values
    told = dict(setup(scenario, bs.Evidence.empty()))["What it is told"]
    assert (told == "nothing") == (not claims.by_stream)
