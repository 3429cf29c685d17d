"""Rows of evidence against the scenario they are evidence for: every fault of every row, then the sums."""

import math
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from bayes_self.errors import EvidenceError, Fault
from bayes_self.files.formats import COLUMNS, Row
from bayes_self.files.names import name_of, repeated
from bayes_self.files.reading import FileError
from bayes_self.files.tables import quoted, read_table
from bayes_self.scenario import Scenario
from bayes_self.words.spelling import did_you_mean

A_COUNT = "a finite number of at least 0"

_FORMATS = (".csv", ".parquet", ".jsonl", ".ndjson", ".json")
_EXPECTED_COLUMNS = "the columns stream, probe, outcome and count, in any order"
_DIGITS = frozenset("0123456789+-.eE")

Cell = tuple[str, str]
Numbered = tuple[int, Row | Fault]


def read_rows(path: str | os.PathLike[str]) -> list[Numbered]:
    """Every row of the file as (line, row), or (line, fault) where there is no row to be had.

    Raises:
        EvidenceError: the file as a whole cannot be read, or its columns are not the four of evidence.

    """
    try:
        table = read_table(path, _FORMATS, "a file of evidence")
    except FileError as error:
        raise EvidenceError(error.faults) from None
    if table.header is not None and (faults := _column_faults(table.header[1], table.header[0], table.hint)):
        raise EvidenceError(faults)
    spelt = str(path).lower().endswith(".csv")
    rows = [(n, row | {"count": _number_or_text(row["count"])} if spelt else row) for n, row in table.rows]
    lines = [(fault.line if isinstance(fault.line, int) else 0, fault) for fault in table.faults]
    return sorted([*rows, *lines], key=lambda numbered: numbered[0])


def _column_faults(names: Iterable[str], line: int | None, hint: str = "") -> list[Fault]:
    there = list(names)
    extra = [name for name in there if name not in COLUMNS]
    missing = [name for name in COLUMNS if name not in there]
    found = []
    if missing:
        found.append((f"no {_listed(missing)}", hint))
    if extra and not hint:
        found.append((f"also {_listed(extra)}", "take it out: it would be ignored"))
    return [Fault("columns", line, got, _EXPECTED_COLUMNS, hint) for got, hint in found]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def _number_or_text(cell: str) -> float | str:
    """The number that the cell spells, but not all that Python reads as one (1_000, ١); else the cell."""
    text = cell.strip()
    if not set(text) <= _DIGITS and text.lower().lstrip("+-") not in ("nan", "inf", "infinity"):
        return cell
    try:
        return float(text)
    except ValueError:
        return cell


def add_up(scenario: Scenario, numbered: Iterable[Numbered]) -> dict[Cell, np.ndarray]:
    """Counts over the outcomes of every probe of the scenario, each sum rounded once.

    Raises:
        EvidenceError: with all the faults of all rows.

    """
    names = _Names(scenario)
    faults: list[Fault] = []
    parts: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for line, row in numbered:
        if isinstance(row, Fault):
            faults.append(row)
            continue
        cells = {name_of(str(column)): cell for column, cell in row.items()}
        cells |= {column: _name(cells[column]) for column in COLUMNS[:3] if column in cells}
        found = list(_faults(names, line, row, cells))
        faults += found
        if not found:
            parts[cells["stream"], cells["probe"], cells["outcome"]].append(_number(cells["count"]))
    sums = {cell: np.zeros(len(outcomes)) for cell, outcomes in names.outcomes.items()}
    for (stream, probe, outcome), counts in parts.items():
        try:
            sums[stream, probe][names.outcomes[stream, probe].index(outcome)] = math.fsum(counts)
        except OverflowError:
            faults.append(Fault("count", None, f"a sum beyond all floats for {quoted(outcome)}", A_COUNT))
    if faults:
        raise EvidenceError(faults)
    return sums


def _name(cell: Any) -> Any:
    """The name in a cell; what is no text stays as it is, for a message."""
    if isinstance(cell, bytes):
        try:
            cell = cell.decode("utf-8")
        except UnicodeDecodeError:
            return cell
    if isinstance(cell, float) and math.isnan(cell):
        return None
    return name_of(cell) if isinstance(cell, str) else cell


