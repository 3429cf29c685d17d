"""Plain text in a given width: paragraphs, and columns that line up."""

import textwrap
from collections.abc import Sequence

WIDTH = 100


def paragraph(text: str, indent: int = 0, hanging: int = 0) -> list[str]:
    """The text in lines of at most WIDTH characters, all but the first indented by `hanging` more."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_on_hyphens=False,
    )


def fits(rows: Sequence[Sequence[str]], indent: int = 0) -> bool:
    """Whether the rows fit into WIDTH as columns."""
    return indent + sum(_widths(rows)) + 2 * (len(rows[0]) - 1) <= WIDTH


def columns(rows: Sequence[Sequence[str]], indent: int = 0) -> list[str]:
    """The rows as columns, two spaces apart; the last column is wrapped where it is too wide."""
    before = _widths(rows)[:-1]
    hanging = sum(before) + 2 * len(before)
    lines = []
    for row in rows:
        start = "".join(cell.ljust(width + 2) for cell, width in zip(row, before, strict=False))
        lines += _wrapped(start, row[-1], indent, hanging)
    return [line.rstrip() for line in lines]


def _wrapped(start: str, last: str, indent: int, hanging: int) -> list[str]:
    room = max(WIDTH - indent - hanging, 20)
    pieces = textwrap.wrap(last, room, break_on_hyphens=False) or [""]
    starts = [start, *[" " * hanging] * (len(pieces) - 1)]
    return [" " * indent + begin + piece for begin, piece in zip(starts, pieces, strict=True)]


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in zip(*rows, strict=True)]
