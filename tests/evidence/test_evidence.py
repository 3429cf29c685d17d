"""Evidence reads back as it was written, and adds up."""

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
from tallied import GOOD, HEADER, OUTCOMES, SCENARIO, SUFFIXES, counts, counts_of, evidence_of, of_csv, row, tallies

from bayes_self.errors import EvidenceError
from bayes_self.evidence.evidence import Evidence
from bayes_self.evidence.files import read_evidence, write_evidence


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
        write_evidence(path, evidence, SCENARIO)
        assert read_evidence(path, SCENARIO) == evidence
        assert Evidence.from_rows(SCENARIO, evidence.rows(SCENARIO)) == evidence

    def test_the_text_is_what_the_format_says(self, tmp_path):
        evidence = of_csv(tmp_path, HEADER + "introspection,substrate,language model,5.5\n" + GOOD)
        write_evidence(tmp_path / "out.csv", evidence, SCENARIO)
        assert (tmp_path / "out.csv").read_text() == (HEADER + GOOD + "introspection,substrate,language model,5.5\n")
        write_evidence(tmp_path / "out.jsonl", evidence, SCENARIO)
        assert [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()] == [
            row("rl", "phone_jacqueline", "nothing happens", 40),
            row("introspection", "substrate", "language model", 5.5),
        ]

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_no_evidence(self, tmp_path, suffix):
        path = tmp_path / f"none{suffix}"
        write_evidence(path, Evidence.empty(), SCENARIO)
        assert read_evidence(path, SCENARIO) == Evidence.empty()

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
        assert counts_of(read_evidence(tmp_path / "theirs.PARQUET", SCENARIO), "rl", "phone_jacqueline").tolist() == [
            3,
            4,
        ]

    def test_permissions_are_those_of_an_ordinary_file(self, tmp_path):
        (tmp_path / "ordinary").write_text("")
        write_evidence(tmp_path / "out.csv", Evidence.empty(), SCENARIO)
        modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("ordinary", "out.csv")]
        assert modes[0] == modes[1]

    def test_all_or_nothing(self, tmp_path, monkeypatch):
        path = tmp_path / "out.csv"
        path.write_text("before")

        def fail(*_):
            raise OSError("disk full")

        monkeypatch.setattr(os, "replace", fail)
        with pytest.raises(OSError, match="disk full"):
            write_evidence(path, Evidence.empty(), SCENARIO)
        assert path.read_text() == "before"
        assert os.listdir(tmp_path) == ["out.csv"]

    def test_an_unknown_suffix_writes_nothing(self, tmp_path):
        with pytest.raises(EvidenceError, match=r"\.xlsx"):
            write_evidence(tmp_path / "out.xlsx", Evidence.empty(), SCENARIO)
        assert os.listdir(tmp_path) == []


def test_importing_evidence_imports_nothing_heavy():
    heavy = ["jax", "pandas", "xarray", "pyarrow", "numpyro", "arviz", "matplotlib"]
    code = f"import sys, bayes_self.evidence.evidence; print(*[name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
