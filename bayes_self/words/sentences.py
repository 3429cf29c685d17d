"""The joints of a sentence: lists, quotes, plurals, and its capital."""

import re
from collections.abc import Iterable, Sequence


def series(items: Iterable[str], conjunction: str = "and") -> str:
    """a; a and b; a, b and c."""
    shown: Sequence[str] = list(items)
    return f" {conjunction} ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def quoted(text: str) -> str:
    """The text, in quotes where its own punctuation would break the sentence."""
    return f'"{text}"' if re.search(r"[,;:!?()]|\.$", text) else text


def plural(items: Sequence[str], one: str, several: str) -> str:
    """The form of a verb that goes with so many."""
    return one if len(items) == 1 else several


def capital(text: str) -> str:
    """The text as a sentence begins."""
    return text[:1].upper() + text[1:]
