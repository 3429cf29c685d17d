"""The same rows are the same table in every format, and a name is the same name however it is written."""

import json
import unicodedata

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from commanded import SMALL
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bayes_self.errors import FaultsError, ScenarioError
from bayes_self.evidence.evidence import Evidence
from bayes_self.evidence.files import read_evidence
from bayes_self.files.cells import Unwritable, text_of
from bayes_self.files.names import name_of
from bayes_self.files.tables import csv_text
from bayes_self.fit.answers import read
from bayes_self.fit.levels import level_of, names_of
from bayes_self.fit.mapping import parse_mapping
from bayes_self.scenario import parse

PARTS = ("model", "persona", "route", "probe", "item", "outcome")
awkward = st.sampled_from(
    [
        " a",
        "a ",
        "caf\u00e9",
        "cafe\u0301",
        "a | b",
        "|",
        "\\|",
        "3",
        "3.0",
        "nan",
        "two\nlines",
        'q"',
        "a,b",
        "\u00a0x",
        "#",
    ]
)
texts = awkward | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=4)
rows = st.lists(st.tuples(*(texts for _ in PARTS)), min_size=1, max_size=5)
on_disk = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


def written(folder, name, table):
    path = folder / name
    objects = [dict(zip(PARTS, row, strict=True)) for row in table]
    if name.endswith(".csv"):
        path.write_bytes(csv_text(PARTS, table).encode())
    elif name.endswith(".jsonl"):
        path.write_text("\n".join(map(json.dumps, objects)) + "\n")
    elif name.endswith(".json"):
        path.write_text(json.dumps(objects))
    else:
        kind = pa.binary() if name.startswith("bytes") else pa.string()
        columns = {part: pa.array([each[part].encode() for each in objects], pa.binary()) for part in PARTS}
        pq.write_table(pa.table({part: column.cast(kind) for part, column in columns.items()}), path)
    return path


def read_or_refused(path):
    try:
        return read(path, parse_mapping("", "m.toml"))
    except FaultsError as error:
        return sorted((fault.key, fault.got) for fault in error.faults)


@given(table=rows)
@on_disk
def test_the_same_rows_are_the_same_table_in_every_format(tmp_path, table):
    assume(all(any(text.strip() for text in row) for row in table))  # a row of nothing is none in CSV
    first, *others = (
        read_or_refused(written(tmp_path, name, table))
        for name in ("a.jsonl", "a.json", "a.parquet", "bytes.parquet", "a.csv")
    )
    for other in others:
        assert other == first


@given(text=texts)
def test_a_name_is_what_it_was_however_it_is_written(text):
    name = name_of(text)
    for same in (f" {name}\t", unicodedata.normalize("NFD", name), name):
        assert name_of(same) == name
        assert text_of(same) == text_of(name)
    assert text_of(text_of(text)) == text_of(text)


cells = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.binary(max_size=3) | st.datetimes()
    | st.dates() | st.times() | st.timedeltas() | st.decimals(allow_nan=True, allow_infinity=True),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


@given(cell=cells)
def test_a_cell_is_text_in_unicode_or_refused(cell):
    try:
        text = text_of(cell, "column")
    except Unwritable:
        return
    text.encode()
    assert text == text.strip()
    assert text.lower() != "nan"


@given(number=st.integers(-(10**15), 10**15))
def test_a_whole_number_has_one_form(number):
    assert {text_of(each) for each in (number, float(number), str(number), f"{number}.0")} == {str(number)}


@given(names=st.lists(texts.map(name_of), min_size=1, max_size=4))
def test_names_come_back_from_a_level(names):
    assume(all(names))
    assert names_of(level_of(*names)) == names


NAMED = SMALL.replace("she answers", "Ren\u00e9 r\u00e9pond").replace("human brain", "cerveau humain \u00e9")


@given(
    form=st.sampled_from(["NFC", "NFD", "NFKD"]),
    left=st.sampled_from(["", " ", "\t"]),
    right=st.sampled_from(["", "  "]),
)
@on_disk
def test_evidence_names_what_the_scenario_names(tmp_path, form, left, right):
    scenario = parse(unicodedata.normalize(form, NAMED))
    assert scenario == parse(NAMED)
    outcome = left + unicodedata.normalize(form, "Ren\u00e9 r\u00e9pond") + right
    row = {"stream": left + "rl", "probe": "phone" + right, "outcome": outcome, "count": 2.0}
    expected = Evidence.from_rows(scenario, [row])
    assert expected.total == 2
    path = tmp_path / "evidence.csv"
    path.write_text(csv_text(list(row), [list(row.values())]), encoding="utf-8")
    assert read_evidence(path, parse(NAMED)) == expected
    (tmp_path / "evidence.jsonl").write_text(json.dumps(row) + "\n")
    assert read_evidence(tmp_path / "evidence.jsonl", parse(NAMED)) == expected
    pq.write_table(pa.Table.from_pylist([row | {"outcome": outcome.encode()}]), tmp_path / "evidence.parquet")
    assert read_evidence(tmp_path / "evidence.parquet", parse(NAMED)) == expected
    (tmp_path / "evidence.json").write_text(json.dumps([row]))
    assert read_evidence(tmp_path / "evidence.json", parse(NAMED)) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('["Claude", "Jack"]', '["Claude", "Jack", "Jack "]'),
        ('["Claude", "Jack"]', '["Claude", "Jack", "\u00e9", "e\u0301"]'),
        ('["Claude", "Jack"]', '["Claude", "Jack", "\u00e9", "e\\u0301"]'),
        ("[identities.assistant]", '[identities."jfk "]\n[identities.assistant]'),
        ("[identities.assistant]", '[identities."\u00e9"]\n[identities."e\\u0301"]\n[identities.assistant]'),
    ],
)
def test_a_scenario_does_not_have_a_name_twice(old, new):
    with pytest.raises(ScenarioError, match="second time"):
        parse(SMALL.replace(old, new))


def test_a_key_on_the_command_line_is_the_name_in_the_file():
    scenario = parse(SMALL.replace("phone", '"r\u00e9pond"'))
    edited = scenario.with_set('world.trials.rl." re\u0301pond"', 7)
    assert edited.to_dict()["world"]["trials"]["rl"]["r\u00e9pond"] == 7
