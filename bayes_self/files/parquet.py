"""Tables in Parquet that somebody made: cells as Python has them, with a bound on what they unpack to."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from bayes_self.files.cells import Unreadable
from bayes_self.files.names import name_of
from bayes_self.files.reading import refusal
from bayes_self.files.table import Table, refuse_repeated, shortened

MOST_ROWS = 2**22
LARGEST = 2**30
"""Bytes that are unpacked: a file of a few bytes may hold a long text a million times."""
_AT_ONCE = 2**16


def read_parquet(content: bytes, path: Path) -> Table:
    """The table that a file's bytes are. Raises FileError."""
    try:
        columns, rows = rows_of(content)
    except ValueError as error:
        got = f"no Parquet: {shortened(str(error), 120)}"
        raise refusal(path, got, "a Parquet file", "the suffix says which format it is") from None
    names = [name_of(column) for column in columns]
    refuse_repeated(None, names)
    table = [(n, dict(zip(names, row, strict=True))) for n, row in enumerate(rows, start=1)]
    return Table(table, header=(None, tuple(names)))


def rows_of(content: bytes) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The names of the columns, and every row.

    Raises:
        ValueError: it is no Parquet, is damaged, holds text that is not UTF-8, or is too large to unpack; in words of
            one line.

    """
    import pyarrow as pa

    try:
        columns, batches = _opened(content)
        rows = [list(zip(*cells, strict=True)) for cells in batches]
    except (pa.ArrowException, OSError, ValueError) as error:
        lines = str(error).splitlines()
        raise ValueError(lines[0] if lines else type(error).__name__) from None
    return columns, chain.from_iterable(rows)


def _opened(content: bytes) -> tuple[list[str], Iterator[list[list[Any]]]]:
    """The names of the columns, and the rows some at a time; a text that is repeated is held once."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pq.read_schema(pa.BufferReader(content))
    texts = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_binary(field.type)]
    file = pq.ParquetFile(pa.BufferReader(content), read_dictionary=texts)
    # Not the sizes of the columns: where their metadata are damaged, asking for them ends the process.
    size = sum(file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups))
    if file.metadata.num_rows > MOST_ROWS or size > LARGEST:
        raise ValueError(f"{file.metadata.num_rows:,} rows of {size:,} bytes; {_MOST}")
    return schema.names, _bounded(file.iter_batches(_AT_ONCE), schema.names)


_MOST = f"at most {MOST_ROWS:,} of {LARGEST:,} bytes are read"


def _bounded(batches: Iterator[Any], names: list[str]) -> Iterator[list[list[Any]]]:
    """The cells of every column, a batch of rows at a time."""
    size = 0
    for batch in batches:
        if batch.schema.names != names:  # as a damaged file may have it
            raise ValueError(f"rows of {len(batch.schema.names)} columns where {len(names)} are named")
        batch.validate(full=True)
        columns = [_distinct(column) for column in batch.columns]
        size += sum(values.nbytes for values, _ in columns)
        if size > LARGEST:
            raise ValueError(f"more than {LARGEST:,} bytes when unpacked; {_MOST}")
        yield [_cells(_in_python(values), places) for values, places in columns]


def _distinct(column: Any) -> tuple[Any, Any]:
    """The values of a column, and for texts the place of each row's among them."""
    import pyarrow as pa

    if not isinstance(column, pa.DictionaryArray):
        return column, None
    found = column.indices.dictionary_encode()
    return column.dictionary.take(found.dictionary), found.indices


def _in_python(values: Any) -> list[Any]:
    """Each value as Python has it; one by one only where Python cannot hold them all."""
    try:
        return values.to_pylist()
    except (OverflowError, ValueError, NotImplementedError):
        return [_one_in_python(value) for value in values]


def _one_in_python(value: Any) -> Any:
    try:
        return value.as_py()
    except (OverflowError, ValueError, NotImplementedError):
        return Unreadable(f"a {value.type} that Python cannot hold")


def _cells(values: list[Any], places: Any) -> list[Any]:
    if places is None:
        return values
    return [None if place is None else values[place] for place in places.to_pylist()]