def _faults(names: "_Names", line: int, row: Row, cells: Row) -> Iterator[Fault]:
    yield from _column_faults(cells, line)
    if twice := repeated(name_of(str(column)) for column in row):
        yield Fault("columns", line, f"{_listed(twice)} more than once", _EXPECTED_COLUMNS)
    there = [column for column in COLUMNS[:3] if column in cells]
    named = len(there) == 3
    for column in there:
        name = cells[column]
        if not isinstance(name, str) or name == "":
            yield Fault(column, line, _got(name), f"the name of a{'n' * (column == 'outcome')} {column}")
            named = False
    if named and (fault := names.fault(cells["stream"], cells["probe"], cells["outcome"])):
        yield replace(fault, line=line)
    if "count" in cells and (fault := _count_fault(cells["count"])):
        yield replace(fault, line=line)


def _got(cell: Any) -> str:
    return "nothing" if cell is None or cell == "" else quoted(cell)


def _count_fault(count: Any) -> Fault | None:
    try:
        number = _number(count)
    except OverflowError:
        return Fault("count", None, "a number beyond all floats", A_COUNT)
    except (TypeError, ValueError):
        hint = "a decimal point is a point" if isinstance(count, str) and "," in count else ""
        return Fault("count", None, _got(count), A_COUNT, hint)
    return None if math.isfinite(number) and number >= 0 else Fault("count", None, str(count), A_COUNT)


def _number(count: Any) -> float:
    if isinstance(count, bool) or not isinstance(count, int | float | np.integer | np.floating | Decimal):
        raise TypeError(count)
    return float(count)


class _Names:
    """What rows may name, and what to say where they name something else."""

    def __init__(self, scenario: Scenario) -> None:
        self.outcomes: dict[Cell, tuple[str, ...]] = {(p.stream, p.name): p.outcomes for p in scenario.probes()}
        self.facets = frozenset(scenario.facets)
        self.kinds = {name: stream.kind for name, stream in scenario.streams.items()}
        self.observed = [name for name, kind in self.kinds.items() if kind not in ("pretraining", "spec")]
        self._said: dict[tuple[str, str, str], Fault | None] = {}

    def fault(self, stream: str, probe: str, outcome: str) -> Fault | None:
        """The fault, without its line, of the first name that is wrong: the others hang on it."""
        names = stream, probe, outcome
        if names not in self._said:  # a long file repeats its mistakes, and looking for near names is slow
            self._said[names] = self._find(*names)
        return self._said[names]

    def _find(self, stream: str, probe: str, outcome: str) -> Fault | None:
        if stream not in self.observed:
            return Fault("stream", None, quoted(stream), "an observation stream", self._about_stream(stream))
        probes = [name for of, name in self.outcomes if of == stream]
        if probe not in probes:
            hint = did_you_mean(probe, probes)
            if not hint and probe in self.facets:
                hint = f"the facet is not among the readings of {quoted(stream)}"
            return Fault(
                "probe", None, quoted(probe), f"a probe or reading of {quoted(stream)}", hint or _known(probes)
            )
        outcomes = self.outcomes[stream, probe]
        if outcome not in outcomes:
            hint = did_you_mean(outcome, outcomes) or _known(outcomes)
            return Fault("outcome", None, quoted(outcome), f"an outcome of {stream}.{probe}", hint)
        return None

    def _about_stream(self, stream: str) -> str:
        kind = self.kinds.get(stream, stream)
        if kind in ("pretraining", "spec"):
            what = "mentions" if kind == "pretraining" else "claims"
            return f"a {kind} stream has no counts: its {what} are in the scenario"
        return did_you_mean(stream, self.observed) or _known(self.observed)


def _known(names: Iterable[str]) -> str:
    listed = [quoted(name) for name in names]
    if not listed:
        return "there is none"
    return f"there {'is' if len(listed) == 1 else 'are'} {', '.join(listed)}"
