"""Cells of a table: typed before they are text, and reached by dotted columns.

null, NaN                      ""                         nothing
true, 3, 3.0, "3.0"            "true", "3", "3", "3"      a whole number has one form, whoever wrote it
1.5, Decimal("1.50")           "1.5"
2026-01-01 and times           as in ISO 8601
bytes                          the text that they are in UTF-8
["x"]                          "x"                        a list of one cell; of several, COLUMN.0 reaches the first
{ a = "x" }                    reached as COLUMN.a
"""

import datetime
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from bayes_self.files.names import name_of

_LONGEST = 400
"""Digits of a decimal that is written out."""
_WHOLE = re.compile(r"(\d+)(?:\.0*)?\Z", re.ASCII)
_WRITTEN_AS_FLOAT = re.compile(r"([+-]?\d+)\.0+\Z", re.ASCII)


class Unwritable(ValueError):
    """A cell that has no written form."""

    def __init__(self, got: str, hint: str = "") -> None:
        self.got, self.hint = got, hint
        super().__init__(got)


class Unreadable:
    """In place of a cell that its file holds and Python cannot, such as a date beyond the year 9999."""

    def __init__(self, got: str) -> None:
        self.got = got


def text_of(cell: Any, column: str = "") -> str:
    """The cell as text. Raises Unwritable, with a hint that names the column's parts."""
    match cell:
        case None:
            return ""
        case str():
            name = name_of(cell)
            written = _WRITTEN_AS_FLOAT.match(name)
            return written[1] if written else "" if name in ("nan", "NaN") else name
        case bool():
            return "true" if cell else "false"
        case int():
            return _of_whole(cell)
        case float():
            return _of_float(cell)
        case Decimal():
            return _of_decimal(cell)
        case datetime.date() | datetime.time():
            return "" if cell != cell else cell.isoformat()  # pandas' "not a time" is unlike itself
        case datetime.timedelta():
            return "" if cell != cell else str(cell)
        case bytes():
            return text_of(_decoded(cell))
        case Mapping():
            return _of_object(cell, column)
        case list() | tuple():
            return _of_list(cell, column)
        case Unreadable():
            raise Unwritable(cell.got)
    raise Unwritable(f"a {type(cell).__name__}")


def _decoded(cell: bytes) -> str:
    try:
        return cell.decode("utf-8")
    except UnicodeDecodeError:
        raise Unwritable("bytes that are not UTF-8") from None


def _of_whole(cell: int) -> str:
    try:
        return str(cell)
    except ValueError:  # Python refuses to write out the largest
        raise Unwritable("a very large number") from None


def _of_float(cell: float) -> str:
    if math.isnan(cell):
        return ""
    return str(int(cell)) if math.isfinite(cell) and cell.is_integer() else repr(cell)


def _of_decimal(cell: Decimal) -> str:
    if not cell.is_finite():
        return "" if cell.is_nan() else repr(float(cell))
    if abs(cell.adjusted()) > _LONGEST:
        raise Unwritable("a number of very many digits")
    text = f"{cell:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _of_object(cell: Mapping[str, Any], column: str) -> str:
    if not cell:
        return ""
    first = next(iter(cell))
    raise Unwritable("an object", f"its parts are columns: {column or 'COLUMN'}.{first}")


def _of_list(cell: Sequence[Any], column: str) -> str:
    if len(cell) < 2:
        return text_of(cell[0], column) if cell else ""
    raise Unwritable(f"a list of {len(cell)}", f"its elements are columns: {column or 'COLUMN'}.0 is the first")


def cells_at(row: Any, column: str) -> Iterator[Any]:
    """What stands in a column of a row: none where there is no such column, several where its name is ambiguous.

    Parts of objects and elements of lists are reached by their key or place after a dot.
    """
    if isinstance(row, Mapping):
        if column in row:
            yield row[column]
        for dot in (i for i, letter in enumerate(column) if letter == "."):
            if (above := column[:dot]) in row:
                yield from cells_at(row[above], column[dot + 1 :])
    elif isinstance(row, list | tuple):
        place, _, below = column.partition(".")
        if place.isdecimal() and place.isascii() and len(place) < 10 and int(place) < len(row):
            yield from cells_at(row[int(place)], below) if below else (row[int(place)],)


def columns_of(row: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The columns that reach a cell of a row; of a list, the column of the list."""
    for name, cell in row.items():
        if isinstance(cell, Mapping) and cell:
            yield from columns_of(cell, f"{above}{name}.")
        else:
            yield above + name


def whole(text: str) -> int | None:
    """The whole number of at least 0 that a text is, also with a point and zeros after it; None where it is none."""
    found = _WHOLE.match(text.strip())
    return int(found[1]) if found and len(found[1]) < 4000 else None
