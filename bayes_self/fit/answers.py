"""Counts of what models say of themselves: the long table that `fit` reads, and every fault in it.

Columns, in any order: `model`, `persona`, `route` (how the persona was specified), `probe`, `item` (one question of the
probe), `outcome`, `count`, and `n`, the number of answers of the cell. A cell is a model, persona, route, probe and
item; it has a row for each outcome that was given. Outcomes that a cell does not list have count 0.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bayes_self.errors import Fault, FaultsError
from bayes_self.files.cells import text_of, whole
from bayes_self.files.reading import FileError
from bayes_self.files.tables import csv_text, quoted, read_table

if TYPE_CHECKING:
    from bayes_self.fit.mapping import DataMapping

CELL = ("model", "persona", "route", "probe", "item")
COLUMNS = (*CELL, "outcome", "count", "n")
LARGEST_COUNT = 2.0**53
"""Beyond it floats skip whole numbers."""
WHOLE = "a whole number of at least 0"


class AnswersError(FaultsError):
    """A table of answers that cannot be used. Of many faults, the first are listed."""

    noun = "table of answers"
    listed = 20


class Cell(NamedTuple):
    """What was asked of whom, and how the persona was specified."""

    model: str
    persona: str
    route: str
    probe: str
    item: str


@dataclass(frozen=True)
class Apart:
    """Answers that are no value: refusals, unparsed, or off the list."""

    given: Mapping[str, float]
    """{answer: count}, the most frequent first."""
    kept: bool
    """Whether they are an outcome of their own, named after the kind in brackets; else they are left out."""


@dataclass(frozen=True)
class Answers:
    """Cells with counts of their outcomes."""

    cells: tuple[Cell, ...]
    outcomes: tuple[Mapping[str, float], ...]
    """{outcome: count} of each cell, counts above 0."""
    unlisted: float = 0.0
    """Answers that were asked for (`n`) and appear under no outcome."""
    apart: Mapping[str, Apart] = field(default_factory=dict)
    """{kind: answers that are no value}, as a mapping tells them."""
    skipped: Mapping[str, int] = field(default_factory=dict)
    """{reason: rows of the data that a mapping leaves out}."""
    unused: tuple[str, ...] = ()
    """Rules and names of the mapping that no row fits."""
    rounded: bool = False
    """Whether counts are shares times n, rounded."""
    notes: tuple[str, ...] = ()
    """What else was left out or taken for granted, in sentences."""

    @cached_property
    def n(self) -> np.ndarray:
        """Answers of each cell."""
        return np.array([sum(counts.values()) for counts in self.outcomes])

    def take(self, kept: np.ndarray) -> "Answers":
        """The cells where `kept` (a mask, or places) says so."""
        places = np.flatnonzero(kept) if kept.dtype == bool else kept
        return Answers(tuple(self.cells[i] for i in places), tuple(self.outcomes[i] for i in places))

    @property
    def configurations(self) -> list[tuple[str, str, str]]:
        """(model, persona, route) of each cell."""
        return [cell[:3] for cell in self.cells]


def read(path: Path, mapping: "DataMapping | None" = None) -> Answers:
    """The table of a CSV file; with a mapping, of CSV, Parquet, JSON Lines, JSON or Inspect logs in anybody's columns.

    Raises:
        AnswersError: columns that are missing, names that are empty, counts that are no whole numbers of at least 0, an
            outcome listed twice in a cell, a cell whose `n` differs between its rows or is exceeded.
        FileError: with a mapping, data that cannot be read, such as a log that did not end well.

    """
    if mapping is not None:
        from bayes_self.fit.records import read_records
        from bayes_self.fit.translation import mapped

        return mapped(read_records(path), mapping)
    rows, faults = _rows(path, COLUMNS)
    return from_rows(rows, str(path), faults)


def read_cells(path: Path) -> list[tuple[int, Cell]]:
    """The cells that a CSV file asks about, with their lines; columns `model,persona,route,probe,item`."""
    rows, faults = _rows(path, CELL)
    cells, seen = [], {}
    for line, row in rows:
        cell = Cell(*(text_of(row[name]) for name in CELL))
        if empty := _empty(line, row, CELL):
            faults += empty
        elif cell in seen:
            faults.append(Fault("row", line, "a cell that was asked about before", f"it once (line {seen[cell]})"))
        seen.setdefault(cell, line)
        cells.append((line, cell))
    if not cells and not faults:
        faults.append(Fault("", None, "no cells", "at least one row"))
    if faults:
        raise AnswersError(faults, str(path))
    return cells


def from_rows(rows: Iterable[tuple[int, Mapping[str, str]]], source: str = "", faults: Iterable[Fault] = ()) -> Answers:
    """The table of numbered rows with all `COLUMNS`, as text; `faults` are those of what is no row."""
    told = list(faults)
    counts: dict[Cell, dict[str, int]] = defaultdict(dict)
    asked: dict[Cell, tuple[int, int]] = {}
    for line, row in rows:
        found = [*_empty(line, row, (*CELL, "outcome")), *number_faults(line, row)]
        cell, outcome = Cell(*(text_of(row[name]) for name in CELL)), text_of(row["outcome"])
        count, n = whole(row["count"]) or 0, whole(row["n"]) or 0
        if not found:
            found = list(_against(line, (outcome, count, n), counts[cell], asked.get(cell)))
        if not found:
            counts[cell][outcome] = count
            asked.setdefault(cell, (n, line))
        told += found
    told += [
        Fault("count", line, f"{sum(counts[cell].values())} answers in a cell", f"at most its n, {n}")
        for cell, (n, line) in asked.items()
        if sum(counts[cell].values()) > n
    ]
    if not told and not asked:
        told.append(Fault("", None, "no rows", "at least one"))
    if told:
        raise AnswersError(told, source)
    given = {cell: {o: float(c) for o, c in each.items() if c > 0} for cell, each in counts.items()}
    given = {cell: each for cell, each in given.items() if each}
    if not given:
        raise AnswersError([Fault("count", None, "no answers: every count is 0", "at least one answer")], source)
    missing = sum(n - sum(counts[cell].values()) for cell, (n, _) in asked.items())
    return Answers(tuple(given), tuple(given.values()), float(missing))


def to_csv(answers: Answers) -> str:
    """The table as CSV text; `n` is the sum of a cell's counts."""
    return csv_text(
        COLUMNS,
        [
            [*cell, outcome, int(count), int(n)]
            for cell, counts, n in zip(answers.cells, answers.outcomes, answers.n, strict=True)
            for outcome, count in counts.items()
        ],
    )


