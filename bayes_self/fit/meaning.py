"""What answers mean: which outcomes of a probe count as the persona's value, and which as the self's."""

import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bayes_self.errors import BayesSelfError
from bayes_self.files.cells import text_of
from bayes_self.files.names import RepeatedKeyError, named

PERSONA, SELF, NEITHER = 1, -1, 0
_ARTICLES = ("a ", "an ", "the ")


@dataclass(frozen=True)
class Meaning:
    """A reading of the outcomes, and the names of "no persona"."""

    persona: Mapping[str, Sequence[str]]
    """{probe: outcomes that are the persona's}; "*" is every probe that is not named."""
    self: Mapping[str, Sequence[str]]
    """{probe: outcomes that are the self's}."""
    none: Sequence[str] = ("none",)

    def of(self, probe: str, outcome: str) -> int:
        """`PERSONA`, `SELF` or `NEITHER`."""
        return (outcome in _of(self.persona, probe)) - (outcome in _of(self.self, probe))


def _of(table: Mapping[str, Sequence[str]], probe: str) -> Sequence[str]:
    return table.get(probe, table.get("*", ()))


@cache
def personascope() -> Meaning:
    """The reading of personascope-bench that is shipped; of other probes it says nothing."""
    text = (files("bayes_self.fit") / "personascope.toml").read_text(encoding="utf-8")
    return meaning_of(tomllib.loads(text), "personascope.toml")


def meaning_of(document: Mapping[str, Any], source: str) -> Meaning:
    """The reading that a TOML document states in `none`, `[persona]` and `[self]`.

    Raises:
        BayesSelfError: a table that is no lists of outcomes by probe, or an outcome that is both.

    """
    try:
        document = named(document)
    except RepeatedKeyError as error:
        raise BayesSelfError(f"{source}: {error}: got the name a second time, expected names that differ") from None
    none, tables = document.get("none", ["none"]), {name: document.get(name, {}) for name in ("persona", "self")}
    if not _names(none):
        raise BayesSelfError(f"{source}: none: got {none!r}, expected a list of names")
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise BayesSelfError(f"{source}: {name}: got {table!r}, expected a table of outcomes by probe")
        for probe, outcomes in table.items():
            if not _names(outcomes):
                raise BayesSelfError(f"{source}: {name}.{probe}: got {outcomes!r}, expected a list of outcomes")
    for probe, outcomes in tables["persona"].items():
        if both := set(outcomes) & set(tables["self"].get(probe, ())):
            raise BayesSelfError(f"{source}: {probe}: {min(both)!r} counts as the persona's and as the self's")
    return Meaning(as_cells(tables["persona"]), as_cells(tables["self"]), tuple(map(text_of, none)))


def same(answer: str, loose: bool) -> str:
    """What two spellings of an answer have in common; loose: without case, outer punctuation and a leading article."""
    answer = text_of(answer)
    if not loose:
        return answer
    answer = " ".join(answer.casefold().strip(string.punctuation + string.whitespace + "“”‘’").split())
    return next((answer.removeprefix(each) for each in _ARTICLES if answer.startswith(each)), answer)


def as_cells(table: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """A table of names as the text that cells have: "3.0" is 3 in a mapping, too."""
    return {text_of(key): [text_of(name) for name in names] for key, names in table.items()}


def _names(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(name, str) for name in found)
