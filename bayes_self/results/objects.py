"""Results as JSON's own types, in the one way there is."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def as_object(found: Any) -> Any:
    """The result as an object: dataclasses and named tuples by their fields, {(stream, probe): x} nested by stream.

    What is not finite becomes null. A field whose metadata say `printed=False` is left out, and one of `if_any=True`
    where there is nothing in it.
    """
    if is_dataclass(found):
        shown = [each for each in fields(found) if each.metadata.get("printed", True)]
        told = {each: getattr(found, each.name) for each in shown}
        return {each.name: as_object(x) for each, x in told.items() if x or not each.metadata.get("if_any")}
    if hasattr(found, "_asdict"):
        return as_object(found._asdict())
    if isinstance(found, Mapping):
        return _mapping(found)
    if isinstance(found, list | tuple):
        return [as_object(item) for item in found]
    if hasattr(found, "tolist"):
        return as_object(found.tolist())
    return None if isinstance(found, float) and not math.isfinite(found) else found


def _mapping(found: Mapping[Any, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, item in found.items():
        if isinstance(key, tuple):
            told.setdefault(key[0], {})[key[1]] = as_object(item)
        else:
            told[key] = as_object(item)
    return told


def as_text(found: Any, *, ascii_only: bool = False, indent: int | None = 2) -> str:
    """The text of a result as an object of JSON; without `indent`, on one line."""
    return json.dumps(as_object(found), indent=indent, ensure_ascii=ascii_only, allow_nan=False)
