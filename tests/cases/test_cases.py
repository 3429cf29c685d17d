"""Files as people produce them, kind by kind: what is read of each, or in which words it is refused."""

import datetime
import tomllib
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bayes_self.errors import BayesSelfError
from bayes_self.fit.answers import Cell, read
from bayes_self.fit.mapping import parse_mapping

HERE = Path(__file__).parent
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(HERE.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def cell_of(text):
    return Cell(*text.split(";" if ";" in text else " "))


def read_case(case, folder):
    path = folder / case["file"]
    content = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].lstrip("\n").encode("utf-8")
    path.write_bytes(content)
    return read(path, parse_mapping(case["mapping"], "m.toml") if "mapping" in case else None)


@pytest.mark.parametrize("case", CASES)
def test_case(case, tmp_path):
    if "refused" in case:
        with pytest.raises(BayesSelfError) as refused:
            read_case(case, tmp_path)
        assert [words for words in case["refused"] if words not in str(refused.value)] == [], str(refused.value)
        return
    found = read_case(case, tmp_path)
    assert dict(zip(found.cells, found.outcomes, strict=True)) == {
        cell_of(cell): counts for cell, counts in case["cells"].items()
    }
    assert {kind: sum(each.given.values()) for kind, each in found.apart.items()} == case.get("apart", {})
    assert list(found.unused) == case.get("unused", [])
    assert len(found.notes) == len(case.get("notes", []))
    assert all(words in note for words, note in zip(case.get("notes", []), found.notes, strict=True))


PLAIN = {"model": "m1", "persona": "none", "route": "base", "item": "q1", "outcome": "language model"}
FACETS = "[facets]\nsubstrate = ['q1']\n"
DAY = datetime.date(2026, 1, 2)
UNUSED = {
    "a list of bytes": pa.array([[b"\xff"]]),
    "a list of decimals": pa.array([[Decimal("1.50")]]),
    "a list of objects with a date": pa.array([[{"role": "user", "at": DAY}]]),
    "a list of times": pa.array([[datetime.datetime(2026, 1, 2)]]),
    "a list of durations": pa.array([[datetime.timedelta(1)]]),
    "a date beyond Python's": pa.array([10**9], pa.date32()),
    "a list of dates beyond Python's": pa.array([[10**9]], pa.list_(pa.date32())),
    "a time beyond Python's": pa.array([2**62], pa.timestamp("us")),
    "nanoseconds": pa.array([123456789123456789], pa.timestamp("ns")),
    "a duration beyond Python's": pa.array([2**60], pa.duration("s")),
    "a map": pa.array([[(1, 2)]], pa.map_(pa.int64(), pa.int64())),
    "bytes that are no text": pa.array([b"\xff\xfe"]),
    "half floats": pa.array([1.5], pa.float16()),
    "an empty list": pa.array([[]], pa.list_(pa.string())),
}


def parquet(folder, **columns):
    path = folder / "answers.parquet"
    arrays = {name: column if isinstance(column, pa.Array) else pa.array([column]) for name, column in columns.items()}
    pq.write_table(pa.table(arrays), path)
    return path


@pytest.mark.parametrize("kind", UNUSED)
def test_a_column_that_is_not_asked_for_may_hold_anything(tmp_path, kind):
    found = read(parquet(tmp_path, **PLAIN, extra=UNUSED[kind]), parse_mapping(FACETS))
    assert found.outcomes == ({"language model": 1.0},)


WRITTEN = {
    "a date": (pa.array([DAY]), "2026-01-02"),
    "a time": (pa.array([datetime.datetime(2026, 1, 2, 3, 4)]), "2026-01-02T03:04:00"),
    "a decimal": (pa.array([Decimal("1.50")]), "1.5"),
    "a whole decimal": (pa.array([Decimal("3.00")]), "3"),
    "bytes": (pa.array([b"m\xc3\xa9"]), "mé"),
    "a whole float": (pa.array([3.0]), "3"),
    "a float": (pa.array([0.1]), "0.1"),
    "a list of one": (pa.array([["x"]]), "x"),
    "a list of one date": (pa.array([[DAY]]), "2026-01-02"),
    "large binary": (pa.array([b"x"], pa.large_binary()), "x"),
    "a dictionary": (pa.array(["x"]).dictionary_encode(), "x"),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_cell_has_one_written_form(tmp_path, kind):
    column, text = WRITTEN[kind]
    found = read(parquet(tmp_path, **PLAIN | {"persona": column}), parse_mapping(FACETS))
    assert found.cells[0].persona == text


NO_TEXT = {
    "bytes that are no text": (pa.array([b"\xff"]), "bytes that are not UTF-8"),
    "a date beyond Python's": (pa.array([10**9], pa.date32()), "that Python cannot hold"),
    "a time beyond Python's": (pa.array([2**62], pa.timestamp("us")), "that Python cannot hold"),
    "a list": (pa.array([["x", "y"]]), "a list of 2"),
    "an object": (pa.array([{"a": "x"}]), "its parts are columns: persona.a"),
    "not a number": (pa.array([float("nan")]), "nothing"),
    "null": (pa.nulls(1), "nothing"),
}


@pytest.mark.parametrize("kind", NO_TEXT)
def test_a_cell_without_a_written_form_is_refused_by_name(tmp_path, kind):
    column, said = NO_TEXT[kind]
    with pytest.raises(BayesSelfError, match=r"persona \(line 1\)") as refused:
        read(parquet(tmp_path, **PLAIN | {"persona": column}), parse_mapping(FACETS))
    assert said in str(refused.value)


def test_a_column_that_comes_twice_in_parquet_is_refused(tmp_path):
    names = [*PLAIN, "model "]
    pq.write_table(pa.table([pa.array([each]) for each in [*PLAIN.values(), "m2"]], names), tmp_path / "a.parquet")
    with pytest.raises(BayesSelfError, match='"model" more than once'):
        read(tmp_path / "a.parquet", parse_mapping(FACETS))
