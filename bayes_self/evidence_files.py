"""Evidence as files: found and read, or written all or nothing; the suffix says in which format."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from bayes_self import evidence_formats as formats
from bayes_self.errors import EvidenceError, Fault
from bayes_self.evidence_formats import Numbered, Row
from bayes_self.files.reading import read_file
from bayes_self.files.writing import whole_file

_MISTAKEN_FOR = {
    b"PAR1": "it looks like Parquet: name it .parquet",
    b"\x1f\x8b": "it is compressed: unpack it first",
    b"PK\x03\x04": "it looks like a zip archive or a spreadsheet: save it as CSV",
    b"\xff\xfe": "it looks like UTF-16: save it as UTF-8",
    b"\xfe\xff": "it looks like UTF-16: save it as UTF-8",
}

_ENCODERS: dict[str, Callable[[list[Row]], bytes]] = {
    ".csv": formats.csv_from_rows,
    ".parquet": formats.parquet_from_rows,
    ".jsonl": formats.json_from_rows,
    ".ndjson": formats.json_from_rows,
}


def read_rows(path: str | os.PathLike[str]) -> list[Numbered]:
    """Every row of the file as (line, row), or (line, fault) where there is no row to be had.

    Raises:
        EvidenceError: the file as a whole cannot be read: it is missing, a folder, empty, of an unknown
            format, not what its suffix says, or its columns are not the four of evidence.

    """
    path = Path(path)
    if path.is_dir():
        raise _refuse("a folder", "a file of evidence")
    suffix = _suffix(path)
    try:
        content = read_file(path)
    except FileNotFoundError:
        raise _refuse("no such file", "a file of evidence") from None
    except OSError as error:
        raise _refuse(error.strerror or str(error), "a file of evidence that can be read") from None
    if not content:
        raise _refuse("an empty file", "evidence", "no evidence at all is a header without rows")
    if suffix == ".parquet":
        return formats.rows_from_parquet(content)
    text = _text(content)
    return formats.rows_from_csv(text) if suffix == ".csv" else formats.rows_from_json(text)


def write_rows(path: str | os.PathLike[str], rows: Iterable[Row]) -> None:
    """Write the rows, all or nothing: under a temporary name in the same folder, which is then replaced.

    Raises:
        EvidenceError: the suffix names no format of evidence.
        OSError: the folder cannot be written to; nothing was changed.

    """
    path = Path(path)
    content = _ENCODERS[_suffix(path)](list(rows))
    with whole_file(path) as beside:
        beside.write_bytes(content)


def _refuse(got: str, expected: str, hint: str = "", line: int | None = None) -> EvidenceError:
    return EvidenceError([Fault("", line, got, expected, hint)])


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in _ENCODERS:
        got = f"a name that ends in {path.suffix!r}" if path.suffix else "a name without a suffix"
        raise _refuse(got, f"one of {', '.join(_ENCODERS)}", "the suffix says which format it is")
    return suffix


def _text(content: bytes) -> str:
    for magic, hint in _MISTAKEN_FOR.items():
        if content.startswith(magic):
            raise _refuse("a file that is not text", "UTF-8 text", hint)
    try:
        return content.decode("utf-8-sig")  # spreadsheets put a byte-order mark before the header
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refuse(f"the byte 0x{content[error.start]:02x}", "UTF-8 text", "save it as UTF-8", line=line) from None
