"""Tables in files: CSV, JSON Lines, a JSON array, Parquet. Rows of typed cells, each with its place.

The suffix says which format it is. Lines of text and rows of Parquet and JSON arrays are counted from 1. What is no
row is a fault beside the rows, so that a reader can list it together with its own.
"""

import csv
import io
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from bayes_self.errors import Fault
from bayes_self.files.cells import cells_at, columns_of
from bayes_self.files.names import RepeatedKeyError, keyed, name_of, repeated
from bayes_self.files.reading import LARGEST, FileError, content_of, refusal, seems_to_be, text_in

Row = dict[str, Any]
SHOWN = 60
"""Characters of a cell that a message quotes."""
_LOOKED_AT = 200
"""Rows whose columns a message can name."""


@dataclass(frozen=True)
class Table:
    """The rows of a file, and what in it is no row."""

    rows: Sequence[tuple[int, Row]]
    faults: Sequence[Fault] = ()
    header: tuple[int | None, tuple[str, ...]] | None = None
    """(line, columns) where one header is for all rows; None where each row has its own columns."""
    hint: str = ""
    """What may be wrong where columns are missing."""
    source: str = ""
    notes: Sequence[str] = ()
    """What was left out, in sentences."""

    @property
    def columns(self) -> list[str]:
        """The columns that a message can name."""
        found = (column for _, row in islice(self.rows, _LOOKED_AT) for column in columns_of(row))
        return list(dict.fromkeys([*(self.header[1] if self.header else ()), *found]))

    def has(self, column: str) -> bool:
        """Whether any row has a cell in the column, or the header names it."""
        if self.header is not None and column in self.header[1]:
            return True
        return any(next(cells_at(row, column), self) is not self for _, row in self.rows)


def read_table(
    path: str | os.PathLike[str], formats: Sequence[str], expected: str = "a table", largest: int = LARGEST
) -> Table:
    """The table in a file of one of these formats, named by their suffixes.

    Raises:
        FileError: the file cannot be read, is of no such format, or is not what its suffix says, in words for people.

    """
    path = Path(path)
    if path.is_dir():
        raise refusal(path, "a folder", expected)
    if (suffix := path.suffix.lower()) not in formats:
        raise _unknown_format(path, formats)
    content = content_of(path, expected, largest)
    if not content:
        raise refusal(path, "an empty file", expected, "a table without rows is a header alone")
    try:
        return replace(READERS[suffix](content, path), source=str(path))
    except FileError as error:
        raise FileError(error.faults, str(path)) from None


def _unknown_format(path: Path, formats: Sequence[str]) -> FileError:
    got = f"a name that ends in {path.suffix!r}" if path.suffix else "a name without a suffix"
    hint = "the suffix says which format it is"
    if path.is_file():
        with path.open("rb") as file:
            hint = seems_to_be(file.read(8)) or hint
    return refusal(path, got, f"one of {', '.join(filter(None, formats))}", hint)


def quoted(cell: object) -> str:
    """A cell as a message shows it: text in double quotes, on one line and not too long."""
    text = json.dumps(cell, ensure_ascii=not str(cell).isprintable()) if isinstance(cell, str) else repr(cell)
    return shortened(text)


def shortened(text: str, length: int = SHOWN) -> str:
    return text if len(text) <= length else text[: length - 3] + "..."


def _csv(content: bytes, path: Path) -> Table:
    text = text_in(content, path)
    if text[:4].lower() == "sep=":
        hint = "take the line out, and separate the columns with commas"
        raise refusal(path, quoted(text.split("\n", 1)[0].strip()), "the header of the table", hint, 1)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    numbered: list[tuple[int, list[str]]] = []
    faults: list[Fault] = []
    while True:
        line = lines.line_num + 1  # of the row's first line: a quoted name may run over several
        try:
            cells = next(lines)
        except StopIteration:
            break
        except csv.Error as error:
            faults.append(Fault("row", line, str(error), "a row of CSV"))
            continue
        if any(cell.strip() for cell in cells):
            numbered.append((line, cells))
    if not numbered:
        raise FileError(faults or [Fault("", None, "no header", "a header with the names of the columns")])
    (header_line, header), *rows = numbered
    names = [name_of(cell) for cell in header]
    _refuse_repeated(header_line, names)
    faults += _nameless(header_line, names, rows)
    kept = [i for i, name in enumerate(names) if name]
    table: list[tuple[int, Row]] = []
    for line, cells in rows:
        if len(cells) == len(names):
            table.append((line, {names[i]: cells[i] for i in kept}))
        else:
            faults.append(_ragged(line, len(cells), len(names)))
    single = names[0] if len(kept) == 1 else ""
    hint = "separate the columns with commas" if any(mark in single for mark in ";\t|") else ""
    return Table(table, faults, (header_line, tuple(names[i] for i in kept)), hint)


