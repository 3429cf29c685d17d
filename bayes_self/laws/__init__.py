"""The laws that posteriors obey, each with the theorem it rests on and the conditions under which it holds.

`ALL` are the package's own laws; `law` makes one of a user's own; `check` holds a scenario and its evidence against all
that are claimed of it. Names are loaded when they are first used, so that importing this package imports no JAX.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bayes_self.laws.agreement import agree, require
    from bayes_self.laws.definition import Law, LawBroken, law
    from bayes_self.laws.every import ALL, check
    from bayes_self.laws.own_streams import check_streams

_HOME = {
    "ALL": "every",
    "Law": "definition",
    "LawBroken": "definition",
    "agree": "agreement",
    "check": "every",
    "check_streams": "own_streams",
    "law": "definition",
    "require": "agreement",
}

__all__ = ["ALL", "Law", "LawBroken", "agree", "check", "check_streams", "law", "require"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'bayes_self.laws' has no attribute {name!r}")
    found = getattr(import_module(f"bayes_self.laws.{_HOME[name]}"), name)
    globals()[name] = found
    return found
