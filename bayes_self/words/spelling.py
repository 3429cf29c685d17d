"""The words in which faults are told: values as they were written, known names, and the name that was meant."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

SHORTEST_PART = 3
"""Characters that a part of a name needs to hint at the name."""
WHOLE_BITS = 1000
"""Size of a whole number that is not quoted: Python refuses to write out the largest ones."""
SHOWN = 60
"""Characters of a value that a fault quotes."""


def did_you_mean(got: str, known: Sequence[str]) -> str:
    """A hint to the nearest known name, or to one that `got` is a part of, in any case; else ""."""
    folded = got.casefold()
    by_folded = {name.casefold(): name for name in reversed(known)}
    near = get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    if not near and len(folded) >= SHORTEST_PART:
        near = [name for name in reversed(by_folded) if folded in name]
    return f'did you mean "{by_folded[near[0]]}"?' if near else ""


def listed(known: Sequence[str]) -> str:
    return ", ".join(known) if known else "(there are none)"


def shown(value: Any) -> str:
    """A value as a fault quotes it, in the notation of the file, cut where it is long."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table" if value else "an empty table"
    if isinstance(value, list | tuple):
        text = "[" + ", ".join(shown(item) for item in value[:SHOWN]) + "]"
    elif isinstance(value, int) and value.bit_length() > WHOLE_BITS:
        return "a very large number"
    else:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 4] + " ..."
