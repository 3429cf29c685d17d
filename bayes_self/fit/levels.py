"""Levels that are made of several names, as an item is of its probe and its own name, and back to the names."""

import re

OF = " | "
"""Joins the names. A bar inside a name is written with a backslash before it, so that any name can be a part."""


def level_of(*names: str) -> str:
    """The level that these names make."""
    return OF.join(name.replace("\\", "\\\\").replace("|", "\\|") for name in names)


def names_of(level: str) -> list[str]:
    """The names that a level is made of."""
    return [re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in level.split(OF)]
