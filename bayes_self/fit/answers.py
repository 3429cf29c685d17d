"""Counts of what models say of themselves: the long table that `fit` reads, and every fault in it.

Columns, in any order: `model`, `persona`, `route` (how the persona was specified), `probe`, `item` (one question of the
probe), `outcome`, `count`, and `n`, the number of answers of the cell. A cell is a model, persona, route, probe and
item; it has a row for each outcome that was given. Outcomes that a cell does not list have count 0.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bayes_self.errors import Fault, FaultsError
from bayes_self.files.reading import read_file

if TYPE_CHECKING:
    from bayes_self.fit.mapping import DataMapping

CELL = ("model", "persona", "route", "probe", "item")
COLUMNS = (*CELL, "outcome", "count", "n")
LARGEST_COUNT = 2.0**53
"""Beyond it floats skip whole numbers."""


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
    """Rules of the mapping that no row fits."""
    rounded: bool = False
    """Whether counts are shares times n, rounded."""

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
    """The table of a CSV file; with a mapping, of CSV, Parquet, JSON Lines or Inspect logs in anybody's columns.

    Raises:
        AnswersError: columns that are missing or unknown, names that are empty, counts that are no whole numbers of at
            least 0, an outcome listed twice in a cell, a cell whose `n` differs between its rows or is exceeded.
        RecordsError: with a mapping, data that cannot be read, such as a log that did not end well.
        OSError: the file cannot be read.

    """
    if mapping is not None:
        from bayes_self.fit.mapped import mapped
        from bayes_self.fit.records import read_records

        return mapped(read_records(path), mapping)
    return from_rows(_rows(path, COLUMNS), str(path))


def read_cells(path: Path) -> list[tuple[int, Cell]]:
    """The cells that a CSV file asks about, with their lines; columns `model,persona,route,probe,item`."""
    faults, cells, seen = [], [], {}
    for line, row in _rows(path, CELL):
        cell = Cell(*(row[name] for name in CELL))
        if empty := _empty(line, row, CELL):
            faults += empty
        elif cell in seen:
            faults.append(Fault("row", line, "a cell that was asked about before", f"it once (line {seen[cell]})"))
        seen.setdefault(cell, line)
        cells.append((line, cell))
    if not cells:
        faults.append(Fault("", None, "no cells", "at least one row"))
    if faults:
        raise AnswersError(faults, str(path))
    return cells


def from_rows(rows: Iterable[tuple[int, Mapping[str, str]]], source: str = "") -> Answers:
    """The table of numbered rows with all `COLUMNS`, as text."""
    faults: list[Fault] = []
    counts: dict[Cell, dict[str, float]] = defaultdict(dict)
    asked: dict[Cell, tuple[float, int]] = {}
    for line, row in rows:
        found = [*_empty(line, row, (*CELL, "outcome")), *_numbers(line, row)]
        cell = Cell(*(row[name] for name in CELL))
        if not found:
            found = list(_against(line, row, counts[cell], asked.get(cell)))
        if not found:
            counts[cell][row["outcome"]] = _number(row, "count")
            asked.setdefault(cell, (_number(row, "n"), line))
        faults += found
    faults += [
        Fault("count", line, f"{sum(counts[cell].values()):g} answers in a cell", f"at most its n, {n:g}")
        for cell, (n, line) in asked.items()
        if sum(counts[cell].values()) > n
    ]
    if not faults and not asked:
        faults.append(Fault("", None, "no rows", "at least one"))
    if faults:
        raise AnswersError(faults, source)
    given = {cell: {o: c for o, c in each.items() if c > 0} for cell, each in counts.items()}
    given = {cell: each for cell, each in given.items() if each}
    if not given:
        raise AnswersError([Fault("count", None, "no answers: every count is 0", "at least one answer")], source)
    missing = sum(n - sum(counts[cell].values()) for cell, (n, _) in asked.items())
    return Answers(tuple(given), tuple(given.values()), missing)


def to_csv(answers: Answers) -> str:
    """The table as CSV text; `n` is the sum of a cell's counts."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for cell, counts, n in zip(answers.cells, answers.outcomes, answers.n, strict=True):
        lines.writerows([*cell, outcome, f"{count:g}", f"{n:g}"] for outcome, count in counts.items())
    return text.getvalue()


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        text = read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswersError([Fault("", None, "no text in UTF-8", "a CSV file")], str(path)) from None
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(lines, [])
    except csv.Error as error:
        raise AnswersError([Fault("row", 1, str(error), "a row of CSV")], str(path)) from None
    missing = [name for name in columns if name not in header]
    twice = [name for name in columns if header.count(name) > 1]
    if missing or twice:
        got = f"no {', '.join(missing)}" if missing else f"{', '.join(twice)} more than once"
        raise AnswersError([Fault("columns", 1, got, f"the columns {', '.join(columns)}")], str(path))
    try:
        for cells in lines:
            if not cells:
                continue
            if len(cells) != len(header):
                got, expected = f"{len(cells)} cells", f"{len(header)}, as in the header"
                raise AnswersError([Fault("row", lines.line_num, got, expected)], str(path))
            yield lines.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise AnswersError([Fault("row", lines.line_num, str(error), "a row of CSV")], str(path)) from None


def _empty(line: int, row: Mapping[str, str], names: tuple[str, ...]) -> list[Fault]:
    return [Fault(name, line, "nothing", "a name") for name in names if not row[name].strip()]


def _numbers(line: int, row: Mapping[str, str]) -> Iterator[Fault]:
    for name in ("count", "n"):
        text = row[name].strip()
        if not (text.isascii() and text.isdigit()):
            yield Fault(name, line, f'"{row[name]}"', "a whole number of at least 0")
        elif float(text) > LARGEST_COUNT:
            yield Fault(name, line, "a very large number", f"at most {LARGEST_COUNT:g}")


def _number(row: Mapping[str, str], name: str) -> float:
    """A number that `_numbers` has nothing against; of what stands around it, float alone would not strip all."""
    return float(row[name].strip())


def _against(
    line: int, row: Mapping[str, str], counts: Mapping[str, float], asked: tuple[float, int] | None
) -> Iterator[Fault]:
    """What is wrong with a row beside the earlier rows of its cell."""
    count, n = _number(row, "count"), _number(row, "n")
    if count > n:
        yield Fault("count", line, f"{count:g} of {n:g}", "at most n")
    if row["outcome"] in counts:
        yield Fault("outcome", line, f'"{row["outcome"]}" twice in a cell', "each outcome once")
    if asked is not None and asked[0] != n:
        yield Fault("n", line, f"{n:g}", f"{asked[0]:g}, as on line {asked[1]} for the same cell")
