"""Evidence that cannot be used is refused, all faults at once, each with its line."""

import json
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tallied import GOOD, HEADER, OUTCOMES, SCENARIO, SUFFIXES, refused, row

from bayes_self.errors import EvidenceError
from bayes_self.evidence.files import read_evidence

BAD_ROWS = {
    "an unknown stream": ("rll,phone_jacqueline,she answers,1", 'did you mean "rl"'),
    "a stream unlike any": ("zzz,phone_jacqueline,she answers,1", '"introspection"'),
    "an unknown probe": ("rl,phone_jaqueline,she answers,1", 'did you mean "phone_jacqueline"'),
    "a facet that is no reading": ("rl,tone,warm,1", "not among the readings"),
    "a part of a probe": ("rl,jacqueline,she answers,1", 'did you mean "phone_jacqueline"'),
    "an unknown outcome": ("rl,phone_jacqueline,She answers,1", 'did you mean "she answers"'),
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
            read_evidence(path, SCENARIO)
        path.mkdir()
        with pytest.raises(EvidenceError, match="a folder"):
            read_evidence(path, SCENARIO)
        path.rmdir()
        path.write_bytes(b"")
        with pytest.raises(EvidenceError, match="empty file"):
            read_evidence(path, SCENARIO)

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
            read_evidence(tmp_path / "a.parquet", SCENARIO)
        assert [(f.line, f.key) for f in caught.value.faults] == [(1, "count"), (2, "stream"), (2, "count")]
        pq.write_table(pa.table(columns), tmp_path / "b.parquet")
        with pytest.raises(EvidenceError, match='no "count"'):
            read_evidence(tmp_path / "b.parquet", SCENARIO)

    @given(content=st.binary(max_size=200), suffix=st.sampled_from(SUFFIXES))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_no_bytes_make_it_fall_over(self, tmp_path, content, suffix):
        path = tmp_path / f"noise{suffix}"
        path.write_bytes(content)
        try:
            read_evidence(path, SCENARIO)
        except EvidenceError as error:
            str(error).encode()
