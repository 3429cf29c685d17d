"""Tables in files: the suffix says which format it is. Lines of text, and rows of Parquet and JSON, count from 1."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bayes_self.files.comma_separated import csv_text, read_csv
from bayes_self.files.json_text import document_of, read_json, read_json_lines
from bayes_self.files.parquet import read_parquet
from bayes_self.files.reading import LARGEST, FileError, content_of, refusal, seems_to_be
from bayes_self.files.table import Row, Table, quoted

__all__ = ["Row", "Table", "csv_text", "document_of", "quoted", "read_table"]


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


READERS: dict[str, Callable[[bytes, Path], Table]] = {
    ".csv": read_csv,
    ".txt": read_csv,
    "": read_csv,
    ".parquet": read_parquet,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
}
"""{suffix: what reads it}; a name without a suffix is CSV for readers that say so."""
