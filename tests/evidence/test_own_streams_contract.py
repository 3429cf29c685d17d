"""What a stream of one's own must keep to, what is refused, and the pages and examples that say so."""

import copy
import math

import pytest
from own_stream import RAW, SCENARIO, judged

import bayes_self as bs
from bayes_self import laws


def test_impossible_evidence_names_what_forbids():
    with pytest.raises(bs.EvidenceError, match=r"judge\.substrate is not") as refused:
        bs.posterior(SCENARIO, judged(SCENARIO, (-math.inf, -math.inf)))
    assert str(refused.value).count("is not") == 2


def by_position(scenario):
    """Takes the first value to be the language model."""
    return bs.LogPotentials({"substrate": dict(zip(scenario.facets["substrate"].values, (-0.5, -3.0), strict=True))})


def by_belief(scenario):
    """Counts what is claimed as evidence for it."""
    claims = scenario.streams["spec"].claims if "spec" in scenario.streams else {}
    jack = -0.1 if "name" in claims else -2.0
    return bs.LogPotentials({"name": {"Claude": -1.0, "Jack": jack}})


def by_name(scenario):
    return bs.LogPotentials({"substrate": {"language model": -0.5, "human brain": -3.0}})


def test_laws_hold_of_a_stream_that_keeps_its_contract():
    every = {law.name: law for law in laws.ALL}
    some = [every["bayes-rule"], every["weight-0-is-silence"]]
    laws.check_streams(SCENARIO, {"judge": by_name}, bs.simulate(SCENARIO, key=1), laws=some)
    keys = iter(range(10))  # not every shuffling changes places
    with pytest.raises(AssertionError, match="in another order"):
        any(laws.check_streams(SCENARIO, {"judge": by_position}, key=key, laws=[]) for key in keys)
    with pytest.raises(AssertionError, match="other things are believed"):
        laws.check_streams(SCENARIO, {"judge": by_belief}, laws=[])


def said_of(values, part=None):
    return lambda scenario: bs.LogPotentials(values, part)


BOTH = {"language model": 0.0, "human brain": -1.0}


@pytest.mark.parametrize(
    ("name", "stream", "told"),
    [
        ("juge", said_of({"substrate": BOTH}), 'did you mean "judge"'),
        ("spec", said_of({"substrate": BOTH}), r"add \[streams.spec\]|observation stream"),
        ("judge", said_of({"substrat": BOTH}), 'did you mean "substrate"'),
        ("judge", said_of({"substrate": {"language model": 0.0}}), "no potential of"),
        ("judge", said_of({"substrate": BOTH | {"thermostat": 0.0}}), "thermostat"),
        ("judge", said_of({"substrate": BOTH | {"human brain": math.nan}}), "nan"),
        ("judge", said_of({"substrate": BOTH | {"human brain": math.inf}}), "inf"),
        ("judge", said_of({"substrate": BOTH | {"human brain": True}}), "nats"),
        ("judge", said_of({"substrate": BOTH}, part=math.nan), "part"),
        ("judge", lambda scenario: {"substrate": BOTH}, "LogPotentials"),
    ],
)
def test_a_breach_of_the_contract_is_told(name, stream, told):
    with pytest.raises(bs.EvidenceError, match=told):
        bs.listen(SCENARIO, {name: stream})


def test_what_was_heard_is_not_lost_in_silence(tmp_path):
    """A table of counts refuses it, other values refuse it, and the DataTree keeps it."""
    evidence = judged(SCENARIO, part=-2.0)
    with pytest.raises(bs.EvidenceError, match="log potentials"):
        bs.write_evidence(tmp_path / "evidence.csv", evidence, SCENARIO)
    assert not list(tmp_path.iterdir())
    raw = copy.deepcopy(RAW)
    raw["facets"]["substrate"]["values"] = ["language model", "human brain", "thermostat"]
    raw["streams"].pop("rl")
    raw["world"].pop("trials")
    with pytest.raises(bs.EvidenceError, match="thermostat"):
        bs.posterior(bs.Scenario.from_dict(raw), evidence)
    from bayes_self.results.tree import to_datatree

    tree = to_datatree(bs.posterior(SCENARIO, evidence))
    assert float(tree["log_potentials"].of_me.sel(stream="judge", facet="substrate", value="human brain")) == -3.0
    assert float(tree["log_potentials"].constant_of_part.sel(stream="judge")) == -2.0


def test_the_worked_example_holds(monkeypatch):
    """Its own tests, with three laws in place of all of them."""
    import runpy
    from pathlib import Path

    monkeypatch.setattr("bayes_self.laws.catalogue.ALL", laws.ALL[:3])
    example = Path(__file__).parents[2] / "examples" / "your_own_laws" / "test_writer.py"
    tests = {name: run for name, run in runpy.run_path(str(example)).items() if name.startswith("test_")}
    assert len(tests) == 3
    for run in tests.values():
        run()


def test_the_page_does_as_it_says():
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "your_own_stream.md").read_text(encoding="utf-8")
    code = page[page.index("```python") + 9 :]
    exec(code[: code.index("```")], {})
    with pytest.raises(bs.EvidenceError) as refused:
        bs.listen(SCENARIO, {"judge": said_of({"substrate": {"language model": 0.0}})})
    assert str(refused.value).partition(": ")[2] in page
