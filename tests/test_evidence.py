"""Evidence reads back as it was written, adds up, and refuses what it cannot use, all faults at once."""

import json
import math
import os
import stat
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bayes_self.errors import EvidenceError
from bayes_self.evidence import Evidence, read, write
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
    return read(path, SCENARIO)


def refused(tmp_path, content, name="evidence.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(EvidenceError) as caught:
        read(path, SCENARIO)
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


class TestAddingUp:
    def test_counts_are_in_the_order_of_the_outcomes(self, tmp_path):
        evidence = of_csv(tmp_path, HEADER + GOOD + "rl,phone_jacqueline,she answers,2.5\n")
        assert counts_of(evidence, "rl", "phone_jacqueline").tolist() == [2.5, 40]
        assert evidence.of("introspection", "substrate") is None
        assert evidence.total == 42.5

    def test_repeated_rows_add_up_and_round_once(self, tmp_path):
        evidence = of_csv(tmp_path, HEADER + "introspection,substrate,human brain,0.1\n" * 10)
        assert counts_of(evidence, "introspection", "substrate")[1] == float(10 * Fraction(0.1))

    def test_columns_in_any_order_mark_returns_and_empty_lines(self, tmp_path):
        text = "count,outcome,probe,stream\r\n\r\n40,nothing happens,phone_jacqueline,rl\r\n\r\n"
        assert of_csv(tmp_path, b"\xef\xbb\xbf" + text.encode()) == of_csv(tmp_path, HEADER + GOOD)

    @pytest.mark.parametrize("count", ["0", "0.0", "1e9", "1E-3", " 7 ", "+2", ".5"])
    def test_counts_that_are_fine(self, tmp_path, count):
        evidence = of_csv(tmp_path, HEADER + f"rl,phone_jacqueline,she answers,{count}\n")
        assert evidence.total == float(count)

    @pytest.mark.parametrize("count", [3, 2.5, np.int64(3), np.float32(0.5), Decimal("0.25"), 0, 1e9])
    def test_numbers_that_are_fine_in_memory(self, count):
        evidence = Evidence.from_rows(SCENARIO, [row("introspection", "substrate", "human brain", count)])
        assert evidence.total == float(count)

    def test_a_header_only_is_no_evidence(self, tmp_path):
        assert of_csv(tmp_path, HEADER) == Evidence.empty()
        assert not Evidence.empty()

    def test_a_count_of_zero_says_nothing(self):
        assert Evidence.from_rows(SCENARIO, [row("introspection", "substrate", "human brain", 0)]) == Evidence.empty()

    def test_evidence_adds_and_does_not_change(self):
        one = evidence_of({("introspection", "substrate", "human brain"): 1.0})
        two = evidence_of({("rl", "phone_jacqueline", "she answers"): 3.0})
        both = one + two + one
        assert counts_of(both, "introspection", "substrate").tolist() == [0, 2]
        assert counts_of(both, "rl", "phone_jacqueline").tolist() == [3, 0]
        assert counts_of(one, "introspection", "substrate").tolist() == [0, 1]
        with pytest.raises(ValueError, match="read-only"):
            counts_of(one, "introspection", "substrate")[0] = 5
        with pytest.raises(TypeError):
            one.counts["rl", "phone_jacqueline"] = np.ones(2)  # pyright: ignore[reportIndexIssue]

    def test_a_sum_is_of_a_world_only_if_all_of_it_is(self):
        given = evidence_of({("introspection", "substrate", "human brain"): 1.0})
        drawn = Evidence(given.counts, from_world=True)
        assert not given.from_world
        assert given == drawn
        assert (drawn + drawn).from_world
        assert not (drawn + given).from_world
        assert (drawn + Evidence.empty()).from_world

    @pytest.mark.parametrize("bad", [[-1.0, 2.0], [math.nan, 1.0], [math.inf, 1.0]])
    def test_counts_given_directly_are_checked_too(self, bad):
        with pytest.raises(EvidenceError, match=r"rl\.phone_jacqueline"):
            Evidence({("rl", "phone_jacqueline"): np.array(bad)})

    @given(st.lists(st.tuples(st.sampled_from(OUTCOMES), counts.filter(lambda n: n < 1e300))), st.randoms())
    def test_the_order_of_rows_changes_no_bit(self, rows, random):
        rows = [row(*names, count=count) for names, count in rows]
        shuffled = random.sample(rows, len(rows))
        assert Evidence.from_rows(SCENARIO, rows) == Evidence.from_rows(SCENARIO, shuffled)

    @given(st.sampled_from(OUTCOMES), st.lists(st.integers(0, 10**9)))
    def test_how_a_count_is_split_over_rows_changes_nothing(self, names, parts):
        split = Evidence.from_rows(SCENARIO, [row(*names, count=part) for part in parts])
        assert split == Evidence.from_rows(SCENARIO, [row(*names, count=sum(parts))])


class TestRoundTrip:
    @pytest.mark.parametrize("suffix", SUFFIXES)
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
    @given(tally=tallies)
    def test_to_the_last_bit(self, tmp_path, suffix, tally):
        evidence, path = evidence_of(tally), tmp_path / f"evidence{suffix}"
        write(path, evidence, SCENARIO)
        assert read(path, SCENARIO) == evidence
        assert Evidence.from_rows(SCENARIO, evidence.rows(SCENARIO)) == evidence

    def test_the_text_is_what_the_format_says(self, tmp_path):
        evidence = of_csv(tmp_path, HEADER + "introspection,substrate,language model,5.5\n" + GOOD)
        write(tmp_path / "out.csv", evidence, SCENARIO)
        assert (tmp_path / "out.csv").read_text() == (HEADER + GOOD + "introspection,substrate,language model,5.5\n")
        write(tmp_path / "out.jsonl", evidence, SCENARIO)
        assert [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()] == [
            row("rl", "phone_jacqueline", "nothing happens", 40),
            row("introspection", "substrate", "language model", 5.5),
        ]

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_no_evidence(self, tmp_path, suffix):
        path = tmp_path / f"none{suffix}"
        write(path, Evidence.empty(), SCENARIO)
        assert read(path, SCENARIO) == Evidence.empty()

    def test_what_others_wrote(self, tmp_path):
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.table(
            {
                "count": pa.array([3, 4], pa.int32()),
                "outcome": pa.array(["she answers", "nothing happens"]).dictionary_encode(),
                "probe": pa.array(["phone_jacqueline"] * 2, pa.large_string()),
                "stream": pa.array(["rl"] * 2),
            }
        )
        pq.write_table(table, tmp_path / "theirs.PARQUET")
        assert counts_of(read(tmp_path / "theirs.PARQUET", SCENARIO), "rl", "phone_jacqueline").tolist() == [
            3,
            4,
        ]

    def test_permissions_are_those_of_an_ordinary_file(self, tmp_path):
        (tmp_path / "ordinary").write_text("")
        write(tmp_path / "out.csv", Evidence.empty(), SCENARIO)
        modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("ordinary", "out.csv")]
        assert modes[0] == modes[1]

    def test_all_or_nothing(self, tmp_path, monkeypatch):
        path = tmp_path / "out.csv"
        path.write_text("before")

        def fail(*_):
            raise OSError("disk full")

        monkeypatch.setattr(os, "replace", fail)
        with pytest.raises(OSError, match="disk full"):
            write(path, Evidence.empty(), SCENARIO)
        assert path.read_text() == "before"
        assert os.listdir(tmp_path) == ["out.csv"]

    def test_an_unknown_suffix_writes_nothing(self, tmp_path):
        with pytest.raises(EvidenceError, match=r"\.xlsx"):
            write(tmp_path / "out.xlsx", Evidence.empty(), SCENARIO)
        assert os.listdir(tmp_path) == []


