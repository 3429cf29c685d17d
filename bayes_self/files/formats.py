"""Evidence as CSV, JSON Lines and Parquet; every bit of a count is kept, as the shortest decimal that reads back."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from bayes_self.errors import EvidenceError, Fault
from bayes_self.files.tables import csv_text
from bayes_self.files.writing import whole_file

COLUMNS = ("stream", "probe", "outcome", "count")

Row = Mapping[str, Any]


def csv_from_rows(rows: list[Row]) -> bytes:
    return csv_text(COLUMNS, [[*_names(row), _decimal(row["count"])] for row in rows]).encode()


def json_from_rows(rows: list[Row]) -> bytes:
    # No rows are one empty line: a file of no bytes at all is refused as one that was cut off.
    return ("\n".join(map(_json_line, rows)) + "\n").encode()


def parquet_from_rows(rows: list[Row]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = dict(zip(COLUMNS, (pa.string(), pa.string(), pa.string(), pa.float64()), strict=True))
    table = pa.table({name: pa.array([row[name] for row in rows], kind) for name, kind in kinds.items()})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return sink.getvalue().to_pybytes()


_ENCODERS: dict[str, Callable[[list[Row]], bytes]] = {
    ".csv": csv_from_rows,
    ".parquet": parquet_from_rows,
    ".jsonl": json_from_rows,
    ".ndjson": json_from_rows,
}


def write_rows(path: str | os.PathLike[str], rows: Iterable[Row]) -> None:
    """Write the rows, all or nothing, in the format that the suffix names.

    Raises:
        EvidenceError: the suffix names no format of evidence.
        OSError: the folder cannot be written to; nothing was changed.

    """
    path = Path(path)
    if (encoded := _ENCODERS.get(path.suffix.lower())) is None:
        got = f"a name that ends in {path.suffix!r}" if path.suffix else "a name without a suffix"
        expected, hint = f"one of {', '.join(_ENCODERS)}", "the suffix says which format it is"
        raise EvidenceError([Fault("", None, got, expected, hint)])
    content = encoded(list(rows))
    with whole_file(path) as beside:
        beside.write_bytes(content)


def _names(row: Row) -> list[str]:
    return [row[name] for name in COLUMNS[:3]]


def _decimal(count: float) -> str:
    return repr(float(count)).removesuffix(".0")


def _json_line(row: Row) -> str:
    names = ", ".join(f'"{name}": {json.dumps(row[name], ensure_ascii=False)}' for name in COLUMNS[:3])
    return f'{{{names}, "count": {_decimal(row["count"])}}}'
