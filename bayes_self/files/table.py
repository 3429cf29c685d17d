"""A table as it was read: rows of typed cells, each with its place, and the faults of what is no row."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bayes_self.errors import Fault
from bayes_self.files.cells import cells_at, columns_of
from bayes_self.files.names import repeated
from bayes_self.files.reading import FileError

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


def refuse_repeated(line: int | None, names: Sequence[str]) -> None:
    """Raise FileError where a header has a name more than once."""
    if twice := repeated(name for name in names if name):
        listed = ", ".join(map(quoted, twice))
        raise FileError([Fault("columns", line, f"{listed} more than once", "columns of different names")])


def quoted(cell: object) -> str:
    """A cell as a message shows it: text in double quotes, on one line and not too long."""
    text = json.dumps(cell, ensure_ascii=not str(cell).isprintable()) if isinstance(cell, str) else repr(cell)
    return shortened(text)


def shortened(text: str, length: int = SHOWN) -> str:
    return text if len(text) <= length else text[: length - 3] + "..."
