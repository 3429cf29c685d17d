"""Every published figure stands in the table that it names, and is quoted as it stands there.

The tables are other people's and are not part of this repository: BAYES_SELF_DATA names the folder that has them.
"""

import csv
import os
import re
from functools import cache
from pathlib import Path

import pytest
from commanded import given, told

from bayes_self.fit.published import figures, sources

ROOT = Path(__file__).parents[2]
DATA = os.environ.get("BAYES_SELF_DATA")
COUNTED = ("count", "count_rounded", "rows")
UNLIKE_A_CELL = {"outcome", "count", "count_rounded", "n", "accuracy", "rate_3dp", "ci95_half"}


@cache
def rows(table):
    with open(Path(DATA or "") / table, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def holding(rows, where):
    return [row for row in rows if all(row[column] == value for column, value in where.items())]


def found(figure):
    """(value, n) as the table has them, n once for each cell; None where the table has no n."""
    every = rows(figure.table)
    cells = holding(every, figure.where)
    hits = holding(cells, figure.outcome)
    if figure.column == "rows":
        return len(hits), len(every)
    n = {tuple(v for k, v in row.items() if k not in UNLIKE_A_CELL): row.get("n") for row in cells}
    total = sum(int(each) for each in n.values() if each)
    if figure.column in COUNTED:
        return sum(int(row[figure.column]) for row in hits), total
    assert len(hits) == 1, figure.says
    return float(hits[0][figure.column]), total or None


@pytest.mark.skipif(not DATA, reason="BAYES_SELF_DATA names no folder with the published tables")
def test_every_figure_stands_in_its_table():
    for figure in figures():
        value, n = found(figure)
        assert value == figure.value, figure.says
        assert figure.n in (None, n), figure.says


@pytest.mark.parametrize("figure", [f for f in figures() if f.quoted], ids=lambda figure: figure.says)
def test_a_figure_is_quoted_as_it_stands(figure):
    """Where a file quotes it, the words are there, and the number is in them."""
    for place in figure.quoted:
        text = re.sub(r"[\s#]+", " ", (ROOT / place["in"]).read_text(encoding="utf-8"))
        assert place["as"] in text
        numbers = re.findall(r"\d+\.?\d*", place["as"])
        assert any(float(number) == pytest.approx(figure.value, abs=0) for number in numbers)
        assert figure.column not in COUNTED or str(figure.n) in numbers


def test_a_figure_has_a_source_that_says_what_it_is_not():
    assert {figure.source for figure in figures()} == set(sources())
    for source in sources().values():
        assert source.licence
        assert source.caution.startswith("No")
        assert re.search(r"commit [0-9a-f]{7}", source.repository) or "arXiv" in source.title


def test_figures_are_no_two_the_same():
    assert len({figure.says for figure in figures()}) == len(figures())


def test_they_are_listed_with_value_source_and_caution():
    text = told("list", "--data")
    for figure in figures():
        assert f"{figure.number}  {figure.says}" in text
    for source in sources().values():
        assert source.caution in text
    object = given("list", "--data")
    assert [each["says"] for each in object["figures"]] == [figure.says for figure in figures()]
    assert set(object["sources"]) == set(sources())
