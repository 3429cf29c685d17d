"""Rows of somebody's data, whatever the format: CSV, Parquet, JSON Lines, Inspect logs. Every cell is text.

Nested JSON has dotted columns (`metadata.persona`). A number that is whole is written without a point, nothing is "".
The suffix says which format it is; a folder is all the Inspect logs in it.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bayes_self.errors import Fault, FaultsError
from bayes_self.files.reading import read_file

LOGS = (".eval", ".json")
LARGEST = 2**30
"""Bytes: single answers take more room than counts."""
_TABLES = (".csv", ".jsonl", ".ndjson", ".parquet")


class RecordsError(FaultsError):
    """Data that cannot be read."""

    noun = "data"
    listed = 20


@dataclass(frozen=True)
class Records:
    """Numbered rows, and the columns that they have."""

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    """(line of text, or row from 1; the cells), a cell that is not there being ""."""
    columns: tuple[str, ...]
    source: str


def read_records(path: Path) -> Records:
    """Every row of a file, or of the logs in a folder.

    Raises:
        RecordsError: the format is not known, or is not what the suffix says, or a log did not end well.
        OSError: the file cannot be read.

    """
    if path.is_dir() or path.suffix.lower() in LOGS:
        from bayes_self.fit.inspect_log import read_logs

        found = read_logs(path)
    else:
        found = list(_from_table(path))
    columns = tuple(dict.fromkeys(name for _, row in found for name in row))
    return Records(
        tuple((line, {name: row.get(name, "") for name in columns}) for line, row in found), columns, str(path)
    )


def flat(record: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """(dotted column, text) of every cell of a record that may be nested; a list is its JSON."""
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{name}.")
        else:
            yield above + name, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)


def _from_table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    suffix = path.suffix.lower()
    if suffix not in _TABLES:
        raise _refused(
            path, f'a name that ends in "{path.suffix}"', f"one of {', '.join((*_TABLES, *LOGS))}, or a folder of logs"
        )
    content = read_file(path, LARGEST)
    if suffix == ".parquet":
        yield from _from_parquet(path, content)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(path, "no text in UTF-8", "CSV or JSON Lines") from None
    yield from (_from_csv if suffix == ".csv" else _from_json)(path, text)


def _from_csv(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(lines, [])
        if twice := {name for name in header if header.count(name) > 1}:
            raise _refused(path, f"{', '.join(sorted(twice))} more than once", "columns of different names", 1)
        for cells in lines:
            if cells and len(cells) != len(header):
                raise _refused(path, f"{len(cells)} cells", f"{len(header)}, as in the header", lines.line_num)
            if cells:
                yield lines.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise _refused(path, str(error), "a row of CSV", lines.line_num) from None


def _from_json(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _refused(path, f"no JSON: {error}", "each line an object of its own", number) from None
        if not isinstance(found, dict):
            raise _refused(path, line[:60], "each line an object of its own", number)
        yield number, dict(flat(found))


def _from_parquet(path: Path, content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    from bayes_self.files.parquet import rows_of

    try:
        _, rows = rows_of(content)
    except ValueError as error:
        raise _refused(path, f"no Parquet: {str(error)[:100]}", "a Parquet file") from None
    yield from ((number, dict(flat(row))) for number, row in enumerate(rows, 1))


def _refused(path: Path, got: str, expected: str, line: int | None = None) -> RecordsError:
    return RecordsError([Fault("", line, got, expected)], str(path))