BAD_ROWS = {
    "an unknown stream": ("rll,phone_jacqueline,she answers,1", 'did you mean "rl"'),
    "a stream unlike any": ("zzz,phone_jacqueline,she answers,1", '"introspection"'),
    "an unknown probe": ("rl,phone_jaqueline,she answers,1", 'did you mean "phone_jacqueline"'),
    "a facet that is no reading": ("rl,tone,warm,1", "not among the readings"),
    "an unknown outcome": ("rl,phone_jacqueline,She answers,1", 'did you mean "she answers"'),
    "an outcome with a space before it": ("rl,phone_jacqueline, she answers,1", 'did you mean "she answers"'),
    "a claim": ("spec,tone,warm,1", "claims are in the scenario"),
    "a claim of another spec stream": ("system_prompt,tone,warm,1", "claims are in the scenario"),
    "a mention": ("pretraining,assistant,x,1", "mentions are in the scenario"),
    "a negative count": ("rl,phone_jacqueline,she answers,-1", "got -1"),
    "no count": ("rl,phone_jacqueline,she answers,", "got nothing"),
    "a word for a count": ("rl,phone_jacqueline,she answers,many", 'got "many"'),
    "not a number": ("rl,phone_jacqueline,she answers,nan", "got nan"),
    "infinity": ("rl,phone_jacqueline,she answers,inf", "got inf"),
    "a number too large": ("rl,phone_jacqueline,she answers,1e999", "finite"),
    "a decimal comma": ('rl,phone_jacqueline,she answers,"1,5"', "decimal point"),
    "underscores": ("rl,phone_jacqueline,she answers,1_000", 'got "1_000"'),
    "a hexadecimal": ("rl,phone_jacqueline,she answers,0x10", 'got "0x10"'),
    "other digits": ("rl,phone_jacqueline,she answers,١", "got"),
    "no stream": (",phone_jacqueline,she answers,1", "got nothing, expected the name of a stream"),
    "no outcome": ("rl,phone_jacqueline,,1", "expected the name of an outcome"),
    "a cell too few": ("rl,phone_jacqueline,she answers", "3 cells"),
    "a cell too many": ("rl,phone_jacqueline,she answers,1,2", "5 cells"),
    "text after a quote": ('rl,"phone_jacqueline"x,she answers,1', "expected a row of CSV"),
    "an open quote": ('rl,phone_jacqueline,"she answers,1', "expected a row of CSV"),
}


