"""How a report may look: whether the terminal shows colours and block characters."""

import os
import sys
import unicodedata
from dataclasses import dataclass

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32"}
_ASCII = str.maketrans({"→": "->", "✓": "+", "✗": "x", "│": "|", "·": "-", "…": "~"})


@dataclass(frozen=True)
class Look:
    """What a terminal can show."""

    color: bool = False
    unicode: bool = True

    def styled(self, text: str, style: str) -> str:
        """The text in a style, where colours are shown."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.color and text else text

    def signs(self, text: str) -> str:
        """The text with its arrows and ticks, or what stands for them in ASCII."""
        return text if self.unicode else text.translate(_ASCII)


def terminal() -> Look:
    """What standard output can show: colours only on a terminal, and where NO_COLOR is unset or empty."""
    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    try:
        "█▏│✓✗→…".encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return Look(color, unicode=False)
    return Look(color, unicode=True)


def padded(text: str, width: int, look: Look) -> str:
    """The text in exactly so many columns of the terminal, cut with an ellipsis where it is wider."""
    text = text.replace("\n", " ")
    if columns_of(text) > width:
        while columns_of(text) > width - 1:
            text = text[:-1]
        text += look.signs("…")
    return text + " " * (width - columns_of(text))


def columns_of(text: str) -> int:
    """How many columns a text takes up: two for a wide character, none for a combining one."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
