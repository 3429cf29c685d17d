"""Numbers of a scenario that stand for themselves: another one is checked by its own field, and no file is read again.

An edit that only replaces numbers where numbers are (a weight, a reliability, trials) cannot make a name or a table
wrong, so that the checks of a whole file are not needed. This is what a slider does, many times a second.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from bayes_self.scenario.assign import assign
from bayes_self.scenario.fields import is_finite
from bayes_self.scenario.keys import Path, split
from bayes_self.scenario.number_keys import ROWS

_TABLES = {row.name for row in ROWS if row.parts[-1].isupper()}
"""Fields that are tables of numbers, each of which stands for itself."""


def with_numbers(scenario: Any, settings: Mapping[str, Any], where: str | None) -> Any:
    """The scenario with other numbers at dotted keys; None where a setting is more than that, or no valid number."""
    raw = scenario._raw
    for key, value in settings.items():
        try:
            path = split(key)
        except ValueError:
            return None
        if not is_finite(value):
            return None
        scenario = _with_number(scenario, path, value)
        if scenario is None:
            return None
        raw = _apart(raw, path)
        assign(raw, key, value, where)
    scenario._raw = raw
    return scenario


def _with_number(of: Any, path: tuple[str, ...], value: float | int, in_table: bool = False) -> Any:
    """A model or a table with another number at a path; None where there is none yet, or the field refuses it."""
    name, rest = path[0], path[1:]
    is_model = isinstance(of, BaseModel)
    known: Any = vars(of) if is_model else of
    if not isinstance(known, dict) or name not in (type(of).model_fields if is_model else known):
        return None
    inside = known[name]
    if rest:
        new = _with_number(inside, rest, value, name in _TABLES if is_model else in_table)
    else:
        new = value if _is_number(inside) and (is_model or in_table) else None
    if is_model and new is not None:
        new = _checked(type(of), name, new) if not rest or name in _TABLES else new
        return None if new is None else _copied(of, name, new)
    return None if new is None else {**known, name: new}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _checked(model: type[BaseModel], name: str, value: Any) -> Any:
    try:
        return _field(model, name).validate_python(value)
    except ValidationError:
        return None


@cache
def _field(model: type[BaseModel], name: str) -> Any:
    """What checks a field of a model."""
    field = model.model_fields[name]
    return TypeAdapter(field.rebuild_annotation())


def _copied(model: BaseModel, name: str, value: Any) -> Any:
    """The model with another field, and without what was computed from it and kept."""
    copy = model.model_copy(update={name: value})
    for kept in vars(copy).keys() - type(model).model_fields.keys():
        del vars(copy)[kept]
    return copy


def _apart(raw: dict[str, Any], path: Path) -> dict[str, Any]:
    """A dictionary in which what lies along the path can be written to without changing the first."""
    copy = dict(raw)
    if len(path) > 1 and isinstance(inside := copy.get(str(path[0])), dict):
        copy[str(path[0])] = _apart(inside, path[1:])
    return copy
