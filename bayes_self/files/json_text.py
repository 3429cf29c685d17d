"""Tables in JSON: an object a line, or an array of objects. A key that comes twice in an object is a fault."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bayes_self.errors import Fault
from bayes_self.files.names import RepeatedKeyError, keyed
from bayes_self.files.reading import FileError, refusal, text_in
from bayes_self.files.table import Row, Table, quoted, shortened


def read_json_lines(content: bytes, path: Path) -> Table:
    """The table that a file's bytes are. Raises FileError."""
    text = text_in(content, path)
    if text.lstrip().startswith("["):
        return read_json(content, path)
    rows: list[tuple[int, Row]] = []
    faults: list[Fault] = []
    # Lines end at "\n" only: str.splitlines would also cut at separators that are legal inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            found = _parsed(line.strip(), number)
            if isinstance(found, dict):
                rows.append((number, found))
            else:
                faults.append(found if isinstance(found, Fault) else _no_object(line.strip(), number))
    return Table(rows, faults)


def _no_object(text: str, line: int) -> Fault:
    return Fault("row", line, shortened(text), "one object, {...}, in each line")


def _parsed(text: str, line: int | None, object_of: Callable[[Any], dict[str, Any]] = keyed) -> Any:
    """What a JSON text says, or the fault that it has."""
    try:
        return json.loads(text, object_pairs_hook=object_of)
    except RepeatedKeyError as error:
        return Fault("columns", line, f"{quoted(str(error))} more than once", "keys of different names")
    except json.JSONDecodeError as error:
        hint = "each line is an object of its own" if line is not None else ""
        place = f"column {error.colno}" if line is not None else f"line {error.lineno}, column {error.colno}"
        return Fault("row", line, f"no JSON: {error.msg} at {place}", "one object, {...}", hint)
    except (RecursionError, ValueError) as error:  # nested too deep, or an integer of too many digits
        return Fault("row", line, f"no JSON: {error}", "one object, {...}")


def read_json(content: bytes, path: Path) -> Table:
    """An array of objects. Of an object, where the records are that it may hold."""
    found = document_of(content, path)
    if isinstance(found, list):
        rows = list(enumerate(found, start=1))
        faults = [_no_object(shortened(json.dumps(row)), n) for n, row in rows if not isinstance(row, dict)]
        return Table([(n, row) for n, row in rows if isinstance(row, dict)], faults)
    where = ", ".join(quoted(key) for key in _arrays(found)) if isinstance(found, dict) else ""
    hint = f"it has records in {where}: save that array as a file of its own" if where else ""
    got = "one object" if isinstance(found, dict) else shortened(json.dumps(found))
    raise refusal(path, got, "an array of objects, [{...}, {...}]", hint or "JSON Lines has an object a line")


def document_of(content: bytes, path: Path, object_of: Callable[[Any], dict[str, Any]] = keyed) -> Any:
    """What a JSON file says; `object_of` makes an object of its pairs. Raises FileError."""
    found = _parsed(text_in(content, path), None, object_of)
    if isinstance(found, Fault):
        raise FileError([found], str(path))
    return found


def _arrays(document: dict[str, Any], above: str = "", depth: int = 3) -> list[str]:
    """Dotted keys of the arrays of objects in a document."""
    found = []
    for key, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found.append(above + key)
        elif isinstance(value, dict) and depth:
            found += _arrays(value, f"{above}{key}.", depth - 1)
    return found