class TestFaults:
    @pytest.mark.parametrize(("text", "said"), BAD_ROWS.values(), ids=BAD_ROWS.keys())
    def test_a_bad_row_is_named_by_its_line(self, tmp_path, text, said):
        error = refused(tmp_path, HEADER + GOOD + text + "\n")
        assert [fault.line for fault in error.faults] == [3]
        assert said in str(error)

    def test_all_faults_at_once(self, tmp_path):
        text = HEADER + "rl,phone_jaqueline,she answers,-1\n" + GOOD + "nobody,x,y,\n"
        error = refused(tmp_path, text)
        assert [(fault.line, fault.key) for fault in error.faults] == [
            (2, "probe"),
            (2, "count"),
            (4, "stream"),
            (4, "count"),
        ]

    def test_lines_are_counted_through_quoted_names(self, tmp_path):
        text = HEADER + 'introspection,odd,"two\nlines",1\n' + "rl,phone_jacqueline,she answers,-2\n"
        assert refused(tmp_path, text).faults[0].line == 4

    def test_a_long_file_of_faults_is_summed_up(self, tmp_path):
        error = refused(tmp_path, HEADER + "rl,phone_jacqueline,she answers,-1\n" * 1000)
        assert len(error.faults) == 1000
        assert "1000 faults" in str(error)
        assert str(error).endswith("and 980 more")
        assert len(str(error).splitlines()) == 22

    def test_a_sum_beyond_all_floats(self, tmp_path):
        refused(tmp_path, HEADER + "rl,phone_jacqueline,she answers,1.7e308\n" * 2)

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("", "empty"),
            ("\n\n", "no header"),
            (b"\xef\xbb\xbf", "no header"),
            ("stream,probe,outcome\n", 'no "count"'),
            ("stream,probe,outcome,counts\n", 'no "count"'),
            ("stream,probe,outcome,count,note\n", 'also "note"'),
            ("stream,probe,outcome,count,count\n", "more than once"),
            ("stream;probe;outcome;count\n", "with commas"),
            ("stream\tprobe\toutcome\tcount\n", "with commas"),
            (GOOD, 'no "stream"'),
            (HEADER.encode() + b"rl,caf\xe9,x,1\n", "0xe9"),
            (HEADER.encode("utf-16"), "UTF-16"),
            (b"\x1f\x8b\x08\x00rest", "compressed"),
            (b"PK\x03\x04rest", "spreadsheet"),
            (b"PAR1rest", "Parquet"),
            (bytes(range(256)), "UTF-8"),
            ('"stream,probe\n', "row of CSV"),
        ],
    )
    def test_a_file_that_is_no_evidence(self, tmp_path, content, said):
        assert said in str(refused(tmp_path, content))

    def test_bad_bytes_have_their_line(self, tmp_path):
        assert refused(tmp_path, HEADER.encode() + GOOD.encode() + b"rl,caf\xe9,x,1\n").faults[0].line == 3

    @pytest.mark.parametrize("name", ["evidence.txt", "evidence", "evidence.csv.gz", "evidence.toml"])
    def test_an_unknown_suffix(self, tmp_path, name):
        assert ".csv, .parquet" in str(refused(tmp_path, HEADER, name))

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_a_missing_file_a_folder_and_an_empty_file(self, tmp_path, suffix):
        path = tmp_path / f"evidence{suffix}"
        with pytest.raises(EvidenceError, match="no such file"):
            read(path, SCENARIO)
        path.mkdir()
        with pytest.raises(EvidenceError, match="a folder"):
            read(path, SCENARIO)
        path.rmdir()
        path.write_bytes(b"")
        with pytest.raises(EvidenceError, match="empty file"):
            read(path, SCENARIO)

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ('{"stream": "rl"', "no JSON"),
            ("rl,phone_jacqueline,she answers,1", "no JSON"),
            ('["rl", "phone_jacqueline", "she answers", 1]', "one object"),
            ("[" * 100_000, "no JSON"),
            ("3", "one object"),
            ("null", "one object"),
            ('{"stream": "rl", "probe": "phone_jacqueline", "outcome": "she answers"}', 'no "count"'),
            (json.dumps(row("rl", "phone_jacqueline", "she answers", 1) | {"note": 1}), 'also "note"'),
            (
                json.dumps(row("rl", "phone_jacqueline", "she answers", 1))[:-1] + ', "count": 2}',
                "more than once",
            ),
            *(
                (json.dumps(row("rl", "phone_jacqueline", "she answers", count)), "count (line 2)")
                for count in (None, True, "4", "", -1, [1], {"a": 1}, math.nan, math.inf, 10**400)
            ),
            (json.dumps(row(5, "phone_jacqueline", "she answers", 1)), "name of a stream"),
            (json.dumps(row("rl", None, "she answers", 1)), "name of a probe"),
            (json.dumps(row("rl", "phone_jacqueline", "\ud800", 1)), "outcome"),
        ],
    )
    def test_a_bad_line_of_json(self, tmp_path, line, said):
        error = refused(tmp_path, json.dumps(row(*OUTCOMES[0], count=1)) + "\n" + line + "\n", "evidence.jsonl")
        assert {fault.line for fault in error.faults} == {2}
        assert said in str(error)
        str(error).encode()  # printable whatever was in the file

    def test_a_text_that_is_no_parquet(self, tmp_path):
        assert "no Parquet" in str(refused(tmp_path, HEADER + GOOD, "evidence.parquet"))

    def test_bad_rows_of_parquet(self, tmp_path):
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = {"stream": ["rl", None], "probe": ["phone_jacqueline"] * 2, "outcome": ["she answers"] * 2}
        pq.write_table(pa.table(columns | {"count": [-1.0, None]}), tmp_path / "a.parquet")
        with pytest.raises(EvidenceError) as caught:
            read(tmp_path / "a.parquet", SCENARIO)
        assert [(f.line, f.key) for f in caught.value.faults] == [(1, "count"), (2, "stream"), (2, "count")]
        pq.write_table(pa.table(columns), tmp_path / "b.parquet")
        with pytest.raises(EvidenceError, match='no "count"'):
            read(tmp_path / "b.parquet", SCENARIO)

    @given(content=st.binary(max_size=200), suffix=st.sampled_from(SUFFIXES))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_no_bytes_make_it_fall_over(self, tmp_path, content, suffix):
        path = tmp_path / f"noise{suffix}"
        path.write_bytes(content)
        try:
            read(path, SCENARIO)
        except EvidenceError as error:
            str(error).encode()


def test_importing_evidence_imports_nothing_heavy():
    heavy = ["jax", "pandas", "xarray", "pyarrow", "numpyro", "arviz", "matplotlib"]
    code = f"import sys, bayes_self.evidence; print(*[name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
