"""Somebody's data, whatever the format: CSV, Parquet, JSON Lines, a JSON array, an Inspect log, or a folder of logs."""

from pathlib import Path

from bayes_self.files.reading import FileError
from bayes_self.files.tables import Table, read_table
from bayes_self.fit.inspect_log import is_log, read_folder, read_logs

LARGEST = 2**30
"""Bytes: single answers take more room than counts."""
FORMATS = (".csv", ".jsonl", ".ndjson", ".json", ".parquet", ".eval")


def read_records(path: Path) -> Table:
    """Every row of a file, or of the logs in a folder. Raises FileError: it cannot be read, or is no such thing."""
    if path.is_dir():
        return read_folder(path)
    if is_log(path):
        return read_logs([path], path)
    if path.suffix.lower() == ".eval":
        read_table(path, FORMATS)
    found = read_table(path, FORMATS, "data", LARGEST)
    if found.faults:
        raise FileError(found.faults, str(path))
    return found
