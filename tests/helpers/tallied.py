"""A scenario whose names are awkward, and evidence of it in files."""

import math

import pytest
from hypothesis import strategies as st

from bayes_self.errors import EvidenceError
from bayes_self.evidence.evidence import Evidence
from bayes_self.evidence.files import read_evidence
from bayes_self.scenario import Scenario

AWKWARD = [
    'with, comma and "quotes"',
    "two\nlines",
    " spaces ",
    "\ufeffmarked",
    "a\u2028b",
    "naïve 猫",
    "1e5",
    "#x",
]

SCENARIO = Scenario.from_dict(
    {
        "schema": 1,
        "title": "A test",
        "facets": {
            "substrate": {"values": ["language model", "human brain"]},
            "tone": {"values": ["warm", "cool", "dry"]},
            "odd": {"values": AWKWARD},
        },
        "identities": {"assistant": {"profile": {"substrate": "language model"}}, "somebody": {}},
        "streams": {
            "pretraining": {"mentions": {"assistant": 3}},
            "spec": {"claims": {"tone": "warm"}},
            "system_prompt": {"kind": "spec", "claims": {"tone": "dry"}},
            "rl": {
                "probes": {
                    "phone_jacqueline": {
                        "about": ["substrate"],
                        "outcomes": ["she answers", "nothing happens"],
                        "given": {"language model": [0.0, 1.0], "human brain": [0.8, 0.2]},
                    }
                }
            },
            "introspection": {"readings": ["substrate", "odd"]},
        },
    }
)
SUFFIXES = [".csv", ".parquet", ".jsonl", ".ndjson"]
HEADER = "stream,probe,outcome,count\n"
GOOD = "rl,phone_jacqueline,nothing happens,40\n"
OUTCOMES = [(p.stream, p.name, o) for p in SCENARIO.probes() for o in p.outcomes]


def row(stream, probe, outcome, count):
    return {"stream": stream, "probe": probe, "outcome": outcome, "count": count}


def counts_of(evidence, stream, probe):
    counts = evidence.of(stream, probe)
    assert counts is not None
    return counts


def of_csv(tmp_path, text):
    path = tmp_path / "evidence.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_evidence(path, SCENARIO)


def refused(tmp_path, content, name="evidence.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(EvidenceError) as caught:
        read_evidence(path, SCENARIO)
    assert name in str(caught.value)
    return caught.value


counts = st.one_of(
    st.floats(min_value=0, max_value=1e12, allow_nan=False),
    st.integers(min_value=0, max_value=2**60).map(float),
    st.sampled_from([0.0, 0.1, 1e9, 5e-324, 1.7e308, math.pi]),
)
tallies = st.dictionaries(st.sampled_from(OUTCOMES), counts)


def evidence_of(tally):
    return Evidence.from_rows(SCENARIO, [row(*names, count=count) for names, count in tally.items()])
