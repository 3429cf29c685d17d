"""A scenario, a stream in Python and a law of one's own, tested: copy this folder, and change what is yours.

pytest examples/your_own_laws                                     # this file
pytest --bayes-self examples/your_own_laws                        # every law that is claimed of the scenario file
"""

from collections import Counter
from functools import cache
from math import log
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import bayes_self as bs
from bayes_self import laws

SCENARIO = bs.load(Path(__file__).with_name("writer.toml"))

# The stream. It says how likely the page is, word by word, if written by somebody of either substrate: here from word
# counts of two samples, in your case from token log likelihoods, similarities of embeddings, or the scores of a judge.
SAMPLES = {
    "language model": "as an ai language model i can help you write code and answer questions in fifty languages",
    "human brain": "i walked along the shore with jacqueline and my back hurt so we sat down and talked of the sea",
}
PAGE = "i can write code and answer questions in every language you like as an ai i do not walk"


@cache
def log_likelihood(page: str, sample: str) -> float:
    """log P(page given the words of a sample), in nats; add-one smoothing over the words of both samples."""
    seen, words = Counter(sample.split()), set(" ".join(SAMPLES.values()).split()) | set(page.split())
    return sum(log((seen[word] + 1) / (seen.total() + len(words))) for word in page.split())


def judge(scenario: bs.Scenario) -> bs.LogPotentials:
    """Every value of a facet, by its name; what the samples do not tell apart is left out."""
    values = scenario.facets["substrate"].values
    return bs.LogPotentials({"substrate": {value: log_likelihood(PAGE, SAMPLES[value]) for value in values}})


def test_the_stream_keeps_its_contract_and_every_law_holds_with_it() -> None:
    laws.check_streams(SCENARIO, {"judge": judge})


def test_it_comes_out_as_expected() -> None:
    result = bs.posterior(SCENARIO, bs.listen(SCENARIO, {"judge": judge}))
    assert all(finding.holds for finding in bs.findings(result))


# The law. It is claimed of scenarios, not of numbers: state why it holds, and where you do not claim it.
def _not_alone(scenario: bs.Scenario, evidence: bs.Evidence) -> str | None:
    others = [name for name, stream in scenario.streams.items() if stream.kind in ("rl", "introspection")]
    return None if others == ["judge"] else "the judge is not the only observation stream"


@laws.law(
    statement="What the judge favours does not become less likely.",
    reason="About me, the odds of two values are multiplied by the likelihood ratio; about the part, they stay.",
    conditions="a facet of two values; no other observation stream, whose referent the judge could make likelier",
    unless=_not_alone,
)
def what_is_favoured_is_not_lost(scenario: bs.Scenario, evidence: bs.Evidence, key: object) -> None:
    said = judge(scenario).values["substrate"]
    favoured = max(said, key=lambda value: said[value])
    before, after = (
        float(bs.posterior(scenario, heard).facets.sel(facet="substrate", value=favoured))
        for heard in (evidence, evidence + bs.listen(scenario, {"judge": judge}))
    )
    laws.require(after >= before - 1e-9, f'P("{favoured}") falls from {before:.6f} to {after:.6f}')


@given(coherence=st.floats(0, 1), ownership=st.floats(0, 1), weight=st.floats(0, 3), reliability=st.floats(0, 0.99))
@settings(deadline=None, max_examples=25)
def test_my_law(coherence: float, ownership: float, weight: float, reliability: float) -> None:
    scenario = SCENARIO.with_settings(
        {
            "coherence": coherence,
            "streams.judge.ownership": ownership,
            "streams.judge.weight": weight,
            "streams.spec.reliability": reliability,
        }
    )
    what_is_favoured_is_not_lost.check(scenario, smallest=False)