def _refuse_repeated(line: int | None, names: Sequence[str]) -> None:
    if twice := repeated(name for name in names if name):
        listed = ", ".join(map(quoted, twice))
        raise FileError([Fault("columns", line, f"{listed} more than once", "columns of different names")])


def _nameless(line: int, names: list[str], rows: Sequence[tuple[int, list[str]]]) -> list[Fault]:
    """Spreadsheets save columns that are empty from top to bottom; one with cells in it needs a name."""
    places = [i for i, name in enumerate(names) if not name]
    filled = {i: at for i in reversed(places) for at, cells in reversed(rows) if i < len(cells) and cells[i].strip()}
    return [
        Fault("columns", line, f"no name for column {i + 1}", "a name: it has a cell on line " + str(filled[i]))
        for i in sorted(filled)
    ]


def _ragged(line: int, got: int, expected: int) -> Fault:
    hint = "put a name that contains a comma in double quotes" if got > expected else ""
    return Fault("row", line, f"{got} cells", f"{expected}, as in the header", hint)


def _json_lines(content: bytes, path: Path) -> Table:
    text = text_in(content, path)
    if text.lstrip().startswith("["):
        return _json(content, path)
    rows: list[tuple[int, Row]] = []
    faults: list[Fault] = []
    # Lines end at "\n" only: str.splitlines would also cut at separators that are legal inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            found = _parsed(line.strip(), number)
            if isinstance(found, dict):
                rows.append((number, found))
            else:
                faults.append(found if isinstance(found, Fault) else _no_object(line.strip(), number))
    return Table(rows, faults)


def _no_object(text: str, line: int) -> Fault:
    return Fault("row", line, shortened(text), "one object, {...}, in each line")


def _parsed(text: str, line: int | None, object_of: Callable[[Any], dict[str, Any]] = keyed) -> Any:
    """What a JSON text says, or the fault that it has."""
    try:
        return json.loads(text, object_pairs_hook=object_of)
    except RepeatedKeyError as error:
        return Fault("columns", line, f"{quoted(str(error))} more than once", "keys of different names")
    except json.JSONDecodeError as error:
        hint = "each line is an object of its own" if line is not None else ""
        place = f"column {error.colno}" if line is not None else f"line {error.lineno}, column {error.colno}"
        return Fault("row", line, f"no JSON: {error.msg} at {place}", "one object, {...}", hint)
    except (RecursionError, ValueError) as error:  # nested too deep, or an integer of too many digits
        return Fault("row", line, f"no JSON: {error}", "one object, {...}")


def _json(content: bytes, path: Path) -> Table:
    """An array of objects. Of an object, where the records are that it may hold."""
    found = document_of(content, path)
    if isinstance(found, list):
        rows = list(enumerate(found, start=1))
        faults = [_no_object(shortened(json.dumps(row)), n) for n, row in rows if not isinstance(row, dict)]
        return Table([(n, row) for n, row in rows if isinstance(row, dict)], faults)
    where = ", ".join(quoted(key) for key in _arrays(found)) if isinstance(found, dict) else ""
    hint = f"it has records in {where}: save that array as a file of its own" if where else ""
    got = "one object" if isinstance(found, dict) else shortened(json.dumps(found))
    raise refusal(path, got, "an array of objects, [{...}, {...}]", hint or "JSON Lines has an object a line")


def document_of(content: bytes, path: Path, object_of: Callable[[Any], dict[str, Any]] = keyed) -> Any:
    """What a JSON file says; `object_of` makes an object of its pairs. Raises FileError."""
    found = _parsed(text_in(content, path), None, object_of)
    if isinstance(found, Fault):
        raise FileError([found], str(path))
    return found


def _arrays(document: dict[str, Any], above: str = "", depth: int = 3) -> list[str]:
    """Dotted keys of the arrays of objects in a document."""
    found = []
    for key, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found.append(above + key)
        elif isinstance(value, dict) and depth:
            found += _arrays(value, f"{above}{key}.", depth - 1)
    return found


def _parquet(content: bytes, path: Path) -> Table:
    from bayes_self.files.parquet import rows_of

    try:
        columns, rows = rows_of(content)
    except ValueError as error:
        got = f"no Parquet: {shortened(str(error), 120)}"
        raise refusal(path, got, "a Parquet file", "the suffix says which format it is") from None
    names = [name_of(column) for column in columns]
    _refuse_repeated(None, names)
    table = [(n, dict(zip(names, row, strict=True))) for n, row in enumerate(rows, start=1)]
    return Table(table, header=(None, tuple(names)))


READERS: dict[str, Callable[[bytes, Path], Table]] = {
    ".csv": _csv,
    ".txt": _csv,
    "": _csv,
    ".parquet": _parquet,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json,
}
"""{suffix: what reads it}; a name without a suffix is CSV for readers that say so."""


def csv_text(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table as CSV, every line ended by a line feed."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows(rows)
    return text.getvalue()
