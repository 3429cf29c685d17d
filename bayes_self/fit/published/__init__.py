"""Figures that other people measured and published, each with its source, its rows and what it is not.

`figures.toml` is the table; it is data of the package, and is read with the standard library alone.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

__all__ = ["Figure", "Source", "figures", "sources"]


@dataclass(frozen=True)
class Source:
    """Who measured, where it stands, and under which licence."""

    name: str
    title: str
    repository: str
    """With its commit; "" where the source is a paper alone."""
    licence: str
    caution: str
    """What its figures are not."""


@dataclass(frozen=True)
class Figure:
    """One number that was published."""

    says: str
    value: int | float
    """A count out of `n` where there is an `n` and the column is one of counts; else a share or a score."""
    n: int | None
    source: str
    table: str
    where: Mapping[str, str]
    """{column: value}: the rows of the table that it stands in, whatever their outcome."""
    column: str
    """Where the number is; "rows": how many rows there are."""
    outcome: Mapping[str, str] = field(default_factory=dict)
    """{column: value}: of these rows, those that count."""
    quoted: tuple[Mapping[str, str], ...] = ()
    """{"in": a file of this project, "as": the words in it}."""

    @property
    def number(self) -> str:
        """As it is quoted: `34 of 40` of a count, `0.605` of a share or a score."""
        return (
            f"{self.value:g} of {self.n}" if self.column in ("count", "rows", "count_rounded") else f"{self.value:.3f}"
        )


@cache
def sources() -> Mapping[str, Source]:
    """{name: source}, in the order of the file."""
    return {
        name: Source(name, each["title"], each.get("repository", ""), each["licence"], each["not"])
        for name, each in _document()["sources"].items()
    }


@cache
def figures() -> tuple[Figure, ...]:
    """Every figure, in the order of the file."""
    given = _document()["figures"]
    return tuple(Figure(**{"n": None, **each, "quoted": tuple(each.get("quoted", ()))}) for each in given)


@cache
def _document() -> dict:
    return tomllib.loads((files("bayes_self.fit.published") / "figures.toml").read_text(encoding="utf-8"))
