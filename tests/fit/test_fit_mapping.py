"""Anybody's data by way of a mapping: four formats, one table; and nothing is dropped in silence."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from commanded import refused

from bayes_self.errors import BayesSelfError, FaultsError
from bayes_self.fit.answers import Cell, read
from bayes_self.fit.mapping import load_mapping, parse_mapping, shipped
from bayes_self.fit.mapping_faults import MappingError

DATA = os.environ.get("BAYES_SELF_DATA")
ROOT = Path(__file__).parents[2]

RECORDS = [
    {"llm": "m", "meta": {"who": who, "how": how}, "question": question, "said": said}
    for who, how, question, answers in (
        (None, "bare", "q1", ["A language model.", "language model", "", "no comment", "silicon"]),
        ("Curie", "told", "q1", ["Human Brain", "a human brain", "my brain", "language model", "silicon"]),
        ("Curie", "told", "q2", ["Marie", "Marie", "Assistant", "no comment", "Marie"]),
    )
    for said in answers
]
RECORDS.append({"llm": "m", "meta": {"who": "test", "how": "told"}, "question": "q1", "said": "human brain"})
MAPPING = """\
closed = true
loose = true
refusals = ["No comment"]
[columns]
model = "llm"
persona = "meta.who"
route = "meta.how"
item = "question"
outcome = "said"
[[rows]]
where = { "meta.how" = "bare" }
set = { persona = "none", route = "base" }
[[rows]]
where = { "meta.how" = "told" }
set = { route = "system" }
[[rows]]
where = { "meta.who" = "test" }
skip = "a trial run"
[[rows]]
where = { "meta.who" = "Stalin" }
skip = "not yet"
[facets]
substrate = ["q1"]
name = ["q2"]
[persona]
substrate = ["human brain"]
name = ["Marie"]
[self]
substrate = ["language model"]
name = ["the assistant"]
[spelling]
"human brain" = ["my brain"]
"""


def written(folder, suffix):
    path = folder / f"data{suffix}"
    rows = [{"llm": r["llm"], "meta.who": r["meta"]["who"], "meta.how": r["meta"]["how"], **r} for r in RECORDS]
    flat = [{key: value for key, value in row.items() if key != "meta"} for row in rows]
    if suffix == ".csv":
        with open(path, "w", newline="") as file:
            table = csv.DictWriter(file, list(flat[0]))
            table.writeheader()
            table.writerows(flat)
    elif suffix == ".jsonl":
        path.write_text("\n".join(map(json.dumps, RECORDS)) + "\n")
    else:
        pq.write_table(pa.Table.from_pylist(RECORDS), path)
    return path


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_records_become_counts(tmp_path, suffix):
    found = read(written(tmp_path, suffix), parse_mapping(MAPPING))
    assert dict(zip(found.cells, found.outcomes, strict=True)) == {
        Cell("m", "none", "base", "substrate", "q1"): {"language model": 2},
        Cell("m", "Curie", "system", "substrate", "q1"): {"human brain": 3, "language model": 1},
        Cell("m", "Curie", "system", "name", "q2"): {"Marie": 3, "the assistant": 1},
    }
    assert {kind: (dict(each.given), each.kept) for kind, each in found.apart.items()} == {
        "off the list": ({"silicon": 2}, False),
        "refusal": ({"no comment": 2}, False),
        "unparsed": ({"": 1}, False),
    }
    assert found.skipped == {"a trial run": 1}
    assert found.unused == ("rows.3",)


def test_every_answer_is_somewhere(tmp_path):
    """Those that count, those apart and those skipped add up to the rows, whatever is kept."""
    for keep in ("", 'keep = ["refusal", "off the list"]\n'):
        found = read(written(tmp_path, ".jsonl"), parse_mapping(keep + MAPPING))
        apart = sum(sum(each.given.values()) for each in found.apart.values() if not each.kept)
        assert found.n.sum() + apart + sum(found.skipped.values()) == len(RECORDS)
    assert found.outcomes[0] == {"language model": 2, "(refusal)": 1, "(off the list)": 1}


COUNTS = "model,persona,route,probe,item,outcome,share,n\n"
SHARED = '[columns]\nshare = "share"\n'


@pytest.mark.parametrize(
    ("rows", "counts", "unlisted"),
    [
        (["persona,0.605,1000"], {"persona": 605}, 395),
        (["persona,0.156,1600", "dual,0.03,1600", "self,0.784,1600", "none,0.031,1600"], None, 0),
        (["persona,1.0,8"], {"persona": 8}, 0),
    ],
)
def test_shares_are_counts_rounded(tmp_path, rows, counts, unlisted):
    """The second sums to 1.001 of 1600, which is rounding and no mistake."""
    path = tmp_path / "shares.csv"
    path.write_text(COUNTS + "".join(f"a,b,c,d,e,{row}\n" for row in rows))
    found = read(path, parse_mapping(SHARED))
    assert counts is None or found.outcomes == (counts,)
    assert found.unlisted == unlisted
    assert found.rounded
    assert found.n[0] == pytest.approx(1600, abs=2) or counts


def test_the_rest_has_a_name_where_it_is_given_one(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("model,persona,route,probe,item,outcome,count,n\na,b,c,d,e,right,26,38\n")
    assert read(path, parse_mapping('rest = "wrong"\n')).outcomes == ({"right": 26, "wrong": 12},)


GOOD = "model,persona,route,probe,item,outcome,count,n\n"
BAD_DATA = {
    'no column "who"': (GOOD + "a,b,c,d,e,f,1,8\n", '[columns]\npersona = "who"\n'),
    "no column": ("model,persona,route,probe,outcome\na,b,c,d,e\n", ""),
    '"1.5"': (GOOD + "a,b,c,d,e,f,1.5,8\n", ""),
    "a very large number": (GOOD + f"a,b,c,d,e,f,{10**300},8\n", ""),
    "unexpected end of data": ('"model', ""),
    "9 answers in a cell": (GOOD + "a,b,c,d,e,f,9,8\n", ""),
    "8, as on line 2": (GOOD + "a,b,c,d,e,f,1,8\na,b,c,d,e,g,1,9\n", ""),
    "a number from 0 to 1": (COUNTS + "a,b,c,d,e,f,1.2,8\n", SHARED),
    "the share is of": (COUNTS + "a,b,c,d,e,f,0.2,\n", SHARED),
    "20 answers in a cell": (COUNTS + "a,b,c,d,e,f,1.00,10\na,b,c,d,e,g,1.00,10\n", SHARED),
    'a facet for the item "e"': (GOOD.replace("probe,", "") + "a,b,c,e,f,1,8\n", '[facets]\nx = ["q"]\n'),
    "expected a name": (GOOD + "a,,c,d,e,f,1,8\n", ""),
    "no answers": (GOOD + "a,b,c,d,e,f,1,1\n", "closed = true\n"),
    "cells, expected": (GOOD + "a,b\n", ""),
    "more than once": ("model,model\na,b\n", ""),
}


@pytest.mark.parametrize("said", BAD_DATA)
def test_bad_data_are_refused(tmp_path, said):
    text, mapping = BAD_DATA[said]
    (tmp_path / "data.csv").write_text(text)
    with pytest.raises(FaultsError, match=r"data\.csv") as found:
        read(tmp_path / "data.csv", parse_mapping(mapping))
    assert said in str(found.value)


BAD_MAPPINGS = {
    "colums (line 1): got an unknown key": "colums = 1",
    "columns.modell (line 2)": '[columns]\nmodell = "m"',
    'did you mean "persona"?': '[[rows]]\nset = { persna = "x" }',
    "rows.0 (line 2): got neither": '\n[[rows]]\nwhere = { a = "b" }',
    "rows.0 (line 1): got both": '[[rows]]\nskip = "x"\nset = { n = 3 }',
    "rows.0.where.a (line 2): got 1.5": "[[rows]]\nwhere = { a = 1.5 }\nset = { n = 3 }",
    "closed (line 1): got 1, expected true or false": "closed = 1",
    "keep.0 (line 1)": 'keep = ["refusals"]',
    "a row has a share or a count": '[columns]\nshare = "a"\ncount = "b"',
    "it is in persona too": 'persona = ["a"]\nself = ["a"]',
    "it is in x too": '[facets]\nx = ["i"]\ny = ["i"]',
    "persona.who (line 2)": '[persona]\nwho = "yes"',
    "what is no TOML": "= 1",
}


@pytest.mark.parametrize("said", BAD_MAPPINGS)
def test_bad_mappings_are_refused_by_key_and_line(said):
    with pytest.raises(MappingError, match=r"m\.toml") as found:
        parse_mapping(BAD_MAPPINGS[said], "m.toml")
    assert said in str(found.value)


def test_an_unknown_mapping_is_refused_with_the_nearest_name():
    with pytest.raises(MappingError, match='did you mean "told_it_is_human"'):
        load_mapping("told_it_is_humann")


def test_the_command_refuses_in_words(tmp_path):
    data = written(tmp_path, ".csv")
    assert "no such" not in refused("fit", data)
    assert "the name of no file" in refused("fit", data, "--mapping", "nowhere")
    (tmp_path / "odd.xyz").write_text("")
    assert ".parquet" in refused("fit", tmp_path / "odd.xyz", "--mapping", "personascope")
    (tmp_path / "model.toml").write_text('program = "rasch"\n')
    arguments = ("--mapping", "personascope", "--model", tmp_path / "model.toml")
    assert "give a program's name" in refused("fit", data, *arguments)
    (tmp_path / "bad.parquet").write_text("no")
    assert "no Parquet" in refused("fit", tmp_path / "bad.parquet", "--mapping", "personascope")


def test_what_is_left_out_is_told(tmp_path, monkeypatch):
    """On standard error, before anything is fitted."""

    def stop(*_, **__):
        raise BayesSelfError("stopped before it was fitted")

    monkeypatch.setattr("bayes_self.commands.fit._sampled", stop)
    (tmp_path / "m.toml").write_text(MAPPING)
    told = refused("fit", written(tmp_path, ".jsonl"), "--mapping", tmp_path / "m.toml")
    for said in (
        '2 answers of 15 are off the list, and left out: "silicon" 2',
        "2 answers of 15 are refusals",
        "1 answers of 15 are unparsed",
        "1 rows are left out: a trial run",
        "the mapping's rows.3 fits no row",
    ):
        assert said in told


def test_shipped_mappings_say_where_the_data_are_from():
    assert {"personascope", "persona_self_knowledge", "told_it_is_human"} <= set(shipped())
    for name in shipped():
        load_mapping(name)
        assert "commit" in (ROOT / "bayes_self" / "fit" / f"{name}.toml").read_text()


@pytest.mark.skipif(not DATA, reason="BAYES_SELF_DATA names no folder with the published tables")
def test_the_published_tables_come_through_the_same_door():
    folder = Path(DATA or "")
    told = read(folder / "told_it_is_human" / "counts.csv", load_mapping("told_it_is_human"))
    as_it_is = [each["answers_true_as_LLM"] for each in told.outcomes]
    human = np.array([cell.persona == "Timothy" for cell in told.cells])
    assert told.n.sum() == 1216
    assert np.array(as_it_is)[human].sum() == 259 + 260
    facets = read(folder / "persona_self_knowledge" / "gpt41_facet_rates.csv", load_mapping("persona_self_knowledge"))
    cell = Cell("gpt-4.1", "four pooled", "icl_k32", "personhood", "all")
    assert facets.outcomes[facets.cells.index(cell)] == {"in_character": 333, "otherwise": 47}
    assert facets.skipped == {"its four parts are listed by themselves": 1}
    scope = folder / "personascope" / "self_reports.csv"
    plain, by_mapping = read(scope), read(scope, load_mapping("personascope"))
    assert (plain.cells, plain.outcomes) == (by_mapping.cells, by_mapping.outcomes)