def _rows(path: Path, columns: tuple[str, ...]) -> tuple[Sequence[tuple[int, Mapping[str, str]]], list[Fault]]:
    """The rows, and the faults of what is no row."""
    try:
        table = read_table(path, (".csv", ".txt", ""), "a table of answers in CSV")
    except FileError as error:
        raise AnswersError(error.faults, str(path)) from None
    line, header = table.header or (None, ())
    if missing := [name for name in columns if name not in header]:
        expected = f"the columns {', '.join(columns)}"
        raise AnswersError([Fault("columns", line, f"no {', '.join(missing)}", expected, table.hint)], str(path))
    return table.rows, list(table.faults)


def _empty(line: int, row: Mapping[str, str], names: tuple[str, ...]) -> list[Fault]:
    return [Fault(name, line, "nothing", "a name") for name in names if not text_of(row[name])]


def number_faults(line: int, row: Mapping[str, str], names: tuple[str, ...] = ("count", "n")) -> Iterator[Fault]:
    """What is wrong with the numbers of a row."""
    for name in names:
        number = whole(row[name])
        if number is None:
            yield Fault(name, line, quoted(row[name]) if row[name].strip() else "nothing", WHOLE)
        elif number > LARGEST_COUNT:
            yield Fault(name, line, "a very large number", f"at most {LARGEST_COUNT:g}")


def _against(
    line: int, row: tuple[str, int, int], counts: Mapping[str, int], asked: tuple[int, int] | None
) -> Iterator[Fault]:
    """What is wrong with a row (outcome, count, n) beside the earlier rows of its cell."""
    outcome, count, n = row
    if count > n:
        yield Fault("count", line, f"{count} of {n}", "at most n")
    if outcome in counts:
        yield Fault("outcome", line, f"{quoted(outcome)} twice in a cell", "each outcome once")
    if asked is not None and asked[0] != n:
        yield Fault("n", line, str(n), f"{asked[0]}, as on line {asked[1]} for the same cell")
