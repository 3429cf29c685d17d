"""Rows of evidence as CSV, JSON Lines and Parquet: three formats, each with its reader and its writer.

Reading gives every row with its place (lines of text, rows of Parquet, counted from 1), and a fault for what
is no row. Writing keeps every bit: a count is the shortest decimal that reads back as the same float.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bayes_self.errors import EvidenceError, Fault

COLUMNS = ("stream", "probe", "outcome", "count")
_DIGITS = frozenset("0123456789+-.eE")
_EXPECTED_COLUMNS = "the columns stream, probe, outcome and count, in any order"

Row = Mapping[str, Any]
Numbered = tuple[int, Row | Fault]


def _column_faults(names: list[str], line: int | None) -> list[Fault]:
    extra = [name for name in dict.fromkeys(names) if name not in COLUMNS]
    missing = [name for name in COLUMNS if name not in names]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    found = []
    if missing:
        hint = "separate the columns with commas" if any(c in "".join(names) for c in ";\t") else ""
        found.append((f"no {_listed(missing)}", hint))
    if extra:
        found.append((f"also {_listed(extra)}", "take it out: it would be ignored"))
    if twice:
        found.append((f"{_listed(twice)} more than once", ""))
    return [Fault("columns", line, g, _EXPECTED_COLUMNS, h) for g, h in found]


def said(cell: object) -> str:
    """A cell as a message shows it: text in double quotes, on one line and not too long."""
    text = json.dumps(cell, ensure_ascii=not str(cell).isprintable()) if isinstance(cell, str) else repr(cell)
    return _shortened(text)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(said(name) for name in names)


def rows_from_csv(text: str) -> list[Numbered]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Numbered] = []
    header: list[str] | None = None
    while True:
        line = lines.line_num + 1  # of the row's first line: a quoted name may run over several
        try:
            cells = next(lines)
        except StopIteration:
            break
        except csv.Error as error:
            rows.append((line, Fault("row", line, str(error), "a row of CSV")))
            continue
        if not any(cells) and len(cells) < 2:
            continue
        if header is None:
            header = cells
            if faults := _column_faults(header, line):
                raise EvidenceError(faults)
        elif len(cells) != len(header):
            got, expected = f"{len(cells)} cells", f"{len(header)}, as in the header"
            hint = "put a name that contains a comma in double quotes" if len(cells) > len(header) else ""
            rows.append((line, Fault("row", line, got, expected, hint)))
        else:
            row = dict(zip(header, cells, strict=True))
            rows.append((line, row | {"count": _number_or_text(row["count"])}))
    if header is None:  # nothing but empty lines, or what is no CSV from the start
        empty = Fault("", None, "no header", _EXPECTED_COLUMNS, "no evidence at all is a header without rows")
        raise EvidenceError([row for _, row in rows if isinstance(row, Fault)] or [empty])
    return rows


def _number_or_text(cell: str) -> float | str:
    """The number that the cell spells, but not all that Python reads as one (1_000, ١); else the cell."""
    text = cell.strip()
    if not set(text) <= _DIGITS and text.lower().lstrip("+-") not in ("nan", "inf", "infinity"):
        return cell
    try:
        return float(text)
    except ValueError:
        return cell


def rows_from_json(text: str) -> list[Numbered]:
    # Lines end at "\n" only: str.splitlines would also cut at separators that are legal inside a JSON string.
    lines = ((n, line.strip()) for n, line in enumerate(text.split("\n"), start=1))
    return [(n, row) for n, line in lines if line for row in _json_row(n, line)]


def _json_row(number: int, line: str) -> list[Row | Fault]:
    """The row on the line, or what is wrong with it."""
    hint = ""
    try:
        pairs = json.loads(line, object_pairs_hook=tuple)
    except json.JSONDecodeError as error:
        got, hint = f"no JSON: {error.msg} at column {error.colno}", "each line is an object of its own"
    except (RecursionError, ValueError) as error:  # nested too deep, or an integer of too many digits
        got = f"no JSON: {error}"
    else:
        if line.startswith("{"):
            return [*_column_faults([name for name, _ in pairs], number)] or [dict(pairs)]
        got = _shortened(line)
    expected = 'one object, {"stream": ..., "probe": ..., "outcome": ..., "count": ...}'
    return [Fault("row", number, got, expected, hint)]


def _shortened(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 3] + "..."


def rows_from_parquet(content: bytes) -> list[Numbered]:
    from bayes_self.files.parquet import rows_of

    try:
        columns, rows = rows_of(content)
    except ValueError as error:
        got = f"no Parquet: {_shortened(str(error), 120)}"
        fault = Fault("", None, got, "a Parquet file", "the suffix says which format it is")
        raise EvidenceError([fault]) from None
    if faults := _column_faults(columns, None):
        raise EvidenceError(faults)
    return list(enumerate(rows, start=1))


def _decimal(count: float) -> str:
    return repr(float(count)).removesuffix(".0")


def _quoted(cell: str) -> str:
    plain = cell == cell.strip() and cell != "" and not any(c in cell for c in ',"\r\n')
    return cell if plain else '"' + cell.replace('"', '""') + '"'


def csv_from_rows(rows: list[Row]) -> bytes:
    return "".join(line + "\n" for line in _csv_lines(rows)).encode()


def _csv_lines(rows: list[Row]) -> Iterator[str]:
    yield ",".join(COLUMNS)
    for row in rows:
        yield ",".join([*(_quoted(row[name]) for name in COLUMNS[:3]), _decimal(row["count"])])


def json_from_rows(rows: list[Row]) -> bytes:
    # No rows are one empty line: a file of no bytes at all is refused as one that was cut off.
    return ("\n".join(map(_json_line, rows)) + "\n").encode()


def _json_line(row: Row) -> str:
    names = ", ".join(f'"{name}": {json.dumps(row[name], ensure_ascii=False)}' for name in COLUMNS[:3])
    return f'{{{names}, "count": {_decimal(row["count"])}}}'


def parquet_from_rows(rows: list[Row]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = dict(zip(COLUMNS, (pa.string(), pa.string(), pa.string(), pa.float64()), strict=True))
    table = pa.table({name: pa.array([row[name] for row in rows], kind) for name, kind in kinds.items()})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return sink.getvalue().to_pybytes()
