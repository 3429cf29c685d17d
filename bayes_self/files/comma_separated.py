"""Tables in CSV, also as spreadsheets save them: columns and rows without any content are passed over."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from bayes_self.errors import Fault
from bayes_self.files.names import name_of
from bayes_self.files.reading import FileError, refusal, text_in
from bayes_self.files.table import Row, Table, quoted, refuse_repeated


def read_csv(content: bytes, path: Path) -> Table:
    """The table that a file's bytes are. Raises FileError."""
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
    refuse_repeated(header_line, names)
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


def csv_text(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table as CSV, every line ended by a line feed."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows(rows)
    return text.getvalue()
